"""Opening a stage and changing its settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from accounts import services as accounts
from accounts.models import Person
from contest.editions import defaults, queries, rules
from contest.editions.models import Criterion, Edition, Prize, Stage, Unit
from contest.editions.rules import FIRST_YEAR, UnitLevel
from contest.editions.services import history
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
        raise _opened_already(number)
    rules.refuse_settings(values)
    stage = Stage(edition=_edition(number), country=country, demonstration=demonstration, **values)
    stage.criteria = [
        Criterion(position=position, weight=1, most=defaults.MOST_POINTS, **given)
        for position, given in enumerate(defaults.CRITERIA, start=1)
    ]
    stage.prizes = [Prize(position=position, **given) for position, given in enumerate(defaults.PRIZES, start=1)]
    try:
        db.session.add(stage)
        db.session.flush()
    except IntegrityError as faster:  # another organiser, or a second click
        raise _opened_already(number) from faster
    db.session.add(Unit(stage_id=stage.id, level=UnitLevel.COUNTRY, name=country))
    accounts.ensure_consent_text(now=now)
    db.session.flush()
    journal.write(who=by.id if by else None, act="stage.opened", kind="stage", thing=stage.id, now=now)
    return stage


def _opened_already(number: int) -> Refused:
    return Refused("Edition %(number)s has been opened already.", field="number", number=number)


def _edition(number: int) -> Edition:
    """The edition of the record; one that the record does not know yet holds nothing but number and year."""
    return queries.edition(number) or Edition(number=number, year=FIRST_YEAR + number - 1)


def change_settings(
    *,
    stage: Stage,
    values: Mapping[str, Any],
    reason: str,
    by: Person | None,
    now: datetime,
    seen: int | None = None,
) -> dict[str, tuple[str, str]]:
    """Change settings, keep what they were; give what changed. Nothing changed leaves nothing behind.

    `seen` is the newest change the person had before their eyes: who saw an older state would undo the newer one unasked.
    """
    history.hold(stage)
    if seen is not None and seen != queries.last_change(stage):
        raise Refused("Somebody has changed the settings meanwhile. Please open this page anew before you save.")
    before = {name: getattr(stage, name) for name in rules.SETTINGS}
    rules.refuse_settings(before | dict(values))
    changed = rules.changes({name: before[name] for name in values}, values)
    history.refuse_unexplained(stage, changed, reason, now)
    for name in changed:
        setattr(stage, name, values[name])
    history.keep(stage, changed, reason, by, now)
    return changed


def extend(*, stage: Stage, closes_at: datetime, reason: str, by: Person | None, now: datetime) -> None:
    """A later close, with the reason everybody reads."""
    if closes_at <= stage.closes_at:
        raise Refused("The new close must come after %(moment)s.", field="closes_at", moment=stage.closes_at)
    change_settings(stage=stage, values={"closes_at": closes_at}, reason=reason, by=by, now=now)
