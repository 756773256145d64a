"""What a judge says from the desk. Forms without a script, JSON with it; both are the same act."""

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from contest.judging import queries as judging
from contest.judging.forms import Act
from contest.judging.models import Assignment
from contest.remarks import services
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
    return _answer(assignment, _("Your remarks are saved."), refused)


@blueprint.post("/judging/desk/<int:assignment_id>/concern")
@asks("concern.raise", of=judging.assignment)
def raise_concern(assignment: Assignment) -> ResponseReturnValue:
    """This child may be in distress: whoever looks after that is told at once."""
    form = ConcernForm(formdata=_sent())
    refused = _first_error(form)
    if refused is None:
        with transaction():
            words = form.words.data or ""
            services.raise_concern(assignment=assignment, words=words, by=current_user, now=clock.now())
    return _answer(assignment, _("Thank you. The person who looks after this has been told."), refused)


def _sent() -> MultiDict[str, str]:
    """The fields sent, from a form or as JSON."""
    sent = request.get_json(silent=True) if request.is_json else request.form.to_dict()
    return MultiDict({name: str(value) for name, value in sent.items()} if isinstance(sent, dict) else {})


def _first_error(form: FlaskForm) -> str | None:
    return None if form.validate() else str(next(iter(form.errors.values()))[0])


def _answer(assignment: Assignment, said: str, refused: str | None) -> ResponseReturnValue:
    if request.is_json:
        return jsonify(said=refused or said), 422 if refused else 200
    flash(refused or said)
    return redirect(url_for("judging.letter", assignment_id=assignment.id))
