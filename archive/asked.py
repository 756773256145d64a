"""What a search page was asked for, from its address, and the addresses of its neighbours.

Filters typed into the box (`kind:stamp`) and filters of the address come to the same: one question has one address,
its parameters always in the order of PARAMETERS.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import url_for

from archive.index import FACETS, FURTHER_FACETS, PICTURED, SORTS, Query
from archive.query import MOST_CHARACTERS, PRIZE, decade_of, drawn, query_of, range_of, readable, take_apart
from archive.sources import kinds, source_of, values_called
from core.countries import known

PER_PAGE = 20
# Nobody turns pages further; who wants everything takes it as a file.
LAST_PAGE = 500
# Programs may ask for longer pages.
MOST_PER_PAGE = 100
# A value of the facet that counts decades, as a parameter: its years, which are what addresses of ours carry.
DECADE = "decade"
PARAMETERS = (
    *("q", "kind", "country", "years", DECADE, "prize", "topic", *FURTHER_FACETS, "language", "picture"),
    *("sort", "exact", "page", "per_page"),
)
# Filters of a page that is narrowed, in the order of its facets.
FILTERS = ("country", "years", "prize", "topic", *FURTHER_FACETS, "language", "picture")
_TOPIC = re.compile(r"[a-z0-9-]{2,64}")
_KEY = re.compile(r"[a-z0-9_-]{1,64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Asked:
    """The question: `typed` holds words and filters alike, `text` the words as they stand in the box.

    `exact`: the words are meant as they stand, and nothing else is looked for in their place.
    `unread`: what was typed when none of it can be searched (`*`, a drawn face); it finds nothing.
    """

    text: str = ""
    typed: Query = field(default_factory=Query)
    page: int = 1
    exact: bool = False
    unread: str = ""
    per_page: int = PER_PAGE

    @property
    def query(self) -> Query:
        """What the engine is asked for this page; a page that is too deep has no hits."""
        limit = 0 if self.is_too_deep else self.per_page
        facets = (*FACETS, *source_of(self.typed.kind).facets) if self.typed.kind else FACETS
        offset = (min(self.page, self.deepest_page) - 1) * self.per_page
        return replace(self.typed, offset=offset, limit=limit, facets=facets)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was asked for, so that everything is shown."""
        return self.typed == Query(sort=self.typed.sort)

    @property
    def is_too_deep(self) -> bool:
        """Whether this page lies behind the last one that is shown of any list."""
        return self.page > self.deepest_page

    @property
    def deepest_page(self) -> int:
        """The last page of any list: longer pages lead no deeper."""
        return min(LAST_PAGE, LAST_PAGE * PER_PAGE // self.per_page)

    def last_page(self, total: int) -> int:
        """The last page of a list of so many that is shown."""
        return min(max(1, -(-total // self.per_page)), self.deepest_page)

    @property
    def filters(self) -> dict[str, str]:
        """The filters of the address, by parameter; those that say nothing are left out."""
        query = self.typed
        years = years_text(query.years) if query.years else ""
        given = {name: getattr(query, name) for name in ("kind", *FILTERS)} | {"years": years}
        sort = {"sort": query.sort} if query.sort != SORTS[0] else {}
        return {name: value for name, value in given.items() if value} | sort

    def url(self, **changes: Any) -> str:
        """The address of this question, changed: `url(country=None)` lacks the country. Always the first page."""
        return self.address("archive.search", **changes)

    def address(self, endpoint: str, *, whole: bool = False, **changes: Any) -> str:
        """The same question put to another endpoint; `whole` with the name of the host."""
        further = {
            "exact": "1" if self.exact else None,
            "per_page": self.per_page if self.per_page != PER_PAGE else None,
        }
        given = {"q": self.text or self.unread, **self.filters, **further, **changes}
        return url_for(endpoint, _external=whole, **{name: given[name] for name in PARAMETERS if given.get(name)})

    def page_url(self, number: int) -> str:
        """The address of another page."""
        return self.url(page=number if number > 1 else None)

    def without(self, **changes: Any) -> Query:
        """The same question with changes, only to be counted."""
        return replace(self.typed, **changes, limit=0)


def asked(given: Mapping[str, str]) -> Asked:
    """Understand the parameters of an address. What makes no sense is left out."""
    typed = take_apart(given.get("q", ""), kinds=kinds(), called=values_called())
    query = query_of(typed)
    further: dict[str, Any] = {name: _shaped(_KEY, given.get(name, "")) for name in FURTHER_FACETS}
    query = replace(
        query,
        kind=_one_of(given.get("kind", ""), kinds()) or query.kind,
        country=_country(given.get("country", "")) or query.country,
        prize=_shaped(PRIZE, given.get("prize", "")) or query.prize,
        topic=_shaped(_TOPIC, given.get("topic", "")) or query.topic,
        language=_shaped(_LANGUAGE, given.get("language", "")) or query.language,
        picture=_one_of(given.get("picture", ""), (PICTURED,)) or query.picture,
        years=range_of(given.get("years", "")) or decade_of(given.get(DECADE, "")) or query.years,
        sort=_one_of(given.get("sort", ""), SORTS) or SORTS[0],
        **further,
    )
    raw = given.get("q", "")
    unread = (readable(raw).strip() or drawn(raw))[:MOST_CHARACTERS] if typed.is_empty else ""
    page, exact = _page(given.get("page", "")), given.get("exact") == "1"
    return Asked(text=typed.text, typed=query, page=page, exact=exact, unread=unread)


def asked_by_program(given: Mapping[str, str]) -> Asked:
    """The same for the API, where a page is as long as asked for."""
    length = given.get("per_page", "")
    is_length = length.isascii() and length.isdigit() and len(length) < 4 and 1 <= int(length) <= MOST_PER_PAGE
    return replace(asked(given), per_page=int(length) if is_length else PER_PAGE)


def last_page(total: int) -> int:
    """How many pages a list of so many hits has, of which no more than LAST_PAGE are shown."""
    return min(max(1, -(-total // PER_PAGE)), LAST_PAGE)


def years_text(years: tuple[int, int]) -> str:
    """A range of years as an address carries it."""
    return str(years[0]) if years[0] == years[1] else f"{years[0]}..{years[1]}"


def _one_of(text: str, known_values: frozenset[str] | tuple[str, ...]) -> str:
    return text if text in known_values else ""


def _country(text: str) -> str:
    return text if text.isascii() and known(text) else ""


def _shaped(shape: re.Pattern[str], text: str) -> str:
    return text if shape.fullmatch(text) else ""


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return max(number, 1)
