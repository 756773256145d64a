"""Dealing letters to judges: even loads, hard barriers, randomness from a published seed. Pure.

Every letter goes to the least loaded judge who may read it, ties broken by the seed. Letters that few judges may read are
dealt first, so that their judges still have room.
"""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Parcel:
    """A letter to deal: its id, the units it comes from, and who has or had it already."""

    letter_id: int
    units: frozenset[int]
    held_by: frozenset[int] = frozenset()
    reads_wanted: int = 1


@dataclass(frozen=True)
class Reader:
    """A judge to deal to: units never read, room (None without limit), letters held already."""

    judge_id: int
    barred: frozenset[int] = frozenset()
    capacity: int | None = None
    load: int = 0


@dataclass(frozen=True)
class Deal:
    """Who gets what, as (letter, judge) in the order of desks; and how many reads each letter lacks."""

    pairs: tuple[tuple[int, int], ...]
    lacking: Mapping[int, int] = field(default_factory=dict)

    @property
    def loads(self) -> Counter[int]:
        """New letters a judge gets."""
        return Counter(judge_id for _letter_id, judge_id in self.pairs)


def deal(parcels: Iterable[Parcel], readers: Sequence[Reader], *, seed: str) -> Deal:
    """Deal every parcel `reads_wanted` times. The same input and seed give the same deal, whatever their order."""
    shuffle = random.Random(f"tem-thu {seed}")  # noqa: S311 - reproducible on purpose, not secret
    loads = {reader.judge_id: reader.load for reader in readers}
    by_id = {reader.judge_id: reader for reader in readers}
    rank = {judge_id: shuffle.random() for judge_id in sorted(by_id)}
    lots = [(shuffle.random(), parcel) for parcel in sorted(parcels, key=lambda parcel: parcel.letter_id)]
    pairs: list[tuple[int, int]] = []
    lacking: dict[int, int] = {}
    for _lot, parcel in sorted(lots, key=lambda lot: (len(_allowed(lot[1], by_id.values())), lot[0])):
        chosen = _least_loaded(parcel, by_id, loads, rank)
        pairs += [(parcel.letter_id, judge_id) for judge_id in chosen]
        if len(chosen) < parcel.reads_wanted:
            lacking[parcel.letter_id] = parcel.reads_wanted - len(chosen)
    shuffle.shuffle(pairs)
    return Deal(tuple(pairs), lacking)


def _allowed(parcel: Parcel, readers: Collection[Reader]) -> list[Reader]:
    return [reader for reader in readers if reader.judge_id not in parcel.held_by and not reader.barred & parcel.units]


def _least_loaded(
    parcel: Parcel, readers: Mapping[int, Reader], loads: dict[int, int], rank: Mapping[int, float]
) -> list[int]:
    """The judges who get this parcel; their loads grow."""
    free = [
        reader.judge_id
        for reader in _allowed(parcel, readers.values())
        if reader.capacity is None or loads[reader.judge_id] < reader.capacity
    ]
    chosen = sorted(free, key=lambda judge_id: (loads[judge_id], rank[judge_id]))[: parcel.reads_wanted]
    for judge_id in chosen:
        loads[judge_id] += 1
    return chosen
