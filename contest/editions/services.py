"""Every write to a stage and its settings. Each change of a setting leaves a StageChange."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from accounts import services as accounts
from accounts.models import Person
from contest.editions import defaults, queries, rules
from contest.editions.models import Criterion, Edition, Prize, Stage, StageChange, Unit
from contest.editions.rules import FIRST_YEAR, UnitLevel
from core import journal
from core.db import db
from core.errors import Refused


def open_stage(
    *,
    number: int,
    country: str,
    values: Mapping[str, Any],
    by: Person | None,
    now: datetime,
    demonstration: bool = False,
) -> Stage:
    """Open our stage of an edition with its settings, the usual criteria, prizes and an empty tree of units."""
    if queries.stage(number):
        raise Refused("Edition %(number)s has been opened already.", field="number", number=number)
    rules.refuse_settings(values)
    stage = Stage(edition=_edition(number), country=country, demonstration=demonstration, **values)
    stage.criteria = [
        Criterion(position=position, weight=1, most=defaults.MOST_POINTS, **given)
        for position, given in enumerate(defaults.CRITERIA, start=1)
    ]
    stage.prizes = [Prize(position=position, **given) for position, given in enumerate(defaults.PRIZES, start=1)]
    db.session.add(stage)
    db.session.flush()
    db.session.add(Unit(stage_id=stage.id, level=UnitLevel.COUNTRY, name=country))
    accounts.ensure_consent_text(now=now)
    db.session.flush()
    _note(stage, "stage.opened", by, now)
    return stage


def _edition(number: int) -> Edition:
    """The edition of the record; one that the record does not know yet holds nothing but number and year."""
    return queries.edition(number) or Edition(number=number, year=FIRST_YEAR + number - 1)


def change_settings(
    *, stage: Stage, values: Mapping[str, Any], reason: str, by: Person | None, now: datetime
) -> dict[str, tuple[str, str]]:
    """Change settings, keep what they were; give what changed. Nothing changed leaves nothing behind."""
    rules.refuse_settings(values)
    changed = rules.changes({name: getattr(stage, name) for name in values}, values)
    if changed and not reason.strip() and rules.needs_reason(opens_at=stage.opens_at, now=now):
        raise Refused("Letters are being taken already: please say why you change this.", field="reason")
    for name in changed:
        setattr(stage, name, values[name])
    _keep(stage, changed, reason, by, now)
    return changed


def _keep(stage: Stage, changed: Mapping[str, tuple[str, str]], reason: str, by: Person | None, now: datetime) -> None:
    for setting, (before, after) in changed.items():
        db.session.add(
            StageChange(
                stage_id=stage.id,
                setting=setting,
                before=before,
                after=after,
                reason=reason.strip(),
                changed_by=by.id if by else None,
                at=now,
            )
        )
    db.session.flush()
    if changed:
        _note(stage, "stage.changed", by, now, settings=sorted(changed))


def lock_criteria(*, stage: Stage, now: datetime) -> None:
    """From the first judge on, what is marked stays what it is."""
    if stage.criteria_locked_at is None:
        stage.criteria_locked_at = now
        db.session.flush()


def save_criterion(
    *, stage: Stage, criterion: Criterion | None, values: Mapping[str, Any], reason: str, by: Person, now: datetime
) -> Criterion:
    """Add a criterion or change one, before judging begins."""
    _refuse_locked(stage)
    before = _listed(stage.criteria)
    if criterion is None:
        criterion = Criterion(position=len(stage.criteria) + 1, **values)
        stage.criteria.append(criterion)
    else:
        _set(criterion, values)
    _keep_list(stage, "criteria", before, _listed(stage.criteria), reason, by, now)
    return criterion


def remove_criterion(*, criterion: Criterion, reason: str, by: Person, now: datetime) -> None:
    """Take a criterion out, before judging begins; one must be left."""
    stage = criterion.stage
    _refuse_locked(stage)
    if len(stage.criteria) == 1:
        raise Refused("One criterion must stay: judges need something to mark.")
    before = _listed(stage.criteria)
    stage.criteria.remove(criterion)
    _keep_list(stage, "criteria", before, _listed(stage.criteria), reason, by, now)


def _refuse_locked(stage: Stage) -> None:
    if stage.criteria_locked_at:
        raise Refused("Judging has begun on %(day)s; the criteria stay as they are.", day=stage.criteria_locked_at)


def save_prize(
    *, stage: Stage, prize: Prize | None, values: Mapping[str, Any], reason: str, by: Person, now: datetime
) -> Prize:
    """Add a row to the prize table or change one."""
    before = _listed(stage.prizes)
    if prize is None:
        prize = Prize(position=len(stage.prizes) + 1, **values)
        stage.prizes.append(prize)
    else:
        _set(prize, values)
    _keep_list(stage, "prizes", before, _listed(stage.prizes), reason, by, now)
    return prize


def remove_prize(*, prize: Prize, reason: str, by: Person, now: datetime) -> None:
    """Take a row out of the prize table, unless it has been given."""
    stage = prize.stage
    before = _listed(stage.prizes)
    try:
        with db.session.begin_nested():
            stage.prizes.remove(prize)
            db.session.flush()
    except IntegrityError as given:
        raise Refused("This prize has been given; it cannot be removed.") from given
    _keep_list(stage, "prizes", before, _listed(stage.prizes), reason, by, now)


def _set(thing: Criterion | Prize, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)


def _listed(things: list[Criterion] | list[Prize]) -> str:
    """A list of criteria or prizes as the history keeps it: one a line."""
    return "\n".join(
        f"{thing.name_vi}: {thing.weight} × {thing.most}"
        if isinstance(thing, Criterion)
        else f"{thing.name_vi}: {thing.places} × {thing.worth}"
        for thing in things
    )


def _keep_list(stage: Stage, setting: str, before: str, after: str, reason: str, by: Person, now: datetime) -> None:
    if before == after:
        db.session.flush()
        return
    if not reason.strip() and rules.needs_reason(opens_at=stage.opens_at, now=now):
        raise Refused("Letters are being taken already: please say why you change this.", field="reason")
    _keep(stage, {setting: (before, after)}, reason, by, now)


def add_province(*, stage: Stage, name: str) -> Unit:
    """The province of this name, made if it is new."""
    return _child(queries.root_unit(stage), UnitLevel.PROVINCE, name)


def add_school(*, province: Unit, name: str) -> Unit:
    """The school of this name in a province, made if it is new."""
    return _child(province, UnitLevel.SCHOOL, name)


def _child(parent: Unit, level: UnitLevel, name: str) -> Unit:
    clean = " ".join(name.split())
    if found := queries.unit_named(parent, clean):
        return found
    unit = Unit(stage_id=parent.stage_id, parent=parent, level=level, name=clean)
    db.session.add(unit)
    db.session.flush()
    return unit


def add_schools(*, stage: Stage, lines: list[tuple[str, str]], by: Person | None, now: datetime) -> int:
    """Add many schools at once; those that are there already stay. Gives the number of lines."""
    for province, school in lines:
        add_school(province=add_province(stage=stage, name=province), name=school)
    _note(stage, "units.added", by, now, lines=len(lines))
    return len(lines)


def rename_unit(*, unit: Unit, name: str, by: Person, now: datetime) -> None:
    """Correct a unit's name; two of the same name under one parent are refused."""
    clean = " ".join(name.split())
    twin = queries.unit_named(unit.parent, clean) if unit.parent else None
    if twin not in (None, unit):
        raise Refused("There is one of this name already.", field="name")
    before, unit.name = unit.name, clean
    db.session.flush()
    journal.write(who=by.id, act="unit.renamed", kind="unit", thing=unit.id, now=now, before=before, after=clean)


def remove_unit(*, unit: Unit, by: Person, now: datetime) -> None:
    """Remove a unit nobody uses."""
    if queries.has_units_below(unit):
        raise Refused("Schools hang on this province; remove them first.")
    journal.write(who=by.id, act="unit.removed", kind="unit", thing=unit.id, now=now, name=unit.name)
    try:
        with db.session.begin_nested():
            db.session.delete(unit)
            db.session.flush()
    except IntegrityError as used:
        raise Refused("Somebody is registered there; it cannot be removed.") from used


def _note(stage: Stage, act: str, by: Person | None, now: datetime, **details: object) -> None:
    journal.write(who=by.id if by else None, act=act, kind="stage", thing=stage.id, now=now, **details)
