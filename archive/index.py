"""The port of the search: what goes in, what is asked, what comes back. No engine and no feature here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Document:
    """One thing that can be found. Everything in it is public: what may not be shown must not be put here.

    `key` is unique within `kind`. `titles`: the main one first, then the same in other languages.
    `texts`: whatever else should find it. `numbers`: catalogue or set numbers as printed.
    `years`: every year it belongs to, the main one first. `country`: ISO 3166-1 alpha-2 or "".
    `date`: year, month or day, as exactly as known (`2021-10`). `rank`: among those of one date, lower comes first.
    `topics`: keys of what it is about, to narrow by; `themes`: the same and more in words. `languages` it can be
    read in (`vi`). `items`, `emissions`, `processes`, `makers`, `series`: what it is or contains, what for it was issued, how
    and by whom it was made, what it belongs to: keys to narrow by. `value`: a whole number to sort by, 0 when not known.
    `body`: a longer text of which a list shows the passage that was found. `facts`: what the source words
    a hit from in the reader's language; not searched.
    """

    kind: str
    key: str
    url: str
    titles: tuple[str, ...]
    summary: str = ""
    texts: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    country: str = ""
    country_names: tuple[str, ...] = ()
    prize: str = ""
    themes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    picture: str = ""
    date: str = ""
    rank: int = 0
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    body: str = ""
    items: tuple[str, ...] = ()
    emissions: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    series: str = ""
    value: int = 0
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def id(self) -> str:
        """Name of the document in every engine."""
        return f"{self.kind}:{self.key}"


SORTS = ("relevance", "newest", "oldest", "number", "value")
# What found things are counted by. `decade`: first year; `picture`: "yes" for those that have one.
FACETS = ("kind", "country", "decade", "prize", "topic", "language", "picture")
# What only some kinds of things have, counted where it is asked for (archive.sources.Source.facets).
FURTHER_FACETS = ("item", "emission", "process", "maker", "series")
# The year of the date, counted where it is asked for.
YEAR = "year"
PICTURED = "yes"


@dataclass(frozen=True)
class Query:
    """What is asked, already understood. Everything given must hold (AND).

    `words` and `phrases` as typed (engines fold them); the last word also matches as a beginning when `prefix`.
    `years`: inclusive range. `picture`: PICTURED or "". `sort`: one of SORTS. Page by `offset` and `limit`.
    `facets`: those of FACETS, FURTHER_FACETS and YEAR that are to be counted. `of_each_kind`: how many of the best of each kind
    are wanted, too.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    prefix: bool = False
    kind: str = ""
    country: str = ""
    prize: str = ""
    topic: str = ""
    language: str = ""
    picture: str = ""
    item: str = ""
    emission: str = ""
    process: str = ""
    maker: str = ""
    series: str = ""
    years: tuple[int, int] | None = None
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = FACETS
    of_each_kind: int = 0


# Filters of a query by one value, each named as the facet that counts the values.
FILTERS = ("kind", "country", "prize", "topic", "language", "picture", *FURTHER_FACETS)


@dataclass(frozen=True)
class Hit:
    """One thing found, with what a list shows of it. `titles`: the main one (`title`) and those in other languages.

    `number`: the first catalogue number as printed. `body`: the text to show a passage of. `facts`: the document's.
    """

    kind: str
    key: str
    url: str
    title: str
    summary: str
    year: int | None
    country: str
    picture: str
    score: float
    titles: tuple[str, ...] = ()
    number: str = ""
    body: str = ""
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def id(self) -> str:
        """Name of the document that was found."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class Results:
    """A page of hits, the exact total, and for each facet asked for how many of the found hold each value.

    `of_each_kind`: the best of each kind, as many as were asked for.

    Not `ready`: there is no index that can be used, so that nothing found means nothing. `too_wide`: the question
    would have taken too long; nothing found means nothing then, too, and a narrower one finds something.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    ready: bool = True
    too_wide: bool = False
    of_each_kind: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)


class Unusable(Exception):  # noqa: N818 - a state of the index that is healed, not an error of anybody
    """There is no index to write to, or it is not ours: it must be rebuilt."""


class Index(Protocol):
    """What every engine does, alike in content; order within equal scores aside."""

    def put(self, documents: Iterable[Document], *, instead_of: Iterable[str] = ()) -> None:
        """Add documents or replace those of the same id, and take out those of the ids `instead_of`, all at once.

        `documents` are asked for while nobody else can write, so that what is read last is what stays. Raises Unusable.
        """

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out; an id that is not there is fine. Raises Unusable."""

    def search(self, query: Query) -> Results:
        """Find. Never raises for what somebody typed, nor for an index that cannot be used or is broken inside."""
        ...

    def spellings(self, word: str) -> Mapping[str, int]:
        """The folded word itself and those a letter away (archive/spelling.py), with how many documents hold each.

        Words that no document holds are left out. Never raises.
        """
        ...

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Build anew beside what is searched, then take its place in one step. Refused while another one builds."""

    def clear(self) -> None:
        """Forget everything; makes any index usable, and empty."""

    def is_whole(self) -> bool:
        """Whether there is an index and all of it is as it was written. Reads everything; never raises."""
        ...
