"""Tables of a year of the contest: the edition of the record, and our country's stage of it with its settings.

An edition exists whether or not we run anything; a stage is what our organisers run. No decisions.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contest.editions.rules import UnitLevel
from core.db import Base, Instant, choice
from core.evidence import Confidence


class Edition(Base):
    """One year of the international contest, as the record knows it. Empty means not known."""

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    year: Mapped[int] = mapped_column(unique=True)
    theme_vi: Mapped[str] = mapped_column(Text, default="")
    theme_en: Mapped[str] = mapped_column(Text, default="")
    theme_fr: Mapped[str] = mapped_column(Text, default="")
    theme_other: Mapped[str] = mapped_column(Text, default="")
    countries_participating: Mapped[int | None]
    entries_worldwide: Mapped[str] = mapped_column(String(64), default="")
    partners: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[Confidence] = mapped_column(choice(Confidence), default=Confidence.UNKNOWN)
    note: Mapped[str] = mapped_column(Text, default="")
    stage: Mapped["Stage | None"] = relationship(back_populates="edition")


class Stage(Base):
    """Our country's stage of an edition: everything an organiser may set. Every change leaves a StageChange.

    Ages are whole years on `reference_day`. Letters are taken from `opens_at` to `closes_at`, both inclusive.
    `results_at` is the hour set for publication; `published_at` when it happened.
    `criteria_locked_at`: judging has begun.
    """

    __tablename__ = "stage"
    __table_args__ = (
        CheckConstraint("youngest <= oldest", name="ages"),
        CheckConstraint("opens_at < closes_at", name="window"),
        CheckConstraint("word_limit > 0", name="word_limit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), unique=True)
    country: Mapped[str] = mapped_column(String(2))
    theme_vi: Mapped[str] = mapped_column(Text)
    theme_en: Mapped[str] = mapped_column(Text)
    theme_fr: Mapped[str] = mapped_column(Text)
    youngest: Mapped[int]
    oldest: Mapped[int]
    reference_day: Mapped[date] = mapped_column(Date)
    word_limit: Mapped[int]
    opens_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
    takes_typed: Mapped[bool] = mapped_column(default=True)
    takes_handwritten: Mapped[bool] = mapped_column(default=True)
    results_at: Mapped[datetime | None] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    criteria_locked_at: Mapped[datetime | None] = mapped_column(Instant)
    demonstration: Mapped[bool] = mapped_column(default=False)
    edition: Mapped[Edition] = relationship(back_populates="stage")
    criteria: Mapped[list["Criterion"]] = relationship(
        back_populates="stage", order_by="Criterion.position", cascade="all, delete-orphan"
    )
    prizes: Mapped[list["Prize"]] = relationship(
        back_populates="stage", order_by="Prize.position", cascade="all, delete-orphan"
    )
    changes: Mapped[list["StageChange"]] = relationship(back_populates="stage", order_by="StageChange.id")


class StageChange(Base):
    """One change of one setting: what it was, what it is, who, when and why. Added, never changed.

    `before` and `after` are texts as the organiser's form writes them (ISO for moments and days).
    """

    __tablename__ = "stage_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    setting: Mapped[str] = mapped_column(String(64))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    stage: Mapped[Stage] = relationship(back_populates="changes")


class Unit(Base):
    """A node of the stage's tree of units: the country (root), its provinces, their schools."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("stage_id", "parent_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    level: Mapped[UnitLevel] = mapped_column(choice(UnitLevel))
    name: Mapped[str] = mapped_column(String(160))
    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")


class Criterion(Base):
    """What judges mark: name and description in three languages, weight against the others, most points.

    Points go from 0 to `most` in halves. A weight of 2 counts twice a weight of 1.
    """

    __tablename__ = "criterion"
    __table_args__ = (
        CheckConstraint("weight > 0", name="weight"),
        CheckConstraint("most > 0", name="most"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    position: Mapped[int]
    name_vi: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    name_fr: Mapped[str] = mapped_column(String(80))
    description_vi: Mapped[str] = mapped_column(Text, default="")
    description_en: Mapped[str] = mapped_column(Text, default="")
    description_fr: Mapped[str] = mapped_column(Text, default="")
    weight: Mapped[int]
    most: Mapped[int]
    stage: Mapped[Stage] = relationship(back_populates="criteria")


class Prize(Base):
    """A row of the prize table: how many of it, and what it is worth as printed (`5.000.000 đ`)."""

    __tablename__ = "prize"
    __table_args__ = (CheckConstraint("places > 0", name="places"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    position: Mapped[int]
    name_vi: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    name_fr: Mapped[str] = mapped_column(String(80))
    places: Mapped[int]
    worth: Mapped[str] = mapped_column(String(80), default="")
    stage: Mapped[Stage] = relationship(back_populates="prizes")
