"""Making one segment out of several: which ones and when, and how their arrays become one set of arrays.

What was deleted is left out. Postings are never sorted again: each word's lie one after the other, segment after segment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from whoosh.codec.whoosh3 import W3Segment

from archive.engines.whoosh import arrays, coded
from archive.engines.whoosh.arrays import Array, ends_of
from archive.engines.whoosh.codec import ArraysWriter, path_of
from archive.engines.whoosh.keys import key_arrays
from archive.engines.whoosh.schema import CODED_FIELDS, IN_ORDER, KEY_FIELDS, NUMBER_FIELDS, WORD_FIELDS
from archive.engines.whoosh.segments import Content
from archive.engines.whoosh.slips import slip_arrays
from archive.engines.whoosh.words import Postings, vocabulary_arrays

# So many segments of about one size become one of the next: every document is copied once for each size.
WIDTH = 8


def merge_alike(writer: ArraysWriter, segments: list[W3Segment]) -> list[W3Segment]:
    """Whoosh's hook at every commit: sizes that have too many segments are merged, and what is mostly deleted."""
    by_size: dict[int, list[W3Segment]] = {}
    for segment in filter(W3Segment.doc_count, segments):
        by_size.setdefault(_size_of(segment), []).append(segment)
    kept = []
    for alike in by_size.values():
        kept += [_merged(writer, alike)] if len(alike) >= WIDTH or any(map(_is_hollow, alike)) else alike
    return kept


def merge_all(writer: ArraysWriter, segments: list[W3Segment]) -> list[W3Segment]:
    """Whoosh's hook at the end of a rebuild: one segment, the quickest to search."""
    return [_merged(writer, segments)] if len(segments) > 1 else segments


def keep(writer: ArraysWriter, segments: list[W3Segment]) -> list[W3Segment]:  # noqa: ARG001 - as Whoosh calls it
    """Whoosh's hook that merges nothing."""
    return segments


def _size_of(segment: W3Segment) -> int:
    documents: int = segment.doc_count_all()
    return (documents.bit_length() - 1) // (WIDTH.bit_length() - 1)


def _is_hollow(segment: W3Segment) -> bool:
    return bool(segment.deleted_count() * 2 > segment.doc_count_all())


def _merged(writer: ArraysWriter, segments: Sequence[W3Segment]) -> W3Segment:
    made = writer.codec.new_segment(writer.storage, writer.indexname)
    # What is broken must not be written anew, as if it were not.
    contents = [Content.of(path_of(writer.storage, one), checked=arrays.EVERY) for one in segments]
    pieces = [Piece.of(of, list(one.deleted_docs())) for of, one in zip(contents, segments, strict=True)]
    arrays.write(path_of(writer.storage, made), merge(pieces))
    made.set_doc_count(sum(piece.size for piece in pieces))
    return made


@dataclass(frozen=True)
class Piece:
    """A segment on its way into another: which documents are kept (None: all), and how many those are."""

    content: Content
    kept: Array | None
    size: int

    @classmethod
    def of(cls, content: Content, deleted: Sequence[int]) -> "Piece":
        """A segment without what was deleted."""
        if not deleted:
            return cls(content, None, content.size)
        kept = np.ones(content.size, bool)
        kept[deleted] = False
        return cls(content, kept, int(kept.sum()))

    def documents(self, column: Array) -> Array:
        """The values of those documents that are kept."""
        return column if self.kept is None else column[self.kept]


def merge(pieces: Sequence[Piece]) -> Iterator[tuple[str, Array]]:
    """The arrays of one segment out of several, one after the other: each may be forgotten once it is written."""
    for name in WORD_FIELDS:
        yield from _merged_field(name, pieces)
    for name in KEY_FIELDS:
        yield from _merged_keys(name, pieces).items()
    for name in NUMBER_FIELDS:
        yield name, np.concatenate([piece.documents(piece.content.arrays[name]) for piece in pieces])
    for name in CODED_FIELDS:
        columns = [piece.content.columns[name] for piece in pieces]
        kept = [piece.documents(column.codes) for piece, column in zip(pieces, columns, strict=True)]
        yield from coded.merged(name, columns, kept).items()
    yield from _merged_shown(pieces).items()


def _merged_field(name: str, pieces: Sequence[Piece]) -> Iterator[tuple[str, Array]]:
    words, numbers = _merged_vocabulary(name, pieces)
    yield from vocabulary_arrays(name, words).items()
    runs = [_posting_runs(piece, name, base) for piece, base in zip(pieces, _bases(pieces), strict=True)]
    ends, documents = _interleaved(runs, numbers, len(words))
    yield from ((f"{name}.ends", ends), (f"{name}.documents", documents))
    if name == IN_ORDER:
        del runs, documents
        yield from slip_arrays(words).items()
        yield from _merged_places(pieces, numbers, len(words))


def _merged_vocabulary(name: str, pieces: Sequence[Piece]) -> tuple[list[bytes], list[Array]]:
    """All words, and of each piece's words the numbers among them."""
    all_words = {word for piece in pieces for word in piece.content.fields[name].vocabulary}
    words = sorted(all_words)
    number_of = {word: at for at, word in enumerate(words)}
    numbers = [
        np.array([number_of[word] for word in piece.content.fields[name].vocabulary], np.int64) for piece in pieces
    ]
    return words, numbers


def _bases(pieces: Sequence[Piece]) -> list[int]:
    """The new number of each piece's first document."""
    return [int(end) for end in ends_of(np.array([piece.size for piece in pieces]))[:-1]]


@dataclass(frozen=True)
class Run:
    """Values of one piece, word after word, and how many there are of each word."""

    values: Array
    counts: Array


def _posting_runs(piece: Piece, name: str, base: int) -> Run:
    postings: Postings = piece.content.fields[name]
    return _renumbered(postings.documents, postings.ends, piece.kept, base)


def _renumbered(values: Array, ends: Array, kept: Array | None, base: int) -> Run:
    """Values that count something, without those that are not kept, counted anew from `base`."""
    counts = np.diff(ends)
    if kept is None:
        return Run(values + np.uint32(base), counts)
    new = np.cumsum(kept, dtype=np.uint32) + np.uint32(base) - np.uint32(1)
    stays = kept[values]
    before = ends_of(stays.astype(np.int64))
    return Run(new[values[stays]], np.diff(before[ends]))


def _interleaved(runs: Sequence[Run], numbers: Sequence[Array], words: int) -> tuple[Array, Array]:
    """All values, word after word and within a word run after run; where each word's end."""
    totals = np.zeros(words, np.int64)
    for run, number in zip(runs, numbers, strict=True):
        totals[number] += run.counts
    ends = ends_of(totals)
    values = np.empty(int(ends[-1]), np.uint32)
    begins = ends[:-1].copy()
    for run, number in zip(runs, numbers, strict=True):
        offsets = begins[number] - (np.cumsum(run.counts) - run.counts)
        values[np.repeat(offsets, run.counts) + np.arange(len(run.values))] = run.values
        begins[number] += run.counts
    return ends, values


def _merged_places(pieces: Sequence[Piece], numbers: Sequence[Array], words: int) -> Iterator[tuple[str, Array]]:
    """Where each word stands, and where the places of each document begin."""
    lengths = [piece.documents(_lengths(piece)) for piece in pieces]
    bases = ends_of(np.array([of.sum() for of in lengths]))
    yield "starts", ends_of(np.concatenate(lengths))
    runs = [_place_runs(piece, int(base)) for piece, base in zip(pieces, bases, strict=False)]
    ends, places = _interleaved(runs, numbers, words)
    yield from (("place_ends", ends), ("places", places))


def _place_runs(piece: Piece, base: int) -> Run:
    kept = None if piece.kept is None else np.repeat(piece.kept, _lengths(piece))
    return _renumbered(piece.content.arrays["places"], piece.content.arrays["place_ends"], kept, base)


def _lengths(piece: Piece) -> Array:
    lengths: Array = np.diff(piece.content.arrays["starts"])
    return lengths


def _merged_keys(name: str, pieces: Sequence[Piece]) -> dict[str, Array]:
    keys, documents = [], []
    for piece, base in zip(pieces, _bases(pieces), strict=True):
        of = piece.content.arrays[f"{name}.documents"]
        stays = slice(None) if piece.kept is None else piece.kept[of]
        new = np.arange(piece.size) if piece.kept is None else np.cumsum(piece.kept) - 1
        keys.append(piece.content.arrays[f"{name}.keys"][stays])
        documents.append((new[of[stays]] + base).astype(np.uint32))
    return key_arrays(name, np.concatenate(keys), np.concatenate(documents))


def _merged_shown(pieces: Sequence[Piece]) -> dict[str, Array]:
    lengths = [np.diff(piece.content.arrays["shown_ends"]) for piece in pieces]
    parts = [
        piece.content.arrays["shown"]
        if piece.kept is None
        else piece.content.arrays["shown"][np.repeat(piece.kept, of)]
        for piece, of in zip(pieces, lengths, strict=True)
    ]
    kept = [piece.documents(of) for piece, of in zip(pieces, lengths, strict=True)]
    return {"shown": np.concatenate(parts), "shown_ends": ends_of(np.concatenate(kept))}
