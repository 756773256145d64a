"""The stage's tree of units: provinces and their schools."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from accounts.models import Person
from contest.editions import queries, tree
from contest.editions.models import Stage, Unit
from contest.editions.rules import UnitLevel
from contest.editions.tree import Additions, Line
from core import journal
from core.db import db
from core.errors import Refused

BELOW = {UnitLevel.COUNTRY: UnitLevel.PROVINCE, UnitLevel.PROVINCE: UnitLevel.SCHOOL}


def add_province(*, stage: Stage, name: str) -> Unit:
    """The province of this name, made if it is new."""
    return _child(queries.root_unit(stage), name)


def add_school(*, province: Unit, name: str) -> Unit:
    """The school of this name in a province, made if it is new."""
    return _child(province, name)


def add_unit(*, parent: Unit, name: str, by: Person | None, now: datetime) -> Unit:
    """A province of the country, a school of a province, as an organiser adds it."""
    if parent.level not in BELOW:
        raise Refused("Nothing hangs on a school.", field="name")
    unit = _child(parent, name)
    journal.write(who=by.id if by else None, act="unit.added", kind="unit", thing=unit.id, now=now, name=unit.name)
    return unit


def _child(parent: Unit, name: str) -> Unit:
    spelled = tree.clean(name)
    if found := queries.unit_named(parent, spelled):
        return found
    unit = _below(parent, spelled)
    try:
        with db.session.begin_nested():
            db.session.add(unit)
    except IntegrityError:  # somebody else was faster: theirs is this one
        found = queries.unit_named(parent, spelled)
        if found is None:
            raise
        return found
    return unit


def add_schools(*, stage: Stage, lines: list[Line], by: Person | None, now: datetime) -> Additions:
    """Add many schools at once; those that are there already stay. Gives what was new."""
    new = tree.additions(lines, known=queries.tree(stage))
    root = queries.root_unit(stage)
    db.session.add_all(_below(root, name) for name in new.provinces)
    db.session.flush()
    provinces = {province.name: province for province in queries.provinces(stage)}
    db.session.add_all(_below(provinces[province], name) for province, name in new.schools)
    db.session.flush()
    counts = {"provinces": len(new.provinces), "schools": len(new.schools)}
    journal.write(who=by.id if by else None, act="units.added", kind="stage", thing=stage.id, now=now, **counts)
    return new


def _below(parent: Unit, name: str) -> Unit:
    return Unit(stage_id=parent.stage_id, parent_id=parent.id, level=BELOW[parent.level], name=name)


def rename_unit(*, unit: Unit, name: str, by: Person | None, now: datetime) -> None:
    """Correct a unit's name; two of the same name under one parent are refused."""
    clean = tree.clean(name)
    twin = queries.unit_named(unit.parent, clean) if unit.parent else None
    if twin not in (None, unit):
        raise Refused("There is one of this name already.", field="name")
    before, unit.name = unit.name, clean
    db.session.flush()
    journal.write(
        who=by.id if by else None, act="unit.renamed", kind="unit", thing=unit.id, now=now, before=before, after=clean
    )


def remove_unit(*, unit: Unit, by: Person | None, now: datetime) -> None:
    """Remove a unit nobody uses."""
    if unit.parent_id is None:
        raise Refused("The country itself stays.")
    if queries.has_units_below(unit):
        raise Refused("Schools hang on this province; remove them first.")
    journal.write(who=by.id if by else None, act="unit.removed", kind="unit", thing=unit.id, now=now, name=unit.name)
    try:
        with db.session.begin_nested():
            db.session.delete(unit)
            db.session.flush()
    except IntegrityError as used:
        raise Refused("Somebody is registered there; it cannot be removed.") from used
