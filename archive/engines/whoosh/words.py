"""The words of one field in a segment: which there are, and which documents hold each. Mapped, never loaded."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from archive.engines.whoosh.arrays import Array, Arrays, ends_of, joined
from archive.engines.whoosh.sets import stable_order

# One word in so many is kept as an object, so that looking a word up reads few of the others.
SAMPLED = 64
# A question looks its words up several times, a page asks several questions: so many answers are remembered.
REMEMBERED = 4_096


class Vocabulary(Sequence[bytes]):
    """Words in the order of their bytes, one after the other in one array."""

    def __init__(self, letters: Array, ends: Array) -> None:
        # Memory rather than arrays: looking at one value is much quicker.
        self.letters, self.ends = letters.data, ends.data
        self._numbers = range(len(ends) - 1)
        self._sample = self[::SAMPLED]
        self._found: dict[str, int | None] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        """One word, or several."""
        numbers = self._numbers[at]
        return self._word(numbers) if isinstance(numbers, int) else list(map(self._word, numbers))

    def _word(self, at: int) -> bytes:
        ends = self.ends
        return bytes(self.letters[ends[at] : ends[at + 1]])

    def _place(self, sought: bytes) -> int:
        end = bisect_left(self._sample, sought) * SAMPLED
        return bisect_left(self._numbers, sought, max(end - SAMPLED, 0), min(end, len(self)), key=self._word)

    def find(self, word: str) -> int | None:
        """The number of a word."""
        found = self._found
        if word not in found:
            if len(found) >= REMEMBERED:
                found = self._found = {}
            found[word] = self._find(word)
        return found[word]

    def _find(self, word: str) -> int | None:
        sought = word.encode(errors="replace")
        at = self._place(sought)
        return at if at < len(self) and self._word(at) == sought else None

    def beginning(self, letters: str) -> tuple[int, int]:
        """The numbers of the words with this beginning: the first, and the first one after them."""
        sought = letters.encode(errors="replace")
        return self._place(sought), self._place(sought + b"\xff")


@dataclass(frozen=True)
class Postings:
    """Which documents hold each word of a vocabulary: numbers ascending, word after word."""

    vocabulary: Vocabulary
    ends: Array
    documents: Array

    def of(self, word: str) -> Array:
        """The documents with a word."""
        at = self.vocabulary.find(word)
        return self.documents[:0] if at is None else self.between(at, at + 1)

    def beginning(self, letters: str) -> Array:
        """The documents of every word with this beginning, word after word: in no order, some more than once."""
        return self.between(*self.vocabulary.beginning(letters))

    def between(self, first: int, end: int) -> Array:
        """The documents of several neighbouring words, word after word."""
        return self.documents[self.ends[first] : self.ends[end]]


def postings_in(arrays: Arrays, field: str) -> Postings:
    """The postings of a field of a segment."""
    vocabulary = Vocabulary(arrays[f"{field}.letters"], arrays[f"{field}.letter_ends"])
    return Postings(vocabulary, arrays[f"{field}.ends"], arrays[f"{field}.documents"])


def vocabulary_arrays(field: str, words: Sequence[bytes]) -> dict[str, Array]:
    """Sorted words as arrays."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    return {f"{field}.letters": joined(list(words)), f"{field}.letter_ends": ends_of(lengths)}


def posting_arrays(field: str, tokens: Array, documents: Array, words: int) -> tuple[dict[str, Array], Array]:
    """The postings of tokens: of each its word's number and its document, documents ascending.

    Gives also the order of the tokens by word and place.
    """
    order = stable_order(tokens)
    tokens, documents = tokens[order], documents[order]
    first = np.ones(len(tokens), bool)
    first[1:] = (tokens[1:] != tokens[:-1]) | (documents[1:] != documents[:-1])
    counts = np.bincount(tokens[first], minlength=words)
    return {f"{field}.ends": ends_of(counts), f"{field}.documents": documents[first].astype(np.uint32)}, order
