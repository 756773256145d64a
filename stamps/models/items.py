"""Items of issues: stamps and their varieties, what contains stamps, what belongs to an issue. Empty means not known."""

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, choice
from core.evidence import Confidence
from stamps.kinds import Difference, Emission, PerforationKind, Process, Shape, StampKind, ValueKind
from stamps.models.columns import Dated, Exact, Named, Several
from stamps.models.makers import Credit
from stamps.models.numbers import CatalogueNumber
from stamps.models.pictures import StampPicture
from stamps.models.topics import Topic, item_topic

if TYPE_CHECKING:
    from stamps.models.issues import StampIssue


class Member(Base):
    """So many times this stamp is contained in this sheet, booklet or strip."""

    __tablename__ = "stamp_member"
    __table_args__ = (CheckConstraint("times > 0", name="times"),)

    container_id: Mapped[int] = mapped_column(ForeignKey("stamp.id", ondelete="CASCADE"), primary_key=True)
    stamp_id: Mapped[int] = mapped_column(ForeignKey("stamp.id", ondelete="CASCADE"), primary_key=True, index=True)
    times: Mapped[int] = mapped_column(default=1)
    rank: Mapped[int] = mapped_column(default=0)
    stamp: Mapped["Stamp"] = relationship(foreign_keys=[stamp_id], lazy="joined", innerjoin=True)
    container: Mapped["Stamp"] = relationship(
        foreign_keys=[container_id], lazy="joined", innerjoin=True, back_populates="members"
    )


class Stamp(Named, Dated, Base):
    """One item: what a collector can own. Most are stamps; `kind` says what else.

    A variety hangs below the item it differs from (`parent`), to any depth; an overprint comes from a `base` stamp.
    `position` is written as the issuer does: `3-1` is the first of three; `rank` sorts the items of an issue. What is
    empty here is as the issue says (`StampIssue`). Values, perforation, colours and dates stand as printed, with what we
    understood of them beside; `face_kind` and `perforation_kind` are None when nothing is printed.
    """

    __tablename__ = "stamp"
    __table_args__ = (Index("ix_stamp_changed_at_id", "changed_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("stamp_issue.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("stamp.id"), index=True)
    base_id: Mapped[int | None] = mapped_column(ForeignKey("stamp.id"), index=True)
    kind: Mapped[StampKind] = mapped_column(choice(StampKind), default=StampKind.STAMP)
    emission: Mapped[Emission | None] = mapped_column(choice(Emission))
    difference: Mapped[Difference | None] = mapped_column(choice(Difference))
    variety: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[str] = mapped_column(String(16), default="")
    rank: Mapped[int] = mapped_column(default=0)

    date: Mapped[str] = mapped_column(String(10), default="")
    date_printed: Mapped[str] = mapped_column(String(40), default="")
    sales_end: Mapped[str] = mapped_column(String(10), default="")
    validity_end: Mapped[str] = mapped_column(String(10), default="")

    face_value: Mapped[str] = mapped_column(String(80), default="")
    face_kind: Mapped[ValueKind | None] = mapped_column(choice(ValueKind))
    face_amount: Mapped[Decimal | None] = mapped_column(Exact)
    surcharge_amount: Mapped[Decimal | None] = mapped_column(Exact)
    currency: Mapped[str] = mapped_column(String(16), default="")

    width_mm: Mapped[Decimal | None] = mapped_column(Exact)
    height_mm: Mapped[Decimal | None] = mapped_column(Exact)
    shape: Mapped[Shape | None] = mapped_column(choice(Shape))
    perforation: Mapped[str] = mapped_column(String(120), default="")
    perforation_kind: Mapped[PerforationKind | None] = mapped_column(choice(PerforationKind))
    perforation_across: Mapped[Decimal | None] = mapped_column(Exact)
    perforation_down: Mapped[Decimal | None] = mapped_column(Exact)

    watermark: Mapped[str] = mapped_column(Text, default="")
    printing: Mapped[str] = mapped_column(Text, default="")
    processes: Mapped[tuple[Process, ...]] = mapped_column(Several(Process), default=())
    paper: Mapped[str] = mapped_column(Text, default="")
    gum: Mapped[str] = mapped_column(Text, default="")
    colours: Mapped[str] = mapped_column(Text, default="")
    print_run: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[Confidence] = mapped_column(choice(Confidence), default=Confidence.UNKNOWN)
    note: Mapped[str] = mapped_column(Text, default="")

    issue: Mapped["StampIssue"] = relationship(back_populates="stamps")
    parent: Mapped["Stamp | None"] = relationship(
        remote_side="Stamp.id", foreign_keys=[parent_id], back_populates="varieties"
    )
    varieties: Mapped[list["Stamp"]] = relationship(
        foreign_keys=[parent_id], back_populates="parent", order_by="Stamp.rank, Stamp.id"
    )
    base: Mapped["Stamp | None"] = relationship(
        remote_side="Stamp.id", foreign_keys=[base_id], back_populates="overprints"
    )
    overprints: Mapped[list["Stamp"]] = relationship(
        foreign_keys=[base_id], back_populates="base", order_by="Stamp.rank, Stamp.id"
    )
    members: Mapped[list[Member]] = relationship(
        foreign_keys=[Member.container_id],
        back_populates="container",
        cascade="all, delete-orphan",
        order_by=[Member.rank, Member.stamp_id],
    )
    numbers: Mapped[list[CatalogueNumber]] = relationship(
        cascade="all, delete-orphan", order_by="CatalogueNumber.id", lazy="selectin"
    )
    topics: Mapped[list[Topic]] = relationship(secondary=item_topic, order_by=Topic.id)
    credits: Mapped[list[Credit]] = relationship(cascade="all, delete-orphan", order_by="Credit.rank, Credit.id")
    pictures: Mapped[list[StampPicture]] = relationship(
        cascade="all, delete-orphan", order_by="StampPicture.rank, StampPicture.id"
    )
