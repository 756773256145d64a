"""Collectors who opened themselves: their public pages, swap partners, messages. Children are never among them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, String, case, func, literal, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, joinedload
from sqlalchemy.sql.elements import ColumnElement

from accounts.models import Consent
from core.db import db
from stamps.collections.kinds import CopyFormat
from stamps.collections.models import Collector, Conversation, Copy, Message, Want
from stamps.collections.queries.copies import kept
from stamps.collections.rules import Disposition
from stamps.models import Stamp


def is_child(person_id: int) -> bool:
    """Whether a guardian has ever agreed to something for this person, were it withdrawn since."""
    return db.session.scalar(select(Consent.id).where(Consent.person_id == person_id).limit(1)) is not None


def collector(person_id: int) -> Collector | None:
    """What somebody shows of themselves."""
    return db.session.get(Collector, person_id)


def published(address: str) -> Collector | None:
    """The collector whose public page this is, as long as it is public."""
    query = select(Collector).where(Collector.address == address, Collector.published_at.is_not(None), _may_be_seen())
    return db.session.scalar(query)


def swapping(address: str) -> Collector | None:
    """The collector of this address who is open to swap partners."""
    return db.session.scalar(select(Collector).where(Collector.address == address, _swaps()))


def swaps(person_id: int) -> bool:
    """Whether somebody is open to swap partners."""
    query = select(Collector.person_id).where(Collector.person_id == person_id, _swaps())
    return db.session.scalar(query) is not None


def partners(person_id: int, *, most: int) -> list[tuple[Collector, int, int]]:
    """Who has what somebody wants, and wants what they would swap: how many stamps each way, by the smaller number."""
    gives = (
        select(Copy.person_id.label("person_id"), func.count(Want.stamp_id.distinct()).label("stamps"))
        .select_from(Want)
        .join(Copy, _offers(Copy, Want))
        .where(Want.person_id == person_id, Copy.person_id != person_id)
        .group_by(Copy.person_id)
        .subquery("gives")
    )
    takes = (
        select(Want.person_id.label("person_id"), func.count(Copy.stamp_id.distinct()).label("stamps"))
        .select_from(Copy)
        .join(Want, (Want.stamp_id == Copy.stamp_id) & _acceptable())
        .where(kept(person_id), Copy.to_swap, Want.person_id != person_id)
        .group_by(Want.person_id)
        .subquery("takes")
    )
    smaller = case((gives.c.stamps < takes.c.stamps, gives.c.stamps), else_=takes.c.stamps)
    query = (
        select(Collector, gives.c.stamps, takes.c.stamps)
        .select_from(gives)
        .join(takes, takes.c.person_id == gives.c.person_id)
        .join(Collector, Collector.person_id == gives.c.person_id)
        .where(_swaps(), ~_blocked(person_id, Collector.person_id))
        .order_by(smaller.desc(), (gives.c.stamps + takes.c.stamps).desc(), Collector.person_id)
        .limit(most)
    )
    return [(row, give, take) for row, give, take in db.session.execute(query)]


def offered_to(person_id: int, other_id: int, *, most: int) -> list[Copy]:
    """Copies that the other would swap and this person would take."""
    query = select(Copy).join(Want, _offers(Copy, Want)).where(Want.person_id == person_id, Copy.person_id == other_id)
    return _with_issues(query.order_by(Copy.stamp_id, Copy.id), most)


def shown_copies(collector: Collector, *, to_swap: bool, most: int) -> list[Copy]:
    """Copies for a public page, the newest first."""
    query = select(Copy).where(kept(collector.person_id))
    return _with_issues((query.where(Copy.to_swap) if to_swap else query).order_by(Copy.id.desc()), most)


def shown_wants(collector: Collector, *, most: int) -> list[Want]:
    """Wants for a public page, the newest first."""
    query = select(Want).where(Want.person_id == collector.person_id).order_by(Want.id.desc()).limit(most)
    return list(db.session.scalars(query.options(joinedload(Want.stamp).joinedload(Stamp.issue))))


def conversation(conversation_id: int) -> Conversation | None:
    """By id."""
    return db.session.get(Conversation, conversation_id)


def conversation_of(one: int, other: int) -> Conversation | None:
    """What two have written to each other."""
    query = select(Conversation).where(
        Conversation.first_id == min(one, other), Conversation.second_id == max(one, other)
    )
    return db.session.scalar(query)


def conversations_of(person_id: int) -> list[Conversation]:
    """Everything somebody has written and got, the newest first."""
    query = select(Conversation).where(_is_mine(person_id)).order_by(Conversation.id.desc())
    return list(db.session.scalars(query))


def begun_since(person_id: int, *, since: datetime) -> int:
    """To how many collectors somebody has begun to write."""
    query = select(func.count(Conversation.id)).where(
        Conversation.begun_by_id == person_id, Conversation.begun_at > since
    )
    return db.session.scalar(query) or 0


def number_unread(person_id: int) -> int:
    """Messages somebody has not looked at, but those of who is blocked."""
    query = select(func.count(Message.id)).join(Conversation, Conversation.id == Message.conversation_id)
    query = query.where(_is_mine(person_id), Message.sender_id != person_id, Message.read_at.is_(None))
    return db.session.scalar(query.where(Conversation.blocked_by_id.is_(None))) or 0


def names_of(person_ids: Sequence[int]) -> dict[int, str]:
    """What these collectors call themselves."""
    query = select(Collector.person_id, Collector.name).where(Collector.person_id.in_(person_ids))
    return dict(db.session.execute(query).tuples().all())


def reported() -> list[Conversation]:
    """What organisers are to look at, oldest first."""
    query = select(Conversation).where(awaits_organiser())
    return list(db.session.scalars(query.order_by(Conversation.reported_at)))


def number_reported() -> int:
    """How many conversations organisers are to look at."""
    return db.session.scalar(select(func.count(Conversation.id)).where(awaits_organiser())) or 0


def is_in_a_report(person_id: int) -> bool:
    """Whether organisers are to look at what this person and another wrote, and none has yet."""
    query = select(Conversation.id).where(_is_mine(person_id))
    return db.session.scalar(query.where(awaits_organiser()).limit(1)) is not None


def awaits_organiser() -> ColumnElement[bool]:
    """Of a conversation: reported, and no organiser has looked."""
    return Conversation.reported_at.is_not(None) & Conversation.settled_at.is_(None)


def _may_be_seen() -> ColumnElement[bool]:
    a_child = select(Consent.id).where(Consent.person_id == Collector.person_id).exists()
    return Collector.closed_at.is_(None) & ~a_child


def _swaps() -> ColumnElement[bool]:
    return Collector.swaps_since.is_not(None) & _may_be_seen()


def _offers(copy: type[Copy], want: type[Want]) -> ColumnElement[bool]:
    here = copy.to_swap & (copy.disposition == Disposition.KEPT)
    return (copy.stamp_id == want.stamp_id) & here & _acceptable()


def _acceptable() -> ColumnElement[bool]:
    """As `rules.satisfies` decides it."""
    certified = or_(Copy.certificate_expert != "", Copy.certificate_number != "")
    single = func.coalesce(type_coerce(Copy.format, String), CopyFormat.SINGLE.value)
    return (
        _names(Want.conditions, type_coerce(Copy.condition, String))
        & _names(Want.formats, single)
        & or_(Want.certificate_needed.is_(False), certified)
    )


def _names(accepted: InstrumentedAttribute[tuple[object, ...]], kind: ColumnElement[str]) -> ColumnElement[bool]:
    several = type_coerce(accepted, String)
    return or_(several == "", (literal(" ") + several + " ").like(literal("% ") + kind + " %"))


def _blocked(one: int, other: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    pair = or_(
        (Conversation.first_id == one) & (Conversation.second_id == other),
        (Conversation.first_id == other) & (Conversation.second_id == one),
    )
    return select(Conversation.id).where(pair, Conversation.blocked_by_id.is_not(None)).exists()


def _is_mine(person_id: int) -> ColumnElement[bool]:
    return (Conversation.first_id == person_id) | (Conversation.second_id == person_id)


def _with_issues(query: Select[tuple[Copy]], most: int) -> list[Copy]:
    return list(db.session.scalars(query.limit(most).options(joinedload(Copy.stamp).joinedload(Stamp.issue))))
