"""What is worked on of every document found: which it is, its facets and what it is sorted by, in a few bytes.

PostgreSQL hands these over in one piece; counting and ranking them is NumPy's, several times as quick as GROUP BY.
"""

import struct
from collections.abc import Iterable

import numpy as np

from archive import terms
from archive.engines import ordering
from archive.engines.ordering import Array
from archive.index import Document

# Numbers of facet sets (facet_sets.py).
SETS = ("main", "topics", "making", "makers")
# Not aligned: as `_PACKED` writes it.
CODED = np.dtype(
    [("place", "<u4"), *((name, "<u4") for name in SETS), ("recency", "<i8"), ("number", "<i8"), ("value", "<i8")]
)
_PACKED = struct.Struct("<IIIIIqqq")


def coded_of(document: Document, place: int, sets: Iterable[int]) -> bytes:
    """A document as one CODED; `sets` in the order of SETS."""
    sorted_by = (terms.recency(document), terms.number(document), terms.value(document))
    return _PACKED.pack(place, *sets, *sorted_by)


def decoded(pieces: bytes | None) -> Array:
    """Many CODED that lie one after the other; none at all is NULL in PostgreSQL."""
    return np.frombuffer(pieces or b"", CODED)


def points_of(found: Array, base: int, worths: Iterable[tuple[int, Array]]) -> Array:
    """What each document found is worth: `base`, and more for those that are in other sets too."""
    points = np.full(len(found), base, np.int64)
    for worth, others in worths:
        if len(others):
            points[np.isin(found["place"], others["place"])] += worth
    return points


def page_of(found: Array, points: Array, sort: str, *, offset: int, limit: int) -> list[tuple[int, int]]:
    """Place and points of the documents on a page, in order; of equal ones the lower place comes first."""
    first = max(offset, 0)
    end = min(first + max(limit, 0), len(found))
    if end <= first:
        return []
    order = ordering.order(sort, found[ordering.column_of(sort)], points)
    least = np.partition(order, len(order) - end)[len(order) - end]
    among = np.flatnonzero(order >= least)
    page = among[np.lexsort((found["place"][among], -order[among]))[first:end]]
    return list(zip(found["place"][page].tolist(), points[page].tolist(), strict=True))
