"""The history of a record, undo, taking out, merging."""

from collections.abc import Callable

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core import clock
from core.db import transaction
from core.pages import page, refusals
from core.permissions import asks, public
from stamps import queries as stamps
from stamps import words
from stamps.curating import finding, queries, references, services
from stamps.curating.forms import MergeForm, ReasonForm
from stamps.curating.models import Change, Revision
from stamps.curating.rules import ISSUE, STAMP
from stamps.curating.services.fields import Thing
from stamps.curating.views.blueprint import blueprint
from stamps.curating.words import act_words
from stamps.fieldwords import label, spoken
from stamps.models import Stamp, StampIssue


@blueprint.get("/stamps/issues/<key:key>/history")
@public
def history_of_issue(key: str) -> ResponseReturnValue:
    """Every change of an issue and its items."""
    issue = stamps.issue(key)
    revisions = queries.history([(ISSUE, key), *((STAMP, item.key) for item in (issue.stamps if issue else []))])
    return _history(issue, revisions, ISSUE, key)


@blueprint.get("/stamps/<key:key>/history")
@public
def history_of_stamp(key: str) -> ResponseReturnValue:
    """Every change of an item."""
    return _history(stamps.stamp(key), queries.history([(STAMP, key)]), STAMP, key)


def _history(thing: Thing | None, revisions: list[Revision], kind: str, key: str) -> ResponseReturnValue:
    """Also of a record that was taken out: its history stays."""
    if thing is None and not revisions:
        abort(404)
    return page(
        "stamps/curating/history.html",
        thing=thing,
        kind=kind,
        key=key,
        revisions=revisions,
        names=finding.names((change.kind, change.key) for revision in revisions for change in revision.changes),
        label=label,
        spoken=spoken,
        acts=act_words(),
        words=words,
    )


@blueprint.route("/curating/saves/<int:revision_id>/undo", methods=["GET", "POST"])
@asks("catalogue.edit", of=queries.revision)
def undo_save(revision: Revision) -> ResponseReturnValue:
    """Take back a whole save."""
    return _undo(revision, None)


@blueprint.route("/curating/changes/<int:change_id>/undo", methods=["GET", "POST"])
@asks("catalogue.edit", of=queries.change)
def undo_change(change: Change) -> ResponseReturnValue:
    """Take back one change."""
    return _undo(change.revision, change)


def _undo(revision: Revision, only: Change | None) -> ResponseReturnValue:
    form, changes = ReasonForm(), [only] if only else revision.changes
    revision_id, change_id, back = revision.id, only.id if only else 0, _history_url(changes[0].kind, changes[0].key)
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.undo(
                    revision=queries.revision(revision_id) or abort(404),
                    only=queries.change(change_id) if change_id else None,
                    by=current_user,
                    now=clock.now(),
                    reason=form.reason.data or "",
                )
            flash(_("It is as it was before."))
            return redirect(back)
    single = queries.change(change_id) if change_id else None
    changes = [single] if single else (queries.revision(revision_id) or abort(404)).changes
    return page(
        "stamps/curating/undo.html",
        form=form,
        changes=changes,
        names=finding.names((change.kind, change.key) for change in changes),
        back=back,
        label=label,
        spoken=spoken,
    )


@blueprint.route("/curating/issues/<key:key>/retire", methods=["GET", "POST"])
@asks("catalogue.edit", of=stamps.issue)
def retire_issue(issue: StampIssue) -> ResponseReturnValue:
    """Take an issue with its items out of the catalogue."""
    return _retire(issue, lambda: stamps.issue(issue_key), issue_key := issue.key)


@blueprint.route("/curating/stamps/<key:key>/retire", methods=["GET", "POST"])
@asks("catalogue.edit", of=stamps.stamp)
def retire_stamp(stamp: Stamp) -> ResponseReturnValue:
    """Take an item out of the catalogue."""
    return _retire(stamp, lambda: stamps.stamp(stamp_key), stamp_key := stamp.key)


def _retire(thing: Thing, again: Callable[[], Thing | None], key: str) -> ResponseReturnValue:
    form, kind = ReasonForm(), ISSUE if isinstance(thing, StampIssue) else STAMP
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.retire_thing(
                    thing=again() or abort(404), by=current_user, now=clock.now(), reason=form.reason.data or ""
                )
            flash(_("It was taken out. The history can bring it back."))
            return redirect(_history_url(kind, key))
    return page(
        "stamps/curating/retire.html",
        form=form,
        thing=again(),
        back=_history_url(kind, key),
        holders=references.holders(again() or abort(404)),
        words=words,
    )


@blueprint.route("/curating/issues/<key:key>/merge", methods=["GET", "POST"])
@asks("catalogue.edit", of=stamps.issue)
def merge_issue(issue: StampIssue) -> ResponseReturnValue:
    """This issue is the same as another one."""
    return _merge(issue.key, stamps.issue, finding.issue)


@blueprint.route("/curating/stamps/<key:key>/merge", methods=["GET", "POST"])
@asks("catalogue.edit", of=stamps.stamp)
def merge_stamp(stamp: Stamp) -> ResponseReturnValue:
    """This item is the same as another one."""
    return _merge(stamp.key, stamps.stamp, finding.stamp)


def _merge(key: str, get: Callable[[str], Thing | None], find: Callable[[str], Thing | None]) -> ResponseReturnValue:
    form = MergeForm()
    one = get(key) or abort(404)
    into = find(form.other.data or "") if form.is_submitted() else None
    if form.validate_on_submit():
        if into is None:
            form.other.errors = [_("There is no such record.")]
        elif form.sure.data:
            into_key, kind = into.key, ISSUE if isinstance(into, StampIssue) else STAMP
            with refusals(form):
                with transaction():
                    services.merge(
                        one=get(key) or abort(404),
                        into=get(into_key) or abort(404),
                        by=current_user,
                        now=clock.now(),
                        reason=form.reason.data or "",
                    )
                flash(_("The two are one now."))
                return redirect(_history_url(kind, into_key))
        one, into = get(key) or abort(404), find(form.other.data or "")
    return page(
        "stamps/curating/merge.html",
        form=form,
        one=one,
        into=into,
        holders=references.holders(one),
        words=words,
    )


def _history_url(kind: str, key: str) -> str:
    return url_for("curating.history_of_issue" if kind == ISSUE else "curating.history_of_stamp", key=key)
