"""Lists of one person and what is on them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.db import db
from stamps.collections.models import CollectorList, ListEntry
from stamps.models import Stamp


def list_(list_id: int) -> CollectorList | None:
    """By id."""
    return db.session.get(CollectorList, list_id)


def list_named(person_id: int, name: str) -> CollectorList | None:
    """Somebody's list of this name."""
    query = select(CollectorList).where(CollectorList.person_id == person_id, CollectorList.name == name)
    return db.session.scalar(query)


def lists_of(person_id: int) -> list[CollectorList]:
    """Somebody's lists, by name."""
    query = select(CollectorList).where(CollectorList.person_id == person_id)
    return list(db.session.scalars(query.order_by(CollectorList.name, CollectorList.id)))


def entries(list_: CollectorList, *, number: int | None = None, size: int = 50) -> Sequence[ListEntry]:
    """What is on a list, in its order: all of it, or one page (counted from 1)."""
    query = select(ListEntry).where(ListEntry.list_id == list_.id).order_by(ListEntry.rank, ListEntry.id)
    if number is not None:
        query = query.limit(size).offset((number - 1) * size)
    return list(db.session.scalars(query.options(joinedload(ListEntry.stamp).joinedload(Stamp.issue))))


def entry(list_: CollectorList, stamp_id: int) -> ListEntry | None:
    """A stamp on a list."""
    return db.session.scalar(select(ListEntry).where(ListEntry.list_id == list_.id, ListEntry.stamp_id == stamp_id))


def stamps_on(list_: CollectorList) -> list[int]:
    """Ids of the stamps on a list."""
    return list(db.session.scalars(select(ListEntry.stamp_id).where(ListEntry.list_id == list_.id)))
