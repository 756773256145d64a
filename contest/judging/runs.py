"""Tables of model runs: what was measured when, and the figures of the newest run of each round; and notes to judges.

Older runs keep their row and their line in the log; figures of letters and judges are kept of the newest only, since the log
gives back those of any other.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.judging.models import Judge, Round
from contest.judging.severity.adjusting import Model
from contest.judging.severity.sentences import Company
from core.db import Base, Instant, choice

UNFINISHED = ""


class ModelRun(Base):
    """One measurement of a round. `position`: the log's line up to which marks were read; `absent`: letters that had left.

    `inputs` and `results` are digests (`results` is empty until every figure is kept: such a run does not count); `figures`
    speak of the whole; `milliseconds` it took.
    """

    __tablename__ = "model_run"
    __table_args__ = (Index("ix_model_run_round", "round_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    model: Mapped[Model] = mapped_column(choice(Model))
    method: Mapped[str] = mapped_column(String(32))
    position: Mapped[int]
    absent: Mapped[list[int]] = mapped_column(JSON)
    inputs: Mapped[str] = mapped_column(String(64))
    results: Mapped[str] = mapped_column(String(64))
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Instant)
    milliseconds: Mapped[int]
    round: Mapped[Round] = relationship()


class LetterMeasure(Base):
    """A letter in a run; what the figures are is told in `measuring.LetterFigures`."""

    __tablename__ = "letter_measure"

    run_id: Mapped[int] = mapped_column(ForeignKey("model_run.id"), primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    reads: Mapped[int]
    raw: Mapped[float]
    fair: Mapped[float]
    error: Mapped[float]
    of_judges: Mapped[float]
    of_rest: Mapped[float]
    company: Mapped[Company] = mapped_column(choice(Company))


class JudgeMeasure(Base):
    """A judge in a run; what the figures are is told in `measuring.JudgeFigures`."""

    __tablename__ = "judge_measure"

    run_id: Mapped[int] = mapped_column(ForeignKey("model_run.id"), primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"), primary_key=True)
    reads: Mapped[int]
    severity: Mapped[float]
    severity_error: Mapped[float]
    taken: Mapped[float]
    taken_error: Mapped[float]
    infit: Mapped[float | None]
    outfit: Mapped[float | None]
    mean: Mapped[float]
    spread: Mapped[float | None]
    agreement: Mapped[float | None]


class JudgeNote(Base):
    """A private word of an organiser to one judge of a round, shown on that judge's desk alone; kept as it was written."""

    __tablename__ = "judge_note"
    __table_args__ = (Index("ix_judge_note_judge", "judge_id", "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id"))
    words: Mapped[str] = mapped_column(Text)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    round: Mapped[Round] = relationship()
    judge: Mapped[Judge] = relationship()
