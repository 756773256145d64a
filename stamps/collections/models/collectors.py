"""Tables of collectors who opened themselves to others: what they show, and messages between those who swap."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Instant


class Collector(Base):
    """What a grown-up chose to show; without a row, and without its moments, nobody knows that somebody collects.

    `address` cannot be guessed and leads nowhere before `published_at`. `swaps_since` opens to swap partners, who see the
    name and what fits. `closed_at`: an organiser has taken it down.
    """

    __tablename__ = "stamp_collector"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    address: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(Text, default="")
    shows_counts: Mapped[bool] = mapped_column(default=False)
    shows_haves: Mapped[bool] = mapped_column(default=False)
    shows_swaps: Mapped[bool] = mapped_column(default=False)
    shows_wants: Mapped[bool] = mapped_column(default=False)
    grown_up_said_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    swaps_since: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class Conversation(Base):
    """Two collectors who write to each other; `first_id` is the smaller of their ids, so that two have one conversation."""

    __tablename__ = "stamp_conversation"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
        Index("ix_stamp_conversation_begun_by_id_begun_at", "begun_by_id", "begun_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    begun_by_id: Mapped[int]
    begun_at: Mapped[datetime] = mapped_column(Instant)
    blocked_by_id: Mapped[int | None]
    reported_by_id: Mapped[int | None]
    reported_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    messages: Mapped[list["Message"]] = relationship(
        order_by="Message.id", cascade="all, delete-orphan", passive_deletes=True
    )

    def other(self, person_id: int) -> int:
        """The one who is not this person."""
        return self.second_id if person_id == self.first_id else self.first_id


class Message(Base):
    """What one of two wrote to the other."""

    __tablename__ = "stamp_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("stamp_conversation.id", ondelete="CASCADE"), index=True)
    sender_id: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
