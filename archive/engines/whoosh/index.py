"""The port on Whoosh: one writer at a time, a reader for every thread, a rebuild beside the live index.

Writers are the worker and the command line. Readers never wait for them: when files vanish under a
reader (a commit, a rebuild), it opens the newest ones and looks again.
"""

import heapq
import logging
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.index import LockError
from whoosh.reading import IndexReader
from whoosh.writing import IndexWriter

from archive import terms
from archive.engines.shown import hit_of
from archive.engines.whoosh.generations import Generations
from archive.engines.whoosh.schema import LAYOUT, fields_of, new_schema
from archive.engines.whoosh.segments import Segment
from archive.index import FACETS, Document, Query, Results, Unusable
from archive.terms import QueryTerms

MOST_LOOKS = 5
PAUSE_BETWEEN_LOOKS = 0.02
# How long a writer waits for another one, in seconds.
PATIENCE = 20.0
MEMORY_MB = 64

log = logging.getLogger(__name__)
# Each thread keeps the reader it opened last: Whoosh's readers are not safe to share between threads.
_kept = threading.local()


@dataclass
class Opened:
    """A generation as one thread reads it."""

    folder: Path
    index: Any
    generation: int
    reader: IndexReader

    def refreshed(self) -> "Opened":
        """The same with what has been committed since.

        Opened anew as a whole: Whoosh's way of reusing a reader keeps segments that are gone.
        """
        newest = self.index.latest_generation()
        if newest != self.generation:
            reader = self.index.reader()
            self.reader.close()
            self.generation, self.reader = newest, reader
        return self


class WhooshIndex:
    """The index in a folder, which need not exist."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self.generations = Generations(folder, layout=LAYOUT)
        self.patience = patience

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents or replace those of the same id, in one commit."""
        by_id = {document.id: document for document in documents}
        with self._writer() as writer:
            _delete(writer, by_id)
            for document in by_id.values():
                writer.add_document(**fields_of(document))

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out."""
        with self._writer() as writer:
            _delete(writer, ids)

    def search(self, query: Query) -> Results:
        """Find. An index that cannot be read gives nothing, and says that it is not ready."""
        wanted = terms.of_query(query)
        for look in range(MOST_LOOKS):
            try:
                return _search(self._reader(), query, wanted)
            except Unusable:
                break
            except Exception:  # whatever a broken or vanishing file leads to inside Whoosh
                log.info("the search index changed or broke while it was read (look %s)", look + 1, exc_info=True)
                _forget_reader()
                time.sleep(PAUSE_BETWEEN_LOOKS * look)
        return Results((), 0, ready=False)

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Build a new generation and switch to it."""
        with self.generations.building() as folder:
            made = whoosh_index.create_in(str(folder), new_schema())
            writer = made.writer(limitmb=MEMORY_MB)
            try:
                _add_once(writer, documents)
            except BaseException:
                writer.cancel()
                raise
            writer.commit(optimize=True)
            made.close()

    def clear(self) -> None:
        """Start with an empty generation."""
        self.rebuild(())

    @contextmanager
    def _writer(self) -> Iterator[IndexWriter]:
        folder = self.generations.current()
        try:
            opened = _open(folder) if folder else None
            writer = opened.writer(timeout=self.patience, delay=0.1, limitmb=MEMORY_MB) if opened else None
        except LockError:
            raise  # somebody else writes for very long; the job will be tried again
        except Exception as error:  # whatever a foreign or half-written file leads to inside Whoosh
            raise Unusable from error
        if writer is None:
            raise Unusable
        with writer:  # commits, or cancels when something is raised
            yield writer

    def _reader(self) -> IndexReader:
        folder = self.generations.current()
        if folder is None:
            raise Unusable
        opened: Opened | None = getattr(_kept, "opened", None)
        if opened is None or opened.folder != folder:
            _forget_reader()
            made = _open(folder)
            opened = _kept.opened = Opened(folder, made, made.latest_generation(), made.reader())
        return opened.refreshed().reader


def _open(folder: Path) -> Any:
    opened = whoosh_index.open_dir(str(folder))
    if opened.schema.names() != new_schema().names():
        raise Unusable
    return opened


def _forget_reader() -> None:
    opened: Opened | None = getattr(_kept, "opened", None)
    _kept.opened = None
    if opened is not None:
        opened.reader.close()


def _delete(writer: IndexWriter, ids: Iterable[str]) -> None:
    """Through one reader for all: Whoosh's own update opens one for every document."""
    with writer.reader() as reader:
        for segment, offset in reader.leaf_readers():
            for id_ in ids:
                for document in Segment(segment).holding("id", id_):
                    writer.delete_document(offset + document)


def _add_once(writer: IndexWriter, documents: Iterable[Document]) -> None:
    """Of documents with the same id the first is kept: a source that gives one twice would have it found twice."""
    seen: set[str] = set()
    for document in documents:
        if document.id not in seen:
            seen.add(document.id)
            writer.add_document(**fields_of(document))


@dataclass(order=True, frozen=True)
class _Place:
    """A document found, ordered as the results are: the greatest comes first, hence the number's sign."""

    first: int
    second: int
    minus_document: int
    score: int


def _search(reader: IndexReader, query: Query, wanted: QueryTerms) -> Results:
    places: list[_Place] = []
    facets: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    leaves = reader.leaf_readers() if reader.doc_count_all() else ()  # an empty index knows no columns
    for leaf, offset in leaves:
        segment = Segment(leaf)
        found = segment.matching(query, wanted)
        places += _places(segment, segment.points(wanted, found), found, offset, query.sort)
        for name, counted in segment.facets(found).items():
            facets[name] += counted
    end = max(query.offset, 0) + max(query.limit, 0)
    shown = heapq.nlargest(end, places)[max(query.offset, 0) :]
    hits = tuple(hit_of(reader.stored_fields(-place.minus_document)["shown"], place.score) for place in shown)
    return Results(hits, len(places), facets)


def _places(segment: Segment, points: Counter[int], found: set[int], offset: int, sort: str) -> Iterator[_Place]:
    recency = segment.column("recency")
    for document in found:
        score, when = points[document], recency[document]
        first = {"newest": when, "oldest": -when if when else -(10**15)}.get(sort, score)
        yield _Place(first, when if sort == "relevance" else score, -(offset + document), score)
