"""Tables of issues to come: how sure they are, what is offered, who asked for how much. No decisions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from core.db import Base, Instant, choice
from stamps.coming.rules import Allotment, Certainty, Goods
from stamps.models import StampIssue, Topic


class Announcement(Base):
    """How sure an issue to come is, and a word of the curator. `sequence` counts changes, for calendars."""

    __tablename__ = "stamp_announcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("stamp_issue.id", ondelete="CASCADE"), unique=True)
    certainty: Mapped[Certainty] = mapped_column(choice(Certainty), default=Certainty.ANNOUNCED)
    sequence: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime] = mapped_column(Instant)
    issue: Mapped[StampIssue] = relationship()


class Offer(Base):
    """What collectors may reserve of an issue: until when, by which rule it is allotted, where it is fetched.

    `seed` of the lots is secret until they are drawn; its seal is shown from the beginning.
    """

    __tablename__ = "stamp_offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("stamp_issue.id"), unique=True)
    last_day: Mapped[date] = mapped_column(Date)
    rule: Mapped[Allotment] = mapped_column(choice(Allotment), default=Allotment.ROUNDS)
    seed: Mapped[str] = mapped_column(String(64))
    pickup: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime] = mapped_column(Instant)
    allotted_at: Mapped[datetime | None] = mapped_column(Instant)
    issue: Mapped[StampIssue] = relationship()
    parts: Mapped[list["OfferPart"]] = relationship(
        back_populates="offer", cascade="all, delete-orphan", order_by="OfferPart.id", lazy="selectin"
    )


class OfferPart(Base):
    """One kind of goods of an offer; `available` and `most_each` are None where there is no limit."""

    __tablename__ = "stamp_offer_part"
    __table_args__ = (
        UniqueConstraint("offer_id", "goods"),
        CheckConstraint("available >= 0", name="available"),
        CheckConstraint("most_each > 0", name="most_each"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("stamp_offer.id", ondelete="CASCADE"))
    goods: Mapped[Goods] = mapped_column(choice(Goods))
    available: Mapped[int | None]
    most_each: Mapped[int | None]
    offer: Mapped[Offer] = relationship(back_populates="parts")


class StandingOrder(Base):
    """So many of every issue of a country or topic, from a day on. It goes with the person."""

    __tablename__ = "stamp_standing_order"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    country: Mapped[str] = mapped_column(String(2), default="")
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_topic.id"))
    goods: Mapped[Goods] = mapped_column(choice(Goods))
    quantity: Mapped[int]
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    made_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    topic: Mapped[Topic | None] = relationship(lazy="joined")
    person: Mapped[Person] = relationship()


class Reservation(Base):
    """So many of one kind of goods for one person; `given` is None until it is decided. Seen by the person and the clerk."""

    __tablename__ = "stamp_reservation"
    __table_args__ = (
        UniqueConstraint("part_id", "person_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("given >= 0 AND given <= quantity", name="given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("stamp_offer_part.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    standing_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_standing_order.id", ondelete="SET NULL"))
    quantity: Mapped[int]
    placed_at: Mapped[datetime] = mapped_column(Instant)
    given: Mapped[int | None]
    handed_at: Mapped[datetime | None] = mapped_column(Instant)
    part: Mapped[OfferPart] = relationship(lazy="joined", innerjoin=True)
    person: Mapped[Person] = relationship()
