"""A column of few different values, each document having some: values, sets of values, and each document's set.

To count values among documents, their sets are counted first; to filter, the sets that will do are looked up.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from archive.engines.whoosh.arrays import Array, Arrays, ends_of, joined
from archive.engines.whoosh.sets import ranges


@dataclass(frozen=True)
class Coded:
    """`codes`: each document's set. `set_of`, `value_of`: the pairs of a set and one of its values, sets ending at `ends`."""

    values: tuple[str, ...]
    codes: Array
    set_of: Array
    value_of: Array
    ends: Array

    @property
    def sets(self) -> int:
        """How many there are."""
        return len(self.ends) - 1

    def counts(self, documents: Array) -> dict[str, int]:
        """How many of the documents hold each value; values that none holds are left out. `documents`: intp, see sets.at."""
        codes = self.codes.take(documents)
        if len(codes) < self.sets:  # value by value, rather than going through all sets
            return self._named(self.value_of.take(ranges(self.ends.take(codes), self.ends.take(codes + np.intp(1)))))
        return self.counts_of_sets(np.bincount(codes, minlength=self.sets))

    def _named(self, values: Array) -> dict[str, int]:
        return self._held(np.bincount(values, minlength=len(self.values)))

    def counts_of_sets(self, counted: Array) -> dict[str, int]:
        """The same, from how many documents have each set."""
        totals = np.bincount(self.value_of, weights=counted[self.set_of], minlength=len(self.values))
        return self._held(totals)

    def _held(self, totals: Array) -> dict[str, int]:
        held = np.flatnonzero(totals)
        counted = totals.take(held).astype(np.int64).tolist()
        return dict(zip(map(self.values.__getitem__, held.tolist()), counted, strict=True))

    def holding(self, value: str) -> Array:
        """For each set whether it has this value."""
        at = self.values.index(value) if value in self.values else -1
        return self._sets_with(self.value_of == at)

    def between(self, first: int, last: int) -> Array:
        """For each set whether it has a value, a whole number, from first to last."""
        numbers = np.fromiter(map(int, self.values), np.int64, len(self.values))
        return self._sets_with(((numbers >= first) & (numbers <= last))[self.value_of])

    def _sets_with(self, pairs: Array) -> Array:
        sets = np.zeros(self.sets, bool)
        sets[self.set_of[pairs]] = True
        return sets

    def set_values(self) -> list[tuple[str, ...]]:
        """The values of each set."""
        found: list[list[str]] = [[] for _ in range(self.sets)]
        for at, value in zip(self.set_of.tolist(), self.value_of.tolist(), strict=True):
            found[at].append(self.values[value])
        return [tuple(values) for values in found]


def coded_in(arrays: Arrays, name: str) -> Coded:
    """A column of a segment."""
    values = tuple(json.loads(bytes(arrays[f"{name}.values"])))
    ends = np.array(arrays[f"{name}.set_ends"])  # not mapped: what is counted is as long as they say
    set_of = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    return Coded(values, arrays[f"{name}.codes"], set_of, arrays[f"{name}.set_values"], ends)


def coded_arrays(name: str, sets: Sequence[tuple[str, ...]], codes: Array) -> dict[str, Array]:
    """A column as arrays, from the different sets and each document's set."""
    values = sorted({value for one in sets for value in one})
    number_of = {value: at for at, value in enumerate(values)}
    inside = [number_of[value] for one in sets for value in one]
    return {
        f"{name}.values": joined([json.dumps(values).encode()]),
        f"{name}.set_ends": ends_of(np.fromiter(map(len, sets), np.int64, len(sets))),
        f"{name}.set_values": np.array(inside, np.uint32),
        f"{name}.codes": codes.astype(_smallest(len(sets))),
    }


def merged(name: str, columns: Iterable[Coded], codes: Iterable[Array]) -> dict[str, Array]:
    """Several columns as one; `codes`: of each column those of the documents that are kept."""
    number_of: dict[tuple[str, ...], int] = {}
    parts = []
    for column, kept in zip(columns, codes, strict=True):
        numbers = [number_of.setdefault(one, len(number_of)) for one in column.set_values()]
        parts.append(np.array(numbers, np.uint32)[kept] if numbers else np.zeros(0, np.uint32))
    return coded_arrays(name, list(number_of), np.concatenate(parts))


def _smallest(count: int) -> type[np.unsignedinteger]:
    """The smallest kind of number that can name so many things."""
    return np.uint8 if count <= 1 << 8 else np.uint16 if count <= 1 << 16 else np.uint32
