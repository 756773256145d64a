"""What everybody may read of a stage, without an account."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from contest.editions import queries, rules
from contest.editions.models import Stage
from contest.editions.rules import StagePhase
from contest.editions.views import blueprint
from core import clock
from core.localtime import local_day
from core.pages import page
from core.permissions import public


@blueprint.get("/<int:number>/rules")
@public
def rules_page(number: int) -> ResponseReturnValue:
    """What everybody needs to know: theme, ages, window, words, criteria, prizes, and what was changed and why."""
    stage = queries.stage(number)
    if stage is None:
        return redirect(url_for("winners.edition", number=number))
    now = clock.now()
    phase = rules.phase(opens_at=stage.opens_at, closes_at=stage.closes_at, published_at=stage.published_at, now=now)
    awaited = stage.opens_at if phase is StagePhase.ANNOUNCED else stage.closes_at
    return page(
        "contest/editions/rules.html",
        stage=stage,
        phase=phase,
        days_left=rules.days_until(local_day(awaited), today=local_day(now)),
        extensions=queries.extensions_of(stage),
    )


@blueprint.get("/<int:number>/changes")
@public
def changes(number: int) -> ResponseReturnValue:
    """The whole history of the settings."""
    stage: Stage | None = queries.stage(number)
    if stage is None:
        return redirect(url_for("winners.edition", number=number))
    return page("contest/editions/changes.html", stage=stage, changes=queries.changes_of(stage))
