"""The read API under `/api/v1`: issues and items page by page, each alone, as JSON and as linked data; its description.

Lists take the filters of the search page and are found by the search; single things come from the database.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Response, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from archive import queries as index
from archive.answer import list_for
from archive.api import misunderstood, unanswered
from archive.asked import LAST_PAGE, PER_PAGE, Asked, asked
from archive.exports import NOTICE
from core.permissions import public
from core.problems import problem
from stamps import queries as stamps_queries
from stamps.models import Catalogue, Maker, PermanentNumber, Stamp, StampIssue, Topic
from stamps.opendata import jsonld, queries
from stamps.opendata.openapi import description
from stamps.opendata.said import issue_said, stamp_said
from stamps.opendata.views import blueprint

Thing = StampIssue | Stamp
JSON_LD = "application/ld+json"


@blueprint.get("/api/v1/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """What there is, as OpenAPI 3.1."""
    return _answer(description(request.url_root.rstrip("/")))


@blueprint.get("/api/v1/issues")
@public
def issues() -> ResponseReturnValue:
    """A page of issues."""
    return _list("stamp_issue", queries.issues_of, issue_said)


@blueprint.get("/api/v1/stamps")
@public
def stamps() -> ResponseReturnValue:
    """A page of items."""
    return _list("stamp", queries.stamps_of, stamp_said)


@blueprint.get("/api/v1/issues/<key:key>")
@public
def issue(key: str) -> ResponseReturnValue:
    """One issue."""
    found = stamps_queries.issue(key) or abort(404)
    return _one(found, issue_said(found, _number("stamp_issue", key)))


@blueprint.get("/api/v1/stamps/<key:key>")
@public
def stamp(key: str) -> ResponseReturnValue:
    """One item."""
    found = stamps_queries.stamp(key) or abort(404)
    return _one(found, stamp_said(found, _number("stamp", key)))


@blueprint.get("/api/v1/issues/<key:key>.jsonld")
@public
def issue_linked(key: str) -> ResponseReturnValue:
    """One issue as linked data."""
    found = stamps_queries.issue(key) or abort(404)
    return _one(found, jsonld.of_issue(found), JSON_LD)


@blueprint.get("/api/v1/stamps/<key:key>.jsonld")
@public
def stamp_linked(key: str) -> ResponseReturnValue:
    """One item as linked data."""
    found = stamps_queries.stamp(key) or abort(404)
    return _one(found, jsonld.of_stamp(found), JSON_LD)


@blueprint.get("/api/v1/topics")
@public
def topics() -> ResponseReturnValue:
    """The tree of topics."""
    found = queries.topics()
    keys = {topic.id: topic.key for topic in found}
    told = {"topics": [_topic_said(topic, keys) for topic in found], "notice": NOTICE}
    return _answer(told, queries.last_change(Topic))


@blueprint.get("/api/v1/makers")
@public
def makers() -> ResponseReturnValue:
    """Everybody who made stamps."""
    told = [
        {"key": maker.key, "name": maker.name, "kind": maker.kind.value, "country": maker.country or None}
        for maker in queries.makers()
    ]
    return _answer({"makers": told, "notice": NOTICE}, queries.last_change(Maker))


@blueprint.get("/api/v1/catalogues")
@public
def catalogues() -> ResponseReturnValue:
    """The catalogues whose numbers we carry."""
    told = [
        {"key": each.key, "name": each.name or None, "country": each.country or None} for each in queries.catalogues()
    ]
    return _answer({"catalogues": told, "notice": NOTICE}, queries.last_change(Catalogue))


def _list(
    kind: str, load: Callable[[Sequence[str]], list[Any]], say: Callable[[Any, int | None], dict[str, Any]]
) -> Response:
    arguments = MultiDict(request.args)
    arguments.pop("kind", None)
    question = asked(MultiDict([*arguments.items(multi=True), ("kind", kind)]))
    if errors := dict(misunderstood(question, arguments)):
        return problem(400, "These parameters cannot be understood.", errors=errors)
    changed_at = _list_changed_at()
    found = list_for(question)
    if instead := unanswered(found):
        return instead
    keys = [hit.key for hit in found.results.hits]
    numbers = queries.first_numbers(kind, keys)
    last = min(max(1, -(-found.results.total // PER_PAGE)), LAST_PAGE)
    facets = {name: dict(counted) for name, counted in found.results.facets.items() if name != "kind"}
    return _answer(
        {
            "total": found.results.total,
            "page": question.page,
            "pages": last,
            "items": [say(thing, numbers.get(thing.key)) for thing in load(keys)],
            "facets": facets,
            "links": _links(question, last),
            "notice": NOTICE,
        },
        changed_at,
    )


def _links(question: Asked, last: int) -> dict[str, str | None]:
    endpoint = str(request.endpoint)

    def at(number: int) -> str | None:
        page = number if number > 1 else None
        return question.address(endpoint, whole=True, kind=None, page=page) if 1 <= number <= last else None

    page = question.page
    return {"self": at(page), "previous": at(page - 1), "next": at(page + 1), "first": at(1)}


def _one(thing: Thing, said: dict[str, Any], mimetype: str = "application/json") -> Response:
    answer = jsonify(said)
    answer.mimetype = mimetype
    answer.last_modified = thing.changed_at
    # Programs that have no other tie between the two find the page for people.
    answer.headers["Link"] = f'<{url_for(_page_of(thing), key=thing.key, _external=True)}>; rel="canonical"'
    return _kept(answer)


def _answer(said: dict[str, Any], changed_at: datetime | None = None) -> Response:
    answer = jsonify(said)
    if changed_at:
        answer.last_modified = changed_at
    return _kept(answer)


def _list_changed_at() -> datetime | None:
    """A list is found by the search and says what the database knows: no moment is sure while the search catches up."""
    if index.is_catching_up():
        return None
    moments = index.indexed_at(), queries.last_change(StampIssue, Stamp, PermanentNumber)
    return max((moment for moment in moments if moment), default=None)


def _kept(answer: Response) -> Response:
    """With a tag, so that what has not changed is not sent again; readable from any site."""
    answer.add_etag()
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.make_conditional(request)
    return answer


def _page_of(thing: Thing) -> str:
    return "stamps.issue" if isinstance(thing, StampIssue) else "stamps.stamp"


def _number(kind: str, key: str) -> int | None:
    return queries.first_numbers(kind, [key]).get(key)


def _topic_said(topic: Any, keys: dict[int, str]) -> dict[str, Any]:
    names = {"vi": topic.name_vi, "en": topic.name_en, "fr": topic.name_fr}
    return {"key": topic.key, "parent": keys.get(topic.parent_id), "names": names}
