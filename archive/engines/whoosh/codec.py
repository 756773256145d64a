"""How Whoosh writes a segment here: one file of arrays, instead of blocks of postings to be read one by one in Python.

Whoosh calls such a thing a codec: its writer, its table of contents, its locks and its way of deleting stay; what a
segment looks like on disk is ours. What is in the file is put together here; it is read in `segments`.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import Codec
from whoosh.codec.whoosh3 import W3Segment
from whoosh.writing import SegmentWriter

from archive.engines.whoosh import arrays
from archive.engines.whoosh.arrays import Array, ends_of, joined
from archive.engines.whoosh.coded import coded_arrays
from archive.engines.whoosh.keys import key_arrays
from archive.engines.whoosh.schema import CODED_FIELDS, IN_ORDER, KEY_FIELDS, NUMBER_FIELDS, WORD_FIELDS
from archive.engines.whoosh.slips import slip_arrays
from archive.engines.whoosh.words import posting_arrays, vocabulary_arrays
from archive.terms import BREAK

EXTENSION = ".arrays"


class ArraysCodec(Codec):
    """Writes a segment as one file of arrays."""

    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:  # noqa: ARG002 - as Whoosh calls it
        """A segment with a name of its own and nothing in it."""
        return W3Segment(self, indexname)

    def per_document_writer(self, storage: Any, segment: W3Segment) -> "PerDocument":  # noqa: ARG002
        """Takes what is kept for each document."""
        return PerDocument()

    def field_writer(self, storage: Any, segment: W3Segment) -> "Nothing":  # noqa: ARG002
        """Words go from the pool into the file without it."""
        return Nothing()


class ArraysWriter(SegmentWriter):
    """Whoosh's writer, with our pool and our file. Raises LockError when another one writes for too long."""

    def __init__(self, index: Any, *, patience: float) -> None:
        super().__init__(index, codec=ArraysCodec(), timeout=patience, delay=0.05, compound=False)
        self.pool = Pool()

    def _flush_segment(self) -> None:
        """Write the new segment; Whoosh calls it once, before the table of contents names the segment."""
        path = path_of(self.storage, self.newsegment)
        arrays.write(path, segment_arrays(self.pool.fields, self.perdocwriter.columns).items())


def path_of(storage: Any, segment: W3Segment) -> Path:
    """The file of a segment."""
    return Path(storage.folder, segment.make_filename(EXTENSION))


class Tokens:
    """The words of one field, document after document, each word as a number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.words = array("I")
        self.lengths = array("I")

    def add(self, words: Collection[str]) -> None:
        """The words of the next document."""
        number_of = self.numbers.setdefault
        self.words.extend([number_of(word, len(self.numbers)) for word in words])
        self.lengths.append(len(words))

    def sorted(self) -> tuple[list[bytes], Array, Array]:
        """The vocabulary in order, and each token's number in it and document."""
        words = sorted(self.numbers)
        rank = np.zeros(len(words), np.uint32)
        rank[[self.numbers[word] for word in words]] = np.arange(len(words), dtype=np.uint32)
        documents = np.repeat(np.arange(len(self.lengths), dtype=np.uint32), np.array(self.lengths, np.int64))
        return [word.encode(errors="replace") for word in words], rank[np.array(self.words, np.uint32)], documents


class Pool:
    """Stands where Whoosh collects and sorts postings: takes the words as they come."""

    def __init__(self) -> None:
        self.fields: defaultdict[str, Tokens] = defaultdict(Tokens)

    def add(self, item: tuple[str, Collection[str], int, float, None]) -> None:
        """The words of a field of the next document."""
        self.fields[item[0]].add(item[1])

    def cleanup(self) -> None:
        """Nothing was put on disk."""


class PerDocument:
    """What is kept for each document."""

    is_closed = True

    def __init__(self) -> None:
        self.columns: dict[str, list[Any]] = {
            name: [] for name in (*KEY_FIELDS, *NUMBER_FIELDS, *CODED_FIELDS, "shown")
        }

    def start_doc(self, docnum: int) -> None:
        """Documents come in order; nothing needs be done."""

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:  # noqa: ARG002
        """A value; words have none."""
        if value is not None:
            self.columns[fieldname].append(value)

    def finish_doc(self) -> None:
        """Nothing was left open."""

    cancel_doc = finish_doc

    def close(self) -> None:
        """The file is written by ArraysWriter."""


class Nothing:
    """Stands where Whoosh expects a writer of postings."""

    is_closed = True


def segment_arrays(fields: dict[str, Tokens], columns: dict[str, list[Any]]) -> dict[str, Array]:
    """Everything in the file of a segment."""
    size = len(columns["shown"])
    made: dict[str, Array] = {}
    for name in WORD_FIELDS:
        words, tokens, documents = fields[name].sorted()
        made |= (
            text_arrays(words, tokens, documents, size) if name == IN_ORDER else _field(name, words, tokens, documents)
        )
    for name in KEY_FIELDS:
        made |= _keys(name, columns[name])
    for name in NUMBER_FIELDS:
        made[name] = np.array(columns[name], NUMBER_FIELDS[name])
    for name in CODED_FIELDS:
        made |= _coded(name, columns[name])
    return made | shown_arrays(columns["shown"])


def text_arrays(words: Sequence[bytes], tokens: Array, documents: Array, size: int) -> dict[str, Array]:
    """The field in which places count: postings, and where each word stands (`places`).

    Places are counted through all documents; a document's begin at `starts`. Where the break stands is of no interest.
    """
    is_word = np.flatnonzero(tokens != words.index(BREAK.encode())) if words else np.zeros(0, np.int64)
    postings, order = posting_arrays(IN_ORDER, tokens[is_word], documents[is_word], len(words))
    return (
        vocabulary_arrays(IN_ORDER, words)
        | postings
        | {
            "starts": ends_of(np.bincount(documents, minlength=size)),
            "places": is_word[order].astype(np.uint32),
            "place_ends": ends_of(np.bincount(tokens[is_word], minlength=len(words))),
        }
        | slip_arrays(words)
    )


def shown_arrays(parts: Sequence[bytes]) -> dict[str, Array]:
    """What is shown of each document."""
    return {"shown": joined(list(parts)), "shown_ends": ends_of(np.fromiter(map(len, parts), np.int64, len(parts)))}


def _field(name: str, words: Sequence[bytes], tokens: Array, documents: Array) -> dict[str, Array]:
    return vocabulary_arrays(name, words) | posting_arrays(name, tokens, documents, len(words))[0]


def _keys(name: str, of_documents: Sequence[Sequence[int]]) -> dict[str, Array]:
    keys = np.array([key for keys in of_documents for key in keys], np.uint64)
    documents = np.repeat(np.arange(len(of_documents), dtype=np.uint32), [len(keys) for keys in of_documents])
    return key_arrays(name, keys, documents)


def _coded(name: str, of_documents: Sequence[tuple[str, ...]]) -> dict[str, Array]:
    number_of: dict[tuple[str, ...], int] = {}
    codes = np.array([number_of.setdefault(values, len(number_of)) for values in of_documents], np.uint32)
    return coded_arrays(name, list(number_of), codes)
