"""The port on Whoosh: one writer at a time, a snapshot for all threads of a process, a rebuild beside the live index.

Writers are the worker and the command line. Readers never wait for them: a snapshot keeps the files it has mapped,
and every search looks whether a newer one has been committed.
"""

import logging
import os
import re
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from whoosh import index as whoosh_index
from whoosh.index import LockError

from archive import terms
from archive.engines.whoosh.arrays import EVERY, NONE, SMALL
from archive.engines.whoosh.codec import ArraysWriter, path_of
from archive.engines.whoosh.generations import Generations, looks
from archive.engines.whoosh.merging import keep, merge_alike, merge_all
from archive.engines.whoosh.schema import LAYOUT, fields_of, new_schema
from archive.engines.whoosh.searching import answer, spellings
from archive.engines.whoosh.segments import Content, Segment
from archive.index import Document, Query, Results, Unusable

MOST_LOOKS = 5
PAUSE_BETWEEN_LOOKS = 0.02
# How long a writer waits for another one, in seconds.
PATIENCE = 20.0
# A rebuild keeps so many documents in memory before it writes them.
BATCH = 50_000

_TABLE_OF_CONTENTS = re.compile(r"_MAIN_(\d+)\.toc")

log = logging.getLogger(__name__)
# The snapshot of each folder this process has searched; replaced as a whole, never changed.
_snapshots: dict[Path, "Snapshot"] = {}
# Generations that were found broken: they are not tried again, a rebuild makes another one.
_broken: set[Path] = set()
_opening = threading.Lock()
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Snapshot:
    """What one commit left: segments by their names, to be used again by the next snapshot.

    `looked`: what the folder looked like before it was read; as long as it does, there is no newer commit.
    """

    folder: Path
    looked: tuple[int, int] | None
    generation: int
    segments: Mapping[str, Segment]


class WhooshIndex:
    """The index in a folder, which need not exist."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self.generations = Generations(folder, layout=LAYOUT)
        self.patience = patience

    def put(self, documents: Iterable[Document], *, instead_of: Iterable[str] = ()) -> None:
        """Add documents or replace those of the same id, in one commit; they are asked for under the lock of writers."""
        with self._writer() as writer:
            by_id = {document.id: document for document in documents}
            _delete(writer, {*by_id, *instead_of})
            for document in by_id.values():
                writer.add_document(**fields_of(document))

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out."""
        self.put((), instead_of=ids)

    def search(self, query: Query) -> Results:
        """Find. An index that cannot be read gives nothing, and says that it is not ready."""
        wanted = terms.of_query(query)
        return self._read(lambda snapshot: answer(snapshot.segments.values(), query, wanted)) or Results(
            (), 0, ready=False
        )

    def spellings(self, word: str) -> Mapping[str, int]:
        """The word and those a letter away, with how many documents hold each."""
        return self._read(lambda snapshot: spellings(snapshot.segments.values(), word)) or {}

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Build a new generation and switch to it. Of documents with the same id the first is kept."""
        with self.generations.building() as folder:
            index = whoosh_index.create_in(str(folder), new_schema())
            rest = terms.once(documents)
            while batch := list(islice(rest, BATCH)):
                with _writing(ArraysWriter(index, patience=self.patience), merge=keep) as writer:
                    for document in batch:
                        writer.add_document(**fields_of(document))
            with _writing(ArraysWriter(index, patience=self.patience), merge=merge_all):
                pass

    def clear(self) -> None:
        """Start with an empty generation."""
        self.rebuild(())

    def is_whole(self) -> bool:
        """Whether every byte is as it was written."""
        return self._opened_wholly() is not None

    @contextmanager
    def _writer(self) -> Iterator[ArraysWriter]:
        folder = self.generations.current()
        try:
            writer = ArraysWriter(_open(folder), patience=self.patience) if folder else None
        except LockError:
            raise  # somebody else writes for very long; the job will be tried again
        except Exception as error:  # whatever a foreign or half-written file leads to inside Whoosh
            raise Unusable from error
        if writer is None:
            raise Unusable("there is none")
        try:
            with _writing(writer, merge=merge_alike):
                yield writer
        except Exception as error:
            if folder == self.generations.current() and not self.is_whole():
                raise Unusable from error
            raise

    def _read(self, ask: Callable[[Snapshot], Answer]) -> Answer | None:
        """What the newest state of the index answers; None when there is none that can be read."""
        for look in range(MOST_LOOKS):
            folder = self.generations.current()
            try:
                return ask(_newest(folder)) if folder and folder not in _broken else None
            except Unusable as unusable:
                log.warning("the search index is not used: %s", unusable)
                return None
            except Exception:  # whatever a broken or vanishing file leads to in Whoosh or NumPy
                log.info("the search index changed or broke while it was read (look %s)", look + 1, exc_info=True)
                _snapshots.pop(self.generations.folder, None)
                time.sleep(PAUSE_BETWEEN_LOOKS * look)
        opened = self._opened_wholly()
        return ask(opened) if opened else None

    def _opened_wholly(self) -> Snapshot | None:
        """An index whose bytes are not as written is broken. One that is sound is not: what fails then is ours, and raised."""
        folder = self.generations.current()
        try:
            return _opened(folder, None, {}, checked=EVERY) if folder else None
        except Exception as error:  # as above
            # In words: an error that is kept would keep the files open that Whoosh could not read.
            log.error("the search index is broken:\n%s", traceback.format_exc())
            if folder and not isinstance(error, OSError | MemoryError):
                _broken.add(folder)
            return None


def _newest(folder: Path) -> Snapshot:
    known = _snapshots.get(folder.parent)
    looked = looks(folder)
    if known is not None and known.folder == folder:
        if looked is not None and looked == known.looked:
            return known
        if known.generation == _generation_in(folder):
            made = _snapshots[folder.parent] = replace(known, looked=looked)
            return made
    with _opening:
        known = _snapshots.get(folder.parent)
        segments = known.segments if known is not None and known.folder == folder else {}
        made = _snapshots[folder.parent] = _opened(folder, looked, segments)
    return made


def _generation_in(folder: Path) -> int:
    """The number of the newest table of contents (`_MAIN_12.toc`)."""
    found = map(_TABLE_OF_CONTENTS.fullmatch, os.listdir(folder))  # noqa: PTH208 - looked at by every search
    return max((int(match[1]) for match in found if match), default=-1)


def _opened(
    folder: Path, looked: tuple[int, int] | None, known: Mapping[str, Segment], *, checked: int = SMALL
) -> Snapshot:
    index = _open(folder)
    toc = index._read_toc()
    segments = {
        one.segment_id(): _segment(path_of(index.storage, one), one, known.get(one.segment_id()), checked=checked)
        for one in toc.segments
    }
    return Snapshot(folder, looked, toc.generation, segments)


def _segment(path: Path, one: Any, known: Segment | None, *, checked: int) -> Segment:
    """The same object as long as nothing was deleted from it: it remembers much of what it was asked."""
    deleted = frozenset(one.deleted_docs())
    if known is not None and known.deleted == deleted:
        return known
    content = known.content if known is not None else Content.of(path, checked=checked)
    if content.size != one.doc_count_all():
        raise Unusable(f"{path.name} has not as many documents as the table of contents says")
    return Segment(content, deleted)


def _open(folder: Path) -> Any:
    opened = whoosh_index.open_dir(str(folder))
    if opened.schema.names() != new_schema().names():
        raise Unusable("it has other fields")
    return opened


@contextmanager
def _writing(writer: ArraysWriter, *, merge: Any) -> Iterator[ArraysWriter]:
    """Commit what was written, or nothing when something is raised; others may write then, in any case."""
    try:
        yield writer
        writer.commit(mergetype=merge)
    except BaseException:
        writer.cancel()
        raise


def _delete(writer: ArraysWriter, ids: Iterable[str]) -> None:
    ids = tuple(ids)
    for segment in writer.segments:
        content = Content.of(path_of(writer.storage, segment), checked=NONE)
        for id_ in ids:
            for document in content.with_id(id_).tolist():
                segment.delete_document(document)
