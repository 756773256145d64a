"""Copies and wants of one person. A copy that went away is asked for by name only: everything else counts kept ones."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select, tuple_
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import ColumnElement

from core.db import db
from stamps.collections.models import Copy, Want
from stamps.collections.rules import Disposition, Noted, Status, status_of
from stamps.models import Stamp
from stamps.queries import MOST_ASKED

Mine = Select[tuple[Copy]] | Select[tuple[Want]]
AT_A_TIME = 1000


def kept(person_id: int) -> ColumnElement[bool]:
    """A copy that this person has now."""
    return (Copy.person_id == person_id) & (Copy.disposition == Disposition.KEPT)


def copy(copy_id: int) -> Copy | None:
    """By id."""
    return db.session.get(Copy, copy_id)


def want_by_id(want_id: int) -> Want | None:
    """By id."""
    return db.session.get(Want, want_id)


def copies_of(person_id: int, stamp: Stamp) -> list[Copy]:
    """Somebody's copies of a stamp, those that went too, oldest first."""
    query = select(Copy).where(Copy.person_id == person_id, Copy.stamp_id == stamp.id)
    return list(db.session.scalars(query.order_by(Copy.id)))


def want(person_id: int, stamp: Stamp) -> Want | None:
    """Somebody's want of a stamp."""
    return db.session.scalar(select(Want).where(Want.person_id == person_id, Want.stamp_id == stamp.id))


def wants_of(person_id: int, stamp_ids: Iterable[int]) -> dict[int, Want]:
    """Somebody's wants of these stamps, by stamp."""
    return {
        each.stamp_id: each
        for some in _some(stamp_ids)
        for each in db.session.scalars(select(Want).where(Want.person_id == person_id, Want.stamp_id.in_(some)))
    }


def owned_ids(person_id: int, stamp_ids: Iterable[int]) -> set[int]:
    """Those of these stamps that somebody has."""
    return {
        stamp_id
        for some in _some(stamp_ids)
        for stamp_id in db.session.scalars(select(Copy.stamp_id).where(kept(person_id), Copy.stamp_id.in_(some)))
    }


def kept_by_stamp(person_id: int, stamp_ids: Iterable[int]) -> dict[int, list[Copy]]:
    """The copies that somebody has of these stamps, oldest first."""
    found: dict[int, list[Copy]] = defaultdict(list)
    for some in _some(stamp_ids):
        query = select(Copy).where(kept(person_id), Copy.stamp_id.in_(some)).order_by(Copy.id)
        for each in db.session.scalars(query):
            found[each.stamp_id].append(each)
    return found


def copies_for(person_id: int, copy_ids: Iterable[int]) -> list[Copy]:
    """Those of these copies that are this person's."""
    return [
        each
        for some in _some(copy_ids)
        for each in db.session.scalars(select(Copy).where(Copy.person_id == person_id, Copy.id.in_(some)))
    ]


def same_copy(person_id: int, stamp: Stamp, noted: Noted, *, since: datetime) -> Copy | None:
    """A copy alike that was added since."""
    query = select(Copy).where(Copy.person_id == person_id, Copy.stamp_id == stamp.id, Copy.added_at > since)
    alike = query.where(
        Copy.condition.is_not_distinct_from(noted.condition), Copy.format.is_not_distinct_from(noted.format)
    )
    return db.session.scalar(alike.order_by(Copy.id).limit(1))


def mine(person_id: int, status: Status) -> Mine:
    """What somebody has, offers or looks for, newest first."""
    if status is Status.WANT:
        wants = select(Want).where(Want.person_id == person_id).options(joinedload(Want.stamp).joinedload(Stamp.issue))
        return wants.order_by(Want.id.desc())
    copies = select(Copy).where(kept(person_id)).options(joinedload(Copy.stamp).joinedload(Stamp.issue))
    return (copies.where(Copy.to_swap) if status is Status.SWAP else copies).order_by(Copy.id.desc())


def parted(person_id: int) -> Mine:
    """Copies that went, newest first."""
    query = select(Copy).where(Copy.person_id == person_id, Copy.disposition != Disposition.KEPT)
    return query.options(joinedload(Copy.stamp).joinedload(Stamp.issue)).order_by(Copy.id.desc())


def number_parted(person_id: int) -> int:
    """How many copies went."""
    query = select(func.count(Copy.id)).where(Copy.person_id == person_id, Copy.disposition != Disposition.KEPT)
    return db.session.scalar(query) or 0


def page_of(query: Mine, *, number: int, size: int) -> Sequence[Copy | Want]:
    """One page, pages counted from 1."""
    return list(db.session.scalars(query.limit(size).offset((number - 1) * size)))


def every_copy(person_id: int) -> Iterator[Copy]:
    """All copies of somebody, those that went too, in the order of the catalogue, a thousand at a time: for files."""
    query = select(Copy).where(Copy.person_id == person_id)
    yield from _in_order(query.options(joinedload(Copy.stamp).joinedload(Stamp.issue)), Copy)


def every_want(person_id: int) -> Iterator[Want]:
    """All wants of somebody, in the order of the catalogue, a thousand at a time: for files."""
    query = select(Want).where(Want.person_id == person_id)
    yield from _in_order(query.options(joinedload(Want.stamp).joinedload(Stamp.issue)), Want)


def counts(person_id: int) -> dict[Status, int]:
    """How much somebody has, offers and looks for."""
    copies = select(func.count(Copy.id), func.count(case((Copy.to_swap, 1)))).where(kept(person_id))
    have, swap = db.session.execute(copies).one()
    want = db.session.scalar(select(func.count(Want.id)).where(Want.person_id == person_id)) or 0
    return {Status.HAVE: have, Status.SWAP: swap, Status.WANT: want}


def statuses(person_id: int, keys: Sequence[str]) -> dict[str, Status]:
    """What somebody has to do with stamps of these keys, where it is anything."""
    return _statuses(person_id, Stamp.key, keys)


def statuses_of(person_id: int, stamp_ids: Iterable[int]) -> dict[int, Status]:
    """What somebody has to do with these stamps, where it is anything."""
    return _statuses(person_id, Stamp.id, list(stamp_ids))


def _statuses(person_id: int, named: Any, names: Sequence[Any]) -> dict[Any, Status]:
    copies = (
        select(named, func.count(Copy.id), func.count(case((Copy.to_swap, 1))))
        .join(Copy, (Copy.stamp_id == Stamp.id) & kept(person_id))
        .where(named.in_(names))
        .group_by(named)
    )
    owned = {name: (number, to_swap) for name, number, to_swap in db.session.execute(copies)}
    wants = select(named).join(Want, (Want.stamp_id == Stamp.id) & (Want.person_id == person_id))
    wanted = set(db.session.scalars(wants.where(named.in_(names))))
    found = {name: status_of(copies=n, to_swap=m, wanted=name in wanted) for name, (n, m) in owned.items()}
    found |= dict.fromkeys(wanted - owned.keys(), Status.WANT)
    return {name: status for name, status in found.items() if status}


def _some(ids: Iterable[int]) -> Iterator[list[int]]:
    every = list(dict.fromkeys(ids))
    return (every[start : start + MOST_ASKED] for start in range(0, len(every), MOST_ASKED))


def _in_order(query: Select[Any], table: type[Copy] | type[Want]) -> Iterator[Any]:
    """Page after page, each from where the one before ended: nothing stays open between them."""
    place, last = tuple_(table.stamp_id, table.id), (0, 0)
    while some := db.session.scalars(
        query.where(place > last).order_by(table.stamp_id, table.id).limit(AT_A_TIME)
    ).all():
        yield from some
        last = (some[-1].stamp_id, some[-1].id)
