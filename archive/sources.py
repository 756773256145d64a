"""Features register here how their things become documents. The archive knows nothing else of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.index import Document
from core import jobs


@dataclass(frozen=True)
class Source:
    """`one` gives the present document of a key, or None when it may not be found (any more);
    `all` gives every document, `count` how many that will be about (for a progress bar)."""

    kind: str
    one: Callable[[str], Document | None]
    all: Callable[[], Iterable[Document]]
    count: Callable[[], int]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a feature's source; each kind has one."""
    _sources[source.kind] = source


def source_of(kind: str) -> Source:
    """The source of a kind; an unknown kind is a bug."""
    return _sources[kind]


def sources() -> list[Source]:
    """Every source, in the order of registration."""
    return list(_sources.values())


def index_later(kind: str, key: str | int) -> None:
    """In the caller's transaction: have the worker bring this document up to date."""
    jobs.enqueue("archive.index", kind=kind, key=str(key))
