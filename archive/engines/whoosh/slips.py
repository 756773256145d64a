"""The words a letter away from another one, found by their shortened forms (archive/spelling.py) in arrays."""

from collections.abc import Iterator, Sequence

import numpy as np

from archive.engines.whoosh.arrays import Array, Arrays
from archive.engines.whoosh.words import Vocabulary
from archive.spelling import LONGEST, MOST_CANDIDATES, can_be_meant, can_be_misspelt, is_a_letter_away, shortened

# A form is known by the upper half of a polynomial of its letters, modulo 2**64. Odd, so that it can be divided by.
BASE = 0x9E3779B97F4A7C15
_ROOM = 1 << 64
_BASE_INVERSE = pow(BASE, -1, _ROOM)
_POWERS = tuple(pow(BASE, at, _ROOM) for at in range(LONGEST + 1))


def slip_arrays(words: Sequence[bytes]) -> dict[str, Array]:
    """The shortened forms of those words that can be meant by others, sorted by their sums; `words` sorted."""
    texts = [word.decode() for word in words]
    numbers = np.array([at for at, word in enumerate(texts) if can_be_meant(word)], np.uint32)
    if not len(numbers):
        return {"slips.sums": np.zeros(0, np.uint32), "slips.words": np.zeros(0, np.uint32)}
    sums, owners = _all_sums([texts[at] for at in numbers], numbers)
    order = np.argsort(sums, kind="stable")
    return {"slips.sums": sums[order], "slips.words": owners[order]}


def _all_sums(texts: list[str], numbers: Array) -> tuple[Array, Array]:
    """The sum of every shortened form of every text, and whose it is."""
    letters = np.array(texts, f"<U{LONGEST}").view(np.uint32).reshape(len(texts), LONGEST).astype(np.uint64)
    powers = np.array(_POWERS[:LONGEST], np.uint64)
    until = np.zeros((len(texts), LONGEST + 1), np.uint64)
    np.cumsum(letters * powers, axis=1, out=until[:, 1:])
    whole = until[:, -1:]
    # Without the letter at i: those before it stay, those after it move one place down.
    without = until[:, :-1] + (whole - until[:, 1:]) * np.uint64(_BASE_INVERSE)
    row, column = np.nonzero(letters)
    sums = np.concatenate([whole[:, 0], without[row, column]])
    return (sums >> np.uint64(32)).astype(np.uint32), np.concatenate([numbers, numbers[row]])


def sum_of(form: str) -> int:
    """The sum a form is known by."""
    return sum(ord(letter) * power for letter, power in zip(form, _POWERS, strict=False)) % _ROOM >> 32


def a_letter_away(arrays: Arrays, vocabulary: Vocabulary, word: str) -> Iterator[tuple[int, str]]:
    """The words of a vocabulary a letter away from this one, each with its number."""
    if not can_be_misspelt(word):
        return
    for at in _candidates(arrays, word)[:MOST_CANDIDATES]:
        other = vocabulary[int(at)].decode()
        if is_a_letter_away(word, other):
            yield int(at), other


def _candidates(arrays: Arrays, word: str) -> Array:
    sums = np.array([sum_of(form) for form in shortened(word)], np.uint32)
    first = np.searchsorted(arrays["slips.sums"], sums, "left")
    end = np.searchsorted(arrays["slips.sums"], sums, "right")
    runs = [arrays["slips.words"][a:b] for a, b in zip(first, end, strict=True)]
    return np.unique(np.concatenate(runs))
