"""A whole set on one screen, and the page where curators begin."""

from collections.abc import Callable

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from core import clock
from core.db import transaction
from core.errors import Refused
from core.evidence import Confidence
from core.pages import page, refusals, sentence
from core.permissions import asks
from stamps import queries as stamps
from stamps import words
from stamps.curating import finding, forms, likeness, queries, rules, services
from stamps.curating.forms import SetForm
from stamps.curating.services import RowSaid, SetSaid, fields
from stamps.curating.views.blueprint import blueprint
from stamps.curating.words import likeness_words
from stamps.fieldwords import label
from stamps.kinds import StampKind
from stamps.models import JointIssue, Series, Stamp, StampIssue
from stamps.rules import fields_in_doubt

RECENT = 20


@blueprint.get("/curating")
@asks("catalogue.edit")
def desk() -> ResponseReturnValue:
    """Where curators begin: what waits, what was saved lately."""
    recent = queries.recent(RECENT)
    return page(
        "stamps/curating/desk.html",
        waiting=queries.waiting(),
        recent=recent,
        names=finding.names((change.kind, change.key) for revision in recent for change in revision.changes[:1]),
        label=label,
    )


@blueprint.route("/curating/names", methods=["GET", "POST"])
@asks("catalogue.edit")
def names() -> ResponseReturnValue:
    """Series, joint issues and topics that issues may belong to, and a new one."""
    form = forms.NameForm()
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.add_named(
                    kind=rules.NamedKind(form.kind.data),
                    names={language: form[f"name_{language}"].data or "" for language in ("vi", "en", "fr")},
                    above=form.above.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("It can be chosen now."))
            return redirect(url_for("curating.names"))
    return page(
        "stamps/curating/names.html",
        form=form,
        series=finding.every(Series),
        joints=finding.every(JointIssue),
        topics=stamps.topics(),
    )


@blueprint.route("/curating/issues/new", methods=["GET", "POST"])
@asks("catalogue.edit")
def new_set() -> ResponseReturnValue:
    """Enter an issue with its items."""
    if request.method == "POST":
        form = SetForm()
    else:
        form = SetForm(data={"fact_country": _country(), **_proposed()})
        form.add_row(_proposed_row())
    return _answer(form, None, _enter)


@blueprint.route("/curating/issues/<key:key>", methods=["GET", "POST"])
@asks("catalogue.edit", of=stamps.issue)
def edit_set(issue: StampIssue) -> ResponseReturnValue:
    """Edit an issue with its items."""
    key = issue.key
    form = SetForm() if request.method == "POST" else SetForm(data=_said_of(issue))
    return _answer(form, issue, lambda said, seen: _change(key, said, seen))


def _answer(form: SetForm, issue: StampIssue | None, save: Callable[[SetSaid, int], str]) -> ResponseReturnValue:
    """The screen: rows are added without saving; what looks like a duplicate is asked about once."""
    added = _added(form) if form.is_submitted() else False
    alike: list[likeness.Alike] = []
    if form.is_submitted() and not added and form.validate():
        alike = [] if form.sure.data else likeness.of_set(form.facts(), form.typed_rows(), besides=issue)
        if not alike and (saved := _try(form, save)):
            return redirect(saved)
    status = 422 if form.is_submitted() and not added else 200
    shown = page(
        "stamps/curating/set.html",
        sheet=form,
        issue=issue,
        alike=alike,
        blank=forms.blank_row(),
        doubts=_doubts(issue) if issue else [],
        forms=forms,
        words=words,
        reasons=likeness_words(),
        most_rows=rules.MOST_ROWS,
    )
    return shown[0], status


def _added(form: SetForm) -> bool:
    """Another row, if a button asked for one: empty, the previous one counted on, a sheet or a cover."""
    action = request.form.get("action", "")
    rows = [forms.typed_of(row.form) for row in form.rows]
    last = rows[-1] if rows else {}
    stamps_above = [row["position"] for row in rows if row["kind"] == StampKind.STAMP.value and row["position"]]
    added: dict[str, dict[str, str]] = {
        "add": {},
        "copy": rules.copied(last),
        "sheet": {"kind": StampKind.SOUVENIR_SHEET.value, "members": ", ".join(stamps_above)},
        "cover": {"kind": StampKind.FIRST_DAY_COVER.value, "size": form["fact_fdc_size"].data or ""},
    }
    if action == "fill":
        _fill_all(form)
    elif action in added and len(rows) < rules.MOST_ROWS:
        form.add_row(added[action])
    return action == "fill" or action in added


def _fill_all(form: SetForm) -> None:
    """One value in a field of every row."""
    name, text = request.form.get("fill_field", ""), request.form.get("fill_value", "").strip()
    if name in (*forms.CELLS, *forms.MORE_CELLS):
        for row in form.rows:
            row.form[name].data = text


def _try(form: SetForm, save: Callable[[SetSaid, int], str]) -> str:
    said = SetSaid(
        facts=form.facts(),
        rows=[
            RowSaid(row["key"], {name: text for name, text in row.items() if name != "key" and not _unsaid(name, text)})
            for row in form.typed_rows()
        ],
        source=form.source.data or "",
        reason=form.reason.data or "",
        confidence=Confidence(form.sure_of.data),
    )
    try:
        return save(said, int(form.seen.data) if str(form.seen.data).isdigit() else 0)
    except Refused as refused:
        _put(form, refused)
        return ""


def _unsaid(name: str, text: str) -> bool:
    """A confidence left open is that of the source."""
    return name == "confidence" and not text


def _put(form: SetForm, refused: Refused) -> None:
    """A refusal onto its cell, else above the form."""
    parts = (refused.field or "").split("-")
    rows = [row for row in form.rows if (typed := forms.typed_of(row.form))["key"] or forms.is_filled(typed)]
    if len(parts) == 3 and int(parts[1]) < len(rows) and parts[2] in rows[int(parts[1])].form:
        cell = rows[int(parts[1])].form[parts[2]]
    elif f"fact_{refused.field}" in form:
        cell = form[f"fact_{refused.field}"]
    else:
        form.form_errors.append(sentence(refused))
        return
    cell.errors = [*cell.errors, sentence(refused)]


def _enter(said: SetSaid, _seen: int) -> str:
    with transaction():
        issue = services.enter_set(said=said, by=current_user, now=clock.now())
        if suggestion := queries.suggestion(request.args.get("from", 0, type=int)):
            services.settle(suggestion=suggestion, issue=issue, by=current_user, now=clock.now())
        key, number = issue.key, len(issue.stamps)
    flash(ngettext("Saved: the issue and %(num)d item.", "Saved: the issue and %(num)d items.", number))
    return url_for("curating.edit_set", key=key)


def _change(key: str, said: SetSaid, seen: int) -> str:
    with transaction():
        issue = stamps.issue(key) or abort(404)
        changed = services.change_set(issue=issue, said=said, seen=seen, by=current_user, now=clock.now())
        number = len(changed.changes) if changed else 0
    flash(
        ngettext("Saved: %(num)d change.", "Saved: %(num)d changes.", number) if number else _("Nothing was changed.")
    )
    return url_for("curating.edit_set", key=key)


def _said_of(issue: StampIssue) -> dict[str, object]:
    """What the screen shows of an issue that is there."""
    return {
        **{f"fact_{name}": fields.shown(issue, name) for name in (*forms.FACTS, *forms.MORE_FACTS)},
        "seen": str(queries.latest_revision(services.records_of(issue))),
        "rows": [
            {"key": item.key, **{name: fields.shown(item, name) for name in (*forms.CELLS, *forms.MORE_CELLS)}}
            for item in issue.stamps[: rules.MOST_ROWS]
        ],
    }


def _proposed() -> dict[str, object]:
    """What somebody suggested of a record that is missing."""
    suggestion = queries.suggestion(request.args.get("from", 0, type=int))
    if suggestion is None or suggestion.key:
        return {}
    details = {name: str(text) for name, text in suggestion.details.items()}
    facts = {f"fact_{name}": details[name] for name in (*forms.FACTS, *forms.MORE_FACTS) if name in details}
    named = (
        {} if any(name in details for name in ("name_vi", "name_en", "name_fr")) else {"fact_name_en": suggestion.value}
    )
    return {**named, **facts, "fact_country": suggestion.country, "source": suggestion.source}


def _proposed_row() -> dict[str, str]:
    suggestion = queries.suggestion(request.args.get("from", 0, type=int))
    details = suggestion.details if suggestion and not suggestion.key else {}
    return {
        name: str(details[name]) for name in (*forms.CELLS, *forms.MORE_CELLS) if name in details and name != "kind"
    }


def _country() -> str:
    from flask import current_app  # noqa: PLC0415 - only here

    suggestion = queries.suggestion(request.args.get("from", 0, type=int))
    return suggestion.country if suggestion and suggestion.country else str(current_app.config["COUNTRY"])


def _doubts(issue: StampIssue) -> list[tuple[Stamp | StampIssue, list[str]]]:
    """What was kept as printed because it was not understood for sure."""
    told: list[tuple[Stamp | StampIssue, list[str]]] = []
    things: list[Stamp | StampIssue] = [issue, *issue.stamps]
    for thing in things:
        found = fields_in_doubt(
            face_value=getattr(thing, "face_value", ""),
            currency=thing.currency,
            perforation=thing.perforation,
            date=thing.date,
            date_printed=thing.date_printed,
        )
        if found:
            told.append((thing, [label(name) for name in found]))
    return told
