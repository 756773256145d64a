"""Features register here how their things become documents. The archive knows nothing else of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from archive.index import Document, Hit
from archive.vocabulary import plain
from core import jobs


def summary_of(hit: Hit) -> str:
    """The summary as it was indexed, for kinds that have nothing to say in the reader's language."""
    return hit.summary


def no_names(_facet: str, _values: Sequence[str]) -> Mapping[str, str]:
    """Values of no facet have names of their own."""
    return {}


def nothing_named(_text: str, _kind: str) -> Sequence[Document]:
    """Nothing of this kind has a number or the like."""
    return ()


def no_statuses(_keys: Sequence[str]) -> Mapping[str, str]:
    """Nobody keeps anything of this kind."""
    return {}


@dataclass(frozen=True)
class Source:
    """How the things of one kind become documents, and how hits of it are worded.

    `one` gives the present document of a key, or None when it may not be found (any more); `all` gives
    every document, `count` how many that are.
    `label` is the plural name of the kind, translated when a page shows it (`_l("Laureates")`); kinds
    stand on pages by `order`. `summary` words what is shown below a title, from the facts of the hit.
    `facets`: those of FURTHER_FACETS that its things have.
    `value_names` gives the reader's words for those of these values of a facet (`prize`, `topic`) that it knows; `names` gives
    (filter, value, name) for everything people may write after `kind:`, `prize:`, `topic:`.
    `named` gives what this text names exactly, such as a number however it is written, the likeliest first; of a kind or "".
    `statuses` says in the reader's words what the person at the page has to do with things of these keys ("I have it").
    """

    kind: str
    one: Callable[[str], Document | None]
    all: Callable[[], Iterable[Document]]
    count: Callable[[], int]
    label: str
    order: int = 0
    summary: Callable[[Hit], str] = summary_of
    facets: tuple[str, ...] = ()
    value_names: Callable[[str, Sequence[str]], Mapping[str, str]] = no_names
    names: Callable[[], Iterable[tuple[str, str, str]]] = tuple
    named: Callable[[str, str], Sequence[Document]] = nothing_named
    statuses: Callable[[Sequence[str]], Mapping[str, str]] = no_statuses


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a feature's source; each kind has one."""
    _sources[source.kind] = source


def source_of(kind: str) -> Source:
    """The source of a kind; an unknown kind is a bug."""
    return _sources[kind]


def sources() -> list[Source]:
    """Every source, in the order pages show them."""
    return sorted(_sources.values(), key=lambda source: source.order)


def kinds() -> frozenset[str]:
    """The names of all kinds."""
    return frozenset(_sources)


def values_called() -> Callable[[str, str], str]:
    """What gives the value of a filter that some source calls by a plain name (archive.vocabulary.plain), or "".

    The names are read once, when the first is looked up: nearly always none is.
    """

    @cache
    def named() -> Mapping[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for filter_, value, name in (triple for source in sources() for triple in source.names()):
            found.setdefault((filter_, plain(value)), value)
            found.setdefault((filter_, plain(name)), value)
        return found

    return lambda filter_, name: named().get((filter_, name), "")


def value_names(facet: str, values: Sequence[str]) -> dict[str, str]:
    """The reader's words for these values of a facet, as far as some source knows them."""
    return {value: name for source in sources() for value, name in source.value_names(facet, values).items()}


def index_later(kind: str, key: str | int) -> None:
    """In the caller's transaction: have the worker bring this document up to date."""
    jobs.enqueue("archive.index", kind=kind, key=str(key))


def rebuild_later() -> None:
    """In the caller's transaction: have the worker build the whole index anew, e.g. after loading many things."""
    jobs.enqueue("archive.rebuild")
