"""Every SELECT on issues to come, offers, reservations and standing orders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from core.db import db
from stamps.coming.models import Announcement, Offer, OfferPart, Reservation, StandingOrder
from stamps.coming.rules import Certainty, in_span, sequence_of, span_of
from stamps.curating.models import Change, Revision
from stamps.curating.rules import ISSUE
from stamps.models import StampIssue, Topic
from stamps.queries import keys_below

MOST = 500
# What a calendar shows of an issue; a change of these is a change of its event.
SHOWN_FIELDS = ("date", "name_vi", "name_en", "name_fr", "name_local")


@dataclass(frozen=True)
class Coming:
    """One issue to come or lately out: how sure, where it stood before, how often and when it was changed."""

    issue: StampIssue
    certainty: Certainty
    note: str
    former: tuple[str, ...]
    sequence: int
    changed_at: datetime
    offer: Offer | None

    @property
    def moved(self) -> bool:
        """Whether its first day was another one."""
        return bool(self.former)


def coming(first: date, after: date, *, country: str = "", topic: str = "") -> list[Coming]:
    """Issues that come out, surely or perhaps, on the days from `first` up to but without `after`; the earliest first."""
    query = select(StampIssue).where(
        StampIssue.year.between(first.year, after.year), StampIssue.date < after.isoformat()
    )
    query = query.where(or_(StampIssue.date >= first.isoformat()[:7], StampIssue.date == str(first.year)))
    if country:
        query = query.where(StampIssue.country == country)
    if topic:
        query = query.where(StampIssue.topics.any(Topic.key.in_(keys_below(topic))))
    query = query.options(selectinload(StampIssue.stamps)).order_by(StampIssue.date, StampIssue.id).limit(MOST)
    found = [each for each in db.session.scalars(query) if in_span([span_of(each.date)], first, after)]
    return told_of(found)


def called_off() -> Select[tuple[int]]:
    """The ids of issues that were announced and cancelled."""
    return select(Announcement.issue_id).where(Announcement.certainty == Certainty.CANCELLED)


def told_of(issues: Sequence[StampIssue]) -> list[Coming]:
    """What is announced of these issues."""
    ids = [issue.id for issue in issues]
    announced = {
        row.issue_id: row for row in db.session.scalars(select(Announcement).where(Announcement.issue_id.in_(ids)))
    }
    offers = {row.issue_id: row for row in db.session.scalars(select(Offer).where(Offer.issue_id.in_(ids)))}
    changes = _changes([issue.key for issue in issues])
    return [_told(issue, announced.get(issue.id), changes.get(issue.key, []), offers.get(issue.id)) for issue in issues]


def _told(
    issue: StampIssue, announced: Announcement | None, changes: list[tuple[str, str, datetime]], offer: Offer | None
) -> Coming:
    former = dict.fromkeys(before for field, before, _at in changes if field == "date" and before != issue.date)
    moments = [at for _field, _before, at in changes] + ([announced.changed_at] if announced else [])
    return Coming(
        issue=issue,
        certainty=announced.certainty if announced else Certainty.ANNOUNCED,
        note=announced.note if announced else "",
        former=tuple(former),
        sequence=sequence_of(announced=announced.sequence if announced else 0, changed=len(changes)),
        changed_at=max([*moments, issue.changed_at]),
        offer=offer,
    )


def _changes(keys: Sequence[str]) -> dict[str, list[tuple[str, str, datetime]]]:
    """How day and name of issues changed after they were entered: field, before, when; oldest first."""
    query = (
        select(Change.key, Change.field, Change.before, Revision.at)
        .join(Revision)
        .where(Change.kind == ISSUE, Change.key.in_(keys), Change.field.in_(SHOWN_FIELDS), Change.before != "")
        .order_by(Change.id)
    )
    found: dict[str, list[tuple[str, str, datetime]]] = {}
    for key, field, before, at in db.session.execute(query):
        found.setdefault(key, []).append((field, before, at))
    return found


def above(topics: Iterable[Topic]) -> set[str]:
    """Topics with everything above them, by key."""
    found: set[str] = set()
    for topic in topics:
        each: Topic | None = topic
        while each is not None and each.key not in found:
            found.add(each.key)
            each = each.parent
    return found


def announcement(issue: StampIssue) -> Announcement | None:
    """How sure an issue is."""
    return db.session.scalar(select(Announcement).where(Announcement.issue_id == issue.id))


def is_cancelled(issue: StampIssue) -> bool:
    """Whether an issue does not come out after all."""
    found = announcement(issue)
    return found is not None and found.certainty is Certainty.CANCELLED


def offer(offer_id: int) -> Offer | None:
    """By id."""
    return db.session.get(Offer, offer_id)


def offer_of(issue: StampIssue) -> Offer | None:
    """What is offered of an issue."""
    return db.session.scalar(select(Offer).where(Offer.issue_id == issue.id))


def offers() -> list[Offer]:
    """Every offer, the last to close first."""
    query = select(Offer).options(joinedload(Offer.issue)).order_by(Offer.last_day.desc(), Offer.id.desc())
    return list(db.session.scalars(query.limit(MOST)))


def open_offers(today: date) -> list[Offer]:
    """Offers that may still be reserved from."""
    query = select(Offer).where(Offer.last_day >= today, Offer.allotted_at.is_(None)).options(joinedload(Offer.issue))
    return list(db.session.scalars(query))


def reservation(reservation_id: int) -> Reservation | None:
    """By id."""
    return db.session.get(Reservation, reservation_id)


def reservation_for(part: OfferPart, person_id: int) -> Reservation | None:
    """What somebody asked for of one kind of goods."""
    query = select(Reservation).where(Reservation.part_id == part.id, Reservation.person_id == person_id)
    return db.session.scalar(query)


def reservations_of(offer: Offer) -> list[Reservation]:
    """Everything asked for of an offer, by person."""
    query = select(Reservation).join(OfferPart).where(OfferPart.offer_id == offer.id)
    query = query.options(joinedload(Reservation.person)).order_by(Reservation.person_id, OfferPart.id)
    return list(db.session.scalars(query))


def asked_for(offer: Offer) -> dict[int, int]:
    """How many are asked for in all, by kind of goods."""
    query = select(Reservation.part_id, func.sum(Reservation.quantity)).join(OfferPart)
    rows = db.session.execute(query.where(OfferPart.offer_id == offer.id).group_by(Reservation.part_id))
    return {part: int(total) for part, total in rows}


def mine(person_id: int) -> list[Reservation]:
    """Somebody's reservations, newest first."""
    query = select(Reservation).where(Reservation.person_id == person_id).order_by(Reservation.id.desc()).limit(MOST)
    return list(db.session.scalars(query.options(joinedload(Reservation.part).joinedload(OfferPart.offer))))


def standing_order(order_id: int) -> StandingOrder | None:
    """By id."""
    return db.session.get(StandingOrder, order_id)


def standing_orders(person_id: int | None = None) -> list[StandingOrder]:
    """Orders that run, of one person or of all; the oldest first."""
    query = (
        select(StandingOrder).where(StandingOrder.ended_at.is_(None)).order_by(StandingOrder.made_at, StandingOrder.id)
    )
    return list(db.session.scalars(query if person_id is None else query.where(StandingOrder.person_id == person_id)))
