"""The calm page on which a letter is typed; it saves itself, and a Save button does the same without a script."""

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_time
from flask_babel import gettext as _
from flask_login import current_user

from contest.letters import queries, services
from contest.letters.forms import BodyForm
from contest.letters.models import Letter
from contest.letters.precheck import precheck
from contest.letters.rules import LetterForm, LetterState
from contest.letters.views import blueprint
from core import clock
from core.db import transaction
from core.errors import Refused
from core.pages import page, refusals, sentence
from core.permissions import asks


@blueprint.route("/letters/<int:letter_id>/write", methods=["GET", "POST"])
@asks("letter.write", of=queries.letter)
def write(letter: Letter) -> ResponseReturnValue:
    """Type and save."""
    if letter.form is LetterForm.HANDWRITTEN:
        return redirect(url_for("letters.sheets", letter_id=letter.id))
    if letter.state is not LetterState.DRAFT and request.method == "GET":
        return redirect(url_for("letters.tracking", letter_id=letter.id))
    form = BodyForm(obj=letter)
    if form.validate_on_submit():
        with refusals(form):
            _save(letter, form.body.data or "", form.revision.data)
            if "onward" in request.form:
                return redirect(url_for("letters.hand_in", letter_id=letter.id))
            flash(_("Saved at %(time)s.", time=format_time(letter.saved_at, "short")))
            return redirect(url_for("letters.write", letter_id=letter.id))
    return page("contest/letters/write.html", form=form, letter=letter, checks=precheck(form.body.data or ""))


@blueprint.post("/letters/<int:letter_id>/save")
@asks("letter.write", of=queries.letter)
def save(letter: Letter) -> ResponseReturnValue:
    """The page's own saving: JSON in, JSON out. 409 when another window has saved since, with what it saved."""
    given = request.get_json(silent=True) or {}
    form = BodyForm(data={"body": str(given.get("body", "")), "revision": str(given.get("revision", ""))}, meta={"csrf": False})
    if not form.validate():
        return jsonify(message=str(next(iter(form.errors.values()))[0])), 422
    try:
        _save(letter, form.body.data, form.revision.data)
    except Refused as refused:
        status = 409 if refused.field == "body" else 422
        return jsonify(message=sentence(refused), body=letter.body, revision=letter.revision), status
    return jsonify(
        revision=letter.revision,
        words=letter.word_count,
        saved=_("Saved at %(time)s.", time=format_time(letter.saved_at, "short")),
        checks={check.part.value: check.found for check in precheck(letter.body)},
    )


def _save(letter: Letter, body: str, revision: str) -> None:
    with transaction():
        services.save_body(
            letter=letter, body=body, revision=int(revision) if revision.isdigit() else -1, now=clock.now()
        )


@blueprint.get("/letters/<int:letter_id>/jury")
@asks("letter.see", of=queries.letter)
def jury_copy(letter: Letter) -> ResponseReturnValue:
    """What the jury will read: names covered."""
    text = letter.blind_body or services.jury_copy(letter)
    return page("contest/letters/jury_copy.html", letter=letter, text=text, mine=letter.entrant.person_id == current_user.id)
