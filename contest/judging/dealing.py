"""Dealing letters to judges: hard barriers, even loads, one connected design, randomness from a published seed. Pure.

Speaks of the letters and judges of the database; `contest.judging.assigning` does the work on arrays of numbers. The order
of a deal is that of the desks: on each desk at random, with the letters that every judge reads spread among the others.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from contest.judging import assigning
from contest.judging.arrays import Ints
from contest.judging.assigning import UNLIMITED, Judges, Letters
from contest.judging.chance import Chance


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
    """A judge to deal to: units never read, room (None without limit), letters held already beside those that are kept."""

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
    """Who gets what, as (letter, judge) in the order of desks; what each letter lacks.

    `groups` are sets of judges whom no letter ties together, not even through others: one is what comparing them needs.
    """

    pairs: tuple[tuple[int, int], ...]
    lacking: Mapping[int, Lack] = field(default_factory=dict)
    groups: int = 1

    @property
    def loads(self) -> Counter[int]:
        """New letters a judge gets."""
        return Counter(judge_id for _letter_id, judge_id in self.pairs)


def deal(
    parcels: Iterable[Parcel],
    readers: Iterable[Reader],
    *,
    seed: str,
    kept: Collection[tuple[int, int]] = (),
    anchors: Collection[int] = (),
) -> Deal:
    """Deal every parcel `reads_wanted` times, and `anchors` to everybody who may read them.

    `kept` are reads that exist, as (letter, judge): they count for loads and tie judges together. The same input and seed give
    the same deal, whatever their order.
    """
    ordered = sorted(parcels, key=lambda parcel: parcel.letter_id)
    seats = sorted(readers, key=lambda reader: reader.judge_id)
    if not seats or not ordered:
        return Deal((), {each.letter_id: _lack(each, seats, 0) for each in ordered if each.reads_wanted > 0})
    table = _Table(ordered, seats, kept, anchors)
    found = assigning.assign(table.letters, table.judges, seed=seed, barred=table.barred, kept=table.kept)
    lacking = {
        ordered[place].letter_id: _lack(ordered[place], seats, ordered[place].reads_wanted - int(found.lacking[place]))
        for place in np.flatnonzero(found.lacking[: len(ordered)]).tolist()
    }
    return Deal(table.in_order_of_desks(found, seed), lacking, max(found.groups, 1))


class _Table:
    """Parcels and readers as the numbers that `assigning` takes: parcels first, then letters of which only reads are kept."""

    def __init__(
        self,
        parcels: Sequence[Parcel],
        readers: Sequence[Reader],
        kept: Collection[tuple[int, int]],
        anchors: Collection[int],
    ) -> None:
        self.letter_ids = [parcel.letter_id for parcel in parcels]
        self.judge_ids = [reader.judge_id for reader in readers]
        self._letter = {letter_id: place for place, letter_id in enumerate(self.letter_ids)}
        self._judge = {judge_id: place for place, judge_id in enumerate(self.judge_ids)}
        self.kept = self._kept(kept, readers)
        had = np.bincount(self.kept[:, 0], minlength=len(parcels))
        wanted = np.zeros(len(had), dtype=np.int64)
        wanted[: len(parcels)] = [max(parcel.reads_wanted, 0) for parcel in parcels]
        ours, theirs = _origins(parcels, readers, len(had))
        to_all = [self._letter[letter_id] for letter_id in sorted(anchors) if letter_id in self._letter]
        self.letters = Letters(had + wanted, ours, np.array(to_all, dtype=np.int64))
        room = [UNLIMITED if reader.capacity is None else max(reader.capacity, 0) for reader in readers]
        self.judges = Judges(np.array(room, dtype=np.int64), theirs)
        self.barred = self._barred(parcels)

    def _kept(self, kept: Collection[tuple[int, int]], readers: Sequence[Reader]) -> Ints:
        """Reads that exist by their numbers. A load that is only a number becomes reads of letters that nobody else has."""
        rows = [
            (self._letter.setdefault(letter_id, len(self._letter)), self._judge[judge_id])
            for letter_id, judge_id in sorted(kept)
            if judge_id in self._judge
        ]
        loads = np.repeat(np.arange(len(readers)), [max(reader.load, 0) for reader in readers])
        further = np.stack([len(self._letter) + np.arange(len(loads)), loads], axis=1)
        return np.concatenate([np.array(rows, dtype=np.int64).reshape(-1, 2), further])

    def _barred(self, parcels: Sequence[Parcel]) -> Ints:
        rows = [
            (place, self._judge[judge_id])
            for place, parcel in enumerate(parcels)
            for judge_id in parcel.held_by | parcel.refused
            if judge_id in self._judge
        ]
        return np.array(rows, dtype=np.int64).reshape(-1, 2)

    def in_order_of_desks(self, found: assigning.Assignment, seed: str) -> tuple[tuple[int, int], ...]:
        """Every new read as (letter, judge): first on all desks what lies on top, letters at random."""
        places = assigning.desk_order(found, self.letters.anchors, seed=seed)
        lots = Chance(seed, "from desk to desk").numbers(len(places))
        return tuple(
            (self.letter_ids[letter], self.judge_ids[judge])
            for letter, judge in found.reads[np.lexsort((lots, places))].tolist()
        )


def _origins(parcels: Sequence[Parcel], readers: Sequence[Reader], rows: int) -> tuple[Ints, Ints]:
    """A column for each unit of a letter and each unit that a judge bars, so that every two of them meet in one column.

    Letters of which only reads are kept come from nowhere: `rows` is how many there are with them.
    """
    at_most = max((len(parcel.units) for parcel in parcels), default=0)
    barred_at_most = max((len(reader.barred) for reader in readers), default=0)
    ours = _filled([sorted(parcel.units) for parcel in parcels], at_most, rows)
    theirs = _filled([sorted(reader.barred) for reader in readers], barred_at_most, len(readers))
    return np.repeat(ours, barred_at_most, axis=1), np.tile(theirs, (1, at_most))


def _filled(units: Sequence[Sequence[int]], columns: int, rows: int) -> Ints:
    """Units of each row, -1 where a row has fewer."""
    lengths = np.array([len(each) for each in units], dtype=np.int64)
    table = np.full((rows, columns), -1, dtype=np.int64)
    row = np.repeat(np.arange(len(units)), lengths)
    column = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    table[row, column] = np.fromiter(chain.from_iterable(units), dtype=np.int64, count=int(lengths.sum()))
    return table


def _lack(parcel: Parcel, readers: Sequence[Reader], found: int) -> Lack:
    """Each judge who does not take the letter is counted under one reason."""
    had_it = sum(reader.judge_id in parcel.held_by for reader in readers)
    allowed = sum(parcel.may_be_read_by(reader) for reader in readers)
    return Lack(
        missing=parcel.reads_wanted - found,
        barred=len(readers) - had_it - allowed,
        had_it=had_it,
        full=allowed - found,
    )
