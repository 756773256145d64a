"""Every SELECT on stamps. Nothing is written or decided here."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from core.db import db
from stamps.models import (
    Catalogue,
    JointIssue,
    Maker,
    Member,
    PermanentNumber,
    Series,
    Stamp,
    StampIssue,
    Topic,
)
from stamps.rules import OF_THE_POST

# So many values go into one IN.
MOST_ASKED = 500
Newest = Select[tuple[StampIssue]]
Kept = TypeVar("Kept", Topic, Catalogue, Series, JointIssue, Maker, StampIssue, Stamp)


def issue(key: str) -> StampIssue | None:
    """One issue with its stamps."""
    query = select(StampIssue).where(StampIssue.key == key).options(selectinload(StampIssue.stamps))
    return db.session.scalar(query)


def stamp(key: str) -> Stamp | None:
    """One stamp with its issue."""
    return db.session.scalar(select(Stamp).where(Stamp.key == key).options(joinedload(Stamp.issue)))


def topic(key: str) -> Topic | None:
    """One topic."""
    return db.session.scalar(select(Topic).where(Topic.key == key))


def issues_like(*, country: str = "", year: int | None = None, topic: str = "") -> Newest:
    """Issues that fit what is given, newest first; those without a date at the end."""
    query = select(StampIssue)
    if country:
        query = query.where(StampIssue.country == country)
    if year:
        query = query.where(StampIssue.year == year)
    if topic:
        query = query.where(StampIssue.topics.any(Topic.key == topic))
    return query.order_by(StampIssue.year.is_(None), StampIssue.date.desc(), StampIssue.id)


def count(query: Newest) -> int:
    """How many issues a query holds."""
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def page_of(query: Newest, *, number: int, size: int) -> list[StampIssue]:
    """One page of a query, pages counted from 1."""
    return list(db.session.scalars(query.limit(size).offset((number - 1) * size)))


def issues_of_year(year: int) -> list[StampIssue]:
    """The issues of a year, those on letters and posts first."""
    of_the_post = case((StampIssue.topics.any(Topic.key.in_(OF_THE_POST)), 0), else_=1)
    query = select(StampIssue).where(StampIssue.year == year)
    return list(db.session.scalars(query.order_by(of_the_post, StampIssue.date, StampIssue.id)))


def issues_of_country(country: str) -> list[StampIssue]:
    """The issues of a country, newest first."""
    return list(db.session.scalars(issues_like(country=country)))


def on_letter_writing(most: int) -> list[StampIssue]:
    """The newest issues on letter writing."""
    return list(db.session.scalars(issues_like(topic="letter-writing").limit(most)))


def counts_by_year() -> dict[int, int]:
    """How many issues each year has."""
    query = select(StampIssue.year, func.count()).where(StampIssue.year.is_not(None)).group_by(StampIssue.year)
    return {year: number for year, number in db.session.execute(query) if year}


def countries() -> list[str]:
    """Codes of the countries that have issues here."""
    return list(db.session.scalars(select(StampIssue.country).distinct()))


def years() -> list[int]:
    """Years that have issues here, newest first."""
    return sorted(counts_by_year(), reverse=True)


def topics() -> Sequence[Topic]:
    """Every topic."""
    return db.session.scalars(select(Topic).order_by(Topic.id)).all()


def all_issues() -> list[StampIssue]:
    """Every issue with its stamps, for the search."""
    query = select(StampIssue).options(selectinload(StampIssue.stamps)).order_by(StampIssue.id)
    return list(db.session.scalars(query))


def all_stamps() -> list[Stamp]:
    """Every stamp with its issue, for the search."""
    return list(db.session.scalars(select(Stamp).options(joinedload(Stamp.issue)).order_by(Stamp.id)))


def number_of(table: type[StampIssue] | type[Stamp]) -> int:
    """How many rows a table of stamps has."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def rows_by_key(table: type[Kept]) -> dict[str, Kept]:
    """All rows of a table by their key, for the loader."""
    return {row.key: row for row in db.session.scalars(select(table))}


def numbered_keys(kind: str, keys: Sequence[str]) -> set[str]:
    """Those of these keys that have a permanent number."""
    found: set[str] = set()
    for start in range(0, len(keys), MOST_ASKED):
        some = keys[start : start + MOST_ASKED]
        query = select(PermanentNumber.key).where(PermanentNumber.kind == kind, PermanentNumber.key.in_(some))
        found.update(db.session.scalars(query))
    return found


def highest_permanent_number() -> int:
    """The highest number given so far; 0 for none."""
    return db.session.scalar(select(func.max(PermanentNumber.number))) or 0


def permanent_numbers(kind: str, key: str) -> list[PermanentNumber]:
    """The numbers that lead to a thing, its own first."""
    query = select(PermanentNumber).where(PermanentNumber.kind == kind, PermanentNumber.key == key)
    return list(db.session.scalars(query.order_by(PermanentNumber.number.desc())))


def permanent_number(number: int) -> PermanentNumber | None:
    """What a permanent number leads to."""
    return db.session.get(PermanentNumber, number)


def catalogues() -> list[Catalogue]:
    """Every catalogue, those of the world first."""
    return list(db.session.scalars(select(Catalogue).order_by(Catalogue.rank, Catalogue.id)))


def containers_of(stamp: Stamp) -> list[Member]:
    """The sheets, booklets and strips that contain a stamp."""
    return list(db.session.scalars(select(Member).where(Member.stamp_id == stamp.id).order_by(Member.container_id)))


def highest_id(part: str) -> int:
    """The highest id of `issues` or `stamps`, so that their addresses can be listed in parts of equal ids."""
    return db.session.scalar(select(func.max(_PARTS[part].id))) or 0


def keys_between(part: str, after: int, last: int) -> list[tuple[str, datetime]]:
    """Key and last change of `issues` or `stamps` with ids behind `after` and up to `last`."""
    table = _PARTS[part]
    query = select(table.key, table.changed_at).where(table.id > after, table.id <= last).order_by(table.id)
    return list(db.session.execute(query).tuples())


_PARTS: dict[str, type[StampIssue] | type[Stamp]] = {"issues": StampIssue, "stamps": Stamp}
