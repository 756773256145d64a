"""Suggestions: made on a record's page, followed by whoever made them, decided by curators."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from core import clock
from core.countries import by_name, known
from core.db import transaction
from core.evidence import Confidence
from core.pages import page, refusals
from core.permissions import asks
from stamps import queries as stamps
from stamps import words
from stamps.curating import finding, queries, services
from stamps.curating.forms import AnswerForm, SuggestForm
from stamps.curating.models import Suggestion
from stamps.curating.rules import RECORD, Naming, SuggestionState
from stamps.curating.services import fields
from stamps.curating.views.blueprint import blueprint
from stamps.curating.words import state_words
from stamps.fieldwords import label, spoken
from stamps.models import Stamp, StampIssue

PER_PAGE = 50
# What somebody without the trade's habits can say.
_ISSUE_FIELDS = tuple(
    name for name in fields.FIELDS_OF_ISSUE if name not in ("confidence", "local_language", "country")
)
_STAMP_FIELDS = tuple(name for name in fields.FIELDS_OF_STAMP if name not in ("confidence", "local_language"))


@blueprint.route("/stamps/issues/<key:key>/suggest", methods=["GET", "POST"])
@asks("suggestion.make", of=stamps.issue)
def suggest_for_issue(issue: StampIssue) -> ResponseReturnValue:
    """Suggest a correction of an issue."""
    return _suggest(issue, _ISSUE_FIELDS)


@blueprint.route("/stamps/<key:key>/suggest", methods=["GET", "POST"])
@asks("suggestion.make", of=stamps.stamp)
def suggest_for_stamp(stamp: Stamp) -> ResponseReturnValue:
    """Suggest a correction of an item."""
    return _suggest(stamp, _STAMP_FIELDS)


def _suggest(thing: StampIssue | Stamp, names: tuple[str, ...]) -> ResponseReturnValue:
    form = SuggestForm(names, data={"field": request.args.get("field", "")} if request.method == "GET" else None)
    kind, key = "issue" if isinstance(thing, StampIssue) else "stamp", thing.key
    if form.validate_on_submit():
        with refusals(form):
            with transaction():
                services.suggest(
                    person=current_user,
                    thing=_again(kind, key),
                    field=form.field.data,
                    value=form.value.data,
                    source=form.source.data or "",
                    remark=form.remark.data or "",
                    naming=Naming(form.naming.data),
                    now=clock.now(),
                )
            flash(_("Thank you. A curator will look at it; here you see what becomes of it."))
            return redirect(url_for("curating.my_suggestions"))
    thing = _again(kind, key)
    known_values = [(label(name), spoken(name, text)) for name in names if (text := fields.shown(thing, name))]
    return page("stamps/curating/suggest.html", form=form, thing=thing, kind=kind, known=known_values, words=words)


@blueprint.get("/suggestions")
@asks("suggestion.own")
def my_suggestions() -> ResponseReturnValue:
    """What somebody suggested, and what became of it."""
    return _list("stamps/curating/my_suggestions.html", None, "", current_user.id)


@blueprint.get("/curating/suggestions")
@asks("suggestion.decide")
def suggestions() -> ResponseReturnValue:
    """What waits for a curator."""
    wanted = request.args.get("state", SuggestionState.WAITING.value)
    state = next((one for one in SuggestionState if one.value == wanted), None)
    country = request.args.get("country", "")
    return _list("stamps/curating/suggestions.html", state, country if known(country) else "", None)


def _list(template: str, state: SuggestionState | None, country: str, person_id: int | None) -> ResponseReturnValue:
    number = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    query = queries.suggestions(state=state, country=country, person_id=person_id)
    total = queries.count(query)
    endpoint = "curating.my_suggestions" if person_id is not None else "curating.suggestions"
    narrowed: dict[str, Any] = (
        {} if person_id is not None else {"state": state.value if state else "all", "country": country or None}
    )
    found = queries.page_of(query, number=number, size=PER_PAGE)
    return page(
        template,
        found=found,
        names=finding.names((one.kind, one.key) for one in found),
        total=total,
        number=number,
        total_pages=max(1, -(-total // PER_PAGE)),
        url_of=lambda at: url_for(endpoint, page=at if at > 1 else None, **narrowed),
        state=state,
        states=state_words(),
        country=country,
        countries=by_name(queries.suggestion_countries()),
        label=label,
        spoken=spoken,
    )


@blueprint.route("/curating/suggestions/<int:suggestion_id>", methods=["GET", "POST"])
@asks("suggestion.decide", of=queries.suggestion)
def decide(suggestion: Suggestion) -> ResponseReturnValue:
    """One suggestion beside what the record says, to take over or to decline."""
    form, suggestion_id = AnswerForm(data={"value": suggestion.value}), suggestion.id
    if form.validate_on_submit():
        declining = request.form.get("action") == "decline"
        if declining and not form.answer.data:
            form.answer.errors = [_("Please give a reason; whoever suggested it will read it.")]
        else:
            with refusals(form):
                _decide(suggestion_id, form, declining=declining)
                flash(_("Answered."))
                return redirect(url_for("curating.suggestions"))
    suggestion = queries.suggestion(suggestion_id) or abort(404)
    thing = queries.thing(suggestion.kind, suggestion.key) if suggestion.key else None
    return page(
        "stamps/curating/suggestion.html",
        form=form,
        suggestion=suggestion,
        thing=thing,
        says=fields.shown(thing, suggestion.field) if thing and suggestion.field != RECORD else "",
        states=state_words(),
        label=label,
        spoken=spoken,
        words=words,
    )


def _decide(suggestion_id: int, form: AnswerForm, *, declining: bool) -> None:
    with transaction():
        found = queries.suggestion(suggestion_id) or abort(404)
        answer = form.answer.data or ""
        if declining:
            services.decline(suggestion=found, answer=answer, by=current_user, now=clock.now())
        else:
            services.take_over(
                suggestion=found,
                value=form.value.data or "",
                confidence=Confidence(form.sure_of.data),
                answer=answer,
                by=current_user,
                now=clock.now(),
            )


def _again(kind: str, key: str) -> StampIssue | Stamp:
    found = stamps.issue(key) if kind == "issue" else stamps.stamp(key)
    return found or abort(404)
