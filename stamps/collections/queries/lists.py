"""Lists of one person and what is on them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import ColumnElement

from core.db import db
from stamps.collections.models import CollectorList, ListEntry
from stamps.kinds import StampKind
from stamps.models import Series, Stamp, StampIssue, issue_topic, item_topic
from stamps.queries import MOST_ASKED, ids_below
from stamps.rules import PRODUCTS


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


def items_of_issue(key: str) -> list[int]:
    """Stamps and sheets of an issue, in their order."""
    return _items(StampIssue.key == key)


def items_of_series(key: str) -> list[int]:
    """Stamps and sheets of a series."""
    return _items(StampIssue.series_id == select(Series.id).where(Series.key == key).scalar_subquery())


def items_of_country(country: str, years: tuple[int, int] | None) -> list[int]:
    """Stamps and sheets of a country, perhaps of some years only."""
    return _items(StampIssue.country == country, *([StampIssue.year.between(*years)] if years else []))


def items_of_topic(key: str) -> list[int]:
    """Stamps and sheets on a topic or anything below it, by their issue or themselves."""
    below = ids_below(key)
    issues = select(issue_topic.c.issue_id).where(issue_topic.c.topic_id.in_(below))
    items = select(item_topic.c.stamp_id).where(item_topic.c.topic_id.in_(below))
    return _items(StampIssue.id.in_(issues) | Stamp.id.in_(items))


def ids_of(keys: Sequence[str]) -> list[int]:
    """Ids of stamps of these keys, in the order of the keys."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), MOST_ASKED):
        query = select(Stamp.key, Stamp.id).where(Stamp.key.in_(keys[start : start + MOST_ASKED]))
        found.update(db.session.execute(query).tuples().all())
    return [found[key] for key in keys if key in found]


def keys_of(ids: Iterable[int]) -> dict[int, str]:
    """Keys of these stamps, by id."""
    return dict(db.session.execute(select(Stamp.id, Stamp.key).where(Stamp.id.in_(list(ids)))).tuples().all())


def items_of_issues(keys: Sequence[str], *, with_sheets: bool) -> list[int]:
    """Stamps of these issues, with their sheets or without."""
    kinds = [Stamp.kind == StampKind.STAMP] if not with_sheets else []
    return _items(StampIssue.key.in_(keys), *kinds) if keys else []


def issue_ids(keys: Sequence[str]) -> dict[str, int]:
    """Ids of issues, by their keys."""
    query = select(StampIssue.key, StampIssue.id).where(StampIssue.key.in_(keys))
    return dict(db.session.execute(query).tuples().all())


def every_series() -> list[Series]:
    """The series of the catalogue, for choosing one."""
    return list(db.session.scalars(select(Series).order_by(Series.id)))


def _items(*conditions: ColumnElement[bool]) -> list[int]:
    query = select(Stamp.id).join(StampIssue, StampIssue.id == Stamp.issue_id)
    query = query.where(Stamp.parent_id.is_(None), Stamp.kind.not_in(PRODUCTS), *conditions)
    return list(db.session.scalars(query.order_by(StampIssue.date, StampIssue.id, Stamp.rank, Stamp.id)))
