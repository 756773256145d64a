"""Marking while one looks through the catalogue: one stamp by a key, what is ticked, a whole set; and taking it back."""

from collections.abc import Sequence

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from accounts.views import own_path
from core import clock, files
from core.db import transaction
from core.errors import Refused
from core.pages import sentence
from core.permissions import asks
from stamps.collections import queries, services, words
from stamps.collections.models import Act
from stamps.collections.rules import MOST_MARKED, Status
from stamps.collections.views import blueprint


@blueprint.post("/my-stamps/mark")
@asks("collection.mark")
def mark() -> ResponseReturnValue:
    """Have, want or would swap the stamps named, and those of the issues named; or put them on a list."""
    ids = _named()
    if list_id := request.form.get("list", type=int):
        return _put_on_list(list_id, ids)
    status = next((one for one in Status if one == request.form.get("do")), None) or abort(400)
    try:
        with transaction():
            act = services.mark(person_id=current_user.id, stamp_ids=ids, status=status, now=clock.now())
            act_id, done = act.id, services.number_marked(act)
    except Refused as refused:
        return _refused(sentence(refused))
    if request.accept_mimetypes.best == "application/json":
        return _told(act_id, done, ids)
    flash(_said(done))
    return redirect(own_path(request.form.get("next")))


@blueprint.post("/my-stamps/acts/<int:act_id>/undo")
@asks("act.undo", of=queries.act)
def undo(act: Act) -> ResponseReturnValue:
    """As it was before the marking."""
    person_id, ids = act.person_id, queries.stamps_of_act(act)
    try:
        with transaction():
            pictures = services.undo(act=act, now=clock.now())
    except Refused as refused:
        flash(sentence(refused), "error")
        return redirect(own_path(request.form.get("next")))
    for file_id in pictures:
        files.forget(file_id)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(said=_("Taken back."), statuses=_statuses(person_id, ids), words=_words())
    flash(_("Taken back."))
    return redirect(own_path(request.form.get("next")))


def _refused(said: str) -> ResponseReturnValue:
    """Nothing was marked, and why."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(said=said, undo=None, statuses={}, words=_words())
    flash(said, "error")
    return redirect(own_path(request.form.get("next")))


def _named() -> list[int]:
    keys = [key for key in request.form.getlist("stamp") if key.isprintable()][:MOST_MARKED]
    issues = [key for key in request.form.getlist("issue") if key.isprintable()][:MOST_MARKED]
    with_sheets = bool(request.form.get("with_sheets"))
    ids = [*queries.ids_of(keys), *queries.items_of_issues(issues, with_sheets=with_sheets)]
    if not ids and not request.form.get("list"):
        flash(_("Please tick a stamp first."), "warning")
    return list(dict.fromkeys(ids))[:MOST_MARKED]


def _put_on_list(list_id: int, ids: Sequence[int]) -> ResponseReturnValue:
    list_ = queries.list_(list_id)
    if list_ is None or list_.person_id != current_user.id:
        abort(404)
    with transaction():
        new, name = services.put_on_list(list_=list_, stamp_ids=ids), list_.name
    flash(
        ngettext(
            "%(num)d stamp is new on the list “%(name)s”.",
            "%(num)d stamps are new on the list “%(name)s”.",
            new,
            name=name,
        )
    )
    return redirect(own_path(request.form.get("next")))


def _told(act_id: int, done: int, ids: Sequence[int]) -> ResponseReturnValue:
    return jsonify(
        said=_said(done),
        undo=url_for("collections.undo", act_id=act_id) if done else None,
        statuses=_statuses(current_user.id, ids),
        words=_words(),
    )


def _said(done: int) -> str:
    return str(ngettext("%(num)d stamp marked.", "%(num)d stamps marked.", done) if done else _("That was so already."))


def _statuses(person_id: int, ids: Sequence[int]) -> dict[str, str]:
    """What is to be said beside each of these stamps now; nothing for nothing."""
    found = queries.statuses_of(person_id, ids)
    return {
        key: words.status(found[stamp_id]) if stamp_id in found else ""
        for stamp_id, key in queries.keys_of(ids).items()
    }


def _words() -> list[str]:
    return [words.status(status) for status in Status]
