"""What a judge says from the desk. Forms without a script, JSON with it; both are the same act."""

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from contest.judging import queries as judging
from contest.judging.forms import Act
from contest.judging.models import Assignment, Comparison, Judge
from contest.letters.models import Letter
from contest.remarks import queries, services
from contest.remarks.forms import ConcernForm, RemarksForm
from contest.remarks.rules import Reader
from contest.remarks.views import blueprint
from core import clock
from core.db import transaction
from core.errors import Refused
from core.pages import sentence
from core.permissions import asks


@blueprint.post("/judging/desk/<int:assignment_id>/remarks")
@asks("remark.write", of=judging.assignment)
def save_remarks(assignment: Assignment) -> ResponseReturnValue:
    """Save both remarks of a read."""
    form, act = RemarksForm(formdata=_sent()), Act.of(request.get_json(silent=True))
    refused = _first_error(form)
    if refused is None:
        words = {Reader.CHILD: form.child.data or "", Reader.JURY: form.jury.data or ""}
        try:
            with transaction():
                services.save_remarks(assignment=assignment, words=words, now=clock.now(), key=act.key)
        except Refused as error:
            refused = sentence(error)
    place = url_for("judging.letter", assignment_id=assignment.id)
    return _answer(place, _("Your remarks are saved."), refused)


@blueprint.post("/judging/desk/<int:assignment_id>/concern")
@asks("concern.raise", of=judging.assignment)
def raise_concern(assignment: Assignment) -> ResponseReturnValue:
    """This child may be in distress: whoever looks after that is told at once."""
    said, refused = _raised(assignment.letter, assignment.judge, ConcernForm(formdata=_sent()))
    return _answer(url_for("judging.letter", assignment_id=assignment.id), said, refused)


@blueprint.post("/judging/pairs/<int:pair_id>/concern/<int:letter_id>")
@asks("concern.raise", of=lambda pair_id, **_rest: judging.comparison(pair_id))
def raise_concern_of_pair(pair: Comparison) -> ResponseReturnValue:
    """The same of one of two letters beside each other."""
    letter_id = int((request.view_args or {})["letter_id"])
    letter = queries.letter_of(letter_id) if letter_id in (pair.left_id, pair.right_id) else None
    form = ConcernForm.of_letter(letter_id, formdata=_sent())
    said, refused = _raised(letter or abort(404), pair.judge, form)
    return _answer(url_for("judging.pair", pair_id=pair.id), said, refused)


def _raised(letter: Letter, judge: Judge, form: ConcernForm) -> tuple[str, str | None]:
    """What is said when a concern is raised, and why it was not."""
    refused = _first_error(form)
    if refused is None:
        with transaction():
            services.raise_concern(
                letter=letter, judge=judge, words=form.words.data or "", by=current_user, now=clock.now()
            )
    return _("Thank you. The person who looks after this has been told."), refused


def _sent() -> MultiDict[str, str]:
    """The fields sent, from a form or as JSON."""
    sent = request.get_json(silent=True) if request.is_json else request.form.to_dict()
    return MultiDict({name: str(value) for name, value in sent.items()} if isinstance(sent, dict) else {})


def _first_error(form: FlaskForm) -> str | None:
    return None if form.validate() else str(next(iter(form.errors.values()))[0])


def _answer(place: str, said: str, refused: str | None) -> ResponseReturnValue:
    if request.is_json:
        return jsonify(said=refused or said), 422 if refused else 200
    flash(refused or said)
    return redirect(place)
