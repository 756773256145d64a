"""Every write on issues to come: how sure they are, offers, reservations, standing orders, who gets what."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Person
from core import journal
from core.db import db
from core.errors import Refused
from stamps.coming import queries, rules
from stamps.coming.models import Announcement, Offer, OfferPart, Reservation, StandingOrder
from stamps.coming.rules import Allotment, Ask, Certainty, Goods
from stamps.models import StampIssue, Topic
from stamps.queries import keys_below


@dataclass(frozen=True)
class Limits:
    """How many there are of one kind of goods, and how many one collector may have; None for no limit."""

    available: int | None
    most_each: int | None


def announce(*, issue: StampIssue, certainty: Certainty, note: str, by: Person, now: datetime) -> Announcement:
    """How sure an issue is; saying the same again changes nothing."""
    row = queries.announcement(issue)
    if row is None:
        row = Announcement(issue=issue, certainty=certainty, note=note.strip(), changed_at=now, sequence=0)
        db.session.add(row)
    elif (row.certainty, row.note) != (certainty, note.strip()):
        row.certainty, row.note, row.changed_at = certainty, note.strip(), now
        row.sequence += 1
    db.session.flush()
    journal.write(who=by.id, act=f"issue.{certainty.value}", kind="stamp_issue", thing=issue.id, now=now)
    return row


def open_offer(
    *,
    issue: StampIssue,
    last_day: date,
    rule: Allotment,
    parts: Mapping[Goods, Limits],
    pickup: str,
    by: Person,
    now: datetime,
    today: date,
) -> Offer:
    """What may be reserved of an issue; standing orders become reservations at once. Twice is once."""
    if present := queries.offer_of(issue):
        return present
    rules.refuse_cancelled(cancelled=queries.is_cancelled(issue))
    rules.refuse_last_day(last_day=last_day, today=today)
    if not parts:
        raise Refused("Please say what is offered.")
    offer = Offer(
        issue=issue,
        last_day=last_day,
        rule=rule,
        seed=secrets.token_hex(16),
        pickup=pickup.strip(),
        opened_at=now,
        parts=[
            OfferPart(goods=goods, available=each.available, most_each=each.most_each) for goods, each in parts.items()
        ],
    )
    db.session.add(offer)
    db.session.flush()
    for order in queries.standing_orders():
        _serve(order, offer)
    journal.write(
        who=by.id, act="offer.opened", kind="stamp_offer", thing=offer.id, now=now, last_day=last_day.isoformat()
    )
    return offer


def change_offer(
    *, offer: Offer, last_day: date, parts: Mapping[Goods, Limits], pickup: str, by: Person, now: datetime, today: date
) -> None:
    """Limits and the last day may change until it is decided who gets what; the rule may not. What is asked for stays."""
    rules.refuse_allotted(allotted=offer.allotted_at is not None)
    if last_day != offer.last_day:
        rules.refuse_last_day(last_day=last_day, today=today)
    present = {part.goods: part for part in offer.parts}
    for goods, limits in parts.items():
        part = present.get(goods)
        if part is None:
            offer.parts.append(OfferPart(goods=goods, available=limits.available, most_each=limits.most_each))
        else:
            part.available, part.most_each = limits.available, limits.most_each
    offer.last_day, offer.pickup = last_day, pickup.strip()
    db.session.flush()
    for order in queries.standing_orders():
        if order.goods in parts.keys() - present.keys():  # what was given back of the others is not asked for anew
            _serve(order, offer)
    details = {goods.value: [each.available, each.most_each] for goods, each in parts.items()}
    journal.write(
        who=by.id,
        act="offer.changed",
        kind="stamp_offer",
        thing=offer.id,
        now=now,
        last_day=last_day.isoformat(),
        limits=details,
    )


def reserve(*, part: OfferPart, person: Person, quantity: int, now: datetime, today: date) -> Reservation | None:
    """So many for a person, none to give it back. Asking for more later counts as asked later."""
    rules.refuse_allotted(allotted=part.offer.allotted_at is not None)
    rules.refuse_late(today=today, last_day=part.offer.last_day)
    rules.refuse_quantity(quantity=quantity, most_each=part.most_each)
    row = queries.reservation_for(part, person.id)
    if quantity == (row.quantity if row else 0):
        return row
    if quantity > (row.quantity if row else 0):
        rules.refuse_cancelled(cancelled=queries.is_cancelled(part.offer.issue))
    if row is None:
        row = Reservation(part=part, person_id=person.id, quantity=quantity, placed_at=now)
        db.session.add(row)
    elif quantity == 0:
        db.session.delete(row)
        row = None
    else:
        row.placed_at = now if quantity > row.quantity else row.placed_at
        row.quantity, row.standing_id = quantity, None
    db.session.flush()
    return row


def order_standing(
    *,
    person: Person,
    country: str,
    topic: Topic | None,
    goods: Goods,
    quantity: int,
    since: date,
    until: date | None,
    now: datetime,
    today: date,
) -> StandingOrder:
    """From now on so many of every issue that fits, also of those that may be reserved already. Twice is once."""
    rules.refuse_span(since=since, until=until)
    for order in queries.standing_orders(person.id):
        same = (order.country, order.topic_id, order.goods, order.since, order.until)
        if same == (country, topic.id if topic else None, goods, since, until):
            return order
    order = StandingOrder(
        person_id=person.id,
        country=country,
        topic=topic,
        goods=goods,
        quantity=quantity,
        since=since,
        until=until,
        made_at=now,
    )
    db.session.add(order)
    db.session.flush()
    for offer in queries.open_offers(today):
        _serve(order, offer)
    return order


def end_standing(*, order: StandingOrder, now: datetime) -> None:
    """No further issue; what it has reserved already stays until it is given back."""
    order.ended_at = order.ended_at or now
    db.session.flush()


def allot_offer(*, offer: Offer, by: Person, now: datetime, today: date) -> None:
    """Decide who gets what, once, by the rule stated when the offer was opened."""
    if offer.allotted_at is not None:
        return
    rules.refuse_cancelled(cancelled=queries.is_cancelled(offer.issue))
    rules.refuse_early(today=today, last_day=offer.last_day)
    rows = queries.reservations_of(offer)
    for part in offer.parts:
        mine = [row for row in rows if row.part_id == part.id]
        asks = [Ask(row.id, row.quantity, row.placed_at) for row in mine]
        given = rules.allot(asks, available=part.available, rule=offer.rule, seed=offer.seed)
        for row in mine:
            row.given = given[row.id]
    offer.allotted_at = now
    db.session.flush()
    journal.write(who=by.id, act="offer.allotted", kind="stamp_offer", thing=offer.id, now=now, reservations=len(rows))


def hand_over(*, reservation: Reservation, handed: bool, by: Person, now: datetime) -> None:
    """Tick that it was handed over, or take the tick back."""
    if reservation.given is None:
        raise Refused("First it has to be decided who gets what.")
    if handed == (reservation.handed_at is not None):
        return
    reservation.handed_at = now if handed else None
    db.session.flush()
    act = "reservation.handed" if handed else "reservation.not_handed"
    journal.write(who=by.id, act=act, kind="stamp_reservation", thing=reservation.id, now=now)


def _serve(order: StandingOrder, offer: Offer) -> None:
    """A standing order's share of an offer, as if asked for when the order was made; who asked by hand is left alone."""
    span = rules.span_of(offer.issue.date)
    fits = span is not None and rules.wants(
        country=order.country,
        topics=keys_below(order.topic.key) if order.topic else (),
        since=order.since,
        until=order.until,
        of_country=offer.issue.country,
        of_topics=[topic.key for topic in offer.issue.topics],
        day=span.first,
    )
    part = next((each for each in offer.parts if each.goods is order.goods), None)
    if not fits or part is None or queries.reservation_for(part, order.person_id):
        return
    if queries.is_cancelled(offer.issue):
        return
    quantity = order.quantity if part.most_each is None else min(order.quantity, part.most_each)
    db.session.add(
        Reservation(
            part=part, person_id=order.person_id, quantity=quantity, placed_at=order.made_at, standing_id=order.id
        )
    )
    db.session.flush()
