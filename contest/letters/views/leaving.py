"""Handing in, the receipt, following a letter, taking it back."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from contest.letters import numbers, queries, services, tracking
from contest.letters.forms import HandInForm, TrackForm, WithdrawForm
from contest.letters.models import Letter
from contest.letters.precheck import precheck
from contest.letters.rules import LetterForm, LetterState
from contest.letters.views import blueprint
from core import clock
from core.db import transaction
from core.errors import Refused
from core.pages import page, refusals
from core.permissions import asks, public


@blueprint.route("/letters/<int:letter_id>/hand-in", methods=["GET", "POST"])
@asks("letter.submit", of=queries.letter)
def hand_in(letter: Letter) -> ResponseReturnValue:
    """A last look, then the letter leaves; a second click shows the same receipt."""
    if letter.state is not LetterState.DRAFT:
        return redirect(url_for("letters.receipt", letter_id=letter.id))
    form = HandInForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.submit_letter(letter=letter, by=current_user, now=clock.now())
            return redirect(url_for("letters.receipt", letter_id=letter.id))
    return page(
        "contest/letters/hand_in.html",
        form=form,
        letter=letter,
        checks=precheck(letter.body) if letter.form is LetterForm.TYPED else [],
        jury_text=services.jury_copy(letter),
    )


@blueprint.get("/letters/<int:letter_id>/receipt")
@asks("letter.see", of=queries.letter)
def receipt(letter: Letter) -> ResponseReturnValue:
    """What to keep: the letter number, and what was handed in when."""
    if letter.state is not LetterState.SUBMITTED:
        return redirect(url_for("letters.tracking", letter_id=letter.id))
    return page("contest/letters/receipt.html", letter=letter)


@blueprint.get("/letters/<int:letter_id>", endpoint="tracking")
@asks("letter.see", of=queries.letter)
def tracking_page(letter: Letter) -> ResponseReturnValue:
    """Where my letter is."""
    now = clock.now()
    return page(
        "contest/letters/tracking.html",
        letter=letter,
        steps=tracking.steps(letter, now),
        can_withdraw=letter.state is LetterState.SUBMITTED and now <= letter.stage.closes_at,
    )


@blueprint.get("/track")
@public
def track() -> ResponseReturnValue:
    """Where a letter is, for whoever has its number; never whose it is or what it was given."""
    form = TrackForm(request.args if "number" in request.args else None)
    letter, status = None, 200
    if "number" in request.args and form.validate():
        with refusals(form):
            letter = _found(form.number.data)
    if form.errors:
        status = 422
    steps = tracking.steps(letter, clock.now()) if letter else []
    return page("contest/letters/track.html", track_form=form, letter=letter, steps=steps)[0], status


def _found(typed: str) -> Letter:
    number = numbers.understood(typed)
    if number is None and numbers.is_unfinished(typed):
        raise Refused("This number is too short; one looks like 55-4829-1307-3.", field="number")
    if number is None:
        raise Refused("This number has a slip somewhere. Please compare it with the receipt.", field="number")
    letter = queries.letter_by_number(number)
    if letter is None:
        raise Refused("No letter has this number here.", field="number")
    return letter


@blueprint.route("/letters/<int:letter_id>/withdraw", methods=["GET", "POST"])
@asks("letter.withdraw", of=queries.letter)
def withdraw(letter: Letter) -> ResponseReturnValue:
    """Take a letter back before the close."""
    if letter.state is not LetterState.SUBMITTED:
        return redirect(url_for("letters.tracking", letter_id=letter.id))
    form = WithdrawForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.withdraw_letter(letter=letter, reason=form.reason.data or "", by=current_user, now=clock.now())
            flash(_("The letter is taken back. You may write another until the contest closes."))
            return redirect(url_for("letters.mine"))
    return page("contest/letters/withdraw.html", form=form, letter=letter)
