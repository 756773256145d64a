"""What a search page was asked for, from its address, and the addresses of its neighbours.

Filters typed into the box (`kind:stamp`) and filters of the address come to the same: one question has one address.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import url_for

from archive.index import SORTS, Query
from archive.query import query_of, range_of, take_apart
from core.countries import known

PER_PAGE = 20
LAST_PAGE = 500
_PRIZE = re.compile(r"[a-z_]{2,32}")


@dataclass(frozen=True)
class Asked:
    """The question: `typed` holds words and filters alike, `text` the words as they stand in the box."""

    text: str = ""
    typed: Query = field(default_factory=Query)
    page: int = 1

    @property
    def query(self) -> Query:
        """What the engine is asked for this page."""
        return replace(self.typed, offset=(self.page - 1) * PER_PAGE, limit=PER_PAGE)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was asked for, so that everything is shown."""
        return self.typed == Query(sort=self.typed.sort)

    @property
    def filters(self) -> dict[str, str]:
        """The filters of the address, by parameter; those that say nothing are left out."""
        query = self.typed
        years = years_text(query.years) if query.years else ""
        given = {"kind": query.kind, "country": query.country, "years": years, "prize": query.prize}
        sort = {"sort": query.sort} if query.sort != SORTS[0] else {}
        return {name: value for name, value in given.items() if value} | sort

    def url(self, **changes: Any) -> str:
        """The address of this question, changed: `url(country=None)` lacks the country. Always the first page."""
        return url_for("archive.search", **{"q": self.text or None, **self.filters, **changes})

    def page_url(self, number: int) -> str:
        """The address of another page."""
        return self.url(page=number if number > 1 else None)

    def without(self, **changes: Any) -> Query:
        """The same question with changes, only to be counted."""
        return replace(self.typed, **changes, limit=0)


def asked(given: Mapping[str, str], *, kinds: frozenset[str]) -> Asked:
    """Understand the parameters of an address. What makes no sense is left out."""
    typed = take_apart(given.get("q", ""), kinds=kinds)
    query = query_of(typed)
    query = replace(
        query,
        kind=_one_of(given.get("kind", ""), kinds) or query.kind,
        country=_country(given.get("country", "")) or query.country,
        prize=_prize(given.get("prize", "")) or query.prize,
        years=range_of(given.get("years", "")) or query.years,
        sort=_one_of(given.get("sort", ""), SORTS) or SORTS[0],
    )
    return Asked(text=typed.text, typed=query, page=_page(given.get("page", "")))


def years_text(years: tuple[int, int]) -> str:
    """A range of years as an address carries it."""
    return str(years[0]) if years[0] == years[1] else f"{years[0]}..{years[1]}"


def _one_of(text: str, known_values: frozenset[str] | tuple[str, ...]) -> str:
    return text if text in known_values else ""


def _country(text: str) -> str:
    return text if text.isascii() and known(text) else ""


def _prize(text: str) -> str:
    return text if _PRIZE.fullmatch(text) else ""


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(number, 1), LAST_PAGE)
