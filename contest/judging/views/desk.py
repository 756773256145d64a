"""The judge's desk: letters by number, one at a time. Every page here is fed by `blind_letter` and by marks, by nothing else."""

from dataclasses import dataclass
from decimal import Decimal

from flask import abort, flash, jsonify, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from contest.editions.models import Criterion
from contest.judging import queries, rules, services
from contest.judging.forms import ActForm
from contest.judging.models import Assignment
from contest.judging.rules import AssignmentState, RoundState
from contest.judging.views import blueprint
from contest.letters import queries as letters
from contest.letters.queries import BlindLetter
from core import clock, files
from core.db import transaction
from core.errors import Refused
from core.pages import page, refusals, sentence
from core.permissions import asks


@dataclass(frozen=True)
class Pile:
    """Where a judge is: "12 of 40, about 35 min left"."""

    done: int
    total: int
    minutes: int


def pile_of(assignments: list[Assignment]) -> Pile:
    """How far a judge is with these reads."""
    finished = [each.finished_at for each in assignments if each.finished_at]
    waiting = sum(each.state is AssignmentState.WAITING for each in assignments)
    minutes = rules.minutes_left(waiting=waiting, spent=rules.paces(finished))
    return Pile(done=len(assignments) - waiting, total=len(assignments), minutes=minutes)


@blueprint.get("/judging")
@asks("desk.open")
def desk() -> ResponseReturnValue:
    """What lies on my desk, and where to go on."""
    mine = queries.desk_of(current_user)
    current = [each for each in mine if each.round.state is RoundState.OPEN]
    return page(
        "contest/judging/desk.html",
        assignments=current,
        closed=[each for each in mine if each.round.state is RoundState.CLOSED],
        numbers=queries.numbers_of(mine),
        pile=pile_of(current),
        next_one=_waiting_after(current, None),
    )


def _waiting_after(assignments: list[Assignment], here: Assignment | None) -> Assignment | None:
    """The next letter that waits, going round from here."""
    at = assignments.index(here) + 1 if here in assignments else 0
    around = assignments[at:] + assignments[:at]
    return next((each for each in around if each.state is AssignmentState.WAITING and each is not here), None)


@blueprint.route("/judging/letters/<int:assignment_id>", methods=["GET", "POST"])
@asks("assignment.mark", of=queries.assignment)
def letter(assignment: Assignment) -> ResponseReturnValue:
    """One letter beside its criteria. Without a script the form saves all marks; with it each is saved as it is given."""
    form = ActForm()
    if form.validate_on_submit():
        with refusals(form):
            _save_all(assignment)
            return _onward(assignment)
    return _letter_page(assignment, form)


def _save_all(assignment: Assignment) -> None:
    given = {
        criterion: rules.points_of(typed, most=criterion.most)
        for criterion in assignment.round.stage.criteria
        if (typed := request.form.get(f"criterion-{criterion.id}", "").strip())
    }
    with transaction():
        for criterion, points in given.items():
            services.save_mark(assignment=assignment, criterion=criterion, points=points, now=clock.now())


def _onward(assignment: Assignment) -> ResponseReturnValue:
    """To the next letter if that was asked for and there is one; else back to this one, or to the desk."""
    if "next" not in request.form:
        flash(_("Saved."))
        return redirect(url_for("judging.letter", assignment_id=assignment.id))
    pile = [each for each in queries.desk_of(current_user) if each.round_id == assignment.round_id]
    follower = _waiting_after(pile, assignment)
    if follower:
        return redirect(url_for("judging.letter", assignment_id=follower.id))
    return redirect(url_for("judging.desk"))


def _letter_page(assignment: Assignment, form: ActForm) -> ResponseReturnValue:
    found = _blind(assignment)
    pile = [each for each in queries.desk_of(current_user) if each.round_id == assignment.round_id]
    marks = queries.marks_of(assignment)
    return page(
        "contest/judging/letter.html",
        form=form,
        letter=found,
        assignment_id=assignment.id,
        criteria=assignment.round.stage.criteria,
        points={criterion_id: mark.points for criterion_id, mark in marks.items()},
        steps=_steps,
        theme=assignment.round.stage,
        pile=pile_of(pile),
        place=pile.index(assignment) + 1 if assignment in pile else 1,
        is_open=assignment.round.state is RoundState.OPEN,
        shows_word_count=assignment.round.shows_word_count,
        follower=_waiting_after(pile, assignment),
    )


def _steps(criterion: Criterion) -> list[Decimal]:
    """Every mark a criterion can have."""
    return [rules.STEP * step for step in range(criterion.most * 2 + 1)]


def _blind(assignment: Assignment) -> BlindLetter:
    """The jury's copy; a letter taken back since is gone."""
    return letters.blind_letter(assignment.letter_id) or abort(404)


@blueprint.post("/judging/letters/<int:assignment_id>/mark")
@asks("assignment.mark", of=queries.assignment)
def mark(assignment: Assignment) -> ResponseReturnValue:
    """One mark, saved as it is given: JSON in, JSON out."""
    given = request.get_json(silent=True) or {}
    criterion = next((each for each in assignment.round.stage.criteria if each.id == given.get("criterion")), None)
    if criterion is None:
        abort(404)
    try:
        points = rules.points_of(str(given.get("points", "")), most=criterion.most)
        with transaction():
            services.save_mark(assignment=assignment, criterion=criterion, points=points, now=clock.now())
    except Refused as refused:
        return jsonify(message=sentence(refused)), 422
    return jsonify(_state_of(assignment))


@blueprint.post("/judging/letters/<int:assignment_id>/undo")
@asks("assignment.mark", of=queries.assignment)
def undo(assignment: Assignment) -> ResponseReturnValue:
    """Take back the last mark given on this letter."""
    wants_json = request.is_json
    try:
        with transaction():
            services.undo_mark(assignment=assignment, now=clock.now())
    except Refused as refused:
        if wants_json:
            return jsonify(message=sentence(refused)), 422
        flash(sentence(refused))
    if wants_json:
        return jsonify(_state_of(assignment))
    return redirect(url_for("judging.letter", assignment_id=assignment.id))


def _state_of(assignment: Assignment) -> dict[str, object]:
    """What the desk's script needs to know after a change."""
    pile = pile_of([each for each in queries.desk_of(current_user) if each.round_id == assignment.round_id])
    marks = queries.marks_of(assignment)
    return {
        "points": {str(criterion_id): f"{given.points:g}" for criterion_id, given in marks.items()},
        "complete": assignment.state is AssignmentState.MARKED,
        "saved": _("Saved."),
        "done": pile.done,
        "pile": _(
            "%(done)s of %(total)s, about %(minutes)s min left", done=pile.done, total=pile.total, minutes=pile.minutes
        ),
    }


@blueprint.post("/judging/letters/<int:assignment_id>/recuse")
@asks("assignment.mark", of=queries.assignment)
def recuse(assignment: Assignment) -> ResponseReturnValue:
    """“I recognise this child”: it goes to another judge."""
    with transaction():
        services.recuse(assignment=assignment, by=current_user, now=clock.now())
    flash(_("Thank you. The letter has left your desk and goes to another judge."))
    return redirect(url_for("judging.desk"))


@blueprint.get("/judging/letters/<int:assignment_id>/sheets/<int:sheet_id>.jpg")
@asks("assignment.mark", of=lambda assignment_id, **_rest: queries.assignment(assignment_id))
def sheet(assignment: Assignment) -> ResponseReturnValue:
    """The jury's copy of one sheet of the letter at hand."""
    sheet_id = int((request.view_args or {})["sheet_id"])
    found = _blind(assignment)
    file_id = letters.blind_sheet(found.letter_id, sheet_id) or abort(404)
    return send_file(files.path_of(file_id), mimetype="image/jpeg", max_age=0, etag=False, last_modified=None)
