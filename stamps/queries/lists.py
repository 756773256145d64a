"""Lists of issues and of items: narrowed without an index, rows of keys that the index found, everything in batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, String, cast, func, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from core.db import db
from stamps.kinds import View
from stamps.models import Credit, Maker, Series, Stamp, StampIssue, StampPicture, Topic

# What pages show of an issue and lists do not.
_NOT_LISTED: tuple[Any, ...] = (StampIssue.topics, StampIssue.credits, StampIssue.series, StampIssue.joint)
# So many things are read at once where all are.
BATCH = 500
Listed = TypeVar("Listed", StampIssue, Stamp)
Issues = Select[tuple[StampIssue]]
Items = Select[tuple[Stamp]]


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to; "" and None narrow nothing. `topics`: one and everything below it."""

    country: str = ""
    years: tuple[int, int] | None = None
    topics: tuple[str, ...] = ()
    maker: str = ""
    series: str = ""
    process: str = ""
    item: str = ""
    emission: str = ""
    has_picture: bool = False


def issues_like(narrowed: Narrowed, sort: str = "newest") -> Issues:
    """Issues that fit what is given; those without a date at the end."""
    query = select(StampIssue).where(*_of_issue(narrowed))
    query = query.where(*(StampIssue.stamps.any(each) for each in _of_item_alone(narrowed)))
    if narrowed.topics:
        query = query.where(_on(StampIssue, narrowed.topics))
    if narrowed.maker:
        query = query.where(_credited_issue(narrowed.maker) | StampIssue.stamps.any(_credited(narrowed.maker)))
    if narrowed.has_picture:
        query = query.where(StampIssue.pictures.any(_face()))
    order = StampIssue.date if sort == "oldest" else StampIssue.date.desc()
    return query.order_by(StampIssue.year.is_(None), order, StampIssue.id)


def items_like(narrowed: Narrowed, sort: str = "newest") -> Items:
    """Items that fit what is given, in the order of their issues."""
    query = select(Stamp).join(Stamp.issue).where(*_of_issue(narrowed), *_of_item_alone(narrowed))
    if narrowed.maker:
        query = query.where(_credited_issue(narrowed.maker) | _credited(narrowed.maker))
    if narrowed.topics:
        query = query.where(_on(StampIssue, narrowed.topics) | _on(Stamp, narrowed.topics))
    if narrowed.has_picture:
        query = query.where(Stamp.pictures.any(_face()))
    return query.order_by(*_orders(sort), StampIssue.id, Stamp.rank, Stamp.id)


def keys_of(query: Issues | Items, *, number: int, size: int) -> list[str]:
    """The keys on one page of a query."""
    table: Any = query.column_descriptions[0]["entity"]
    keys = query.with_only_columns(table.key).limit(size).offset((number - 1) * size)
    return list(db.session.scalars(keys))


def keys_after(query: Issues | Items, after: int, size: int) -> list[tuple[int, str]]:
    """Ids and keys of the next of a query, in the order in which they came into the catalogue."""
    table: Any = query.column_descriptions[0]["entity"]
    rows = query.with_only_columns(table.id, table.key).where(table.id > after).order_by(None).order_by(table.id)
    return list(db.session.execute(rows.limit(size)).tuples())


def count(query: Issues | Items) -> int:
    """How many a query holds."""
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def page_of(query: Select[tuple[Listed]], *, number: int, size: int) -> list[Listed]:
    """One page of a query, pages counted from 1, with what lists show of each."""
    rows = db.session.scalars(query.limit(size).offset((number - 1) * size))
    found = list(rows)
    table: Any = type(found[0]) if found else None
    if table is None:
        return []
    shown = {one.key: one for one in _shown_by_keys(table, [one.key for one in found])}
    return [shown[one.key] for one in found]


def issues_by_keys(keys: Sequence[str]) -> list[StampIssue]:
    """The issues of these keys, in this order, with what lists show; those that are gone are left out."""
    return _in_order(_shown_by_keys(StampIssue, keys), keys)


def items_by_keys(keys: Sequence[str]) -> list[Stamp]:
    """The items of these keys, in this order, with what lists show; those that are gone are left out."""
    return _in_order(_shown_by_keys(Stamp, keys), keys)


def pictures_of_issues(issues: Sequence[StampIssue]) -> dict[int, StampPicture]:
    """A face for each of these issues that has none of its own, from its items: by the id of the issue."""
    query = (
        select(Stamp.issue_id, StampPicture)
        .join(StampPicture, StampPicture.stamp_id == Stamp.id)
        .where(Stamp.issue_id.in_([issue.id for issue in issues]), StampPicture.view == View.FACE, _shown())
        .order_by(Stamp.rank.desc(), StampPicture.rank.desc(), StampPicture.id.desc())
    )
    return {issue: picture for issue, picture in db.session.execute(query).tuples()}  # noqa: C416 - rows, not pairs


def own_pictures_of_issues(issues: Sequence[StampIssue]) -> dict[int, StampPicture]:
    """A face for each of these issues that has one of its own: by the id of the issue."""
    query = select(StampPicture).where(StampPicture.issue_id.in_([issue.id for issue in issues]))
    faces = query.where(StampPicture.view == View.FACE, _shown()).order_by(
        StampPicture.rank.desc(), StampPicture.id.desc()
    )
    return {picture.issue_id: picture for picture in db.session.scalars(faces) if picture.issue_id}


def on_letter_writing(most: int) -> list[StampIssue]:
    """The newest issues on letter writing."""
    return page_of(issues_like(Narrowed(topics=("letter-writing",))), number=1, size=most)


def issues_on(topics: Sequence[str], most: int) -> list[StampIssue]:
    """Issues on any of these topics, the oldest first."""
    return page_of(issues_like(Narrowed(topics=tuple(topics)), "oldest"), number=1, size=most)


def every_issue() -> Iterator[StampIssue]:
    """Every issue with what the search wants to know of it."""
    items = selectinload(StampIssue.stamps).selectinload(Stamp.credits)
    return _in_batches(StampIssue, (items, selectinload(StampIssue.pictures)))


def every_item() -> Iterator[Stamp]:
    """Every item with what the search wants to know of it."""
    more = (Stamp.topics, Stamp.credits, Stamp.pictures)
    return _in_batches(Stamp, (joinedload(Stamp.issue), *(selectinload(one) for one in more)))


def _of_issue(narrowed: Narrowed) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if narrowed.country:
        found.append(StampIssue.country == narrowed.country)
    if narrowed.years:
        found.append(StampIssue.year.between(*narrowed.years))
    if narrowed.series:
        found.append(StampIssue.series.has(Series.key == narrowed.series))
    return found


def _of_item_alone(narrowed: Narrowed) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if narrowed.item:
        found.append(Stamp.kind == narrowed.item)
    if narrowed.emission:
        found.append(Stamp.emission == narrowed.emission)
    if narrowed.process:
        found.append((" " + cast(Stamp.processes, String) + " ").contains(f" {narrowed.process} ", autoescape=True))
    return found


def _on(table: type[StampIssue] | type[Stamp], topics: Sequence[str]) -> ColumnElement[bool]:
    return table.topics.any(Topic.key.in_(topics))


def _credited(maker: str) -> ColumnElement[bool]:
    return Stamp.credits.any(Credit.maker.has(Maker.key == maker))


def _credited_issue(maker: str) -> ColumnElement[bool]:
    return StampIssue.credits.any(Credit.maker.has(Maker.key == maker))


def _face() -> ColumnElement[bool]:
    """A picture that stands for a thing in lists."""
    return (StampPicture.view == View.FACE) & _shown()


def _shown() -> ColumnElement[bool]:
    return StampPicture.withdrawn_at.is_(None)


def _orders(sort: str) -> tuple[ColumnElement[Any], ...]:
    dated = StampIssue.year.is_(None)
    if sort == "value":
        return (Stamp.face_amount.is_(None), Stamp.face_amount.expression)
    return (dated, StampIssue.date.expression if sort == "oldest" else StampIssue.date.desc())


def _shown_by_keys(table: type[Listed], keys: Sequence[str]) -> list[Listed]:
    if not keys:
        return []
    pictures: Any = table.pictures
    query = select(table).where(table.key.in_(keys)).options(selectinload(pictures))
    if table is Stamp:
        of_issue = joinedload(Stamp.issue, innerjoin=True)
        query = query.options(*(of_issue.lazyload(one) for one in (*_NOT_LISTED, StampIssue.numbers)))
    else:
        query = query.options(*(lazyload(one) for one in _NOT_LISTED))
    return list(db.session.scalars(query))


def _in_order(found: Sequence[Listed], keys: Sequence[str]) -> list[Listed]:
    by_key = {one.key: one for one in found}
    return [by_key[key] for key in keys if key in by_key]


def _in_batches(table: type[Listed], options: Sequence[Any]) -> Iterator[Listed]:
    """Everything, a batch at a time, so that a million fit into memory. Topics are few and stay known meanwhile."""
    topics = list(db.session.scalars(select(Topic)))
    last = 0
    while topics is not None:
        query = select(table).where(table.id > last).order_by(table.id).limit(BATCH).options(*options)
        batch = list(db.session.scalars(query))
        if not batch:
            return
        yield from batch
        last = batch[-1].id
