"""Pairs on the judge's desk: two letters beside each other, one is chosen. Fed by `blind_letter` and by choices alone."""

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from contest.judging import queries, rules, services
from contest.judging.forms import Act, ChoiceForm
from contest.judging.models import Comparison
from contest.judging.shown import Shown, shown_of
from contest.judging.views import blueprint
from contest.judging.views.desk import blind_picture, given_back, is_taken
from contest.letters import queries as letters
from contest.letters.queries import BlindLetter
from core import clock
from core.db import transaction
from core.errors import Refused
from core.pages import page, refusals, sentence
from core.permissions import asks
from core.sections import sections

LEFT, RIGHT = SIDES = "left", "right"


@blueprint.route("/judging/pairs/<int:pair_id>", methods=["GET", "POST"])
@asks("pair.choose", of=queries.comparison)
def pair(pair: Comparison) -> ResponseReturnValue:
    """Two letters; the choice goes on to the next pair that waits. The script sends JSON: the same act."""
    if request.is_json and request.method == "POST":
        return _said(pair)
    form = ChoiceForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.choose(pair=pair, letter_id=_letter_at(pair, form.chosen.data), now=clock.now())
            return _onward(pair)
    return _pair_page(pair, form)


def _letter_at(pair: Comparison, side: str) -> int:
    return pair.left_id if side == LEFT else pair.right_id


def _said(pair: Comparison) -> ResponseReturnValue:
    sent = request.get_json(silent=True)
    given, act = sent if isinstance(sent, dict) else {}, Act.of(sent)
    side = given.get("chosen")
    if side not in SIDES:
        return jsonify(said=_("Please choose one.")), 422
    at = rules.given_at(kept_for=act.kept_for, dealt_at=pair.round.opened_at or clock.now(), now=clock.now())
    try:
        with transaction():
            services.choose(pair=pair, letter_id=_letter_at(pair, side), now=at, key=act.key)
    except Refused as refused:
        return jsonify(said=sentence(refused)), 422
    return jsonify(said=_("Saved."))


def _onward(pair: Comparison) -> ResponseReturnValue:
    follower = next(iter(queries.waiting_after(pair, most=1)), None)
    if follower is None:
        flash(_("You have chosen in every pair on your desk. Thank you."))
    return redirect(url_for("judging.pair", pair_id=follower or pair.id))


def _pair_page(pair: Comparison, form: ChoiceForm) -> ResponseReturnValue:
    return page(
        "contest/judging/pair.html",
        form=form,
        pair_id=pair.id,
        sides=[_side(LEFT, pair), _side(RIGHT, pair)],
        chosen={pair.left_id: LEFT, pair.right_id: RIGHT}.get(pair.chosen_id or 0),
        theme=pair.round.stage,
        pile=queries.pile_on_desk(pair),
        has_left=pair.judge.left_at is not None,
        is_open=is_taken(pair),
        previous=queries.before(pair),
        follower=next(iter(queries.waiting_after(pair, most=1)), None),
        beside=sections("judging.pair", pair),
    )


def _side(side: str, pair: Comparison) -> tuple[str, BlindLetter, Shown]:
    """One of the two letters, and what stands beside it."""
    letter = letters.blind_letter(_letter_at(pair, side)) or abort(404)
    return side, letter, shown_of(letter, pair.round)


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
    return given_back(
        lambda: services.recuse_pair(pair=pair, by=current_user, now=clock.now()),
        _("Thank you. The pair has left your desk and goes to another judge."),
    )


@blueprint.get(f"/judging/pairs/<int:pair_id>/<any({LEFT}, {RIGHT}):side>/sheets/<int:place>.jpg")
@asks("pair.choose", of=lambda pair_id, **_rest: queries.comparison(pair_id))
def pair_sheet(pair: Comparison) -> ResponseReturnValue:
    """The jury's copy of one sheet of one of the two letters, by its place among them."""
    asked = request.view_args or {}
    return blind_picture(letters.blind_sheet(_letter_at(pair, asked["side"]), int(asked["place"])) or abort(404))
