"""An import on its page: how far it is, every row to look at before anything is written, what came of it, undoing."""

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core.db import transaction
from core.errors import Refused
from core.pages import page, sentence
from core.permissions import asks
from stamps.exchange import queries, services, shown, words, working
from stamps.exchange.forms import OptionsForm
from stamps.exchange.models import StampImport
from stamps.exchange.rules import READ_AT_ONCE, Finding, ImportState, Meaning, RowAct, meaning_of
from stamps.exchange.views import blueprint

PER_PAGE = 50
# Files of so many rows are worked on while the person waits.
AT_ONCE = READ_AT_ONCE // 500


@blueprint.get("/imports/<int:import_id>")
@asks("import.edit", of=queries.import_)
def show(import_: StampImport) -> ResponseReturnValue:
    """The import as it is now."""
    if import_.state is ImportState.READY:
        return _preview(import_)
    refusal = _refusal(import_.refusal["message"], import_.refusal["values"]) if import_.refusal else None
    return page(
        "stamps/exchange/import.html",
        import_=import_,
        words=words,
        refusal=sentence(refusal) if refusal else "",
        at_work=import_.state in (ImportState.READING, ImportState.WORKING, ImportState.UNDOING),
        unreadable=shown.unreadable(import_) if import_.state is ImportState.DONE else [],
    )


def _refusal(text: str, values: dict[str, str]) -> Refused:
    return Refused(text, field=None, **values)


def _preview(import_: StampImport) -> ResponseReturnValue:
    finding = next((one for one in Finding if one == request.args.get("show")), None)
    doubted = request.args.get("show") == "doubts"
    number = min(max(request.args.get("page", 1, type=int), 1), 100_000)
    query = queries.rows_of(import_, finding, doubted=doubted)
    total = queries.count(query)
    lists = import_.counts.get("lists_found", {})
    options = import_.options
    return page(
        "stamps/exchange/preview.html",
        import_=import_,
        rows=shown.rows(import_, queries.page_of(query, number=number, size=PER_PAGE)),
        counts=queries.count_findings(import_),
        doubts=queries.count(queries.rows_of(import_, None, doubted=True)),
        showing="doubts" if doubted else finding,
        number=number,
        total_pages=max(1, -(-total // PER_PAGE)),
        url_of=lambda at: url_for(
            "exchange.show", import_id=import_.id, show=request.args.get("show"), page=at if at > 1 else None
        ),
        form=None,
        options=OptionsForm(formdata=None, data={"into_name": shown.usual_name(import_), **options}),
        lists=[
            (name, many, Meaning(options.get("meanings", {}).get(name, meaning_of(name))))
            for name, many in lists.items()
        ],
        meanings=list(Meaning),
        listless=import_.counts.get("listless", 0),
        header=services.header_of_import(import_),
        words=words,
    )


@blueprint.post("/imports/<int:import_id>/choices")
@asks("import.edit", of=queries.import_)
def choose(import_: StampImport) -> ResponseReturnValue:
    """What was chosen for the rows of a page, or for all of a kind."""
    import_id = import_.id
    given = {name: value for name, value in request.form.items() if name.startswith(("act-", "all-"))}
    try:
        with transaction():
            _refuse_unless_ready(import_)
            _choose(import_, given)
    except Refused as refused:
        flash(sentence(refused))
    return redirect(
        url_for(
            "exchange.show", import_id=import_id, show=request.args.get("show"), page=request.args.get("page", type=int)
        )
    )


def _choose(import_: StampImport, given: dict[str, str]) -> None:
    ids = [int(name[4:]) for name in given if name.startswith("act-") and name[4:].isdecimal()][:PER_PAGE]
    for row in queries.rows_called(import_, ids):
        services.choose(row=row, choice=given[f"act-{row.id}"])
    for finding in Finding:
        act = next((one for one in RowAct if one == given.get(f"all-{finding.value}")), None)
        if act is not None:
            services.choose_for_all(import_=import_, finding=finding, act=act)


@blueprint.post("/imports/<int:import_id>/write")
@asks("import.edit", of=queries.import_)
def write(import_: StampImport) -> ResponseReturnValue:
    """Bring it in."""
    return _start(import_, "write")


@blueprint.post("/imports/<int:import_id>/undo")
@asks("import.edit", of=queries.import_)
def undo(import_: StampImport) -> ResponseReturnValue:
    """Take it back as a whole."""
    return _start(import_, "undo")


def _start(import_: StampImport, what: str) -> ResponseReturnValue:
    import_id, total, by_id = import_.id, import_.total, current_user.id
    form = OptionsForm()
    try:
        with transaction():
            if what == "write":
                _refuse_unless_ready(import_)
                _options(import_, form)
                services.begin(import_, ImportState.WORKING)
            else:
                if import_.state is not ImportState.DONE:
                    raise Refused("This file is not brought in, or is undone already.")
                services.begin(import_, ImportState.UNDOING)
            is_small = total <= AT_ONCE
            (working.at_the_latest if is_small else working.later)(import_id, what, by_id=by_id)
    except Refused as refused:
        flash(sentence(refused))
        return redirect(url_for("exchange.show", import_id=import_id))
    if is_small:
        working.on_import(import_id, what, by_id)
    return redirect(url_for("exchange.show", import_id=import_id))


def _options(import_: StampImport, form: OptionsForm) -> None:
    found: Sequence[str] = list(import_.counts.get("lists_found", {}))
    meanings = {}
    for at, name in enumerate(found):
        chosen = request.form.get(f"list-{at}", "")
        meanings[name] = next((one for one in Meaning if one == chosen), meaning_of(name))
    into = next((one for one in Meaning if one == form.into.data), Meaning.LIST)
    services.set_options(
        import_=import_, meanings=meanings, into=into, into_name=form.into_name.data or "", offer=bool(form.offer.data)
    )


def _refuse_unless_ready(import_: StampImport) -> None:
    if import_.state is not ImportState.READY:
        raise Refused("This file is not waiting to be looked at any more.")


@blueprint.post("/imports/<int:import_id>/forget")
@asks("import.edit", of=queries.import_)
def forget(import_: StampImport) -> ResponseReturnValue:
    """Nothing is left of the file as it was brought."""
    own, import_id = import_.person_id is not None, import_.id
    try:
        working.forget(import_)
    except Refused as refused:
        flash(sentence(refused))
        return redirect(url_for("exchange.show", import_id=import_id))
    flash(_("The file is forgotten."))
    return redirect(url_for("exchange.own" if own else "exchange.catalogue"))
