"""Features register here how their things become documents. The archive knows nothing else of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.index import Document
from core import jobs


@dataclass(frozen=True)
class Source:
    """How the things of one kind become documents.

    `one` gives the present document of a key, or None when it may not be found (any more); `all` gives
    every document, `count` how many that will be about (for a progress bar).
    `label` is the plural name of the kind, translated when a page shows it (`_l("Laureates")`); kinds
    stand on pages by `order`. `prize_name` puts a prize into the reader's words; one it does
    not know comes back as it is.
    """

    kind: str
    one: Callable[[str], Document | None]
    all: Callable[[], Iterable[Document]]
    count: Callable[[], int]
    label: str
    order: int = 0
    prize_name: Callable[[str], str] = str


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


def index_later(kind: str, key: str | int) -> None:
    """In the caller's transaction: have the worker bring this document up to date."""
    jobs.enqueue("archive.index", kind=kind, key=str(key))


def rebuild_later() -> None:
    """In the caller's transaction: have the worker build the whole index anew, e.g. after loading many things."""
    jobs.enqueue("archive.rebuild")
