"""Tables of what people own and look for: copies one by one, wants as sets of what is accepted."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Instant, choice
from stamps.collections.kinds import Condition, CopyFormat, Disposition, Priority
from stamps.collections.rules import Accepted
from stamps.models import Exact, Several, Stamp


class Copy(Base):
    """One piece that somebody owns or owned; there is no quantity. What is empty is not noted.

    A copy whose variety is not known hangs on the parent stamp. `grade` is free text: centring, faults, a grade of the trade.
    `acquired_on`, `certificate_date` and `parted_on` are known to the year, the month or the day. A copy that went keeps its
    row with another `disposition` than kept: it is the collector's history, and counts nowhere else.
    """

    __tablename__ = "stamp_copy"
    __table_args__ = (
        Index("ix_stamp_copy_own", "person_id", "disposition", "stamp_id", "to_swap"),
        Index("ix_stamp_copy_offered", "stamp_id", "to_swap", "disposition", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    stamp_id: Mapped[int] = mapped_column(ForeignKey("stamp.id", ondelete="CASCADE"))
    condition: Mapped[Condition | None] = mapped_column(choice(Condition))
    format: Mapped[CopyFormat | None] = mapped_column(choice(CopyFormat))
    grade: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    acquired_on: Mapped[str] = mapped_column(String(10), default="")
    acquired_from: Mapped[str] = mapped_column(String(120), default="")
    price: Mapped[Decimal | None] = mapped_column(Exact)
    price_currency: Mapped[str] = mapped_column(String(16), default="")
    certificate_expert: Mapped[str] = mapped_column(String(120), default="")
    certificate_number: Mapped[str] = mapped_column(String(60), default="")
    certificate_date: Mapped[str] = mapped_column(String(10), default="")
    picture: Mapped[str] = mapped_column(String(80), default="")
    public_note: Mapped[str] = mapped_column(Text, default="")
    private_note: Mapped[str] = mapped_column(Text, default="")
    to_swap: Mapped[bool] = mapped_column(default=False)
    disposition: Mapped[Disposition] = mapped_column(choice(Disposition), default=Disposition.KEPT)
    parted_on: Mapped[str] = mapped_column(String(10), default="")
    parted_with: Mapped[str] = mapped_column(String(120), default="")
    added_at: Mapped[datetime] = mapped_column(Instant)
    stamp: Mapped[Stamp] = relationship(lazy="joined", innerjoin=True)

    @property
    def certified(self) -> bool:
        """Whether an expert has looked at it."""
        return bool(self.certificate_expert or self.certificate_number)


class Want(Base):
    """A stamp that somebody looks for, once, with what they would take; no conditions named are all accepted."""

    __tablename__ = "stamp_want"
    __table_args__ = (
        UniqueConstraint("person_id", "stamp_id"),
        Index("ix_stamp_want_stamp_id_person_id", "stamp_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    stamp_id: Mapped[int] = mapped_column(ForeignKey("stamp.id", ondelete="CASCADE"))
    conditions: Mapped[tuple[Condition, ...]] = mapped_column(Several(Condition), default=())
    formats: Mapped[tuple[CopyFormat, ...]] = mapped_column(Several(CopyFormat), default=())
    certificate_needed: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[Priority] = mapped_column(choice(Priority), default=Priority.NORMAL)
    public_note: Mapped[str] = mapped_column(Text, default="")
    private_note: Mapped[str] = mapped_column(Text, default="")
    added_at: Mapped[datetime] = mapped_column(Instant)
    stamp: Mapped[Stamp] = relationship(lazy="joined", innerjoin=True)

    @property
    def accepted(self) -> Accepted:
        """What would be taken."""
        return Accepted(self.conditions, self.formats, self.certificate_needed)
