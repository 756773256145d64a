"""What one shows of oneself, the public page of who wants one, swap partners."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_login import current_user

from core import clock, files
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks, public
from stamps import words as stamps_words
from stamps.collections import queries, services, words
from stamps.collections.forms import CollectorForm, MessageForm
from stamps.collections.models import Collector
from stamps.collections.rules import MOST_SHOWN, Status
from stamps.collections.views import blueprint

MOST_PARTNERS = 50


@blueprint.route("/my-stamps/showing", methods=["GET", "POST"])
@asks("collection.own")
def showing() -> ResponseReturnValue:
    """What others may see of one's collection: nothing, until one says otherwise."""
    kept = queries.collector(current_user.id)
    form = CollectorForm.of(kept)
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.open_collector(person_id=current_user.id, now=clock.now(), **form.said())
            flash(_("Saved."))
            return redirect(url_for("collections.showing"))
    return page(
        "stamps/collections/showing.html",
        form=form,
        collector=kept,
        is_child=queries.is_child(current_user.id),
    )


@blueprint.post("/my-stamps/showing/end")
@asks("collection.own")
def hide() -> ResponseReturnValue:
    """Nothing is shown any longer, at once."""
    with transaction():
        services.hide_collector(person_id=current_user.id)
    flash(_("Nobody sees anything of your collection now."))
    return redirect(url_for("collections.showing"))


@blueprint.post("/my-stamps/erase")
@asks("collection.own")
def erase() -> ResponseReturnValue:
    """The whole collection goes, with pictures, lists, files brought, messages and what was shown."""
    with transaction():
        file_ids = services.erase_collection(person_id=current_user.id)
    for file_id in file_ids:
        files.forget(file_id)
    flash(_("Your collection is erased."))
    return redirect(url_for("collections.mine"))


@blueprint.get("/collectors/<key:address>")
@public
def collector(address: str) -> ResponseReturnValue:
    """The public page of a collector who wants one."""
    found = queries.published(address) or abort(404)
    answer = page(
        "stamps/collections/collector.html",
        collector=found,
        counts=_counts_shown(found),
        haves=queries.shown_copies(found, to_swap=False, most=MOST_SHOWN) if found.shows_haves else [],
        swaps=queries.shown_copies(found, to_swap=True, most=MOST_SHOWN) if found.shows_swaps else [],
        wants=queries.shown_wants(found, most=MOST_SHOWN) if found.shows_wants else [],
        words=words,
        stamps_words=stamps_words,
    )
    return *answer, {"X-Robots-Tag": "noindex"}


def _counts_shown(collector: Collector) -> list[tuple[str, str]]:
    """How many there are, of what the collector shows: who keeps wants private keeps their number private, too."""
    if not collector.shows_counts:
        return []
    counts = queries.counts(collector.person_id)
    told = [
        (_("Stamps"), counts[Status.HAVE], True),
        (_("To swap"), counts[Status.SWAP], collector.shows_swaps),
        (_("Wanted"), counts[Status.WANT], collector.shows_wants),
    ]
    return [(label, str(format_decimal(number))) for label, number, is_shown in told if is_shown]


@blueprint.get("/my-stamps/partners")
@asks("collection.own")
def partners() -> ResponseReturnValue:
    """Who has what one looks for and looks for what one would swap."""
    is_open = queries.swaps(current_user.id)
    return page(
        "stamps/collections/partners.html",
        is_open=is_open,
        partners=queries.partners(current_user.id, most=MOST_PARTNERS) if is_open else [],
    )


@blueprint.route("/my-stamps/partners/<key:address>", methods=["GET", "POST"])
@asks("collection.own")
def partner(address: str) -> ResponseReturnValue:
    """What two could swap, and a message to the other."""
    found = _partner(address)
    form = MessageForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                message = services.write_to(
                    sender_id=current_user.id, other_id=found.person_id, body=form.body.data, now=clock.now()
                )
                conversation_id = message.conversation_id
            return redirect(url_for("collections.conversation", conversation_id=conversation_id))
    return page(
        "stamps/collections/partner.html",
        form=form,
        collector=found,
        conversation=queries.conversation_of(current_user.id, found.person_id),
        gives=queries.offered_to(current_user.id, found.person_id, most=MOST_SHOWN),
        takes=queries.offered_to(found.person_id, current_user.id, most=MOST_SHOWN),
        words=words,
        stamps_words=stamps_words,
    )


def _partner(address: str) -> Collector:
    """Another who is open, for one who is open and not blocked; between them must be something to swap, or words already."""
    found = queries.swapping(address)
    if found is None or found.person_id == current_user.id or not queries.swaps(current_user.id):
        abort(404)
    conversation = queries.conversation_of(current_user.id, found.person_id)
    if conversation is not None:
        return found if conversation.blocked_by_id is None else abort(404)
    fits = queries.offered_to(current_user.id, found.person_id, most=1)
    if not fits and not queries.offered_to(found.person_id, current_user.id, most=1):
        abort(404)
    return found
