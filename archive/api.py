"""The search for programs: `/api/v1/search`. Unlike the page it says what it does not understand, as JSON."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from archive import queries, unready
from archive.answer import list_for
from archive.asked import DECADE, PARAMETERS, Asked, asked_by_program
from archive.exports import NOTICE
from archive.queries import Found
from archive.query import decade_of, is_backwards, range_of
from archive.worded import fields_of
from core.permissions import public
from core.problems import FOR_ANY_SITE, problem

ONCE = ", or other years are asked for besides"

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
@public
def search() -> ResponseReturnValue:
    """A page of hits with the total and the facets; the parameters of the search page, in the reader's language."""
    question = asked_by_program(request.args)
    if errors := dict(misunderstood(question, request.args)):
        return problem(400, "These parameters cannot be understood.", errors=errors)
    indexed_at = None if queries.is_catching_up() else queries.indexed_at()
    found = list_for(question)
    if instead := unanswered(found):
        return instead
    answered = jsonify(_said(question, found))
    if indexed_at:
        answered.last_modified = indexed_at
    answered.add_etag()
    answered.vary.update(("Accept-Language", "Cookie"))
    answered.headers.update(FOR_ANY_SITE)
    return answered.make_conditional(request)


def unanswered(found: Found) -> Response | None:
    """What is said in place of an answer that the index could not give."""
    if not found.results.ready:
        return unready.for_programs()
    if found.results.too_wide:
        return problem(422, "This question is too wide to be answered in time; add a word, a kind, a country or years.")
    return None


def misunderstood(question: Asked, arguments: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Parameters that the page would leave out, each with what is wrong with it."""
    given = {name: value for name, value in arguments.items() if value}
    understood = {"q", *(name for name, value in _understood(question).items() if given.get(name) == value)}
    if range_of(given.get("years", "")) and not is_backwards(given["years"]):
        understood.add("years")
    if (decade := decade_of(given.get(DECADE, ""))) and question.typed.years == decade:
        understood.add(DECADE)
    for name in given.keys() - set(PARAMETERS):
        yield name, f"There is no such parameter; there are {', '.join(PARAMETERS)}."
    for name in given.keys() & set(PARAMETERS) - understood:
        yield name, f"{given[name]!r} is no {name} known here{ONCE if name == DECADE else ''}."
    if question.is_too_deep:
        yield "page", f"Pages go up to {question.deepest_page}; narrow the question, or take /search.json."


def _understood(question: Asked) -> dict[str, str]:
    """What the question was taken to be, by parameter."""
    always = {"sort": question.typed.sort, "page": str(question.page), "exact": "1" if question.exact else "0"}
    return always | {"per_page": str(question.per_page)} | question.filters


def _said(question: Asked, found: Found) -> dict[str, Any]:
    results = found.results
    last = question.last_page(results.total)
    return {
        "total": results.total,
        "page": question.page,
        "pages": last,
        "corrected": found.corrected or None,
        "hits": [fields_of(hit) for hit in results.hits],
        "facets": {name: dict(counted) for name, counted in results.facets.items()},
        "links": _links(question, last),
        "notice": NOTICE,
    }


def _links(question: Asked, last: int) -> dict[str, str | None]:
    def at(number: int) -> str | None:
        page = number if number > 1 else None
        return question.address("archive.api.search", whole=True, page=page) if 1 <= number <= last else None

    return {
        "self": question.address("archive.api.search", whole=True, page=question.page if question.page > 1 else None),
        "previous": at(question.page - 1),
        "next": at(question.page + 1),
        "page": question.address("archive.search", whole=True),
    }
