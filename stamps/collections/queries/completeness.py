"""How much of something a person has: of countries, years, series, issues, topics, and of their own lists.

What counts are stamps and sheets, not varieties of them, not first day covers; who has a variety has the stamp.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Integer, Select, cast, false, func, null, or_, select, union
from sqlalchemy.sql.elements import ColumnElement

from core import clock
from core.db import db
from core.localtime import local_day
from stamps.collections.kinds import By
from stamps.collections.models import CollectorList, Copy, ListEntry
from stamps.collections.queries.copies import kept
from stamps.models import Series, Stamp, StampIssue, Topic, issue_topic, item_topic
from stamps.queries import topics_above
from stamps.rules import PRODUCTS

COLUMN_OF: dict[By, Any] = {
    By.COUNTRY: StampIssue.country,
    By.YEAR: StampIssue.year,
    By.SERIES: StampIssue.series_id,
    By.ISSUE: StampIssue.id,
}
Group = Any


@dataclass(frozen=True)
class Progress:
    """So many of so many."""

    owned: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percents; a hundred only when nothing is missing."""
        return self.owned * 100 // self.total if self.total else 0


@dataclass(frozen=True)
class Within:
    """Where one looks: all of it, or only this country."""

    country: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """For the WHERE of a query on items and their issues."""
        return [StampIssue.country == self.country] if self.country else []


EVERYWHERE = Within()
_called_off: list[Callable[[], Select[tuple[int]]]] = []


def owned_items(person_id: int) -> CTE:
    """Ids of what somebody has, and of everything above it: a variety is a copy of its stamp too."""
    have = select(Copy.stamp_id.label("id")).where(kept(person_id)).cte("owned", recursive=True)
    return have.union(select(Stamp.parent_id).join(have, Stamp.id == have.c.id).where(Stamp.parent_id.is_not(None)))


def counts_for_sets() -> ColumnElement[bool]:
    """Items that make an issue complete: what has been issued, which nobody has cancelled."""
    return Stamp.parent_id.is_(None) & Stamp.kind.not_in(PRODUCTS) & is_out()


def is_out() -> ColumnElement[bool]:
    """Of an item: its first day has come, as far as it is known, and its issue was not called off."""
    today = local_day(clock.now())
    to_come = select(StampIssue.id).where(StampIssue.year >= today.year, StampIssue.date > today.isoformat())
    return Stamp.issue_id.not_in(to_come) & ~or_(false(), *(Stamp.issue_id.in_(issues()) for issues in _called_off))


def number_not_out(stamp_ids: Sequence[int]) -> int:
    """How many of these items have not come out, or never will."""
    return db.session.scalar(select(func.count(Stamp.id)).where(Stamp.id.in_(stamp_ids), ~is_out())) or 0


def leaves_out(issues: Callable[[], Select[tuple[int]]]) -> None:
    """A feature above knows issues (their ids) that were called off, and says so once."""
    if issues not in _called_off:
        _called_off.append(issues)


def begun(person_id: int, by: By, *, within: Within = EVERYWHERE) -> dict[Group, int]:
    """Groups of which somebody has anything, with how much, most first."""
    owned = owned_items(person_id)
    if by is By.TOPIC:
        about = _topics_of_items()
        query = select(about.c.topic_id, func.count(owned.c.id.distinct())).select_from(owned)
        query = query.join(Stamp, Stamp.id == owned.c.id).join(about, about.c.issue_id == Stamp.issue_id)
        group: Any = about.c.topic_id
        query = query.where((about.c.stamp_id.is_(None)) | (about.c.stamp_id == Stamp.id))
    else:
        group = COLUMN_OF[by]
        query = select(group, func.count()).select_from(owned).join(Stamp, Stamp.id == owned.c.id)
    query = query.join(StampIssue, StampIssue.id == Stamp.issue_id)
    query = query.where(counts_for_sets(), group.is_not(None), *within.conditions())
    number = query.selected_columns[1]
    return dict(db.session.execute(query.group_by(group).order_by(number.desc(), group)).tuples().all())


def totals(by: By, groups: Iterable[Group], *, within: Within = EVERYWHERE) -> dict[Group, int]:
    """How much there is of these groups in the catalogue."""
    wanted = list(groups)
    if by is By.TOPIC:
        about = _topics_of_items()
        query: Select[Any] = select(about.c.topic_id, func.count(Stamp.id.distinct())).select_from(about)
        query = query.join(Stamp, Stamp.issue_id == about.c.issue_id)
        query = query.where((about.c.stamp_id.is_(None)) | (about.c.stamp_id == Stamp.id))
        group: Any = about.c.topic_id
    else:
        group = COLUMN_OF[by]
        query = select(group, func.count(Stamp.id)).select_from(Stamp)
    query = query.join(StampIssue, StampIssue.id == Stamp.issue_id)
    query = query.where(counts_for_sets(), group.in_(wanted), *within.conditions())
    return dict(db.session.execute(query.group_by(group)).tuples().all())


def progress(person_id: int, by: By, group: Group) -> Progress:
    """How much somebody has of one country, year, series, issue or topic."""
    if by is By.ISSUE:
        return progress_of_issues(person_id, [group]).get(group, Progress(0, 0))
    return Progress(begun(person_id, by).get(group, 0), totals(by, [group]).get(group, 0))


def progress_of_issues(person_id: int, issue_ids: Sequence[int]) -> dict[int, Progress]:
    """How much somebody has of each of these issues; only their items are looked at."""
    has = select(Copy.id).where(kept(person_id), Copy.stamp_id == Stamp.id).exists()
    query = select(Stamp.issue_id, Stamp.id, Stamp.parent_id, counts_for_sets(), has)
    parents: dict[int, int | None] = {}
    counted: dict[int, int] = {}
    owned: set[int] = set()
    for issue_id, stamp_id, parent_id, is_counted, is_owned in db.session.execute(
        query.where(Stamp.issue_id.in_(issue_ids))
    ):
        parents[stamp_id] = parent_id
        if is_counted:
            counted[stamp_id] = issue_id
        if is_owned:
            owned.add(stamp_id)
    roots = {_root(stamp_id, parents) for stamp_id in owned}
    found = {issue_id: [0, 0] for issue_id in issue_ids}
    for stamp_id, issue_id in counted.items():
        found[issue_id][0] += stamp_id in roots
        found[issue_id][1] += 1
    return {issue_id: Progress(*numbers) for issue_id, numbers in found.items()}


def progress_of_lists(person_id: int) -> dict[int, Progress]:
    """How much somebody has of each of their lists; what is on a list counts, whatever it is."""
    owned = owned_items(person_id)
    query = (
        select(ListEntry.list_id, func.count(owned.c.id), func.count(ListEntry.id))
        .join(CollectorList, CollectorList.id == ListEntry.list_id)
        .outerjoin(owned, owned.c.id == ListEntry.stamp_id)
        .where(CollectorList.person_id == person_id)
        .group_by(ListEntry.list_id)
    )
    return {list_id: Progress(have, total) for list_id, have, total in db.session.execute(query)}


def incomplete_issues(person_id: int, *, number: int, size: int) -> list[tuple[StampIssue, Progress]]:
    """Issues of which somebody has some and not all, those that miss least first: a page of them."""
    owned = owned_items(person_id)
    mine = (
        select(Stamp.issue_id.label("issue_id"), func.count().label("have"))
        .join(owned, owned.c.id == Stamp.id)
        .where(counts_for_sets())
        .group_by(Stamp.issue_id)
        .subquery()
    )
    of_issue = select(func.count(Stamp.id)).where(Stamp.issue_id == mine.c.issue_id, counts_for_sets())
    total = of_issue.correlate(mine).scalar_subquery()
    rows = select(mine.c.issue_id, mine.c.have, total.label("total")).subquery()
    query = select(rows.c.issue_id, rows.c.have, rows.c.total).where(rows.c.have < rows.c.total)
    query = query.order_by(rows.c.total - rows.c.have, rows.c.issue_id).limit(size).offset((number - 1) * size)
    found = {issue_id: Progress(have, total) for issue_id, have, total in db.session.execute(query)}
    issues = db.session.scalars(select(StampIssue).where(StampIssue.id.in_(found)))
    by_id = {issue.id: issue for issue in issues}
    return [(by_id[issue_id], one) for issue_id, one in found.items()]


def named(by: By, groups: Sequence[Group]) -> dict[Group, Any]:
    """The things that groups are of, where these have rows of their own."""
    tables: dict[By, Any] = {By.SERIES: Series, By.ISSUE: StampIssue, By.TOPIC: Topic}
    table = tables.get(by)
    if table is None:
        return {}
    return {row.id: row for row in db.session.scalars(select(table).where(table.id.in_(groups)))}


def _root(stamp_id: int, parents: dict[int, int | None]) -> int:
    seen = {stamp_id}
    while (above := parents.get(stamp_id)) is not None and above not in seen:
        stamp_id = above
        seen.add(above)
    return stamp_id


def _topics_of_items() -> Any:
    """Topics of issues, and of single items (`stamp_id`), each with all topics above it."""
    above = topics_above()
    of_issues = select(issue_topic.c.issue_id, _no_item(), above.c.topic_id).join(
        above, above.c.id == issue_topic.c.topic_id
    )
    of_items = (
        select(Stamp.issue_id, item_topic.c.stamp_id, above.c.topic_id)
        .select_from(item_topic)
        .join(Stamp, Stamp.id == item_topic.c.stamp_id)
        .join(above, above.c.id == item_topic.c.topic_id)
    )
    return union(of_issues, of_items).subquery("about")


def _no_item() -> Any:
    return cast(null(), Integer).label("stamp_id")
