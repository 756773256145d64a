"""A shortlist on the judge's desk: read each letter, put all in order by buttons. Numbers and texts, nobody's name."""

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from contest.judging import ordering, queries, rules, services
from contest.judging.forms import Act, ActForm, OrderForm, numbers
from contest.judging.models import Assignment
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


@blueprint.route("/judging/order/<int:assignment_id>", methods=["GET", "POST"])
@asks("assignment.mark", of=queries.assignment)
def order(assignment: Assignment) -> ResponseReturnValue:
    """All letters of the round of this read; a button moves one and saves the order at once. The script sends JSON."""
    if request.is_json and request.method == "POST":
        return _said(assignment)
    form = OrderForm()
    wished = _wished(assignment, form)
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.save_order(round_=assignment.round, judge=assignment.judge, order=wished, now=clock.now())
            flash(_("Saved."))
            return redirect(url_for("judging.order", assignment_id=assignment.id))
    return _order_page(assignment, form, wished)


def _said(assignment: Assignment) -> ResponseReturnValue:
    sent = request.get_json(silent=True)
    given, act = sent if isinstance(sent, dict) else {}, Act.of(sent)
    at = rules.given_at(kept_for=act.kept_for, dealt_at=assignment.dealt_at, now=clock.now())
    order = numbers(given.get("order"))
    try:
        with transaction():
            services.save_order(round_=assignment.round, judge=assignment.judge, order=order, now=at, key=act.key)
    except Refused as refused:
        return jsonify(said=sentence(refused)), 422
    return jsonify(said=_("Saved."))


def _wished(assignment: Assignment, form: OrderForm) -> list[int]:
    reads = [read.id for read in queries.desk_of(current_user, assignment.round)]
    known = ordering.known_order(form.order.data, queries.places_of(assignment.judge, assignment.round), reads)
    return ordering.moved(known, form.move.data or "")


def _order_page(assignment: Assignment, form: OrderForm, wished: list[int]) -> ResponseReturnValue:
    reads = {read.id: read.letter_id for read in queries.desk_of(current_user, assignment.round)}
    return page(
        "contest/judging/order.html",
        form=form,
        assignment_id=assignment.id,
        position=assignment.round.position,
        reads=[(read_id, reads[read_id]) for read_id in wished],
        numbers=queries.numbers(list(reads.values())),
        is_saved=bool(queries.places_of(assignment.judge, assignment.round)),
        has_left=assignment.judge.left_at is not None,
        is_open=is_taken(assignment),
    )


@blueprint.get("/judging/reading/<int:assignment_id>")
@asks("assignment.mark", of=queries.assignment)
def reading(assignment: Assignment) -> ResponseReturnValue:
    """One letter of a shortlist, to be read."""
    letter = letters.blind_letter(assignment.letter_id) or abort(404)
    return page(
        "contest/judging/reading.html",
        form=ActForm(),
        letter=letter,
        assignment_id=assignment.id,
        theme=assignment.round.stage,
        has_left=assignment.judge.left_at is not None,
        is_open=is_taken(assignment),
        order_id=queries.desk_of(current_user, assignment.round)[0].id,
        shown=shown_of(letter, assignment.round),
        beside=sections("judging.letter", assignment),
    )
