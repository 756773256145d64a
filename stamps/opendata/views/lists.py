"""Lists of the read API: issues and items, narrowed as on the search page; walked by a cursor, or page by page.

A list of which neither words nor an order nor a page is asked for is walked (stamps/opendata/parts.py).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from archive import queries as index
from archive.answer import list_for
from archive.api import misunderstood, unanswered
from archive.asked import Asked, asked, asked_by_program
from archive.exports import NOTICE
from core.permissions import public
from core.problems import problem
from stamps.models import PermanentNumber, Stamp, StampIssue
from stamps.opendata import parts, queries
from stamps.opendata.parts import BEGINNING, Part
from stamps.opendata.said import issue_said, stamp_said
from stamps.opendata.views import blueprint
from stamps.opendata.views.answers import answer

AFTER = "after"
# With these a list has pages.
ORDERED_BY = ("page", "sort")
_PLACE = re.compile(r"\d{1,18}", re.ASCII)


@blueprint.get("/api/v1/issues")
@public
def issues() -> ResponseReturnValue:
    """Issues, a part at a time."""
    return _list("stamp_issue", queries.issues_of, issue_said)


@blueprint.get("/api/v1/stamps")
@public
def stamps() -> ResponseReturnValue:
    """Items, a part at a time."""
    return _list("stamp", queries.stamps_of, stamp_said)


def _list(
    kind: str, load: Callable[[Sequence[str]], list[Any]], say: Callable[[Any, int | None], dict[str, Any]]
) -> Response:
    given = MultiDict((name, value) for name, value in request.args.items(multi=True) if name not in ("kind", AFTER))
    question = asked_by_program(MultiDict([*given.items(multi=True), ("kind", kind)]))
    if errors := {**dict(misunderstood(question, given)), **dict(_not_of_this_list(kind, question))}:
        return problem(400, "These parameters cannot be understood.", errors=errors)
    changed_at = _changed_at()
    if is_walk := _is_walked(question):
        part = parts.next_of(question, int(request.args.get(AFTER) or BEGINNING))
    else:
        found = list_for(question)
        is_answered = found.results.ready or not parts.can_do_without_index(question)
        if is_answered and (instead := unanswered(found)):
            return instead
        part = parts.page_of(question, found.results)
    numbers = queries.first_numbers(kind, part.keys)
    return answer(
        {
            "total": part.total,
            "page": None if is_walk else question.page,
            "pages": None if is_walk else question.last_page(part.total),
            "items": [say(thing, numbers.get(thing.key)) for thing in load(part.keys)],
            "facets": part.facets,
            "links": _links_of_walk(question, part) if is_walk else _links_of_page(question, part.total),
            "notice": NOTICE,
        },
        changed_at if part.facets is not None else None,
    )


def _is_walked(question: Asked) -> bool:
    return parts.is_narrowed_by_the_database(question) and not any(request.args.get(name) for name in ORDERED_BY)


def _not_of_this_list(kind: str, question: Asked) -> Iterator[tuple[str, str]]:
    """What is wrong with parameters that only these lists have, or have in a way of their own."""
    others = "other kinds are found by /api/v1/search"
    if request.args.get("kind", "") not in ("", kind):
        yield "kind", f"Everything in this list is a {kind}; {others}."
    if asked({"q": request.args.get("q", "")}).typed.kind not in ("", kind):
        yield "q", f"A kind is asked for, but everything in this list is a {kind}; {others}."
    after = request.args.get(AFTER, "")
    if after and not _PLACE.fullmatch(after):
        yield AFTER, "It is taken from links.next of an answer."
    elif after and not _is_walked(question):
        yield AFTER, "A list with words, a maker, a language, an order or a page of its own has pages instead."


def _links_of_walk(question: Asked, part: Part) -> dict[str, str | None]:
    return {
        "self": _address(question, after=request.args.get(AFTER)),
        "previous": None,
        "next": _address(question, after=part.after) if part.after else None,
        "first": _address(question),
    }


def _links_of_page(question: Asked, total: int) -> dict[str, str | None]:
    last, page = question.last_page(total), question.page

    def at(number: int) -> str | None:
        return _address(question, page=number) if 1 <= number <= last else None

    return {"self": at(page), "previous": at(page - 1), "next": at(page + 1), "first": at(1)}


def _address(question: Asked, *, page: int | None = None, after: Any = None) -> str:
    """This list at another place. The first page of one that would else be walked says that it is a page."""
    is_said = page is not None and (
        page > 1 or (parts.is_narrowed_by_the_database(question) and _has_no_order(question))
    )
    found = question.address(str(request.endpoint), whole=True, kind=None, page=page if is_said else None)
    return f"{found}{'&' if '?' in found else '?'}{urlencode({AFTER: after})}" if after else found


def _has_no_order(question: Asked) -> bool:
    return "sort" not in question.filters


def _changed_at() -> datetime | None:
    """A list is found by the search and says what the database knows: no moment is sure while the search catches up."""
    if index.is_catching_up():
        return None
    moments = index.indexed_at(), queries.last_change(StampIssue, Stamp, PermanentNumber)
    return max((moment for moment in moments if moment), default=None)
