"""Tables of words beside marks: remarks, concerns with what was done about them, and whom a stage has named for them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from contest.editions.models import Stage
from contest.judging.models import Assignment, Judge
from contest.letters.models import Letter
from contest.remarks.rules import Answer, Reader
from core.db import Base, Instant, choice


class Remark(Base):
    """Words of one read for one reader.

    `passed_at`: an organiser has let them pass to the child; `held_back_at`: they are kept from it, for a reason.
    """

    __tablename__ = "remark"
    __table_args__ = (
        UniqueConstraint("assignment_id", "reader"),
        Index("ix_remark_passed", "reader", "passed_at"),
        CheckConstraint("passed_at IS NULL OR held_back_at IS NULL", name="one_answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    reader: Mapped[Reader] = mapped_column(choice(Reader))
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    passed_at: Mapped[datetime | None] = mapped_column(Instant)
    passed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    held_back_at: Mapped[datetime | None] = mapped_column(Instant)
    held_back_reason: Mapped[str] = mapped_column(Text, default="")
    assignment: Mapped[Assignment] = relationship()

    @property
    def answer(self) -> Answer:
        """What an organiser has said of it."""
        if self.held_back_at is not None:
            return Answer.HELD_BACK
        return Answer.WAITING if self.passed_at is None else Answer.PASSED


class Concern(Base):
    """“This child may be in distress”: said of a letter by a judge, alone or in a pair, open until somebody has handled it."""

    __tablename__ = "concern"
    __table_args__ = (UniqueConstraint("letter_id", "judge_id"), Index("ix_concern_open", "stage_id", "handled_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    words: Mapped[str] = mapped_column(Text, default="")
    raised_at: Mapped[datetime] = mapped_column(Instant)
    handled_at: Mapped[datetime | None] = mapped_column(Instant)
    letter: Mapped[Letter] = relationship()
    judge: Mapped[Judge] = relationship()
    stage: Mapped[Stage] = relationship()
    notes: Mapped[list["ConcernNote"]] = relationship(back_populates="concern", order_by="ConcernNote.id")


class ConcernNote(Base):
    """What was done about a concern: handled, or taken up again, by whom and with which words. Added, never changed."""

    __tablename__ = "concern_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), index=True)
    handles: Mapped[bool]
    words: Mapped[str] = mapped_column(Text)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    concern: Mapped[Concern] = relationship(back_populates="notes")
    writer: Mapped[Person] = relationship()


class Safeguard(Base):
    """Whom a stage has named to look after children in distress; without a row the organisers do."""

    __tablename__ = "safeguard"

    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    stage: Mapped[Stage] = relationship()
    person: Mapped[Person] = relationship()
