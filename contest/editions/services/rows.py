"""Criteria and prizes: rows of a stage that are added, changed and removed, each time with its history."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from accounts.models import Person
from contest.editions import rules
from contest.editions.models import Criterion, Prize, Stage
from contest.editions.services import history
from core.db import db
from core.errors import Refused


def lock_criteria(*, stage: Stage, now: datetime) -> None:
    """From the first judge on, what is marked stays what it is."""
    if stage.criteria_locked_at is None:
        stage.criteria_locked_at = now
        db.session.flush()


def save_criterion(
    *,
    stage: Stage,
    criterion: Criterion | None,
    values: Mapping[str, Any],
    reason: str,
    by: Person | None,
    now: datetime,
) -> Criterion:
    """Add a criterion or change one, before judging begins."""
    history.hold(stage)
    _refuse_locked(stage)
    made = criterion or Criterion(stage_id=stage.id, position=_next_position(stage.criteria))
    _save(stage, made, is_new=criterion is None, values=values, reason=reason, by=by, now=now)
    return made


def remove_criterion(*, criterion: Criterion, reason: str, by: Person | None, now: datetime) -> None:
    """Take a criterion out, before judging begins; one must be left."""
    stage = criterion.stage
    history.hold(stage)
    _refuse_locked(stage)
    if len(stage.criteria) == 1:
        raise Refused("One criterion must stay: judges need something to mark.")
    _remove(stage, criterion, reason, by, now)


def _refuse_locked(stage: Stage) -> None:
    if stage.criteria_locked_at:
        raise Refused("Judging has begun on %(day)s; the criteria stay as they are.", day=stage.criteria_locked_at)


def save_prize(
    *, stage: Stage, prize: Prize | None, values: Mapping[str, Any], reason: str, by: Person | None, now: datetime
) -> Prize:
    """Add a row to the prize table or change one."""
    history.hold(stage)
    made = prize or Prize(stage_id=stage.id, position=_next_position(stage.prizes))
    _save(stage, made, is_new=prize is None, values=values, reason=reason, by=by, now=now)
    return made


def remove_prize(*, prize: Prize, reason: str, by: Person | None, now: datetime) -> None:
    """Take a row out of the prize table, unless it has been given."""
    stage = prize.stage
    history.hold(stage)
    try:
        with db.session.begin_nested():
            _remove(stage, prize, reason, by, now)
    except IntegrityError as given:
        raise Refused("This prize has been given; it cannot be removed.") from given


def _save(
    stage: Stage,
    row: Criterion | Prize,
    *,
    is_new: bool,
    values: Mapping[str, Any],
    reason: str,
    by: Person | None,
    now: datetime,
) -> None:
    before = {} if is_new else {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    changed = {_list_of(row): ("", _told(row))} if is_new else _changes(row, before, values)
    history.refuse_unexplained(stage, changed, reason, now)
    db.session.add(row)
    history.keep(stage, changed, reason, by, now)
    db.session.expire(stage, ["criteria", "prizes"])


def _changes(row: Criterion | Prize, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Each field that differs, told with the name of its row, so that the history can be read line by line."""
    return {
        f"{_list_of(row)}.{field}": (old, new)
        if field.startswith("name_")
        else (f"{row.name_vi}: {old}", f"{row.name_vi}: {new}")
        for field, (old, new) in rules.changes(before, after).items()
    }


def _remove(stage: Stage, row: Criterion | Prize, reason: str, by: Person | None, now: datetime) -> None:
    changed = {_list_of(row): (_told(row), "")}
    history.refuse_unexplained(stage, changed, reason, now)
    db.session.delete(row)
    history.keep(stage, changed, reason, by, now)
    db.session.expire(stage, ["criteria", "prizes"])


def _list_of(row: Criterion | Prize) -> str:
    return "criteria" if isinstance(row, Criterion) else "prizes"


def _told(row: Criterion | Prize) -> str:
    """A row as the history tells it."""
    if isinstance(row, Criterion):
        return f"{row.name_vi}: {row.weight} × {row.most}"
    return f"{row.name_vi}: {row.places} × {row.worth}"


def _next_position(rows: list[Criterion] | list[Prize]) -> int:
    return max((row.position for row in rows), default=0) + 1
