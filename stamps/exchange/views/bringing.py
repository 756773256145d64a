"""A file is brought: by a collector for own lists, by a curator for the catalogue."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from core import clock, files
from core.db import transaction
from core.errors import Refused
from core.pages import page, refusals
from core.permissions import asks
from stamps.exchange import queries, services, words, working
from stamps.exchange.forms import FileForm
from stamps.exchange.models import StampImport
from stamps.exchange.rules import MOST_OPEN, READ_AT_ONCE, ImportState
from stamps.exchange.views import blueprint


@blueprint.route("/my-stamps/files", methods=["GET", "POST"])
@asks("exchange.own")
def own() -> ResponseReturnValue:
    """Bring a file for own lists, take one away, see what was brought."""
    form, imports = FileForm(), queries.imports_of(current_user.id)
    if form.validate_on_submit():
        with refusals(form):
            return _brought(form, imports, person_id=current_user.id)
    return page("stamps/exchange/files.html", form=form, imports=imports, words=words, catalogue=False)


@blueprint.route("/stamps/files", methods=["GET", "POST"])
@asks("exchange.catalogue")
def catalogue() -> ResponseReturnValue:
    """Bring a file for the catalogue."""
    form, imports = FileForm(), queries.imports_into_the_catalogue()
    if form.validate_on_submit():
        with refusals(form):
            return _brought(form, imports, person_id=None)
    return page("stamps/exchange/files.html", form=form, imports=imports, words=words, catalogue=True)


def _brought(form: FileForm, imports: list[StampImport], *, person_id: int | None) -> ResponseReturnValue:
    """Kept, looked at whether it holds stamps at all, then read: small files at once, others by the worker."""
    waiting = (ImportState.READING, ImportState.READY)
    if sum(import_.state in waiting for import_ in imports) >= MOST_OPEN:
        raise Refused("%(most)s files wait to be looked at; please finish with one of them first.", most=MOST_OPEN)
    content, name = form.content()
    by_id, file_id = current_user.id, files.keep(content, ending="dat")
    try:
        with transaction():
            import_ = services.receive(
                path=files.path_of(file_id),
                file_name=name,
                file_id=file_id,
                person_id=person_id,
                by_id=by_id,
                now=clock.now(),
            )
            import_id = import_.id
            is_small = len(content) <= READ_AT_ONCE
            (working.at_the_latest if is_small else working.later)(import_id, "read", by_id=by_id)
    except BaseException:
        files.forget(file_id)
        raise
    if is_small:
        try:
            working.read(import_id)
        except BaseException:  # it would stand at "is being read" for ever
            working.forget(import_)
            raise
    return redirect(url_for("exchange.show", import_id=import_id))
