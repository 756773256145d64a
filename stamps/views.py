"""Pages of the stamps: the list of issues, one issue, one stamp, a topic. All of them are for everybody."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from core.claims import Field, by_field
from core.countries import by_name, known
from core.evidence import citations_of, claims_about
from core.pages import left_out, page
from core.permissions import public
from stamps import queries, words

PER_PAGE = 24
blueprint = Blueprint("stamps", __name__, url_prefix="/stamps")


@dataclass(frozen=True)
class Filters:
    """What the list of issues is narrowed to; what cannot be understood narrows nothing, and is said to be left out."""

    country: str
    year: int | None
    topic: str
    page: int
    left_out: tuple[str, ...] = ()

    def url(self, page: int) -> str:
        """The address of another page of the same list."""
        return url_for(
            "stamps.issues",
            country=self.country or None,
            year=self.year,
            topic=self.topic or None,
            page=page if page > 1 else None,
        )


@blueprint.get("")
@public
def issues() -> ResponseReturnValue:
    """Every issue, narrowed by country, year and topic."""
    given = request.args
    understood: dict[str, Any] = {
        "country": _country(given.get("country", "")),
        "year": _year(given.get("year", "")),
        "topic": _topic(given.get("topic", "")),
    }
    return _list(Filters(**understood, page=_page_number(), left_out=left_out(given, understood)))


@blueprint.get("/topics/<key:key>")
@public
def topic(key: str) -> ResponseReturnValue:
    """The issues of a topic."""
    found = queries.topic(key) or abort(404)
    return _list(Filters(country="", year=None, topic=found.key, page=_page_number()))


@blueprint.get("/issues/<key:key>")
@public
def issue(key: str) -> ResponseReturnValue:
    """One issue: everything known of it, from where, and what the sources disagree about."""
    found = queries.issue(key) or abort(404)
    return page(
        "stamps/issue.html",
        issue=found,
        sources_of=citations_of("stamp_issue", key),
        fields=_fields("stamp_issue", key),
        words=words,
    )


@blueprint.get("/<key:key>")
@public
def stamp(key: str) -> ResponseReturnValue:
    """One stamp."""
    found = queries.stamp(key) or abort(404)
    return page(
        "stamps/stamp.html",
        stamp=found,
        sources_of=citations_of("stamp", key),
        fields=_fields("stamp", key),
        words=words,
    )


def _list(filters: Filters) -> ResponseReturnValue:
    query = queries.issues_like(country=filters.country, year=filters.year, topic=filters.topic)
    total = queries.count(query)
    return page(
        "stamps/issues.html",
        filters=filters,
        topic=queries.topic(filters.topic),
        issues=queries.page_of(query, number=filters.page, size=PER_PAGE),
        total=total,
        total_pages=max(1, -(-total // PER_PAGE)),
        countries=by_name(queries.countries()),
        years=queries.years(),
        topics=queries.topics(),
        words=words,
    )


def _fields(kind: str, key: str) -> list[Field]:
    return by_field(claims_about(kind, key), labels=words.field_names(), read=words.claimed)


def _country(text: str) -> str:
    return text if known(text) else ""


def _topic(text: str) -> str:
    found = queries.topic(text) if text.isprintable() else None
    return found.key if found else ""


def _year(text: str) -> int | None:
    """Four digits; whatever else somebody types narrows nothing."""
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() else None


def _page_number() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), 10_000)
