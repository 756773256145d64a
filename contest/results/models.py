"""Prizes given to letters of a stage. Nothing public reads this table: at the hour it is copied into the record."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.editions.models import Prize, Stage
from contest.letters.models import Letter
from contest.winners.rights import LetterRights
from core.db import Base, Instant, choice


class StageAward(Base):
    """A prize for a letter, with the jury's citation. After publication it is withdrawn, never deleted.

    `letter_rights` and what follows: how much of the letter everybody is to read from the hour on, and who has
    permitted it. The text itself is copied at the hour only.
    """

    __tablename__ = "stage_award"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), unique=True)
    prize_id: Mapped[int] = mapped_column(ForeignKey("prize.id"))
    citation_vi: Mapped[str] = mapped_column(Text, default="")
    citation_en: Mapped[str] = mapped_column(Text, default="")
    citation_fr: Mapped[str] = mapped_column(Text, default="")
    letter_rights: Mapped[LetterRights] = mapped_column(choice(LetterRights), default=LetterRights.NONE)
    letter_language: Mapped[str] = mapped_column(String(8), default="")
    letter_excerpt: Mapped[str] = mapped_column(Text, default="")
    permitted_by: Mapped[str] = mapped_column(String(160), default="")
    permitted_on: Mapped[date | None] = mapped_column(Date)
    given_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    stage: Mapped[Stage] = relationship()
    letter: Mapped[Letter] = relationship()
    prize: Mapped[Prize] = relationship()
