"""What a list of the catalogue is asked for, from its address, and the addresses of its neighbours.

A list is a question to the search that asks for issues or for items (`kind`); one list has one address, its
parameters named and ordered as those of the search page. Knows no table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from archive.asked import LAST_PAGE, PARAMETERS, Asked, asked
from archive.index import FURTHER_FACETS, Query
from archive.query import range_of

ISSUES, ITEMS = "stamp_issue", "stamp"
LOOKS = ("wall", "table")
SORTS = ("newest", "oldest", "number", "value")
BEST = "relevance"
PER_PAGE = 36
# Signs that stay as they are in addresses.
READABLE = "!$'()*,/:;?@"
IN_ADDRESSES = (*PARAMETERS, "look")
COUNTED = ("country", "decade", "topic", "picture", *FURTHER_FACETS)
NOT_OF_STAMPS = ("prize", "language")


@dataclass(frozen=True)
class Browsed(Asked):
    """The question of a list. `look`: a wall of pictures, or a table."""

    look: str = LOOKS[0]
    paths: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def query(self) -> Query:
        """What the engine is asked for this page."""
        limit = 0 if self.is_too_deep else PER_PAGE
        return replace(self.typed, offset=(min(self.page, LAST_PAGE) - 1) * PER_PAGE, limit=limit, facets=COUNTED)

    @property
    def filters(self) -> dict[str, str]:
        """The filters of the address, by parameter; what goes without saying is left out."""
        given = super().filters | {"sort": self.typed.sort, "look": self.look}
        usual = {"kind": ISSUES, "sort": self.usual_sort, "look": LOOKS[0]}
        return {name: value for name, value in given.items() if usual.get(name) != value}

    @property
    def usual_sort(self) -> str:
        """The order of a list of which none is said: the best first where words were typed."""
        return BEST if self.typed.words or self.typed.phrases else SORTS[0]

    @property
    def sorts(self) -> tuple[str, ...]:
        """The orders this list can have; a value is an item's."""
        orders = SORTS if self.typed.kind == ITEMS else SORTS[:-1]
        return (BEST, *orders) if self.usual_sort == BEST else orders

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for, so that this is not the whole catalogue."""
        return bool(self.unread) or self.typed != Query(kind=self.typed.kind, sort=self.typed.sort)

    def narrowed(self, **filters: Any) -> "Browsed":
        """The same list with these values of its filters."""
        return replace(self, typed=replace(self.typed, **filters))

    def url(self, **changes: Any) -> str:
        """The address of this list, changed. Always the first page."""
        return self.address("stamps.issues", **changes)

    def address(self, endpoint: str, *, whole: bool = False, **changes: Any) -> str:
        """The same question put to another endpoint."""
        given = changes | {"kind": None} if changes.get("kind") == ISSUES else changes
        changed = {name: _written(name, value) if value else "" for name, value in given.items()}
        said = self._said | changed
        asked_for = "&".join(said[name] for name in IN_ADDRESSES if said.get(name))
        return "?".join(filter(None, (url_for(endpoint, _external=True) if whole else self._path(endpoint), asked_for)))

    @cached_property
    def _said(self) -> dict[str, str]:
        """Each parameter as its address has it."""
        given = {"q": self.text or self.unread, **self.filters}
        return {name: _written(name, value) for name, value in given.items() if value}

    def _path(self, endpoint: str) -> str:
        """Where an endpoint is: looked up once, for a page has two hundred addresses of one list."""
        if endpoint not in self.paths:
            self.paths[endpoint] = url_for(endpoint)
        return self.paths[endpoint]


@lru_cache(maxsize=4096)
def _written(name: str, value: str | int) -> str:
    return urlencode([(name, value)], safe=READABLE)


def browsed(given: Mapping[str, str]) -> Browsed:
    """Understand the parameters of an address; `year` is another name of `years`."""
    found = asked(given)
    kind = ITEMS if ITEMS in (given.get("kind"), found.typed.kind) else ISSUES
    years = found.typed.years or range_of(given.get("year", ""))
    nothing: dict[str, Any] = dict.fromkeys(NOT_OF_STAMPS, "")
    typed = replace(found.typed, kind=kind, years=years, **nothing)
    look = given.get("look", "")
    look = look if look in LOOKS else LOOKS[0]
    made = Browsed(text=found.text, typed=typed, page=found.page, look=look, unread=found.unread)
    sort = given.get("sort", "")
    return replace(made, typed=replace(typed, sort=sort if sort in made.sorts else made.usual_sort))


def narrowed_to(kind: str = ISSUES, **filters: Any) -> Browsed:
    """The list of everything with these values, newest first."""
    return Browsed(typed=Query(kind=kind, sort=SORTS[0], **filters))
