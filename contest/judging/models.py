"""Tables of judging: who judges, rounds, which judge reads which letter, what was said of it, who went on.

No total is stored: rankings are computed from marks. No table here knows an entrant.
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from contest.editions.models import Criterion, Stage, Unit
from contest.judging.rules import AssignmentState, RoundState, Verdict
from contest.judging.terms import (
    Counting,
    GoingOn,
    Pairing,
    Parting,
    RankedBy,
    RoundMethod,
    Sees,
    SeverityModel,
    Terms,
    Ties,
)
from contest.letters.models import Letter
from core.db import Base, Instant, choice


class Judge(Base):
    """A person who judges in one stage; `capacity` is the most letters they take in a round, None for no limit.

    `home` is the judge's own school, or province if there is no school: never read, the province only where a round bars it.
    Who has left at `left_at` is dealt nothing more; what was marked before stays.
    """

    __tablename__ = "judge"
    __table_args__ = (UniqueConstraint("stage_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    capacity: Mapped[int | None]
    home_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    appointed_at: Mapped[datetime] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    stage: Mapped[Stage] = relationship()
    person: Mapped[Person] = relationship()
    home: Mapped[Unit | None] = relationship()
    exclusions: Mapped[list["JudgeExclusion"]] = relationship(
        back_populates="judge", cascade="all, delete-orphan", order_by="JudgeExclusion.id"
    )
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


class JudgeExclusion(Base):
    """A letter a judge never reads: of a relative, or of a child the judge teaches or knows."""

    __tablename__ = "judge_exclusion"
    __table_args__ = (UniqueConstraint("judge_id", "letter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id", ondelete="CASCADE"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    declared_at: Mapped[datetime] = mapped_column(Instant)
    judge: Mapped[Judge] = relationship(back_populates="exclusions")
    letter: Mapped[Letter] = relationship()


class Round(Base):
    """One round of a stage: every letter is read by so many judges, dealt from the seed. Its terms are told in `Terms`."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("stage_id", "position"),
        CheckConstraint("reads_per_letter > 0", name="reads_per_letter"),
        CheckConstraint("anchors >= 0", name="anchors"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    position: Mapped[int]
    reads_per_letter: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64))
    shows_words: Mapped[bool] = mapped_column(default=True)
    shows_age: Mapped[bool] = mapped_column(default=False)
    shows_mark_before: Mapped[bool] = mapped_column(default=False)
    shows_remarks_before: Mapped[bool] = mapped_column(default=False)
    method: Mapped[RoundMethod] = mapped_column(choice(RoundMethod), default=RoundMethod.MARKS)
    going_on: Mapped[GoingOn] = mapped_column(choice(GoingOn), default=GoingOn.BY_HAND)
    cut: Mapped[Decimal | None] = mapped_column(Numeric(9, 2, asdecimal=True))
    ties: Mapped[Ties] = mapped_column(choice(Ties), default=Ties.ALL_GO_ON)
    anchors: Mapped[int] = mapped_column(default=0)
    bars_province: Mapped[bool] = mapped_column(default=False)
    pairing: Mapped[Pairing] = mapped_column(choice(Pairing), default=Pairing.CHAINED)
    counting: Mapped[Counting] = mapped_column(choice(Counting), default=Counting.BORDA)
    ranked_by: Mapped[RankedBy] = mapped_column(choice(RankedBy), default=RankedBy.FAIR)
    severity_model: Mapped[SeverityModel] = mapped_column(choice(SeverityModel), default=SeverityModel.AUTOMATIC)
    parting: Mapped[Parting] = mapped_column(choice(Parting), default=Parting.NOTHING)
    state: Mapped[RoundState] = mapped_column(choice(RoundState), default=RoundState.PLANNED)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    stage: Mapped[Stage] = relationship()
    quotas: Mapped[list["RoundQuota"]] = relationship(cascade="all, delete-orphan", order_by="RoundQuota.unit_id")

    @property
    def sees(self) -> frozenset[Sees]:
        """What its judges see beside the letter."""
        return frozenset(each for each in Sees if getattr(self, f"shows_{each.value}"))

    @property
    def terms(self) -> Terms:
        """What the round is, as one value."""
        return Terms(
            self.method,
            self.going_on,
            self.cut,
            self.ties,
            self.anchors,
            bars_province=self.bars_province,
            pairing=self.pairing,
            counting=self.counting,
            parting=self.parting,
            quotas=tuple((quota.unit_id, quota.letters) for quota in self.quotas),
            ranked_by=self.ranked_by,
            severity_model=self.severity_model,
            sees=self.sees,
        )


class RoundQuota(Base):
    """How many letters of one province go on, where it is not as many as of every other."""

    __tablename__ = "round_quota"
    __table_args__ = (CheckConstraint("letters >= 0", name="letters"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    letters: Mapped[int]
    unit: Mapped[Unit] = relationship()


class Anchor(Base):
    """A letter that every judge of a round reads who may, so that judges can be compared; no judge is told which."""

    __tablename__ = "anchor"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), primary_key=True)


class Decision(Base):
    """Who goes on from a closed round, as confirmed by an organiser. At most one a round holds; one taken back stays here."""

    __tablename__ = "decision"
    __table_args__ = (
        Index(
            "uq_decision_holding",
            "round_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    taken_at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    round: Mapped[Round] = relationship()


class DecidedLetter(Base):
    """A letter that goes on by a decision."""

    __tablename__ = "decided_letter"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), primary_key=True)


class Assignment(Base):
    """One read: this judge, this letter. `position` is its place on the judge's desk."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "letter_id", "judge_id"),
        Index("ix_assignment_judge", "judge_id", "round_id", "position"),
        # The next letter that waits is one step into this index, however many letters the round has.
        Index("ix_assignment_state", "judge_id", "round_id", "state", "position"),
        # So are the last that were finished, which tell the judge's pace.
        Index("ix_assignment_finished", "judge_id", "round_id", "state", "finished_at"),
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


class SentChoice(Base):
    """The same of a choice between two letters."""

    __tablename__ = "sent_choice"

    comparison_id: Mapped[int] = mapped_column(ForeignKey("comparison.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)


class Reading(Base):
    """How long a judge has had a letter before the eyes, in seconds, pauses left out; told by the desk's clock."""

    __tablename__ = "reading"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    seconds: Mapped[int]


class ReadVerdict(Base):
    """What a read of a screening round says: yes, unsure or no."""

    __tablename__ = "read_verdict"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    given_at: Mapped[datetime] = mapped_column(Instant)
    assignment: Mapped[Assignment] = relationship()


class Placing(Base):
    """Where a judge of a ranking round puts a letter: 1 is the best. A judge's places are all different."""

    __tablename__ = "placing"
    __table_args__ = (CheckConstraint("place > 0", name="place"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    place: Mapped[int]
    assignment: Mapped[Assignment] = relationship()


class Comparison(Base):
    """Two letters beside each other on one judge's desk, and which of them was chosen."""

    __tablename__ = "comparison"
    __table_args__ = (
        CheckConstraint("left_id <> right_id", name="two_letters"),
        CheckConstraint("chosen_id IS NULL OR chosen_id IN (left_id, right_id)", name="one_of_two"),
        Index("ix_comparison_judge", "judge_id", "round_id", "position"),
        Index("ix_comparison_state", "judge_id", "round_id", "state", "position"),
        Index("ix_comparison_finished", "judge_id", "round_id", "state", "finished_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"))
    left_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    right_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    chosen_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    position: Mapped[int]
    state: Mapped[AssignmentState] = mapped_column(choice(AssignmentState), default=AssignmentState.WAITING)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    round: Mapped[Round] = relationship()
    judge: Mapped[Judge] = relationship()
