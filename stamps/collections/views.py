"""Pages of one's own collection: the lists, marking a stamp, one copy. Nobody sees another's."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core import clock
from core.db import transaction
from core.pages import page
from core.permissions import asks
from stamps import queries as stamps
from stamps import words as stamps_words
from stamps.collections import queries, services, words
from stamps.collections.forms import CopyForm
from stamps.collections.models import Copy
from stamps.collections.rules import Status
from stamps.models import Stamp

PER_PAGE = 50
blueprint = Blueprint("collections", __name__)


@blueprint.get("/my-stamps")
@asks("collection.own")
def mine() -> ResponseReturnValue:
    """What somebody has, would swap, looks for."""
    status = next((one for one in Status if one == request.args.get("show")), Status.HAVE)
    number = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    counts = queries.counts(current_user.id)
    return page(
        "stamps/collections/mine.html",
        status=status,
        number=number,
        things=queries.page_of(queries.mine(current_user.id, status), number=number, size=PER_PAGE),
        tabs=[(one, words.list_name(one), counts[one]) for one in (Status.HAVE, Status.SWAP, Status.WANT)],
        total_pages=max(1, -(-counts[status] // PER_PAGE)),
        url_of=lambda at: url_for("collections.mine", show=status.value, page=at if at > 1 else None),
        words=words,
        stamps_words=stamps_words,
    )


@blueprint.route("/stamps/<key:key>/copies", methods=["POST"])
@asks("collection.mark", of=stamps.stamp)
def add_copy(stamp: Stamp) -> ResponseReturnValue:
    """One more copy of a stamp."""
    key, form = stamp.key, CopyForm()
    if not form.validate_on_submit():
        return page("stamps/collections/copy.html", form=form, stamp=stamp, words=stamps_words)
    with transaction():
        services.add_copy(person_id=current_user.id, stamp=_again(key), now=clock.now(), noted=form.said())
    flash(_("It is among your stamps."))
    return _to(key)


@blueprint.post("/stamps/<key:key>/want")
@asks("collection.mark", of=stamps.stamp)
def want(stamp: Stamp) -> ResponseReturnValue:
    """Look for a stamp."""
    key = stamp.key
    with transaction():
        services.want_stamp(person_id=current_user.id, stamp=_again(key), now=clock.now())
    return _to(key)


@blueprint.post("/stamps/<key:key>/want/end")
@asks("collection.mark", of=stamps.stamp)
def stop_wanting(stamp: Stamp) -> ResponseReturnValue:
    """Look for it no longer."""
    key = stamp.key
    with transaction():
        services.stop_wanting(person_id=current_user.id, stamp=_again(key))
    return _to(key)


@blueprint.route("/copies/<int:copy_id>", methods=["GET", "POST"])
@asks("copy.edit", of=queries.copy)
def edit_copy(copy: Copy) -> ResponseReturnValue:
    """What is noted of a copy."""
    form = CopyForm(data=_kept(copy))
    if form.validate_on_submit():
        key = copy.stamp.key
        with transaction():
            services.change_copy(copy=copy, noted=form.said())
        flash(_("Saved."))
        return _to(key)
    return page("stamps/collections/copy.html", form=form, stamp=copy.stamp, words=stamps_words)


@blueprint.post("/copies/<int:copy_id>/remove")
@asks("copy.edit", of=queries.copy)
def remove_copy(copy: Copy) -> ResponseReturnValue:
    """The copy is gone."""
    key = copy.stamp.key
    with transaction():
        services.remove_copy(copy=copy)
    flash(_("It is no longer among your stamps."))
    return _to(key)


def _again(key: str) -> Stamp:
    """The stamp as the transaction sees it."""
    return stamps.stamp(key) or abort(404)


def _to(key: str) -> ResponseReturnValue:
    return redirect(url_for("stamps.stamp", key=key, _anchor="my-copies"))


def _kept(copy: Copy) -> dict[str, object]:
    return {
        "condition": copy.condition.value if copy.condition else "",
        "format": copy.format.value if copy.format else "",
        "to_swap": copy.to_swap,
        "private_note": copy.private_note,
    }
