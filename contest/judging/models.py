"""Tables of judging: who judges, rounds, which judge reads which letter, marks and the log of their changes.

No total is stored: rankings are computed from marks. No table here knows an entrant.
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from contest.editions.models import Criterion, Stage, Unit
from contest.judging.rules import AssignmentState, RoundState
from contest.letters.models import Letter
from core.db import Base, Instant, choice


class Judge(Base):
    """A person who judges in one stage; `capacity` is the most letters they take in a round, None for no limit."""

    __tablename__ = "judge"
    __table_args__ = (UniqueConstraint("stage_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    capacity: Mapped[int | None]
    appointed_at: Mapped[datetime] = mapped_column(Instant)
    stage: Mapped[Stage] = relationship()
    person: Mapped[Person] = relationship()
    barriers: Mapped[list["JudgeBarrier"]] = relationship(
        back_populates="judge", cascade="all, delete-orphan", order_by="JudgeBarrier.id"
    )


class JudgeBarrier(Base):
    """A school or province whose letters a judge never reads."""

    __tablename__ = "judge_barrier"
    __table_args__ = (UniqueConstraint("judge_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    judge: Mapped[Judge] = relationship(back_populates="barriers")
    unit: Mapped[Unit] = relationship()


class Round(Base):
    """One round of a stage: every letter is read by so many judges, dealt from the seed."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("stage_id", "position"),
        CheckConstraint("reads_per_letter > 0", name="reads_per_letter"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    position: Mapped[int]
    reads_per_letter: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64))
    shows_word_count: Mapped[bool] = mapped_column(default=True)
    state: Mapped[RoundState] = mapped_column(choice(RoundState), default=RoundState.PLANNED)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    stage: Mapped[Stage] = relationship()


class Assignment(Base):
    """One read: this judge, this letter. `position` is its place on the judge's desk."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "letter_id", "judge_id"),
        Index("ix_assignment_judge", "judge_id", "round_id", "position"),
        # The next letter that waits is one step into this index, however many letters the round has.
        Index("ix_assignment_state", "judge_id", "round_id", "state", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"))
    position: Mapped[int]
    state: Mapped[AssignmentState] = mapped_column(choice(AssignmentState), default=AssignmentState.WAITING)
    dealt_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    round: Mapped[Round] = relationship()
    judge: Mapped[Judge] = relationship()
    letter: Mapped[Letter] = relationship()
    marks: Mapped[list["Mark"]] = relationship(back_populates="assignment", cascade="all, delete-orphan")


class Mark(Base):
    """Points of one read for one criterion, in halves."""

    __tablename__ = "mark"
    __table_args__ = (
        UniqueConstraint("assignment_id", "criterion_id"),
        CheckConstraint("points >= 0", name="points"),
        CheckConstraint("points * 2 = round(points * 2)", name="halves"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    points: Mapped[Decimal] = mapped_column(Numeric(4, 1, asdecimal=True))
    saved_at: Mapped[datetime] = mapped_column(Instant)
    assignment: Mapped[Assignment] = relationship(back_populates="marks")
    criterion: Mapped[Criterion] = relationship()


class MarkChange(Base):
    """One change of one mark, added and never changed: None stands for no mark. `undoes` names the change it takes back."""

    __tablename__ = "mark_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    before: Mapped[Decimal | None] = mapped_column(Numeric(4, 1, asdecimal=True))
    after: Mapped[Decimal | None] = mapped_column(Numeric(4, 1, asdecimal=True))
    at: Mapped[datetime] = mapped_column(Instant)
    undoes: Mapped[int | None] = mapped_column(ForeignKey("mark_change.id"), unique=True)


class SentAct(Base):
    """An act that a judge's browser has sent, by the key it made for it: sent once more, it is not done once more."""

    __tablename__ = "sent_act"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)


class Reading(Base):
    """How long a judge has had a letter before the eyes, in seconds, pauses left out; told by the desk's clock."""

    __tablename__ = "reading"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    seconds: Mapped[int]
