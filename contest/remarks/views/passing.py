"""The organiser reads remarks to children before the children do."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from contest.editions import queries as editions
from contest.editions.models import Stage
from contest.remarks import queries, services
from contest.remarks.forms import HoldBackForm
from contest.remarks.models import Remark
from contest.remarks.rules import Answer
from contest.remarks.views import blueprint
from core import clock
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks

# As many as one reads at a sitting; the next come when these are done.
SHOWN = 50


@blueprint.get("/stages/<int:number>/remarks")
@asks("stage.manage", of=editions.stage)
def to_children(stage: Stage) -> ResponseReturnValue:
    """Remarks that wait, those that were let pass, and those that are held back."""
    return page(
        "contest/remarks/to_children.html",
        stage=stage,
        count=queries.count_to_pass(stage),
        waiting=queries.remarks_to_children(stage, Answer.WAITING, most=SHOWN),
        passed=queries.remarks_to_children(stage, Answer.PASSED, most=SHOWN),
        held_back=queries.remarks_to_children(stage, Answer.HELD_BACK, most=SHOWN),
    )


@blueprint.post("/remarks/<int:remark_id>/pass")
@asks("remark.answer", of=queries.remark)
def let_pass(remark: Remark) -> ResponseReturnValue:
    """The child may read it."""
    with transaction():
        services.pass_remark(remark=remark, by=current_user, now=clock.now())
    return _back(remark)


@blueprint.route("/remarks/<int:remark_id>/hold-back", methods=["GET", "POST"])
@asks("remark.answer", of=queries.remark)
def hold_back(remark: Remark) -> ResponseReturnValue:
    """The child is not to read it, for a reason."""
    form = HoldBackForm(reason=remark.held_back_reason)
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.hold_back(remark=remark, reason=form.reason.data, by=current_user, now=clock.now())
            return _back(remark)
    stage = remark.assignment.round.stage
    return page("contest/remarks/hold_back.html", form=form, remark=remark, stage=stage)


@blueprint.post("/remarks/<int:remark_id>/take-back")
@asks("remark.answer", of=queries.remark)
def take_answer_back(remark: Remark) -> ResponseReturnValue:
    """It waits again."""
    with transaction():
        services.take_answer_back(remark=remark, by=current_user, now=clock.now())
    return _back(remark)


def _back(remark: Remark) -> ResponseReturnValue:
    return redirect(url_for("remarks.to_children", number=remark.assignment.round.stage.edition.number))
