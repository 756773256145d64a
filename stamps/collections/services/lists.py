"""Writing lists and what is on them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select

from core.db import db
from core.errors import Refused
from stamps.collections import queries
from stamps.collections.models import CollectorList, ListEntry
from stamps.collections.rules import MOST_LISTS, Cells, ListSource


def make_list(
    *,
    person_id: int,
    name: str,
    now: datetime,
    note: str = "",
    source: ListSource = ListSource.HAND,
    source_key: str = "",
) -> CollectorList:
    """A list with nothing on it yet. Refuses a name that another list of this person has."""
    _refuse_taken(person_id, name, besides=None)
    if len(queries.lists_of(person_id)) >= MOST_LISTS:
        raise Refused("You have %(most)s lists; please remove one first.", most=MOST_LISTS)
    made = CollectorList(person_id=person_id, name=name, note=note, source=source, source_key=source_key, made_at=now)
    db.session.add(made)
    db.session.flush()
    return made


def change_list(*, list_: CollectorList, name: str, note: str) -> None:
    """Another name or note."""
    _refuse_taken(list_.person_id, name, besides=list_)
    list_.name, list_.note = name, note
    db.session.flush()


def remove_list(*, list_: CollectorList) -> None:
    """The list is gone; copies and wants stay."""
    db.session.delete(list_)
    db.session.flush()


def put_on_list(*, list_: CollectorList, stamp_ids: Iterable[int], cells: Mapping[int, Cells] | None = None) -> int:
    """Put stamps on a list, in this order, after those that are there; gives how many are new.

    Stamps that are there already stay as they are, but for the cells given for them.
    """
    present = {each.stamp_id: each for each in queries.entries(list_)} if cells else {}
    there = set(present) or set(queries.stamps_on(list_))
    rank = _highest_rank(list_)
    new = [stamp_id for stamp_id in dict.fromkeys(stamp_ids) if stamp_id not in there]
    said = cells or {}
    db.session.add_all(
        ListEntry(list_id=list_.id, stamp_id=stamp_id, rank=at, **asdict(said.get(stamp_id, Cells())))
        for at, stamp_id in enumerate(new, rank + 1)
    )
    for stamp_id, given in said.items():
        if stamp_id in present:
            change_entry(entry=present[stamp_id], cells=given)
    db.session.flush()
    return len(new)


def change_entry(*, entry: ListEntry, cells: Cells) -> None:
    """What the list says of a stamp now."""
    for column, value in asdict(cells).items():
        setattr(entry, column, value)
    db.session.flush()


def take_off_list(*, list_: CollectorList, stamp_id: int) -> None:
    """The stamp is on the list no longer."""
    if found := queries.entry(list_, stamp_id):
        db.session.delete(found)
        db.session.flush()


def _highest_rank(list_: CollectorList) -> int:
    return db.session.scalar(select(func.max(ListEntry.rank)).where(ListEntry.list_id == list_.id)) or 0


def _refuse_taken(person_id: int, name: str, *, besides: CollectorList | None) -> None:
    if queries.list_named(person_id, name) not in (None, besides):
        raise Refused("You have a list of this name already.", field="name")
