"""Dealing letters to judges: even loads, hard barriers, randomness from a published seed. Pure.

Every letter goes to the least loaded judge who may read it, ties broken by the seed. Letters that few judges may read are
dealt first, so that their judges still have room.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Parcel:
    """A letter to deal: its id, the units it comes from, who has or had it already, and who never reads it."""

    letter_id: int
    units: frozenset[int]
    held_by: frozenset[int] = frozenset()
    reads_wanted: int = 1
    refused: frozenset[int] = frozenset()

    def may_be_read_by(self, reader: "Reader") -> bool:
        """Whether nothing but room keeps a judge from this letter."""
        kept_from = self.held_by | self.refused
        return reader.judge_id not in kept_from and not reader.barred & self.units


@dataclass(frozen=True)
class Reader:
    """A judge to deal to: units never read, room (None without limit), letters held already."""

    judge_id: int
    barred: frozenset[int] = frozenset()
    capacity: int | None = None
    load: int = 0


@dataclass(frozen=True)
class Lack:
    """Why a letter gets too few readers: reads missing, and judges who may not read it, had it, or have no room."""

    missing: int
    barred: int
    had_it: int
    full: int


@dataclass(frozen=True)
class Deal:
    """Who gets what, as (letter, judge) in the order of desks; and what each letter lacks."""

    pairs: tuple[tuple[int, int], ...]
    lacking: Mapping[int, Lack] = field(default_factory=dict)

    @property
    def loads(self) -> Counter[int]:
        """New letters a judge gets."""
        return Counter(judge_id for _letter_id, judge_id in self.pairs)


def deal(parcels: Iterable[Parcel], readers: Sequence[Reader], *, seed: str) -> Deal:
    """Deal every parcel `reads_wanted` times. The same input and seed give the same deal, whatever their order."""
    shuffle = random.Random(f"tem-thu {seed}")  # noqa: S311 - reproducible on purpose, not secret
    seats = sorted(readers, key=lambda reader: reader.judge_id)
    rank = {reader.judge_id: shuffle.random() for reader in seats}
    loads = {reader.judge_id: reader.load for reader in seats}
    lots = [(shuffle.random(), parcel) for parcel in sorted(parcels, key=lambda parcel: parcel.letter_id)]
    pairs: list[tuple[int, int]] = []
    lacking: dict[int, Lack] = {}
    for _lot, parcel in sorted(lots, key=lambda lot: (len(_allowed(lot[1], seats)), lot[0])):
        chosen = _least_loaded(parcel, seats, loads, rank)
        pairs += [(parcel.letter_id, judge_id) for judge_id in chosen]
        if len(chosen) < parcel.reads_wanted:
            lacking[parcel.letter_id] = _lack(parcel, seats, len(chosen))
        for judge_id in chosen:
            loads[judge_id] += 1
    shuffle.shuffle(pairs)
    return Deal(tuple(pairs), lacking)


def _allowed(parcel: Parcel, readers: Sequence[Reader]) -> list[Reader]:
    return [reader for reader in readers if parcel.may_be_read_by(reader)]


def _least_loaded(
    parcel: Parcel, readers: Sequence[Reader], loads: Mapping[int, int], rank: Mapping[int, float]
) -> list[int]:
    """The judges who get this parcel."""
    free = [
        reader.judge_id
        for reader in _allowed(parcel, readers)
        if reader.capacity is None or loads[reader.judge_id] < reader.capacity
    ]
    return sorted(free, key=lambda judge_id: (loads[judge_id], rank[judge_id]))[: parcel.reads_wanted]


def _lack(parcel: Parcel, readers: Sequence[Reader], found: int) -> Lack:
    """Each judge who does not take the letter is counted under one reason."""
    had_it = sum(reader.judge_id in parcel.held_by for reader in readers)
    allowed = len(_allowed(parcel, readers))
    return Lack(
        missing=parcel.reads_wanted - found,
        barred=len(readers) - had_it - allowed,
        had_it=had_it,
        full=allowed - found,
    )
