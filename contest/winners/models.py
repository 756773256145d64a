"""Tables of the record: laureates, their awards, tallies that others claim. Empty means not known. No decisions."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.rules import NameShown
from contest.editions.models import Edition
from contest.winners.rights import LetterRights
from contest.winners.rules import AwardLevel, PrizeKind
from core.db import Base, Instant, choice
from core.evidence import Confidence


class Laureate(Base):
    """A person in the record. The key says nothing of the name, since it stands in addresses."""

    __tablename__ = "laureate"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    full_name: Mapped[str] = mapped_column(String(160))
    native_name: Mapped[str] = mapped_column(String(160), default="")
    given_name: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    shown_as: Mapped[NameShown] = mapped_column(choice(NameShown), default=NameShown.FULL, index=True)
    awards: Mapped[list["Award"]] = relationship(back_populates="laureate", order_by="Award.id")


class Award(Base):
    """One prize given by one jury, to a person or to somebody the sources do not name.

    `prize_vi` … hold the prize's names where it comes from a stage's own table; the names of the prizes
    of the record follow from `prize`. `stage_award_id` is the origin of an award that was given on this
    platform. A withdrawn award stays, with its day and public reason.
    """

    __tablename__ = "award"
    __table_args__ = (Index("ix_award_country_level", "country", "level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    laureate_id: Mapped[int | None] = mapped_column(ForeignKey("laureate.id"), index=True)
    level: Mapped[AwardLevel] = mapped_column(choice(AwardLevel))
    prize: Mapped[PrizeKind] = mapped_column(choice(PrizeKind), index=True)
    prize_as_printed: Mapped[str] = mapped_column(String(160), default="")
    prize_vi: Mapped[str] = mapped_column(String(160), default="")
    prize_en: Mapped[str] = mapped_column(String(160), default="")
    prize_fr: Mapped[str] = mapped_column(String(160), default="")
    rank: Mapped[int] = mapped_column(default=0)
    country: Mapped[str] = mapped_column(String(2), default="")
    age: Mapped[int | None]
    place: Mapped[str] = mapped_column(Text, default="")
    theme_local: Mapped[str] = mapped_column(Text, default="")
    letter_url: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[Confidence] = mapped_column(choice(Confidence), default=Confidence.UNKNOWN)
    note: Mapped[str] = mapped_column(Text, default="")
    citation_vi: Mapped[str] = mapped_column(Text, default="")
    citation_en: Mapped[str] = mapped_column(Text, default="")
    citation_fr: Mapped[str] = mapped_column(Text, default="")
    stage_award_id: Mapped[int | None] = mapped_column(unique=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)
    laureate: Mapped[Laureate | None] = relationship(back_populates="awards", lazy="joined")
    letter: Mapped["AwardLetter | None"] = relationship(back_populates="award")


class AwardLetter(Base):
    """The letter that won an award: as much of it as the record holds, and how much of that everybody may read.

    `body` may be empty where only an excerpt was given to us. A permission that was withdrawn leaves `rights` at
    none, with the day; nothing of the text is shown or searched then.
    """

    __tablename__ = "award_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    excerpt: Mapped[str] = mapped_column(Text, default="")
    rights: Mapped[LetterRights] = mapped_column(choice(LetterRights), default=LetterRights.NONE)
    permitted_by: Mapped[str] = mapped_column(String(160), default="")
    permitted_on: Mapped[date | None] = mapped_column(Date)
    kept_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    award: Mapped[Award] = relationship(back_populates="letter")


class ClaimedTally(Base):
    """How many international awards somebody says a country has won, to the end of a year."""

    __tablename__ = "claimed_tally"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    country: Mapped[str] = mapped_column(String(2), index=True)
    since_year: Mapped[int | None]
    until_year: Mapped[int]
    gold: Mapped[int | None]
    silver: Mapped[int | None]
    bronze: Mapped[int | None]
    special_mention: Mapped[int | None]
    total: Mapped[int | None]
    confidence: Mapped[Confidence] = mapped_column(choice(Confidence), default=Confidence.UNKNOWN)
    note: Mapped[str] = mapped_column(Text, default="")
