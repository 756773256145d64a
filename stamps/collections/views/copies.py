"""One's own stamps: the lists of them, adding a copy, what is noted of it, its picture."""

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core import clock, files
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks
from stamps import queries as stamps
from stamps import words as stamps_words
from stamps.collections import picturing, queries, services, words
from stamps.collections.forms import CopyForm, PictureForm, QuickCopyForm
from stamps.collections.models import Copy
from stamps.collections.rules import Status
from stamps.collections.views import blueprint
from stamps.models import Stamp

PER_PAGE = 50
GONE = "gone"


@blueprint.get("/my-stamps")
@asks("collection.own")
def mine() -> ResponseReturnValue:
    """What somebody has, would swap, looks for; and what went."""
    shown = request.args.get("show")
    status = next((one for one in Status if one == shown), Status.HAVE)
    number = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    counts = queries.counts(current_user.id)
    query = queries.parted(current_user.id) if shown == GONE else queries.mine(current_user.id, status)
    total = queries.number_parted(current_user.id) if shown == GONE else counts[status]
    return page(
        "stamps/collections/mine.html",
        show=GONE if shown == GONE else status.value,
        number=number,
        things=queries.page_of(query, number=number, size=PER_PAGE),
        tabs=[
            *((one.value, words.list_name(one), counts[one]) for one in (Status.HAVE, Status.SWAP, Status.WANT)),
            (GONE, _("Went away"), queries.number_parted(current_user.id)),
        ],
        total_pages=max(1, -(-total // PER_PAGE)),
        url_of=lambda at: url_for("collections.mine", show=shown, page=at if at > 1 else None),
        words=words,
        stamps_words=stamps_words,
    )


@blueprint.route("/stamps/<key:key>/copies", methods=["POST"])
@asks("collection.mark", of=stamps.stamp)
def add_copy(stamp: Stamp) -> ResponseReturnValue:
    """One more copy of a stamp."""
    key, form = stamp.key, QuickCopyForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.add_copy(person_id=current_user.id, stamp=again(key), now=clock.now(), noted=form.said())
            flash(_("It is among your stamps."))
            return to_stamp(key)
    return page("stamps/collections/new_copy.html", form=form, stamp=again(key), words=stamps_words)


@blueprint.route("/copies/<int:copy_id>", methods=["GET", "POST"])
@asks("copy.edit", of=queries.copy)
def edit_copy(copy: Copy) -> ResponseReturnValue:
    """What is noted of a copy."""
    form = CopyForm.of(copy)
    if form.validate_on_submit():
        key = copy.stamp.key
        with refusals(form):
            with transaction():
                services.change_copy(copy=copy, noted=form.said())
            flash(_("Saved."))
            return to_stamp(key)
    return _copy_page(copy, form, PictureForm(formdata=None))


@blueprint.post("/copies/<int:copy_id>/picture")
@asks("copy.edit", of=queries.copy)
def add_picture(copy: Copy) -> ResponseReturnValue:
    """A picture of a copy, in place of the one it had."""
    form = PictureForm()
    if form.validate_on_submit():
        with refusals(form):
            _keep_picture(copy, form)
            return redirect(url_for("collections.edit_copy", copy_id=copy.id))
    answer, _status = _copy_page(copy, CopyForm.of(copy), form)
    return answer, 422


@blueprint.post("/copies/<int:copy_id>/picture/remove")
@asks("copy.edit", of=queries.copy)
def remove_picture(copy: Copy) -> ResponseReturnValue:
    """A copy without picture."""
    copy_id = copy.id
    with transaction():
        before = services.keep_picture(copy=copy, file_id="")
    _forget(before)
    return redirect(url_for("collections.edit_copy", copy_id=copy_id))


@blueprint.get("/copies/<int:copy_id>/picture.jpg")
@asks("copy.edit", of=queries.copy)
def picture(copy: Copy) -> ResponseReturnValue:
    """The picture, for its owner alone."""
    if not copy.picture or not files.path_of(copy.picture).is_file():
        abort(404)
    answer = send_file(files.path_of(copy.picture), mimetype="image/jpeg", max_age=0)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.post("/copies/<int:copy_id>/remove")
@asks("copy.edit", of=queries.copy)
def remove_copy(copy: Copy) -> ResponseReturnValue:
    """The copy is gone without a trace."""
    key = copy.stamp.key
    with transaction():
        before = services.remove_copy(copy=copy)
    _forget(before)
    flash(_("It is no longer among your stamps."))
    return to_stamp(key)


def again(key: str) -> Stamp:
    """The stamp as the transaction sees it."""
    return stamps.stamp(key) or abort(404)


def to_stamp(key: str) -> ResponseReturnValue:
    """To the page of a stamp, where one's own copies are."""
    return redirect(url_for("stamps.stamp", key=key, _anchor="my-copies"))


def _copy_page(copy: Copy, form: CopyForm, picture_form: PictureForm) -> tuple[str, int]:
    return page(
        "stamps/collections/copy.html",
        form=form,
        picture_form=picture_form,
        copy=copy,
        stamp=copy.stamp,
        words=stamps_words,
    )


def _keep_picture(copy: Copy, form: PictureForm) -> None:
    """Make the picture before the transaction; its file goes again should the copy not take it."""
    upload = form.picture.data
    kept = files.keep(picturing.picture_of(upload.read(), name=str(upload.filename)[:60]), ending="jpg")
    try:
        with transaction():
            before = services.keep_picture(copy=copy, file_id=kept)
    except BaseException:
        files.forget(kept)
        raise
    _forget(before)


def _forget(file_id: str) -> None:
    if file_id:
        files.forget(file_id)
