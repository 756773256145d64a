"""The calm page on which a letter is typed; it saves itself, and a Save button does the same without a script."""

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_time
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict

from contest.letters import queries, services
from contest.letters.forms import BodyForm
from contest.letters.models import Letter
from contest.letters.precheck import precheck
from contest.letters.rules import LetterForm, LetterState
from contest.letters.views import blueprint
from core import clock
from core.db import transaction
from core.errors import Refused
from core.pages import Page, page, refusals, sentence
from core.permissions import asks

NO_REVISION = -1


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
            _save(letter, form)
            if "onward" in request.form:
                return redirect(url_for("letters.hand_in", letter_id=letter.id))
            flash(_("Saved at %(time)s.", time=format_time(letter.saved_at, "short")))
            return redirect(url_for("letters.write", letter_id=letter.id))
    return _page(letter, form)


def _page(letter: Letter, form: BodyForm) -> Page:
    """The page. Had another window saved, its text stands below, and to save once more is to decide."""
    refused = bool(form.errors)
    other = letter.body if refused and form.revision.data != str(letter.revision) else None
    if other is not None:
        form.revision.data = str(letter.revision)
    hand = LetterForm.HANDWRITTEN
    return page(
        "contest/letters/write.html",
        form=form,
        letter=letter,
        checks=precheck(form.body.data or ""),
        other=other,
        refused=refused,
        other_form=hand if hand in services.taken_forms(letter.stage) else None,
    )


@blueprint.post("/letters/<int:letter_id>/save")
@asks("letter.write", of=queries.letter)
def save(letter: Letter) -> ResponseReturnValue:
    """The page's own saving: JSON in, JSON out. 409 when another window has saved since, with what it saved."""
    form = _form_of(request.get_json(silent=True))
    if not form.validate():
        return jsonify(message=str(next(iter(form.errors.values()))[0])), 422
    try:
        _save(letter, form)
    except Refused as refused:
        status = 409 if refused.field == "body" else 422
        return jsonify(message=sentence(refused), body=letter.body, revision=letter.revision), status
    return jsonify(
        revision=letter.revision,
        words=letter.word_count,
        saved=_("Saved at %(time)s.", time=format_time(letter.saved_at, "short")),
        checks={check.part.value: check.found for check in precheck(letter.body)},
    )


def _form_of(given: object) -> BodyForm:
    """What a script has sent, as the form reads it; halves of signs, which JSON can carry, are replaced."""
    values = given if isinstance(given, dict) else {}
    texts = {name: str(values.get(name, "")).encode("utf-16", "surrogatepass") for name in ("body", "revision")}
    clean = {name: text.decode("utf-16", "replace") for name, text in texts.items()}
    return BodyForm(formdata=ImmutableMultiDict(clean), meta={"csrf": False})


def _save(letter: Letter, form: BodyForm) -> None:
    started_from = form.revision.data == str(letter.revision)
    revision = letter.revision if started_from else NO_REVISION
    with transaction():
        services.save_body(letter=letter, body=form.body.data or "", revision=revision, now=clock.now())


@blueprint.post("/letters/<int:letter_id>/form/<any(typed, handwritten):form>")
@asks("letter.write", of=lambda letter_id, **_form: queries.letter(letter_id))
def change_form(letter: Letter) -> ResponseReturnValue:
    """Go on by hand, or typed; nothing written so far is lost."""
    form = LetterForm((request.view_args or {})["form"])
    with transaction():
        services.change_form(letter=letter, form=form, now=clock.now())
    return redirect(url_for("letters.write" if form is LetterForm.TYPED else "letters.sheets", letter_id=letter.id))


@blueprint.get("/letters/<int:letter_id>/jury")
@asks("letter.see", of=queries.letter)
def jury_copy(letter: Letter) -> ResponseReturnValue:
    """What the jury will read: names covered."""
    return page(
        "contest/letters/jury_copy.html",
        letter=letter,
        text=letter.blind_body or services.jury_copy(letter),
        mine=letter.entrant.person_id == current_user.id,
    )
