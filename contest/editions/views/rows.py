"""The organiser's criteria and prizes: the lists, adding, changing, removing."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from contest.editions import defaults, queries, rules, services
from contest.editions.forms import CriterionForm, PrizeForm, ReasonedForm, ask_for_reason
from contest.editions.models import Criterion, Prize, Stage
from contest.editions.views import blueprint
from core import clock
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks


@blueprint.get("/<int:number>/criteria")
@asks("stage.manage", of=queries.stage)
def criteria(stage: Stage) -> ResponseReturnValue:
    """What judges will mark."""
    return page("contest/editions/criteria.html", stage=stage)


@blueprint.route("/<int:number>/criteria/new", methods=["GET", "POST"])
@asks("stage.manage", of=queries.stage)
def add_criterion(stage: Stage) -> ResponseReturnValue:
    """One criterion more."""
    return _edit_criterion(stage, None)


@blueprint.route("/<int:number>/criteria/<int:criterion_id>", methods=["GET", "POST"])
@asks("stage.manage", of=queries.criterion)
def edit_criterion(criterion: Criterion) -> ResponseReturnValue:
    """Change a criterion."""
    return _edit_criterion(criterion.stage, criterion)


def _edit_criterion(stage: Stage, criterion: Criterion | None) -> ResponseReturnValue:
    form = CriterionForm(obj=criterion, data=None if criterion else {"weight": 1, "most": defaults.MOST_POINTS})
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.save_criterion(
                    stage=stage, criterion=criterion, values=_given(form), reason=form.reason.data or "",
                    by=current_user, now=clock.now(),
                )  # fmt: skip
            return redirect(url_for("editions.criteria", number=stage.edition.number))
    _ask_for_reason(form, stage)
    return page("contest/editions/criterion.html", form=form, stage=stage, criterion=criterion)


def _given(form: ReasonedForm) -> dict[str, Any]:
    return {name: value for name, value in form.data.items() if name not in ("csrf_token", "reason")}


def _ask_for_reason(form: ReasonedForm, stage: Stage) -> None:
    ask_for_reason(form, owed=rules.needs_reason(opens_at=stage.opens_at, now=clock.now()))


@blueprint.route("/<int:number>/criteria/<int:criterion_id>/remove", methods=["GET", "POST"])
@asks("stage.manage", of=queries.criterion)
def remove_criterion(criterion: Criterion) -> ResponseReturnValue:
    """One criterion less; the page asks for the reason."""
    stage, form = criterion.stage, ReasonedForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.remove_criterion(
                    criterion=criterion, reason=form.reason.data or "", by=current_user, now=clock.now()
                )
            return redirect(url_for("editions.criteria", number=stage.edition.number))
    _ask_for_reason(form, stage)
    return page("contest/editions/remove.html", form=form, stage=stage, row=criterion, endpoint="editions.criteria")


@blueprint.get("/<int:number>/prizes")
@asks("stage.manage", of=queries.stage)
def prizes(stage: Stage) -> ResponseReturnValue:
    """The prize table."""
    return page("contest/editions/prizes.html", stage=stage)


@blueprint.route("/<int:number>/prizes/new", methods=["GET", "POST"])
@asks("stage.manage", of=queries.stage)
def add_prize(stage: Stage) -> ResponseReturnValue:
    """One prize more."""
    return _edit_prize(stage, None)


@blueprint.route("/<int:number>/prizes/<int:prize_id>", methods=["GET", "POST"])
@asks("stage.manage", of=queries.prize)
def edit_prize(prize: Prize) -> ResponseReturnValue:
    """Change a prize."""
    return _edit_prize(prize.stage, prize)


def _edit_prize(stage: Stage, prize: Prize | None) -> ResponseReturnValue:
    form = PrizeForm(obj=prize)
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.save_prize(
                    stage=stage, prize=prize, values=_given(form), reason=form.reason.data or "",
                    by=current_user, now=clock.now(),
                )  # fmt: skip
            return redirect(url_for("editions.prizes", number=stage.edition.number))
    _ask_for_reason(form, stage)
    return page("contest/editions/prize.html", form=form, stage=stage, prize=prize)


@blueprint.route("/<int:number>/prizes/<int:prize_id>/remove", methods=["GET", "POST"])
@asks("stage.manage", of=queries.prize)
def remove_prize(prize: Prize) -> ResponseReturnValue:
    """One prize less; the page asks for the reason."""
    stage, form = prize.stage, ReasonedForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.remove_prize(prize=prize, reason=form.reason.data or "", by=current_user, now=clock.now())
            return redirect(url_for("editions.prizes", number=stage.edition.number))
    _ask_for_reason(form, stage)
    return page("contest/editions/remove.html", form=form, stage=stage, row=prize, endpoint="editions.prizes")
