"""Sets of documents as sorted arrays of their numbers, and what is done with them. Pure."""

import numpy as np

from archive.engines.whoosh.arrays import Array

# Looking up one number among n sorted ones costs some log n; a set this many times larger is looked into,
# a smaller one is spread out over a mask, unless that would be much larger still.
MUCH_LARGER = 24
MASK_MUCH_LARGER = 256
FEW = 2_000


def at(documents: Array) -> Array:
    """Numbers of documents as places to take from columns at, which is several times as quick as with small numbers."""
    return documents.astype(np.intp)


def is_in(some: Array, others: Array, size: int) -> Array:
    """For each number of a sorted set whether it is in another one; `size`: numbers are below it."""
    if not len(others) or not len(some):
        return np.zeros(len(some), bool)
    if len(others) < FEW or len(others) > MUCH_LARGER * len(some) or size > MASK_MUCH_LARGER * len(some):
        at = np.searchsorted(others, some)
        found: Array = others[np.minimum(at, len(others) - 1)] == some
        return found
    mask = np.zeros(size, bool)
    mask[others] = True
    return mask[some]


def both(some: Array, others: Array, size: int) -> Array:
    """The numbers in both sets."""
    if len(some) > len(others):
        some, others = others, some
    return some[is_in(some, others, size)]


def union(numbers: Array, size: int) -> Array:
    """The set of numbers given in any order and more than once."""
    if len(numbers) < FEW:
        return np.unique(numbers)
    mask = np.zeros(size, bool)
    mask[numbers] = True
    return np.flatnonzero(mask).astype(numbers.dtype)


def ranges(first: Array, end: Array) -> Array:
    """The numbers from each of several firsts up to its end, range after range."""
    lengths = end - first
    before = np.cumsum(lengths) - lengths
    whole: Array = np.repeat(first - before, lengths) + np.arange(int(lengths.sum()))
    return whole


def stable_order(values: Array) -> Array:
    """Where each value of an array of numbers below 2**32 stands when sorted; equal ones stay as they are.

    NumPy sorts 16 bits at a time in one sweep, larger numbers much slower: so twice 16.
    """
    order = np.argsort((values & 0xFFFF).astype(np.uint16), kind="stable")
    if len(values) and values.max() > 0xFFFF:
        order = order[np.argsort((values >> 16).astype(np.uint16)[order], kind="stable")]
    return order
