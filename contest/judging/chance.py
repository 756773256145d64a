"""Chance from a published seed: whoever knows the seed draws the same, bit for bit, on any machine.

Only the raw numbers of PCG64 are used, which NumPy promises never to change; its shuffles and distributions may change.
"""

import hashlib

import numpy as np

from contest.judging.arrays import Floats, Ints


class Chance:
    """A stream of draws that belongs to a seed and a purpose, so that one purpose never disturbs another."""

    def __init__(self, seed: str, purpose: str) -> None:
        key = hashlib.sha256(f"tem-thu {purpose} {seed}".encode()).digest()
        self._bits = np.random.PCG64(np.random.SeedSequence(int.from_bytes(key, "big")))

    def numbers(self, size: int) -> Floats:
        """Numbers from 0 to below 1, of 53 random bits."""
        raw: np.ndarray[tuple[int], np.dtype[np.uint64]] = self._bits.random_raw(size)
        return (raw >> np.uint64(11)).astype(np.float64) / (1 << 53)

    def below(self, limit: int, size: int) -> Ints:
        """Whole numbers from 0 to below `limit`."""
        return (self.numbers(size) * limit).astype(np.int64)

    def order(self, size: int) -> Ints:
        """The numbers 0 to size-1 in random order."""
        return np.argsort(self.numbers(size), kind="stable")
