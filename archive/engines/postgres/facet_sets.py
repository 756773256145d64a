"""Facet values by number: documents that hold the same values share a set, and sets are counted before values.

Each document has four sets, of which each has few values: together nearly every document would have its own.
Sets are only ever added while an index lives.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from archive import terms
from archive.engines import ordering
from archive.engines.ordering import Array
from archive.engines.postgres.coded import SETS
from archive.index import FACETS, YEAR, Document

_IN_SET = {
    "main": tuple(name for name in FACETS if name != "topic"),
    "topics": ("topic",),
    "making": ("item", "emission", "process"),
    "makers": ("maker", "series"),
}


def sets_of(document: Document) -> tuple[str, ...]:
    """The sets of a document, as they are written, in the order of SETS."""
    held = terms.facets(document)
    return tuple(
        _written(tuple((name, tuple(sorted({*held[name]}))) for name in _IN_SET[one] if held[name])) for one in SETS
    )


@lru_cache(maxsize=10_000)
def _written(held: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return json.dumps(dict(held))


@dataclass(frozen=True)
class FacetSets:
    """The sets from number 0 on. `set_of`, `value_of`: the pairs of a set and the number of a value it holds."""

    size: int
    values: tuple[tuple[str, str], ...]
    set_of: Array
    value_of: Array

    @classmethod
    def empty(cls) -> "FacetSets":
        """No sets yet."""
        nothing = np.zeros(0, np.int64)
        return cls(0, (), nothing, nothing)

    def with_more(self, written: Sequence[str]) -> "FacetSets":
        """The same and the next ones."""
        number_of = {value: number for number, value in enumerate(self.values)}
        pairs = [
            (at, number_of.setdefault((name, value), len(number_of)))
            for at, one in enumerate(written, self.size)
            for name, values in json.loads(one).items()
            for value in values
        ]
        added = np.array(pairs, np.int64).reshape(-1, 2)
        return FacetSets(
            size=self.size + len(written),
            values=tuple(number_of),
            set_of=np.concatenate((self.set_of, added[:, 0])),
            value_of=np.concatenate((self.value_of, added[:, 1])),
        )

    def holding(self, name: str) -> Iterator[tuple[str, Array]]:
        """The values of a facet, each with whether each set holds it."""
        for number, (facet, value) in enumerate(self.values):
            if facet == name:
                holds = np.zeros(self.size, bool)
                holds[self.set_of[self.value_of == number]] = True
                yield value, holds

    def counts(self, names: Iterable[str], found: Array) -> dict[str, dict[str, int]]:
        """How many of the documents found hold each value of these facets; values that none holds are left out."""
        counted = sum(np.bincount(found[column], minlength=self.size) for column in SETS)
        totals = np.bincount(self.value_of, weights=np.asarray(counted)[self.set_of], minlength=len(self.values))
        facets: dict[str, dict[str, int]] = {name: {} for name in names}
        for at in np.flatnonzero(totals).tolist():
            name, value = self.values[at]
            if name in facets:
                facets[name][value] = int(totals[at])
        if YEAR in facets:
            facets[YEAR] = ordering.years(found["recency"])
        return facets
