"""The records a harvester gets, read from the database in the order in which they were changed. Reads only.

Three kinds follow each other: issues, items, and what was taken out. Whoever is changed during a harvest moves to its end,
so that nothing is missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from core.db import db
from core.evidence import Citation
from stamps.models import PermanentNumber, Stamp, StampIssue
from stamps.opendata.oai.protocol import AT_ONCE, Harvest, from_text

KINDS = ("stamp_issue", "stamp")
SETS = {"stamp_issue": "issues", "stamp": "items"}
STAGES = (*KINDS, "gone")


@dataclass(frozen=True)
class Record:
    """One record: our permanent number, when it changed, and the thing; None when it was taken out."""

    number: int
    kind: str
    changed_at: datetime
    thing: StampIssue | Stamp | None
    sources: tuple[str, ...] = ()

    @property
    def sets(self) -> tuple[str, ...]:
        """The sets it is in: its kind, and its kind of its country."""
        kind = SETS[self.kind]
        issue = self.thing.issue if isinstance(self.thing, Stamp) else self.thing
        return (f"{kind}:{issue.country}",) if issue and issue.country else (kind,)


@dataclass(frozen=True)
class Batch:
    """Some records, the total, and how to go on; None at the end."""

    records: list[Record]
    total: int
    rest: Harvest | None


def batch(harvest: Harvest) -> Batch:
    """The next records of a harvest."""
    records: list[Record] = []
    stage, at, after = harvest.stage, harvest.at, harvest.after
    while stage < len(STAGES):
        found = _of_stage(harvest, stage, at, after, AT_ONCE - len(records))
        records += found
        if len(records) == AT_ONCE:
            last = records[-1]
            rest = harvest.gone_on(
                stage=stage, at=last.changed_at.isoformat(), after=_place(last), given=harvest.given + AT_ONCE
            )
            return Batch(_with_sources(records), total(harvest), rest if _more(rest) else None)
        stage, at, after = stage + 1, "", 0
    return Batch(_with_sources(records), harvest.given + len(records), None)


def one(number: int) -> Record | None:
    """The record of a permanent number."""
    row = db.session.get(PermanentNumber, number)
    if row is None or row.kind not in KINDS:
        return None
    if not row.key:
        return Record(row.number, row.kind, row.changed_at, None)
    table = _table(row.kind)
    thing = db.session.scalar(_whole(select(table).where(table.key == row.key), row.kind))
    if thing is None:
        return Record(row.number, row.kind, row.changed_at, None)
    return _with_sources([Record(row.number, row.kind, thing.changed_at, thing)])[0]


def total(harvest: Harvest) -> int:
    """How many records a harvest has."""
    counts = (db.session.scalar(_counted(harvest, kind)) or 0 for kind in STAGES if _is_wanted(harvest, kind))
    return sum(counts)


def earliest() -> datetime | None:
    """The first change there is."""
    firsts = (db.session.scalar(select(func.min(table.changed_at))) for table in (StampIssue, Stamp, PermanentNumber))
    return min((moment for moment in firsts if moment), default=None)


def countries() -> list[str]:
    """Codes of the countries that have issues."""
    return sorted(filter(None, db.session.scalars(select(StampIssue.country).distinct())))


def _more(rest: Harvest) -> bool:
    following = _of_stage(rest, rest.stage, rest.at, rest.after, 1)
    later = range(rest.stage + 1, len(STAGES))
    return bool(following) or any(_of_stage(rest, stage, "", 0, 1) for stage in later)


def _of_stage(harvest: Harvest, stage: int, at: str, after: int, most: int) -> list[Record]:
    kind = STAGES[stage]
    if not _is_wanted(harvest, kind) or most <= 0:
        return []
    if kind == "gone":
        return _gone(harvest, at, after, most)
    table = _table(kind)
    query = _whole(_between(_things(harvest, kind), table.changed_at, harvest), kind)
    if at:
        query = query.where(_behind(table.changed_at, table.id, at, after))
    things = db.session.scalars(query.order_by(table.changed_at, table.id).limit(most)).unique().all()
    numbers = _numbers(kind, [thing.key for thing in things])
    return [Record(numbers.get(thing.key, 0), kind, thing.changed_at, thing) for thing in things]


def _gone(harvest: Harvest, at: str, after: int, most: int) -> list[Record]:
    query = _between(_retired(harvest), PermanentNumber.changed_at, harvest)
    if at:
        query = query.where(_behind(PermanentNumber.changed_at, PermanentNumber.number, at, after))
    rows = db.session.scalars(query.order_by(PermanentNumber.changed_at, PermanentNumber.number).limit(most))
    return [Record(row.number, row.kind, row.changed_at, None) for row in rows]


def _is_wanted(harvest: Harvest, kind: str) -> bool:
    """Whether a harvest of this set has records of this kind; of what is gone nobody knows the country any more."""
    set_, colon, _country = harvest.set_.partition(":")
    return not set_ or (not colon if kind == "gone" else SETS[kind] == set_)


def _things(harvest: Harvest, kind: str) -> Select[Any]:
    """Numbered things of a kind in the harvest's set."""
    table = _table(kind)
    query = select(table).join(PermanentNumber, and_(PermanentNumber.kind == kind, PermanentNumber.key == table.key))
    country = harvest.set_.partition(":")[2]
    if not country:
        return query
    if kind == "stamp":
        return query.join(StampIssue, StampIssue.id == Stamp.issue_id).where(StampIssue.country == country)
    return query.where(StampIssue.country == country)


def _retired(harvest: Harvest) -> Select[Any]:
    kinds = [kind for kind in KINDS if not harvest.set_ or SETS[kind] == harvest.set_]
    return select(PermanentNumber).where(PermanentNumber.key == "", PermanentNumber.kind.in_(kinds))


def _counted(harvest: Harvest, kind: str) -> Select[Any]:
    query = _retired(harvest) if kind == "gone" else _things(harvest, kind)
    column = PermanentNumber.changed_at if kind == "gone" else _table(kind).changed_at
    return select(func.count()).select_from(_between(query, column, harvest).subquery())


def _between(query: Select[Any], column: Any, harvest: Harvest) -> Select[Any]:
    if harvest.since:
        query = query.where(column >= from_text(harvest.since))
    return query.where(column < from_text(harvest.until)) if harvest.until else query


def _behind(column: Any, place: Any, at: str, after: int) -> Any:
    moment = from_text(at)
    return or_(column > moment, and_(column == moment, place > after))


def _whole(query: Select[Any], kind: str) -> Select[Any]:
    """With everything a record says, in few queries."""
    if kind == "stamp_issue":
        return query.options(joinedload(StampIssue.series), selectinload(StampIssue.topics))
    return query.options(
        joinedload(Stamp.issue).selectinload(StampIssue.topics),
        selectinload(Stamp.topics),
        selectinload(Stamp.credits),
    )


def _table(kind: str) -> Any:
    return StampIssue if kind == "stamp_issue" else Stamp


def _place(record: Record) -> int:
    return record.thing.id if record.thing else record.number


def _numbers(kind: str, keys: Sequence[str]) -> dict[str, int]:
    """The permanent number of each key; of several, the one given first."""
    query = select(PermanentNumber.key, func.min(PermanentNumber.number)).where(
        PermanentNumber.kind == kind, PermanentNumber.key.in_(keys)
    )
    return dict(db.session.execute(query.group_by(PermanentNumber.key)).tuples().all())


def _with_sources(records: list[Record]) -> list[Record]:
    cited: dict[tuple[str, str], list[str]] = {}
    keys = [record.thing.key for record in records if record.thing]
    rows = db.session.scalars(
        select(Citation).where(Citation.kind.in_(KINDS), Citation.key.in_(keys)).order_by(Citation.position)
    )
    for row in rows:
        cited.setdefault((row.kind, row.key), []).append(row.url)
    return [
        Record(
            record.number,
            record.kind,
            record.changed_at,
            record.thing,
            tuple(cited.get((record.kind, record.thing.key), ())) if record.thing else (),
        )
        for record in records
    ]
