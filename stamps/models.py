"""Tables of stamps: issues, their stamps, their topics. Empty means not known. No decisions."""

from decimal import Decimal

from sqlalchemy import BigInteger, Column, Dialect, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from core.db import Base, choice
from core.evidence import Confidence
from stamps.rules import StampKind


class Exact(TypeDecorator[Decimal]):
    """A decimal number with three places, kept as whole thousandths: exact on every engine, and sortable."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> int | None:
        """To thousandths; more places than three are a mistake."""
        if value is None:
            return None
        thousandths = value * 1000
        if thousandths != int(thousandths):
            raise ValueError(f"{value} has more than three places")
        return int(thousandths)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Decimal | None:
        """From thousandths, without trailing zeros."""
        return None if value is None else Decimal(f"{Decimal(value) / 1000:f}")


issue_topic = Table(
    "stamp_issue_topic",
    Base.metadata,
    Column("issue_id", ForeignKey("stamp_issue.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("stamp_topic.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_stamp_issue_topic_topic_id", "topic_id"),
)


class Topic(Base):
    """What an issue is about, in three languages."""

    __tablename__ = "stamp_topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name_vi: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    name_fr: Mapped[str] = mapped_column(String(80))


class StampIssue(Base):
    """One issue: a subject, a day, one or more stamps.

    `date` and `sales_end` are known to the year, the month or the day (`2021`, `2021-10`, `2021-10-09`);
    `year` repeats the year for lists. `national_code` is the set number of the issuing country;
    `catalogue_numbers` hold one `System:number` a line; face values, one a line, and print run stand as printed.
    """

    __tablename__ = "stamp_issue"
    __table_args__ = (Index("ix_stamp_issue_country_year", "country", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    country: Mapped[str] = mapped_column(String(2))
    issuer: Mapped[str] = mapped_column(String(120), default="")
    name_vi: Mapped[str] = mapped_column(Text, default="")
    name_en: Mapped[str] = mapped_column(Text, default="")
    date: Mapped[str] = mapped_column(String(10), default="")
    year: Mapped[int | None] = mapped_column(index=True)
    sales_end: Mapped[str] = mapped_column(String(10), default="")
    national_code: Mapped[str] = mapped_column(String(16), default="", index=True)
    catalogue_numbers: Mapped[str] = mapped_column(Text, default="")
    n_stamps: Mapped[int | None]
    n_sheets: Mapped[int | None]
    face_values: Mapped[str] = mapped_column(Text, default="")
    currency: Mapped[str] = mapped_column(String(3), default="")
    width_mm: Mapped[Decimal | None] = mapped_column(Exact)
    height_mm: Mapped[Decimal | None] = mapped_column(Exact)
    perforation: Mapped[str] = mapped_column(String(80), default="")
    designer: Mapped[str] = mapped_column(Text, default="")
    printer: Mapped[str] = mapped_column(Text, default="")
    printing: Mapped[str] = mapped_column(Text, default="")
    print_run: Mapped[str] = mapped_column(Text, default="")
    fdc_size: Mapped[str] = mapped_column(String(40), default="")
    confidence: Mapped[Confidence] = mapped_column(choice(Confidence), default=Confidence.UNKNOWN)
    note: Mapped[str] = mapped_column(Text, default="")
    topics: Mapped[list[Topic]] = relationship(secondary=issue_topic, order_by=Topic.id, lazy="selectin")
    stamps: Mapped[list["Stamp"]] = relationship(back_populates="issue", order_by="Stamp.rank, Stamp.id")

    @property
    def name_fr(self) -> str:
        """The record holds no French names; a French reader gets the English one before the Vietnamese."""
        return self.name_en


class Stamp(Base):
    """One item of an issue: a stamp, or a souvenir sheet. `number` is the national stamp number.

    `position` is written as the issuer does: `3-1` is the first of three; `rank` sorts them.
    """

    __tablename__ = "stamp"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("stamp_issue.id"), index=True)
    number: Mapped[str] = mapped_column(String(16), default="", index=True)
    position: Mapped[str] = mapped_column(String(16), default="")
    rank: Mapped[int] = mapped_column(default=0)
    kind: Mapped[StampKind] = mapped_column(choice(StampKind), default=StampKind.STAMP)
    name_vi: Mapped[str] = mapped_column(Text, default="")
    name_en: Mapped[str] = mapped_column(Text, default="")
    face_value: Mapped[str] = mapped_column(String(40), default="")
    face_amount: Mapped[Decimal | None] = mapped_column(Exact)
    currency: Mapped[str] = mapped_column(String(3), default="")
    width_mm: Mapped[Decimal | None] = mapped_column(Exact)
    height_mm: Mapped[Decimal | None] = mapped_column(Exact)
    confidence: Mapped[Confidence] = mapped_column(choice(Confidence), default=Confidence.UNKNOWN)
    note: Mapped[str] = mapped_column(Text, default="")
    issue: Mapped[StampIssue] = relationship(back_populates="stamps")

    @property
    def name_fr(self) -> str:
        """As for issues."""
        return self.name_en
