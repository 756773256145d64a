"""The search page, suggestions as one types, a result as a file. Whatever is typed gets an answer.

Nothing here knows what the things found are.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from archive import exports, queries, unready
from archive.answer import answer, file_for
from archive.api import blueprint as api
from archive.asked import asked
from archive.index import Hit
from archive.named import named
from archive.passages import Wanted, pieces
from archive.queries import Found
from archive.query import query_of, readable, take_apart
from archive.sources import kinds, source_of, values_called
from archive.worded import best_title, wanted_by
from core.pages import page
from core.permissions import public
from core.sending import whole

MOST_SUGGESTIONS = 8
# Suggestions are nobody's own; while somebody types and takes back, the browser need not ask twice.
SUGGESTIONS_KEPT = "private, max-age=60"

# Everything is said in the reader's language, which the browser tells or the reader has chosen.
VARIES_BY = ("Accept-Language", "Cookie")

blueprint = Blueprint("archive", __name__)
blueprint.register_blueprint(api)
blueprint.teardown_app_request(unready.heal)


@blueprint.get("/search")
@public
def search() -> ResponseReturnValue:
    """Find laureates, years and stamps; with no kind asked for, the best of each."""
    return page("archive/search.html", answer=answer(asked(request.args)))


@blueprint.get("/search/suggestions")
@public
def suggestions() -> ResponseReturnValue:
    """The best few for what has been typed so far, its last word being a beginning. An index that is not ready has none."""
    text = readable(request.args.get("q", ""))
    typed = take_apart(text, kinds=kinds(), called=values_called())
    query = replace(query_of(typed), limit=MOST_SUGGESTIONS, facets=())
    if typed.ends_in_a_word and not text[-1:].isspace():
        query = replace(query, prefix=True)
    found = queries.find_or_correct(query) if typed.rest else None
    hits = _once((*named(text), *(found.results.hits if found else ())))
    is_wanted = wanted_by(found.query if found else query)
    answered = jsonify(
        suggestions=[_suggestion(hit, is_wanted) for hit in hits],
        said=ngettext("%(num)d suggestion", "%(num)d suggestions", len(hits)) if hits else _("No suggestions"),
    )
    answered.headers["Cache-Control"] = SUGGESTIONS_KEPT
    answered.vary.update(VARIES_BY)
    return answered


@blueprint.get("/search.csv")
@public
def search_csv() -> ResponseReturnValue:
    """The whole result as a spreadsheet reads it."""
    return _file(exports.as_csv, "text/csv; charset=utf-8", "tem-thu.csv")


@blueprint.get("/search.json")
@public
def search_json() -> ResponseReturnValue:
    """The whole result as programs read it."""
    return _file(exports.as_json, "application/json", "tem-thu.json")


def _file(written: Callable[[Found], Iterator[str]], mimetype: str, name: str) -> ResponseReturnValue:
    question = asked(request.args)
    found = file_for(question)
    if not found.results.ready:
        return unready.for_people()
    if found.results.too_wide:
        return Response(_("This question is too wide to be answered in time.") + "\n", 422, mimetype="text/plain")
    try:
        answered = whole(written(found), mimetype=mimetype, name=name)
    except exports.CutShort:
        return unready.for_people()
    answered.vary.update(VARIES_BY)
    return answered


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """The first few, each once: what a text names stands first and may be found as well."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.id, hit)
    return list(first.values())[:MOST_SUGGESTIONS]


def _suggestion(hit: Hit, is_wanted: Wanted) -> dict[str, Any]:
    """`title` in pieces, each with whether it is marked; `picture` is "" without one."""
    return {
        "kind": str(source_of(hit.kind).label),
        "title": pieces(best_title(hit, is_wanted), is_wanted),
        "about": source_of(hit.kind).summary(hit),
        "picture": hit.picture,
        "url": hit.url,
    }
