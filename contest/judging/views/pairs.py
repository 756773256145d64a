"""Pairs on the judge's desk: two letters beside each other, one is chosen. Fed by `blind_letter` and by choices alone."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from contest.judging import queries, services
from contest.judging.forms import ChoiceForm
from contest.judging.models import Comparison
from contest.judging.rules import AssignmentState, RoundState
from contest.judging.views import blueprint
from contest.judging.views.desk import blind_picture
from contest.letters import queries as letters
from contest.letters.queries import BlindLetter
from core import clock
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks
from core.sections import sections

LEFT, RIGHT = "left", "right"


@blueprint.route("/judging/pairs/<int:pair_id>", methods=["GET", "POST"])
@asks("pair.choose", of=queries.comparison)
def pair(pair: Comparison) -> ResponseReturnValue:
    """Two letters; the choice goes on to the next pair that waits."""
    form = ChoiceForm()
    if form.validate_on_submit():
        with refusals(form):
            chosen = pair.left_id if form.chosen.data == LEFT else pair.right_id
            with transaction():
                services.choose(pair=pair, letter_id=chosen, now=clock.now())
            return _onward(pair)
    return _pair_page(pair, form)


def _onward(pair: Comparison) -> ResponseReturnValue:
    waiting = [each for each in _desk(pair) if each.state is AssignmentState.WAITING]
    later = [each for each in waiting if each.position > pair.position]
    follower = next(iter(later or waiting), None)
    if follower is None:
        flash(_("You have chosen in every pair on your desk. Thank you."))
    return redirect(url_for("judging.pair", pair_id=follower.id if follower else pair.id))


def _desk(pair: Comparison) -> list[Comparison]:
    return queries.pairs_on_desk(current_user, pair.round)


def _pair_page(pair: Comparison, form: ChoiceForm) -> ResponseReturnValue:
    desk = _desk(pair)
    ids = [each.id for each in desk]
    return page(
        "contest/judging/pair.html",
        form=form,
        pair_id=pair.id,
        sides=[(LEFT, _blind(pair.left_id)), (RIGHT, _blind(pair.right_id))],
        chosen={pair.left_id: LEFT, pair.right_id: RIGHT}.get(pair.chosen_id or 0),
        theme=pair.round.stage,
        done=sum(each.state is AssignmentState.MARKED for each in desk),
        total=len(desk),
        is_open=pair.round.state is RoundState.OPEN,
        shows_word_count=pair.round.shows_word_count,
        previous=ids[ids.index(pair.id) - 1] if ids.index(pair.id) else None,
        beside=sections("judging.pair", pair),
    )


def _blind(letter_id: int) -> BlindLetter:
    return letters.blind_letter(letter_id) or abort(404)


@blueprint.post("/judging/pairs/<int:pair_id>/undo")
@asks("pair.choose", of=queries.comparison)
def undo_choice(pair: Comparison) -> ResponseReturnValue:
    """The pair waits again. Twice is once."""
    with transaction():
        services.choose(pair=pair, letter_id=None, now=clock.now())
    flash(_("The choice is taken back."))
    return redirect(url_for("judging.pair", pair_id=pair.id))


@blueprint.post("/judging/pairs/<int:pair_id>/recuse")
@asks("pair.give_back", of=queries.comparison)
def recuse_pair(pair: Comparison) -> ResponseReturnValue:
    """“I recognise one of these children”: the pair goes to another judge."""
    with transaction():
        services.recuse_pair(pair=pair, by=current_user, now=clock.now())
    flash(_("Thank you. The pair has left your desk and goes to another judge."))
    return redirect(url_for("judging.desk"))


@blueprint.get("/judging/pairs/<int:pair_id>/sheets/<int:sheet_id>.jpg")
@asks("pair.choose", of=lambda pair_id, **_rest: queries.comparison(pair_id))
def pair_sheet(pair: Comparison) -> ResponseReturnValue:
    """The jury's copy of one sheet of one of the two letters."""
    sheet_id = int((request.view_args or {})["sheet_id"])
    found = [letters.blind_sheet(letter_id, sheet_id) for letter_id in (pair.left_id, pair.right_id)]
    return blind_picture(next(filter(None, found), None) or abort(404))
