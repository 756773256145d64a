"""Screening on the judge's desk: yes, unsure or no, in one key. Fed by `blind_letter` and by verdicts, by nothing else."""

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from contest.judging import queries, rules, services
from contest.judging.forms import Act, VerdictForm
from contest.judging.models import Assignment
from contest.judging.rules import Verdict
from contest.judging.shown import shown_of
from contest.judging.views import blueprint
from contest.judging.views.desk import is_taken
from contest.letters import queries as letters
from core import clock
from core.db import transaction
from core.errors import Refused
from core.pages import page, refusals, sentence
from core.permissions import asks
from core.sections import sections


@blueprint.route("/judging/screening/<int:assignment_id>", methods=["GET", "POST"])
@asks("assignment.mark", of=queries.assignment)
def screening(assignment: Assignment) -> ResponseReturnValue:
    """One letter and three buttons; a verdict goes on to the next letter that waits. The script sends JSON: the same act."""
    if request.is_json and request.method == "POST":
        return _said(assignment)
    form = VerdictForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.save_verdict(assignment=assignment, verdict=Verdict(form.verdict.data), now=clock.now())
            return _onward(assignment)
    return _screening_page(assignment, form)


def _said(assignment: Assignment) -> ResponseReturnValue:
    sent = request.get_json(silent=True)
    given, act = sent if isinstance(sent, dict) else {}, Act.of(sent)
    try:
        verdict = Verdict(str(given.get("verdict")))
    except ValueError:
        return jsonify(said=_("Please choose one.")), 422
    at = rules.given_at(kept_for=act.kept_for, dealt_at=assignment.dealt_at, now=clock.now())
    try:
        with transaction():
            services.save_verdict(assignment=assignment, verdict=verdict, now=at, key=act.key)
    except Refused as refused:
        return jsonify(said=sentence(refused)), 422
    return jsonify(said=_("Saved."))


def _onward(assignment: Assignment) -> ResponseReturnValue:
    for follower in queries.waiting_after(assignment, most=1):
        return redirect(url_for("judging.screening", assignment_id=follower, last=assignment.id))
    flash(_("You have read every letter on your desk. Thank you."))
    return redirect(url_for("judging.screening", assignment_id=assignment.id))


def _screening_page(assignment: Assignment, form: VerdictForm) -> ResponseReturnValue:
    letter = letters.blind_letter(assignment.letter_id) or abort(404)
    last = request.args.get("last", type=int)
    return page(
        "contest/judging/screening.html",
        form=form,
        letter=letter,
        assignment_id=assignment.id,
        theme=assignment.round.stage,
        verdict=queries.verdict_of(assignment),
        follower=next(iter(queries.waiting_after(assignment, most=1)), None),
        verdicts=list(Verdict),
        pile=queries.pile_on_desk(assignment),
        has_left=assignment.judge.left_at is not None,
        is_open=is_taken(assignment),
        shown=shown_of(letter, assignment.round),
        last=last if last is not None and queries.is_beside(assignment, last) else None,
        previous=queries.before(assignment),
        beside=sections("judging.letter", assignment),
    )


@blueprint.post("/judging/screening/<int:assignment_id>/undo")
@asks("assignment.mark", of=queries.assignment)
def undo_verdict(assignment: Assignment) -> ResponseReturnValue:
    """The letter waits again. Twice is once."""
    with transaction():
        services.save_verdict(assignment=assignment, verdict=None, now=clock.now())
    flash(_("The verdict is taken back."))
    return redirect(url_for("judging.screening", assignment_id=assignment.id))
