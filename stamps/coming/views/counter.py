"""The clerk's counter: offers, who asked for what, who gets what, handed over. Nothing here is about money."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core import clock
from core.db import transaction
from core.formulas import guarded
from core.localtime import local_day
from core.pages import page, refusals
from core.permissions import asks
from stamps import queries as stamps
from stamps import words as stamps_words
from stamps.coming import queries, services, words
from stamps.coming.forms import OfferForm
from stamps.coming.models import Offer, Reservation
from stamps.coming.rules import AHEAD, LATELY, Allotment, Certainty, Goods
from stamps.coming.views.blueprint import blueprint
from stamps.models import StampIssue


@dataclass(frozen=True)
class Collector:
    """Everything one person gets of an offer."""

    name: str
    rows: list[Reservation]


@blueprint.get("/clerk")
@asks("offer.run")
def clerk() -> ResponseReturnValue:
    """Offers, and issues to come that nothing is offered of yet."""
    today = local_day(clock.now())
    found = queries.coming(today - LATELY, today + AHEAD)
    return page(
        "stamps/coming/clerk.html",
        offers=queries.offers(),
        without=[each for each in found if each.offer is None and each.certainty is not Certainty.CANCELLED],
        today=today,
        words=words,
        stamps_words=stamps_words,
    )


@blueprint.route("/clerk/issues/<key:key>", methods=["GET", "POST"])
@asks("offer.run", of=stamps.issue)
def edit_offer(issue: StampIssue) -> ResponseReturnValue:
    """What may be reserved of an issue."""
    key, offer = issue.key, queries.offer_of(issue)
    form = OfferForm(data=_kept(offer))
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                _save(stamps.issue(key) or abort(404), form)
            flash(_("The offer is saved."))
            return redirect(url_for("coming.clerk"))
    issue = stamps.issue(key) or abort(404)
    return page(
        "stamps/coming/edit_offer.html",
        form=form,
        issue=issue,
        offer=queries.offer_of(issue),
        goods=list(Goods),
        words=words,
        stamps_words=stamps_words,
    )


@blueprint.get("/clerk/offers/<int:offer_id>")
@asks("offer.run", of=queries.offer)
def clerks_list(offer: Offer) -> ResponseReturnValue:
    """Who gets what, by collector or by kind of goods."""
    rows = queries.reservations_of(offer)
    return page(
        "stamps/coming/clerks_list.html",
        offer=offer,
        collectors=_by_collector(rows),
        by_goods=[(part, [row for row in rows if row.part_id == part.id]) for part in offer.parts],
        by="goods" if request.args.get("by") == "goods" else "collector",
        asked=queries.asked_for(offer),
        ready=local_day(clock.now()) > offer.last_day,
        cancelled=queries.is_cancelled(offer.issue),
        name_of=_name_of,
        words=words,
        stamps_words=stamps_words,
    )


@blueprint.get("/clerk/offers/<int:offer_id>.csv")
@asks("offer.run", of=queries.offer)
def clerks_file(offer: Offer) -> ResponseReturnValue:
    """The same for a spreadsheet."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(("user_name", "name", "goods", "asked", "given", "placed_at", "handed_at"))
    for row in queries.reservations_of(offer):
        given = "" if row.given is None else row.given
        handed = row.handed_at.isoformat(timespec="seconds") if row.handed_at else ""
        placed = row.placed_at.isoformat(timespec="seconds")
        person = row.person
        texts = (guarded(person.user_name), guarded(person.full_name), row.part.goods.value)
        lines.writerow((*texts, row.quantity, given, placed, handed))
    answer = Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="reservations-{offer.issue.key}.csv"'
    return answer


@blueprint.post("/clerk/offers/<int:offer_id>/allot")
@asks("offer.run", of=queries.offer)
def allot(offer: Offer) -> ResponseReturnValue:
    """Decide who gets what."""
    offer_id = offer.id
    with transaction():
        again = queries.offer(offer_id) or abort(404)
        services.allot_offer(offer=again, by=current_user, now=clock.now(), today=local_day(clock.now()))
    flash(_("It is decided who gets what; everybody concerned sees it."))
    return redirect(url_for("coming.clerks_list", offer_id=offer_id))


@blueprint.post("/clerk/reservations/<int:reservation_id>/handed")
@asks("offer.run", of=queries.reservation)
def hand_over(reservation: Reservation) -> ResponseReturnValue:
    """Tick that it was handed over, or take the tick back."""
    reservation_id = reservation.id
    with transaction():
        again = queries.reservation(reservation_id) or abort(404)
        handed = request.form.get("handed") == "yes"
        services.hand_over(reservation=again, handed=handed, by=current_user, now=clock.now())
        offer_id = again.part.offer_id
    return redirect(
        url_for(
            "coming.clerks_list", offer_id=offer_id, by=request.form.get("by") or None, _anchor=f"row-{reservation_id}"
        )
    )


def _save(issue: StampIssue, form: OfferForm) -> None:
    given = {
        "last_day": form.last_day.data,
        "parts": form.limits(),
        "pickup": form.pickup.data or "",
        "by": current_user,
        "now": clock.now(),
        "today": local_day(clock.now()),
    }
    if present := queries.offer_of(issue):
        services.change_offer(offer=present, **given)
    else:
        services.open_offer(issue=issue, rule=Allotment(form.rule.data), **given)


def _kept(offer: Offer | None) -> dict[str, object]:
    if offer is None:
        return {}
    kept: dict[str, object] = {"last_day": offer.last_day, "rule": offer.rule.value, "pickup": offer.pickup}
    for part in offer.parts:
        name = part.goods.value
        kept |= {f"offered_{name}": "yes", f"available_{name}": part.available, f"most_{name}": part.most_each}
    return kept


def _by_collector(rows: list[Reservation]) -> list[Collector]:
    found: dict[int, list[Reservation]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return sorted((Collector(_name_of(mine[0]), mine) for mine in found.values()), key=lambda one: one.name.casefold())


def _name_of(row: Reservation) -> str:
    return row.person.full_name or row.person.user_name
