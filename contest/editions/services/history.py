"""The history of a stage's settings: what was, what is, who, when and why. Nothing is set here."""

from collections.abc import Mapping
from datetime import datetime

from accounts.models import Person
from contest.editions import rules
from contest.editions.models import Stage, StageChange
from core import journal
from core.db import db
from core.errors import Refused

Changed = Mapping[str, tuple[str, str]]


def hold(stage: Stage) -> None:
    """Let nobody else change the stage until the transaction ends, and read it as it is now."""
    db.session.refresh(stage, with_for_update={"of": type(stage)})


def refuse_unexplained(stage: Stage, changed: Changed, reason: str, now: datetime) -> None:
    """Once letters are taken, everybody is owed the reason of a change."""
    if changed and not reason.strip() and rules.needs_reason(opens_at=stage.opens_at, now=now):
        raise Refused("Letters are being taken already: please say why you change this.", field="reason")


def keep(stage: Stage, changed: Changed, reason: str, by: Person | None, now: datetime) -> None:
    """Write down a change: one row a setting, one line in the journal."""
    who = by.id if by else None
    for setting, (before, after) in changed.items():
        change = StageChange(setting=setting, before=before, after=after, reason=reason.strip(), changed_by=who, at=now)
        change.stage_id = stage.id
        db.session.add(change)
    db.session.flush()
    if changed:
        journal.write(who=who, act="stage.changed", kind="stage", thing=stage.id, now=now, settings=sorted(changed))
