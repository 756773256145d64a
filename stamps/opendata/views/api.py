"""The read API under `/api/v1`: issues and items, each alone, as JSON and as linked data; what they name; its description."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Response, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

import archive.asked
import archive.index
import stamps.kinds
import stamps.opendata.openapi
import stamps.opendata.parameters
from archive.exports import NOTICE
from core.permissions import public
from stamps import queries as stamps_queries
from stamps.models import Catalogue, Maker, Stamp, StampIssue, Topic
from stamps.opendata import jsonld, queries
from stamps.opendata.openapi import description
from stamps.opendata.said import issue_said, stamp_said
from stamps.opendata.views import blueprint
from stamps.opendata.views.answers import answer, kept

Thing = StampIssue | Stamp
JSON_LD = "application/ld+json"
# What the description is made from.
DESCRIBED = (archive.asked, archive.index, stamps.kinds, stamps.opendata.openapi, stamps.opendata.parameters)


@blueprint.get("/api/v1/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """What there is, as OpenAPI 3.1."""
    written_at = max(Path(str(module.__file__)).stat().st_mtime for module in DESCRIBED)
    return answer(description(request.url_root.rstrip("/")), datetime.fromtimestamp(written_at, UTC))


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
    return answer(told, queries.last_change(Topic))


@blueprint.get("/api/v1/makers")
@public
def makers() -> ResponseReturnValue:
    """Everybody who made stamps."""
    told = [
        {"key": maker.key, "name": maker.name, "kind": maker.kind.value, "country": maker.country or None}
        for maker in queries.makers()
    ]
    return answer({"makers": told, "notice": NOTICE}, queries.last_change(Maker))


@blueprint.get("/api/v1/catalogues")
@public
def catalogues() -> ResponseReturnValue:
    """The catalogues whose numbers we carry."""
    told = [
        {"key": each.key, "name": each.name or None, "country": each.country or None} for each in queries.catalogues()
    ]
    return answer({"catalogues": told, "notice": NOTICE}, queries.last_change(Catalogue))


def _one(thing: Thing, said: dict[str, Any], mimetype: str = "application/json") -> Response:
    made = jsonify(said)
    made.mimetype = mimetype
    made.last_modified = thing.changed_at
    # Programs that have no other tie between the two find the page for people.
    made.headers["Link"] = f'<{url_for(_page_of(thing), key=thing.key, _external=True)}>; rel="canonical"'
    return kept(made)


def _page_of(thing: Thing) -> str:
    return "stamps.issue" if isinstance(thing, StampIssue) else "stamps.stamp"


def _number(kind: str, key: str) -> int | None:
    return queries.first_numbers(kind, [key]).get(key)


def _topic_said(topic: Any, keys: dict[int, str]) -> dict[str, Any]:
    names = {"vi": topic.name_vi, "en": topic.name_en, "fr": topic.name_fr}
    return {"key": topic.key, "parent": keys.get(topic.parent_id), "names": names}
