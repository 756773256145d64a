"""Issues, the series and joint issues they belong to. Empty means not known."""

from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, choice
from core.evidence import Confidence
from stamps.kinds import Jointness
from stamps.models.columns import Dated, Exact, Named
from stamps.models.items import Stamp
from stamps.models.makers import Credit
from stamps.models.numbers import CatalogueNumber
from stamps.models.pictures import StampPicture
from stamps.models.topics import Topic, issue_topic


class Series(Named, Base):
    """Issues that belong together over years: definitives, the letter-writing week of every year."""

    __tablename__ = "stamp_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    country: Mapped[str] = mapped_column(String(2), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[Confidence] = mapped_column(choice(Confidence), default=Confidence.UNKNOWN)


class JointIssue(Named, Base):
    """Issues of several posts on one subject, planned together. How is empty when no source says it."""

    __tablename__ = "stamp_joint_issue"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    jointness: Mapped[Jointness | None] = mapped_column(choice(Jointness))
    note: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[Confidence] = mapped_column(choice(Confidence), default=Confidence.UNKNOWN)
    issues: Mapped[list["StampIssue"]] = relationship(back_populates="joint", order_by="StampIssue.date, StampIssue.id")


class StampIssue(Named, Dated, Base):
    """One issue: a subject, a day, one or more stamps, perhaps sheets and first day covers.

    `date`, `sales_end` and `validity_end` are known to the year, the month or the day (`2021`, `2021-10`, `2021-10-09`);
    `year` repeats the year for lists. What all items have in common stands here as printed; an item that differs
    says so itself. Face values, one a line, and print run stand as printed; `date_printed` only where the source's date
    could not be understood.
    """

    __tablename__ = "stamp_issue"
    __table_args__ = (
        Index("ix_stamp_issue_country_year", "country", "year"),
        Index("ix_stamp_issue_changed_at_id", "changed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_series.id"), index=True)
    joint_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_joint_issue.id"), index=True)
    country: Mapped[str] = mapped_column(String(2))
    issuer: Mapped[str] = mapped_column(String(120), default="")
    date: Mapped[str] = mapped_column(String(10), default="")
    date_printed: Mapped[str] = mapped_column(String(40), default="")
    year: Mapped[int | None] = mapped_column(index=True)
    sales_end: Mapped[str] = mapped_column(String(10), default="")
    validity_end: Mapped[str] = mapped_column(String(10), default="")
    n_stamps: Mapped[int | None]
    n_sheets: Mapped[int | None]
    face_values: Mapped[str] = mapped_column(Text, default="")
    currency: Mapped[str] = mapped_column(String(16), default="")
    width_mm: Mapped[Decimal | None] = mapped_column(Exact)
    height_mm: Mapped[Decimal | None] = mapped_column(Exact)
    perforation: Mapped[str] = mapped_column(String(120), default="")
    designer: Mapped[str] = mapped_column(Text, default="")
    printer: Mapped[str] = mapped_column(Text, default="")
    printing: Mapped[str] = mapped_column(Text, default="")
    print_run: Mapped[str] = mapped_column(Text, default="")
    fdc_size: Mapped[str] = mapped_column(String(40), default="")
    confidence: Mapped[Confidence] = mapped_column(choice(Confidence), default=Confidence.UNKNOWN)
    note: Mapped[str] = mapped_column(Text, default="")
    topics: Mapped[list[Topic]] = relationship(secondary=issue_topic, order_by=Topic.id, lazy="selectin")
    stamps: Mapped[list[Stamp]] = relationship(back_populates="issue", order_by="Stamp.rank, Stamp.id")
    series: Mapped[Series | None] = relationship(lazy="joined")
    joint: Mapped[JointIssue | None] = relationship(back_populates="issues", lazy="joined")
    numbers: Mapped[list[CatalogueNumber]] = relationship(
        cascade="all, delete-orphan", order_by="CatalogueNumber.id", lazy="selectin"
    )
    credits: Mapped[list[Credit]] = relationship(
        cascade="all, delete-orphan", order_by="Credit.rank, Credit.id", lazy="selectin"
    )
    pictures: Mapped[list[StampPicture]] = relationship(
        cascade="all, delete-orphan", order_by="StampPicture.rank, StampPicture.id"
    )
