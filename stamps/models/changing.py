"""A thing is changed when anything said of it is: what hangs on it, what it is named after, what an item has of its issue.

`changed_at` is what harvesters, caches and the map of the site go by, and a picture added or a topic taken away writes no column
of the thing itself. Rows that were read before keep the moment they were read with, until the transaction ends.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, event, inspect, or_, select, update
from sqlalchemy.orm import Session, UOWTransaction

from core import clock
from core.db import db
from stamps.models.issues import JointIssue, Series, StampIssue
from stamps.models.items import Member, Stamp
from stamps.models.makers import Credit, Maker
from stamps.models.numbers import CatalogueNumber
from stamps.models.pictures import StampPicture
from stamps.models.topics import Topic, issue_topic, item_topic

_NAMES = ("name_vi", "name_en", "name_fr", "name_local", "local_language")
_DAYS = ("date", "year", "sales_end", "validity_end")
# What an item that says nothing itself has of its issue, and what stands beside every item.
_SHARED = (
    *_NAMES,
    *_DAYS,
    "country",
    "issuer",
    "perforation",
    "printing",
    "print_run",
    "width_mm",
    "height_mm",
    "topics",
)
_AT_ONCE = 500


@dataclass
class _Touched:
    """Ids of issues, of items, of issues with all their items; and queries that find more of the last and of items."""

    issues: set[int] = field(default_factory=set)
    items: set[int] = field(default_factory=set)
    whole: set[int] = field(default_factory=set)
    named: list[tuple[Select[Any], Select[Any] | None]] = field(default_factory=list)


@event.listens_for(Session, "after_flush")
def _hear(session: Session, _context: UOWTransaction) -> None:
    touched, dirty = _Touched(), [row for row in session.dirty if session.is_modified(row)]
    for row in (*session.new, *session.deleted):
        _come_or_gone(row, touched)
    for row in dirty:
        _changed(row, touched)
    for row in session.new:  # what is new has its moment
        if isinstance(row, (Stamp, StampIssue)):
            (touched.items if isinstance(row, Stamp) else touched.issues).discard(row.id)
            touched.whole -= {row.id} if isinstance(row, StampIssue) else set()
    _write(session, touched)


def issues_changed(ids: Iterable[int]) -> None:
    """Of issues whose items came or went past the session, many at once: it hears of nothing then."""
    _write(db.session(), _Touched(issues=set(ids)))


def _come_or_gone(row: object, touched: _Touched) -> None:
    if isinstance(row, (StampPicture, CatalogueNumber, Credit)):
        _hanging(row, touched)
    elif isinstance(row, Member):
        touched.items |= _ids(row, "container_id")
    elif isinstance(row, Stamp):
        touched.issues |= _ids(row, "issue_id")


def _changed(row: object, touched: _Touched) -> None:
    if isinstance(row, Stamp):
        if _has_changed(row, ("issue_id", "rank")):
            touched.issues |= _ids(row, "issue_id")
        if _has_changed(row, ("topics",)):
            touched.items.add(row.id)
    elif isinstance(row, StampIssue):
        if _has_changed(row, _SHARED):
            touched.whole.add(row.id)
    elif isinstance(row, (Maker, Series, JointIssue, Topic)):
        if _has_changed(row, ("name", *_NAMES)):
            touched.named.append(_named(row))
    else:
        _come_or_gone(row, touched)


def _hanging(row: StampPicture | CatalogueNumber | Credit, touched: _Touched) -> None:
    touched.items |= _ids(row, "stamp_id")
    (touched.whole if isinstance(row, Credit) else touched.issues).update(_ids(row, "issue_id"))


def _named(row: Maker | Series | JointIssue | Topic) -> tuple[Select[Any], Select[Any] | None]:
    """The issues and the items that say the name of this."""
    if isinstance(row, Maker):
        mine = Credit.maker_id == row.id
        return select(Credit.issue_id).where(mine), select(Credit.stamp_id).where(mine)
    if isinstance(row, Topic):
        of_issues = select(issue_topic.c.issue_id).where(issue_topic.c.topic_id == row.id)
        return of_issues, select(item_topic.c.stamp_id).where(item_topic.c.topic_id == row.id)
    column = StampIssue.series_id if isinstance(row, Series) else StampIssue.joint_id
    return select(StampIssue.id).where(column == row.id), None


def _ids(row: Any, column: str) -> set[int]:
    """What the column says, and said before."""
    return {id_ for id_ in inspect(row).attrs[column].history.sum() if id_ is not None}


def _has_changed(row: Any, columns: Iterable[str]) -> bool:
    attributes = inspect(row).attrs
    return any(name in attributes and attributes[name].history.has_changes() for name in columns)


def _write(session: Session, touched: _Touched) -> None:
    now = clock.now()
    for table, which in _statements(touched):
        session.connection().execute(update(table).where(which).values(changed_at=now))


def _statements(touched: _Touched) -> Iterator[tuple[type[StampIssue] | type[Stamp], ColumnElement[bool]]]:
    for some in _in_parts(touched.issues | touched.whole):
        yield StampIssue, StampIssue.id.in_(some)
    for some in _in_parts(touched.whole):
        yield Stamp, Stamp.issue_id.in_(some)
    for some in _in_parts(touched.items):
        yield Stamp, Stamp.id.in_(some)
    for issues, items in touched.named:
        yield StampIssue, StampIssue.id.in_(issues)
        of_issues = Stamp.issue_id.in_(issues)
        yield Stamp, of_issues if items is None else or_(of_issues, Stamp.id.in_(items))


def _in_parts(ids: set[int]) -> Iterator[list[int]]:
    """So many as one statement takes."""
    every = sorted(ids)
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))
