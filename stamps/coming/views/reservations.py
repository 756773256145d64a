"""Reserving, and standing orders: each person sees only their own."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core import clock
from core.db import transaction
from core.forms import whole_number
from core.localtime import local_day
from core.pages import page, refusals
from core.permissions import asks
from stamps import queries as stamps
from stamps import words as stamps_words
from stamps.coming import queries, rules, services, words
from stamps.coming.forms import ReserveForm, StandingForm
from stamps.coming.models import Offer, StandingOrder
from stamps.coming.rules import MOST_OF_ONE, Goods
from stamps.coming.views.blueprint import blueprint


@blueprint.route("/offers/<int:offer_id>", methods=["GET", "POST"])
@asks("reservation.own", of=queries.offer)
def reserve(offer: Offer) -> ResponseReturnValue:
    """Reserve of an issue, see by which rule it is allotted, and what came of it."""
    offer_id, today = offer.id, local_day(clock.now())
    form = _form(offer)
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                again = queries.offer(offer_id) or abort(404)
                for part in again.parts:
                    services.reserve(
                        part=part,
                        person=current_user,
                        quantity=form[part.goods.value].data or 0,
                        now=clock.now(),
                        today=today,
                    )
            flash(_("It is noted. You may change it until the last day."))
            return redirect(url_for("coming.reserve", offer_id=offer_id))
    offer = queries.offer(offer_id) or abort(404)
    mine = {part.id: queries.reservation_for(part, current_user.id) for part in offer.parts}
    cancelled = queries.is_cancelled(offer.issue)  # then one may give back only
    return page(
        "stamps/coming/offer.html",
        form=form,
        offer=offer,
        mine=mine,
        asked=queries.asked_for(offer),
        cancelled=cancelled,
        open=offer.allotted_at is None and today <= offer.last_day and (not cancelled or any(mine.values())),
        seal=rules.seal(offer.seed),
        lot=rules.lot,
        words=words,
        stamps_words=stamps_words,
    )


@blueprint.route("/my-reservations", methods=["GET", "POST"])
@asks("reservation.own")
def mine() -> ResponseReturnValue:
    """What somebody reserved, and their standing orders."""
    today = local_day(clock.now())
    form = StandingForm(data={"quantity": 1, "since": today} if request.method == "GET" else None)
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.order_standing(
                    person=current_user,
                    country=form.country.data or "",
                    topic=stamps.topic(form.topic.data) if form.topic.data else None,
                    goods=Goods(form.goods.data),
                    quantity=form.quantity.data,
                    since=form.since.data,
                    until=form.until.data,
                    now=clock.now(),
                    today=today,
                )
            flash(_("The standing order is noted."))
            return redirect(url_for("coming.mine"))
    return page(
        "stamps/coming/mine.html",
        form=form,
        reservations=queries.mine(current_user.id),
        orders=queries.standing_orders(current_user.id),
        words=words,
        stamps_words=stamps_words,
    )


@blueprint.post("/standing-orders/<int:order_id>/end")
@asks("standing_order.end", of=queries.standing_order)
def end_standing(order: StandingOrder) -> ResponseReturnValue:
    """No further issue."""
    order_id = order.id
    with transaction():
        services.end_standing(order=queries.standing_order(order_id) or abort(404), now=clock.now())
    flash(_("The standing order has ended. What it reserved stays until you give it back."))
    return redirect(url_for("coming.mine"))


def _form(offer: Offer) -> ReserveForm:
    """A field for each kind of goods, with what is reserved already."""
    form_class = type("OfferedForm", (ReserveForm,), {})
    kept = {}
    for part in offer.parts:
        setattr(form_class, part.goods.value, whole_number(words.goods(part.goods), 0, MOST_OF_ONE, optional=True))
        row = queries.reservation_for(part, current_user.id)
        kept[part.goods.value] = row.quantity if row else 0
    form: ReserveForm = form_class(data=kept)
    return form
