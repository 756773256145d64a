"""Tables of collections: copies that people own, stamps that they want. Both go with the person. No decisions."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Instant, choice
from stamps.collections.rules import Condition, CopyFormat
from stamps.models import Stamp


class Copy(Base):
    """One copy of a stamp that somebody owns. `condition` and `format` may not be known; `note` is private."""

    __tablename__ = "stamp_copy"
    __table_args__ = (Index("ix_stamp_copy_person_id_stamp_id", "person_id", "stamp_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    stamp_id: Mapped[int] = mapped_column(ForeignKey("stamp.id", ondelete="CASCADE"), index=True)
    condition: Mapped[Condition | None] = mapped_column(choice(Condition))
    format: Mapped[CopyFormat | None] = mapped_column(choice(CopyFormat))
    to_swap: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    added_at: Mapped[datetime] = mapped_column(Instant)
    stamp: Mapped[Stamp] = relationship(lazy="joined", innerjoin=True)


class Want(Base):
    """A stamp that somebody looks for, once."""

    __tablename__ = "stamp_want"
    __table_args__ = (UniqueConstraint("person_id", "stamp_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    stamp_id: Mapped[int] = mapped_column(ForeignKey("stamp.id", ondelete="CASCADE"), index=True)
    added_at: Mapped[datetime] = mapped_column(Instant)
    stamp: Mapped[Stamp] = relationship(lazy="joined", innerjoin=True)
