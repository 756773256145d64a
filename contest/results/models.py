"""Prizes given to letters of a stage. Nothing public reads this table: at the hour it is copied into the record."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.editions.models import Prize, Stage
from contest.letters.models import Letter
from core.db import Base, Instant


class StageAward(Base):
    """A prize for a letter, with the jury's citation. After publication it is withdrawn, never deleted."""

    __tablename__ = "stage_award"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), unique=True)
    prize_id: Mapped[int] = mapped_column(ForeignKey("prize.id"))
    citation_vi: Mapped[str] = mapped_column(Text, default="")
    citation_en: Mapped[str] = mapped_column(Text, default="")
    citation_fr: Mapped[str] = mapped_column(Text, default="")
    given_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    stage: Mapped[Stage] = relationship()
    letter: Mapped[Letter] = relationship()
    prize: Mapped[Prize] = relationship()
