"""What documents are sorted by, as one number each, and how years are counted: on arrays, the same for every engine."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from archive import terms

Array: TypeAlias = NDArray[Any]

# A date and a catalogue number are less than 2 to this power, points than 2 to that.
DATE_BITS, POINT_BITS = 40, 12
# Orders that begin with the lowest number.
BY_NUMBER = ("number", "value")


def column_of(sort: str) -> str:
    """The column that an order looks at."""
    return sort if sort in BY_NUMBER else "recency"


def order(sort: str, column: Array, points: Array) -> Array:
    """A number for each document, from its column and points; the greatest comes first. What is not known comes last."""
    if sort == "relevance":
        return np.asarray((points << DATE_BITS) + column)
    first = column if sort == "newest" else np.where(column > 0, (1 << DATE_BITS) - column, 0)
    return np.asarray((first << POINT_BITS) + points)


def years(recency: Array) -> dict[str, int]:
    """How many documents are of each year; those whose date is not known are of none."""
    counted = np.bincount(recency // terms.YEAR_UNIT, minlength=1)
    return {str(year): int(counted[year]) for year in np.flatnonzero(counted) if year}
