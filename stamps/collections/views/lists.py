"""One's own lists: making them, what is on them and how much of it one has."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from core import clock
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks
from stamps import words as stamps_words
from stamps.collections import finding, queries, services, words
from stamps.collections.forms import EntryForm, ListForm, NewListForm
from stamps.collections.models import CollectorList
from stamps.collections.rules import ListSource
from stamps.collections.views import blueprint

PER_PAGE = 100


@blueprint.route("/my-stamps/lists", methods=["GET", "POST"])
@asks("collection.own")
def lists() -> ResponseReturnValue:
    """Every list with how complete it is; a new one."""
    form = NewListForm()
    if form.validate_on_submit():
        with refusals(form):
            return redirect(url_for("collections.show_list", list_id=_made(form)))
    return page(
        "stamps/collections/lists.html",
        form=form,
        lists=queries.lists_of(current_user.id),
        progress=queries.progress_of_lists(current_user.id),
        words=words,
    )


def _made(form: NewListForm) -> int:
    source, key = ListSource(form.source.data), form.key()
    found = finding.stamps_of(source, key)
    with transaction():
        made = services.make_list(
            person_id=current_user.id,
            name=form.name.data,
            note=form.note.data or "",
            source=source,
            source_key=key,
            now=clock.now(),
        )
        services.put_on_list(list_=made, stamp_ids=found)
        return made.id


@blueprint.get("/my-stamps/lists/<int:list_id>")
@asks("list.edit", of=queries.list_)
def show_list(list_: CollectorList) -> ResponseReturnValue:
    """What is on a list."""
    number = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    entries = queries.entries(list_, number=number, size=PER_PAGE)
    have = queries.progress_of_lists(list_.person_id).get(list_.id, queries.Progress(0, 0))
    return page(
        "stamps/collections/list.html",
        list=list_,
        entries=entries,
        statuses=queries.statuses_of(list_.person_id, [each.stamp_id for each in entries]),
        progress=have,
        number=number,
        total_pages=max(1, -(-have.total // PER_PAGE)),
        url_of=lambda at: url_for("collections.show_list", list_id=list_.id, page=at if at > 1 else None),
        words=words,
        stamps_words=stamps_words,
    )


@blueprint.route("/my-stamps/lists/<int:list_id>/change", methods=["GET", "POST"])
@asks("list.edit", of=queries.list_)
def edit_list(list_: CollectorList) -> ResponseReturnValue:
    """Another name or note."""
    form = ListForm(data={"name": list_.name, "note": list_.note})
    if form.validate_on_submit():
        with refusals(form):
            list_id = list_.id
            with transaction():
                services.change_list(list_=list_, name=form.name.data, note=form.note.data or "")
            flash(_("Saved."))
            return redirect(url_for("collections.show_list", list_id=list_id))
    return page("stamps/collections/change_list.html", form=form, list=list_)


@blueprint.post("/my-stamps/lists/<int:list_id>/remove")
@asks("list.edit", of=queries.list_)
def remove_list(list_: CollectorList) -> ResponseReturnValue:
    """The list is gone; copies and wants stay."""
    with transaction():
        services.remove_list(list_=list_)
    flash(_("The list is gone. Your stamps and wants are as they were."))
    return redirect(url_for("collections.lists"))


@blueprint.post("/my-stamps/lists/<int:list_id>/fill")
@asks("list.edit", of=queries.list_)
def fill_list(list_: CollectorList) -> ResponseReturnValue:
    """Put on it what the catalogue has got since."""
    list_id = list_.id
    found = finding.stamps_of(list_.source, list_.source_key)
    with transaction():
        new = services.put_on_list(list_=list_, stamp_ids=found)
    flash(ngettext("%(num)d new stamp.", "%(num)d new stamps.", new) if new else _("There is nothing new."))
    return redirect(url_for("collections.show_list", list_id=list_id))


@blueprint.route("/my-stamps/lists/<int:list_id>/stamps/<int:stamp_id>", methods=["GET", "POST"])
@asks("list.edit", of=lambda list_id, stamp_id: queries.list_(list_id))  # noqa: ARG005
def edit_entry(list_: CollectorList) -> ResponseReturnValue:
    """What the list says of a stamp on it."""
    entry = queries.entry(list_, _stamp_id()) or abort(404)
    form = EntryForm.of(entry)
    if form.validate_on_submit():
        list_id = list_.id
        with transaction():
            services.change_entry(entry=entry, cells=form.said())
        return redirect(url_for("collections.show_list", list_id=list_id))
    return page("stamps/collections/entry.html", form=form, list=list_, stamp=entry.stamp, words=stamps_words)


@blueprint.post("/my-stamps/lists/<int:list_id>/stamps/<int:stamp_id>/off")
@asks("list.edit", of=lambda list_id, stamp_id: queries.list_(list_id))  # noqa: ARG005
def take_off_list(list_: CollectorList) -> ResponseReturnValue:
    """The stamp is on the list no longer."""
    list_id = list_.id
    with transaction():
        services.take_off_list(list_=list_, stamp_id=_stamp_id())
    return redirect(url_for("collections.show_list", list_id=list_id))


def _stamp_id() -> int:
    return int((request.view_args or {})["stamp_id"])
