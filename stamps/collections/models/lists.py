"""Tables of a collector's own lists: what somebody means to complete, or keeps together."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Instant, choice
from stamps.collections.kinds import Condition, ListSource
from stamps.models import Stamp


class CollectorList(Base):
    """A named list of stamps. `source` and `source_key` say where its stamps came from, so that it can be filled again.

    `source_key` is the key of an issue, series or topic, the words of a search, country and years (`VN`, `VN 1976-1985`).
    """

    __tablename__ = "stamp_list"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[ListSource] = mapped_column(choice(ListSource), default=ListSource.HAND)
    source_key: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime] = mapped_column(Instant)


class ListEntry(Base):
    """A stamp on a list, once, with the list's own quantity, condition and notes; what is empty is not noted."""

    __tablename__ = "stamp_list_entry"
    __table_args__ = (
        UniqueConstraint("list_id", "stamp_id"),
        CheckConstraint("quantity IS NULL OR quantity >= 0", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("stamp_list.id", ondelete="CASCADE"))
    stamp_id: Mapped[int] = mapped_column(ForeignKey("stamp.id", ondelete="CASCADE"), index=True)
    quantity: Mapped[int | None]
    condition: Mapped[Condition | None] = mapped_column(choice(Condition))
    public_note: Mapped[str] = mapped_column(Text, default="")
    private_note: Mapped[str] = mapped_column(Text, default="")
    rank: Mapped[int] = mapped_column(default=0)
    stamp: Mapped[Stamp] = relationship(lazy="joined", innerjoin=True)
    list: Mapped[CollectorList] = relationship()
