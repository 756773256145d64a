"""Lists taken away as files; stamps of one's own files that the catalogue does not know."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from core import clock
from core.db import transaction
from core.errors import Refused
from core.pages import page, sentence
from core.permissions import asks
from core.sending import whole
from stamps.collections import queries as collections
from stamps.exchange import exporting, queries, services, shown, words
from stamps.exchange.models import StampImport
from stamps.exchange.views import blueprint

PER_PAGE = 50
FORMS = {
    "colnect": ("text/csv; charset=utf-8", "csv"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "json": ("application/json", "json"),
}


@blueprint.get("/my-stamps/files/<form>")
@asks("exchange.own")
def take(form: str) -> ResponseReturnValue:
    """Own lists as a file."""
    if form not in FORMS:
        abort(404)
    mimetype, ending = FORMS[form]
    pieces = exporting.exported(
        form,
        current_user.id,
        name=current_user.user_name,
        address=_public_address(current_user.id),
        site=request.url_root.rstrip("/"),
        now=clock.now(),
    )
    answer = whole(pieces, mimetype=mimetype, name=f"tem-thu-{form}.{ending}")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/imports/<int:import_id>/file")
@asks("import.edit", of=queries.import_)
def take_import(import_: StampImport) -> ResponseReturnValue:
    """What one file brought, in its own form: byte for byte as it came, but for what was changed here."""
    form = import_.kind if import_.kind in ("xlsx", "json") else "colnect"
    own = import_.person_id is not None
    try:
        pieces = exporting.of_import(
            form,
            import_,
            name=current_user.user_name if own else "Tem Thư",
            address=_public_address(current_user.id) if own else "",
            now=clock.now(),
        )
    except Refused as refused:
        flash(sentence(refused))
        return redirect(url_for("exchange.show", import_id=import_.id))
    answer = whole(pieces, mimetype=FORMS[form][0], name=f"tem-thu-{import_.id}.{FORMS[form][1]}")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _public_address(person_id: int) -> str:
    """Where anybody may see the collection; nothing where its collector shows none."""
    kept = collections.collector(person_id)
    found = collections.published(kept.address) if kept and kept.address else None
    return url_for("collections.collector", address=found.address, _external=True) if found else ""


@blueprint.route("/my-stamps/unknown", methods=["GET", "POST"])
@asks("exchange.own")
def unknown() -> ResponseReturnValue:
    """Stamps of own files that the catalogue does not know; looking again whether it does by now."""
    person_id = current_user.id
    if request.method == "POST":
        with transaction():
            found = services.look_again(person_id=person_id, now=clock.now())
        flash(ngettext("%(num)d stamp is in the catalogue now.", "%(num)d stamps are in the catalogue now.", found))
        return redirect(url_for("exchange.unknown"))
    number = min(max(request.args.get("page", 1, type=int), 1), 100_000)
    total = queries.count(queries.proposals_of(person_id))
    return page(
        "stamps/exchange/unknown.html",
        rows=shown.proposals(person_id, number=number, size=PER_PAGE),
        total=total,
        is_bare=not queries.imports_that_hold(person_id),
        number=number,
        total_pages=max(1, -(-total // PER_PAGE)),
        url_of=lambda at: url_for("exchange.unknown", page=at if at > 1 else None),
        words=words,
        title=_("Stamps that the catalogue does not know"),
    )
