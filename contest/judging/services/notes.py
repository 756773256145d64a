"""The two traces of an act: a line for people in the journal of the stage, and a line for the replay in the log."""

from datetime import datetime
from typing import Any

from accounts.models import Person
from contest.editions.models import Stage
from contest.judging import log
from contest.judging.models import Round
from core import journal


def note(stage: Stage, act: str, by: Person | None, now: datetime, **details: object) -> None:
    """Who did what to a stage."""
    journal.write(who=by.id if by else None, act=act, kind="stage", thing=stage.id, now=now, **details)


def log_round(
    round_: Round, kind: str, payload: dict[str, Any], *, who: int | None, now: datetime, seed: str = ""
) -> None:
    """What happened in a round, to be computed again."""
    log.write(stage_id=round_.stage_id, round_id=round_.id, kind=kind, payload=payload, who=who, now=now, seed=seed)
