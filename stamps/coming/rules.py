"""Decisions on issues to come: when they are, who may reserve how much until when, who gets what. Pure."""

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from accounts.rules import is_clerk, is_curator, is_signed_in
from core.errors import Refused
from stamps.rules import first_day

MOST_OF_ONE = 10_000
LONGEST_NOTE = 1000
# An issue is shown as lately out for so long, and as to come so far ahead.
LATELY = timedelta(days=60)
AHEAD = timedelta(days=730)


class Certainty(StrEnum):
    """How sure an issue to come is."""

    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Goods(StrEnum):
    """What of an issue is reserved: the set of its stamps, its sheet, its first day cover."""

    SET = "set"
    SHEET = "sheet"
    FIRST_DAY_COVER = "first_day_cover"


class Allotment(StrEnum):
    """Who gets what when more is asked than there is: one each, round by round, or in order of asking."""

    ROUNDS = "rounds"
    ARRIVAL = "arrival"


@dataclass(frozen=True)
class Span:
    """The days an issue may come out on: one day, or all days of a month or year; `after` is the day behind the last."""

    first: date
    after: date

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.after - self.first == timedelta(days=1)


@dataclass(frozen=True)
class Ask:
    """One reservation: its number, how many, since when."""

    number: int
    quantity: int
    placed_at: datetime


def span_of(text: str) -> Span | None:
    """The days that a partial date means; None when it is no date."""
    first = first_day(text)
    if first is None:
        return None
    if len(text) == 10:
        return Span(first, first + timedelta(days=1))
    if len(text) == 7:
        return Span(first, first + timedelta(days=calendar.monthrange(first.year, first.month)[1]))
    return Span(first, date(first.year + 1, 1, 1)) if first.year < date.max.year else None


def sequence_of(*, announced: int, changed: int) -> int:
    """How often an event of the calendar was changed: its state, and its day or name. It only grows."""
    return announced + changed


def allot(asks: Sequence[Ask], *, available: int | None, rule: Allotment, seed: str) -> dict[int, int]:
    """How many each reservation gets, by its number. Never more than asked; all there is, while anybody wants more.

    By rounds, everybody gets one, then everybody who wants more a second, and so on; who comes first in a round is drawn
    by lot from the seed, so that it matters only in the last round. By arrival, the earlier gets all it asked for first.
    """
    if available is None or sum(ask.quantity for ask in asks) <= available:
        return {ask.number: ask.quantity for ask in asks}
    if rule is Allotment.ARRIVAL:
        return _by_arrival(asks, available)
    return _by_rounds(sorted(asks, key=lambda ask: lot(seed, ask.number)), available)


def lot(seed: str, number: int) -> str:
    """The lot of a reservation: anybody who knows the seed can compute it."""
    return sha256(f"{seed}:{number}".encode()).hexdigest()


def seal(seed: str) -> str:
    """What is shown of the seed before lots are drawn, so that nobody can choose it afterwards."""
    return sha256(seed.encode()).hexdigest()


def _by_arrival(asks: Sequence[Ask], available: int) -> dict[int, int]:
    given = {}
    for ask in sorted(asks, key=lambda each: (each.placed_at, each.number)):
        given[ask.number] = min(ask.quantity, available)
        available -= given[ask.number]
    return given


def _by_rounds(asks: Sequence[Ask], available: int) -> dict[int, int]:
    """Whole rounds at once, the last one in order of the lots."""
    given = dict.fromkeys((ask.number for ask in asks), 0)
    wanting = [ask for ask in asks if ask.quantity]
    while wanting and available:
        rounds = min(available // len(wanting), *(ask.quantity - given[ask.number] for ask in wanting))
        served, each = (wanting, rounds) if rounds else (wanting[:available], 1)
        for ask in served:
            given[ask.number] += each
        available -= each * len(served)
        wanting = [ask for ask in wanting if given[ask.number] < ask.quantity]
    return given


def wants(
    *,
    country: str,
    topics: Collection[str],
    since: date,
    until: date | None,
    of_country: str,
    of_topics: Collection[str],
    day: date,
) -> bool:
    """Whether a standing order (country or none, topics with those below it or none) is for an issue of that first day."""
    if country and country != of_country:
        return False
    if topics and set(topics).isdisjoint(of_topics):
        return False
    return since <= day and (until is None or day <= until)


def refuse_late(*, today: date, last_day: date) -> None:
    """The last day for reserving is still one."""
    if today > last_day:
        raise Refused("The last day for reserving was %(day)s.", day=last_day)


def refuse_allotted(*, allotted: bool) -> None:
    """What was allotted is not asked for anew."""
    if allotted:
        raise Refused("It has been decided who gets what; nothing can be changed any more.")


def refuse_cancelled(*, cancelled: bool) -> None:
    """Nothing is reserved, nor decided, of an issue that does not come out."""
    if cancelled:
        raise Refused("This issue was cancelled; nothing can be reserved of it.")


def refuse_quantity(*, quantity: int, most_each: int | None) -> None:
    """Nobody asks for more than one may have."""
    if most_each is not None and quantity > most_each:
        raise Refused("At most %(most)s for each collector.", most=most_each)


def refuse_early(*, today: date, last_day: date) -> None:
    """Nobody is allotted anything while others may still ask."""
    if today <= last_day:
        raise Refused("Collectors may reserve until %(day)s; who gets what is decided after that day.", day=last_day)


def refuse_last_day(*, last_day: date, today: date) -> None:
    """An offer leaves time to reserve."""
    if last_day < today:
        raise Refused("The last day for reserving lies in the past.", field="last_day")


def refuse_span(*, since: date, until: date | None) -> None:
    """An order does not end before it begins."""
    if until is not None and until < since:
        raise Refused("The last day lies before the first.", field="until")


def in_span(spans: Iterable[Span | None], first: date, after: date) -> bool:
    """Whether any of these touches the days from `first` up to but without `after`."""
    return any(span is not None and span.first < after and first < span.after for span in spans)


def weeks_of(year: int, month: int) -> list[list[date]]:
    """The weeks of a month from Monday to Sunday, with the days of other months that fill them."""
    return calendar.Calendar(firstweekday=calendar.MONDAY).monthdatescalendar(year, month)


def is_own(person: Any, thing: Any) -> bool:
    """The reservation or order is this person's."""
    return bool(person.is_authenticated and thing.person_id == person.id)


PERMISSIONS: Mapping[str, Any] = {
    "announcement.edit": [[is_curator]],
    "reservation.own": [[is_signed_in]],
    "standing_order.end": [[is_own]],
    "offer.run": [[is_clerk]],
}
