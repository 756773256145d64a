"""Every SELECT about editions, stages and their units."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from contest.editions.models import Criterion, Edition, Prize, Stage, StageChange, Unit
from contest.editions.rules import UnitLevel, number_of_year
from contest.editions.tree import alphabetical
from core.db import db


def edition(number: int) -> Edition | None:
    """By its number."""
    return db.session.scalar(select(Edition).where(Edition.number == number))


def stage(number: int) -> Stage | None:
    """Our stage of an edition, by the edition's number."""
    return db.session.scalar(select(Stage).join(Edition).where(Edition.number == number))


def number_to_open(now: datetime) -> int:
    """The edition an organiser would open next: the one after the newest stage, else the one of this year."""
    newest = db.session.scalar(select(func.max(Edition.number)).join(Stage))
    return newest + 1 if newest else number_of_year(now.year)


def stages() -> list[Stage]:
    """Every stage, newest edition first."""
    return list(db.session.scalars(select(Stage).join(Edition).order_by(Edition.number.desc())))


def running_stage(now: datetime) -> Stage | None:
    """The stage people mean by “this year”: the newest that has begun, else the next to come."""
    query = select(Stage).join(Edition)
    begun = query.where(Stage.opens_at <= now).order_by(Edition.number.desc()).limit(1)
    coming = query.order_by(Edition.number).limit(1)
    return db.session.scalar(begun) or db.session.scalar(coming)


def changes_of(stage: Stage) -> list[StageChange]:
    """The history of the settings, newest first."""
    query = select(StageChange).where(StageChange.stage_id == stage.id)
    return list(db.session.scalars(query.order_by(StageChange.id.desc())))


def last_change(stage: Stage) -> int:
    """The id of the newest change of the stage's settings, 0 before the first."""
    return db.session.scalar(select(func.max(StageChange.id)).where(StageChange.stage_id == stage.id)) or 0


def extensions_of(stage: Stage) -> list[StageChange]:
    """Changes of the close, newest first: everybody needs to see them."""
    return [change for change in changes_of(stage) if change.setting == "closes_at"]


def root_unit(stage: Stage) -> Unit:
    """The country, root of the stage's tree."""
    query = select(Unit).where(Unit.stage_id == stage.id, Unit.level == UnitLevel.COUNTRY)
    return db.session.scalars(query).one()


def provinces(stage: Stage) -> list[Unit]:
    """The stage's provinces by name."""
    query = select(Unit).where(Unit.stage_id == stage.id, Unit.level == UnitLevel.PROVINCE)
    return _in_order(db.session.scalars(query))


def schools_of(province: Unit) -> list[Unit]:
    """A province's schools by name."""
    query = select(Unit).where(Unit.parent_id == province.id, Unit.level == UnitLevel.SCHOOL)
    return _in_order(db.session.scalars(query))


def _in_order(units: Iterable[Unit]) -> list[Unit]:
    """In Vietnamese order, which no database sorts by unless it was set up so."""
    return sorted(units, key=lambda unit: alphabetical(unit.name))


def unit(unit_id: int) -> Unit | None:
    """By id."""
    return db.session.get(Unit, unit_id)


def unit_named(parent: Unit, name: str) -> Unit | None:
    """A child of a unit, by its name."""
    return db.session.scalar(select(Unit).where(Unit.parent_id == parent.id, Unit.name == name))


def province_of(unit: Unit) -> Unit | None:
    """The province a unit is or lies in."""
    found: Unit | None = unit
    while found is not None and found.level is not UnitLevel.PROVINCE:
        found = found.parent
    return found


def schools_by_province(stage: Stage) -> list[tuple[Unit, int]]:
    """Each province with the number of its schools."""
    school = aliased(Unit)
    query = (
        select(Unit, func.count(school.id))
        .outerjoin(school, school.parent_id == Unit.id)
        .where(Unit.stage_id == stage.id, Unit.level == UnitLevel.PROVINCE)
        .group_by(Unit.id)
    )
    found = [(province, count) for province, count in db.session.execute(query)]
    return sorted(found, key=lambda pair: alphabetical(pair[0].name))


def tree(stage: Stage) -> dict[str, list[str]]:
    """The names of all provinces with those of their schools, in one query."""
    school = aliased(Unit)
    query = (
        select(Unit.name, school.name)
        .outerjoin(school, school.parent_id == Unit.id)
        .where(Unit.stage_id == stage.id, Unit.level == UnitLevel.PROVINCE)
    )
    found: dict[str, list[str]] = {}
    for province, name in db.session.execute(query):
        found.setdefault(province, []).extend([name] if name else [])
    return found


def has_units_below(unit: Unit) -> bool:
    """Whether anything hangs on a unit."""
    return bool(db.session.scalar(select(exists().where(Unit.parent_id == unit.id))))


def criterion(number: int, criterion_id: int) -> Criterion | None:
    """A criterion of a stage."""
    found = db.session.get(Criterion, criterion_id)
    return found if found and found.stage.edition.number == number else None


def prize(number: int, prize_id: int) -> Prize | None:
    """A row of a stage's prize table."""
    found = db.session.get(Prize, prize_id)
    return found if found and found.stage.edition.number == number else None


def unit_of(number: int, unit_id: int) -> Unit | None:
    """A unit of a stage's tree, by the edition's number."""
    found = db.session.get(Unit, unit_id)
    mine = stage(number)
    return found if found and mine and found.stage_id == mine.id else None


def stage_of(unit: Unit) -> Stage:
    """The stage whose tree a unit belongs to."""
    return db.session.get_one(Stage, unit.stage_id)
