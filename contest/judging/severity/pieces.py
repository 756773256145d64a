"""Work over very many rows, a piece at a time: small enough for the nearest memory, as many at once as there are processors.

What comes of the pieces is put together in their order, so that sums are the same on every machine.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

ROWS = 8192
Piece = TypeVar("Piece")
Found = TypeVar("Found")


def in_pieces(work: Callable[[slice], Found], rows: int) -> list[Found]:
    """What `work` finds in each piece of so many rows, in order."""
    return each(work, [slice(begin, min(begin + ROWS, rows)) for begin in range(0, rows, ROWS)])


def each(work: Callable[[Piece], Found], pieces: Sequence[Piece]) -> list[Found]:
    """What `work` finds in each piece, in order."""
    if len(pieces) < 2:
        return [work(piece) for piece in pieces]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, pieces))
