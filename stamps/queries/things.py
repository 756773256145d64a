"""Single things of the catalogue and what stands around them: issues, items, series, makers, topics."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, tuple_
from sqlalchemy.orm import joinedload, lazyload, selectinload

from core.db import db
from stamps.kinds import Part
from stamps.models import (
    CatalogueNumber,
    Credit,
    JointIssue,
    Maker,
    Member,
    Series,
    Stamp,
    StampIssue,
    StampPicture,
    Topic,
)
from stamps.rules import OF_THE_POST

# Of a careless number so many things are shown.
MOST_NUMBERED = 12
MOST_OF_A_YEAR = 24


def issue(key: str) -> StampIssue | None:
    """One issue with its stamps."""
    items = selectinload(StampIssue.stamps)
    query = (
        select(StampIssue)
        .where(StampIssue.key == key)
        .options(
            items.selectinload(Stamp.pictures),
            items.selectinload(Stamp.members),
            selectinload(StampIssue.pictures),
        )
    )
    return db.session.scalar(query)


def stamp(key: str) -> Stamp | None:
    """One stamp with its issue."""
    return db.session.scalar(select(Stamp).where(Stamp.key == key).options(joinedload(Stamp.issue)))


def topic(key: str) -> Topic | None:
    """One topic."""
    return db.session.scalar(select(Topic).where(Topic.key == key))


def issues_of_year(year: int) -> list[StampIssue]:
    """Issues of a year, those on letters and posts first; a page of the year has no room for all there may be."""
    of_the_post = case((StampIssue.topics.any(Topic.key.in_(OF_THE_POST)), 0), else_=1)
    query = select(StampIssue).where(StampIssue.year == year)
    return list(db.session.scalars(query.order_by(of_the_post, StampIssue.date, StampIssue.id).limit(MOST_OF_A_YEAR)))


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


def containers_of(stamp: Stamp) -> list[Member]:
    """The sheets, booklets and strips that contain a stamp."""
    return list(db.session.scalars(select(Member).where(Member.stamp_id == stamp.id).order_by(Member.container_id)))


def series(key: str) -> Series | None:
    """One series."""
    return db.session.scalar(select(Series).where(Series.key == key))


def series_all() -> list[Series]:
    """Every series."""
    return list(db.session.scalars(select(Series).order_by(Series.country, Series.id)))


def series_called(keys: Sequence[str]) -> list[Any]:
    """Key and names of the series of these keys, as plain rows."""
    names = (Series.key, Series.name_vi, Series.name_en, Series.name_fr, Series.name_local)
    return _rows(select(*names).where(Series.key.in_(keys)))


def topics_called(keys: Sequence[str]) -> list[Any]:
    """Key and names of the topics of these keys, as plain rows."""
    return _rows(select(Topic.key, Topic.name_vi, Topic.name_en, Topic.name_fr).where(Topic.key.in_(keys)))


def _rows(query: Select[Any]) -> list[Any]:
    return list(db.session.execute(query))


def joint_issue(key: str) -> JointIssue | None:
    """One joint issue with the issues of every post."""
    return db.session.scalar(select(JointIssue).where(JointIssue.key == key).options(selectinload(JointIssue.issues)))


def maker(key: str) -> Maker | None:
    """One maker."""
    return db.session.scalar(select(Maker).where(Maker.key == key))


def makers_called(keys: Sequence[str]) -> list[Any]:
    """Key and name of the makers of these keys, as plain rows."""
    return _rows(select(Maker.key, Maker.name).where(Maker.key.in_(keys)))


def makers_like(country: str = "", beginning: str = "", *, most: int) -> list[Maker]:
    """Makers by name, of a country, or whose key begins so."""
    query = select(Maker).order_by(Maker.key).limit(most)
    if country:
        query = query.where(Maker.country == country)
    if beginning:
        query = query.where(Maker.key.startswith(beginning, autoescape=True))
    return list(db.session.scalars(query))


def picture(key: str) -> StampPicture | None:
    """One picture that was not withdrawn."""
    query = select(StampPicture).where(StampPicture.key == key, StampPicture.withdrawn_at.is_(None))
    return db.session.scalar(query)


def parts_of(maker: Maker) -> dict[Part, int]:
    """In how many issues and items a maker had which part."""
    query = select(Credit.part, func.count()).where(Credit.maker_id == maker.id).group_by(Credit.part)
    return {part: number for part, number in db.session.execute(query).tuples()}  # noqa: C416 - rows, not pairs


def neighbour(issue: StampIssue, *, later: bool) -> StampIssue | None:
    """The issue after (before) this one in the order of its country; one without a date has none.

    Looked for in its own year, then in the nearest one that has any: few rows, whatever a country has issued.
    """
    if not issue.date or issue.year is None:
        return None
    place, own = tuple_(StampIssue.date, StampIssue.id), (issue.date, issue.id)
    found = _first_in(issue.country, issue.year, place > own if later else place < own, later=later)
    if found is not None:
        return found
    nearest = select(func.min(StampIssue.year) if later else func.max(StampIssue.year))
    beyond = StampIssue.year > issue.year if later else StampIssue.year < issue.year
    year = db.session.scalar(nearest.where(StampIssue.country == issue.country, beyond))
    return _first_in(issue.country, year, later=later) if year is not None else None


def _first_in(country: str, year: int, *narrower: ColumnElement[bool], later: bool) -> StampIssue | None:
    order = (StampIssue.date, StampIssue.id) if later else (StampIssue.date.desc(), StampIssue.id.desc())
    query = select(StampIssue).where(StampIssue.country == country, StampIssue.year == year, *narrower)
    plain = (lazyload(one) for one in (StampIssue.topics, StampIssue.credits, StampIssue.numbers))
    return db.session.scalar(query.options(*plain).order_by(*order).limit(1))


def numbered(normals: Sequence[str]) -> list[StampIssue | Stamp]:
    """Issues and items that have one of these numbers, in the order of the numbers."""
    likeliest = case({normal: at for at, normal in enumerate(normals)}, value=CatalogueNumber.normal)
    order = (likeliest, CatalogueNumber.stamp_id.is_(None), CatalogueNumber.id)
    query = select(CatalogueNumber).where(CatalogueNumber.normal.in_(normals)).order_by(*order).limit(MOST_NUMBERED)
    rows = db.session.scalars(query).all() if normals else []
    issues = {row.issue_id for row in rows if row.issue_id}
    items = {row.stamp_id for row in rows if row.stamp_id}
    issue_by_id = {one.id: one for one in db.session.scalars(select(StampIssue).where(StampIssue.id.in_(issues)))}
    of_items = select(Stamp).where(Stamp.id.in_(items)).options(joinedload(Stamp.issue))
    item_by_id = {one.id: one for one in db.session.scalars(of_items)}
    found = (issue_by_id[row.issue_id] if row.issue_id else item_by_id[row.stamp_id or 0] for row in rows)
    return list(dict.fromkeys(found))
