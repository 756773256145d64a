"""Before a round opens: what a funnel would cost and lose. Before it is cut: which letters to read once more."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from contest.editions import queries as editions
from contest.editions.models import Stage
from contest.judging import planning, queries, rereading, services
from contest.judging.forms import NetForm, PlannerForm
from contest.judging.models import Round
from contest.judging.rules import USUAL_READ_MINUTES, RoundState
from contest.judging.seen import fingerprint
from contest.judging.views import blueprint
from contest.letters import queries as letters
from core import clock
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks

MOST_LISTED = 50
USUAL_HOURS = 10


@blueprint.get("/stages/<int:number>/rounds/planner")
@asks("stage.manage", of=editions.stage)
def planner(stage: Stage) -> ResponseReturnValue:
    """Reads, hours, width of each cut and what it may lose, from a few numbers; at first those of the stage."""
    form = PlannerForm(
        request.args if "letters" in request.args else None,
        letters=max(len(letters.judgeable(stage.id)), 2),
        judges=max(len(queries.sitting_judges(stage)), 1),
        minutes=round(USUAL_READ_MINUTES),
        reliability=round(planning.USUAL_RELIABILITY * 100),
    )
    is_fine = "letters" not in request.args or form.validate()
    asked = (form.letters.data, form.judges.data, form.minutes.data)
    trusted = {"reliability": form.reliability.data / 100} if is_fine else {}
    return page(
        "contest/judging/planner.html",
        form=form,
        stage=stage,
        plan=planning.plan(*asked, **trusted) if is_fine else None,
        cuts=planning.single_cuts(*asked, **trusted) if is_fine else [],
    )


@blueprint.route("/rounds/<int:round_id>/net", methods=["GET", "POST"])
@asks("round.manage", of=queries.round_)
def net(round_: Round) -> ResponseReturnValue:
    """Letters near the cut, sent to further judges before anyone is dropped; and what is still expected to be lost."""
    form = _net_form(round_)
    if form.validate_on_submit():
        with refusals(form):
            return _sent(round_, form)
    if request.method == "GET" and "hours" in request.args:
        form.validate()
    is_fine = not (form.hours.errors or form.minutes.errors)
    found = rereading.net_of(round_, hours=float(form.hours.data), minutes=form.minutes.data) if is_fine else None
    listed = found.to_read[:MOST_LISTED] if found else ()
    form.seen.data = fingerprint(found.to_read) if found else ""
    return page(
        "contest/judging/net.html",
        form=form,
        round=round_,
        stage=round_.stage,
        net=found,
        silence=rereading.silence_of(round_) if is_fine and not found else None,
        numbers=[queries.numbers(listed)[letter_id] for letter_id in listed],
        is_open=round_.state is RoundState.OPEN,
    )


def _net_form(round_: Round) -> NetForm:
    """What is sent by a button; what is asked by an address, which changes nothing; else what is usual."""
    if request.method == "GET" and "hours" in request.args:
        return NetForm(request.args, meta={"csrf": False}, minutes=rereading.usual_minutes(round_))
    return NetForm(hours=USUAL_HOURS, minutes=rereading.usual_minutes(round_))


def _sent(round_: Round, form: NetForm) -> ResponseReturnValue:
    with transaction():
        found = rereading.net_of(round_, hours=float(form.hours.data), minutes=form.minutes.data)
        deal = services.read_again(
            round_=round_,
            letter_ids=found.to_read if found else (),
            by=current_user,
            now=clock.now(),
            seen=form.seen.data or "",
        )
    flash(ngettext("%(num)d read is dealt.", "%(num)d reads are dealt.", len(deal.pairs)))
    return redirect(url_for("judging.net", round_id=round_.id, hours=form.hours.data, minutes=form.minutes.data))
