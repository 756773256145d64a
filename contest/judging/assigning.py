"""Assigning reads: hard rules, even loads, one connected design, randomness from a published seed. Pure.

How it works. Letters that the same judges may not read form a class. A minimum-cost flow (OR-tools) says how many letters of
each class each judge gets: never beyond a judge's room, as even as the rules allow, and each class spread over all who may
read it. Then the letters of a class are dealt at random to those places. Few letters are dealt one by one in the same flow,
so that a letter lacks a read only where no assignment at all could give it one. Anchors, read by every judge who may, come
before all else; they tie judges together whose letters are read once. What was read already is kept and counts.

Which numbers stand for which letters is the caller's business; sort them by something that everyone can see, since the same
numbers and seed give the same assignment, bit for bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from contest.judging.arrays import Flags, Ints
from contest.judging.chance import Chance

NOBODY: Ints = np.zeros((0, 2), dtype=np.int64)
UNLIMITED = 1 << 40
# Up to so many letter-judge pairs each letter has arcs of its own; beyond, classes are dealt at random and clashes mended.
ONE_BY_ONE = 150_000
MENDING_ROUNDS = 50
# Groups of judges are tied by swaps where there are few reads; many, dealt at random, hang together unless a rule parts them.
TIES_TRIED, FEW_READS = 40, 50_000
# An anchor tells as much about a judge after some reads; a judge with little room keeps at least half of it for others.
MOST_ROOM_FOR_ANCHORS = 0.5
# With fewer judges than this for each read of a letter, judges follow each other in runs, which never meet a letter twice.
JUDGES_FOR_CHANCE = 8
# Costs of the flow, far enough apart that a chain of lesser ones weighs less: chance, even spread, even loads, any read at all.
COST_OF_CHANCE, COST_OF_CROWDING, COST_OF_LOAD, COST_OF_LACK = 8, 16, 1 << 12, 1 << 30
# Where the price of a judge's load rises, in reads from the even load: by one near it, doubling farther off.
LOAD_STEPS = np.array(
    [-(1 << power) for power in range(40, 3, -1)] + [*range(-8, 9)] + [1 << power for power in range(4, 41)]
)


@dataclass(frozen=True, eq=False)
class Letters:
    """Letters numbered from 0. `reads` are those wanted of each in all; `origins` one row a letter, one column a kind of place.

    The columns (school, province, …) are whatever a rule keeps apart; a negative number is "not known, bars nobody".
    """

    reads: Ints
    origins: Ints
    anchors: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class Judges:
    """Judges numbered from 0. `capacity` is reads in all, kept ones included; `origins` has the columns of the letters'.

    A judge who dropped out has capacity 0.
    """

    capacity: Ints
    origins: Ints

    def __len__(self) -> int:
        return len(self.capacity)


@dataclass(frozen=True, eq=False)
class Assignment:
    """New reads as rows (letter, judge), in the order of letters; kept ones are not repeated.

    `lacking` counts reads that a letter could not be given; `loads` a judge's reads with the kept ones; `groups` sets of
    judges whom no letter ties together: 1 is what severities need.
    """

    reads: Ints
    lacking: Ints
    loads: Ints
    groups: int


def assign(letters: Letters, judges: Judges, *, seed: str, barred: Ints = NOBODY, kept: Ints = NOBODY) -> Assignment:
    """Give every letter the reads it lacks.

    `barred` are rows (letter, judge) that may not be: relatives, "I recognise this child", reads given back; `kept` are reads
    that exist. Called again after a judge dropped out or capacities changed, it tops up what is missing and moves nothing.
    """
    table = _Table(letters, judges, barred, kept)
    anchored = _anchor_reads(table, letters.anchors, Chance(seed, "anchors"))
    table.add(anchored)
    chance = Chance(seed, "reads")
    if len(letters.reads) * len(judges) > ONE_BY_ONE:
        table.add(_in_bulk(table, chance))
    _one_by_one(table, chance)
    _connect(table, len(kept) + len(anchored), chance)
    new = table.reads[len(kept) :]
    return Assignment(
        new[np.lexsort((new[:, 1], new[:, 0]))], table.wanted(), table.loads(), groups(table.reads, judges)
    )


def random_anchors(letters: int, number: int, *, seed: str) -> Ints:
    """`number` of the letters 0 to letters-1, in ascending order."""
    return np.sort(Chance(seed, "which letters are anchors").order(letters)[:number])


def desk_order(assignment: Assignment, anchors: Ints, *, seed: str) -> Ints:
    """For each new read its place on its judge's desk, from 1: at random, the anchors spread evenly among the others."""
    letters, judges = assignment.reads.T
    chance = Chance(seed, "order of desks")
    key = chance.numbers(len(letters))
    hidden = np.flatnonzero(np.isin(letters, anchors))
    mixed = hidden[np.lexsort((key[hidden], judges[hidden]))]
    place, number = _places_within(judges[mixed])
    key[mixed] = (place + chance.numbers(len(mixed))) / number
    order = np.lexsort((key, judges))
    places = np.empty(len(letters), dtype=np.int64)
    places[order] = _places_within(judges[order])[0] + 1
    return places


def groups(reads: Ints, judges: Judges) -> int:
    """Sets of judges that no chain of letters ties together, judges without a letter left out."""
    if not len(reads):
        return 0
    labels = groups_of(reads, len(judges))
    return len(np.unique(labels[reads[:, 1]]))


def groups_among(reads: Sequence[tuple[int, int]]) -> int:
    """The same of reads as (letter, judge), numbered in whatever way."""
    if not reads:
        return 0
    rows = np.array(reads, dtype=np.int64)
    judges, places = np.unique(rows[:, 1], return_inverse=True)
    return len(np.unique(groups_of(np.stack([rows[:, 0], places], axis=1), len(judges))))


def groups_of(reads: Ints, judges: int) -> Ints:
    """For each judge the number of their group."""
    letters = np.unique(reads[:, 0], return_inverse=True)[1] + judges
    size = judges + int(letters.max()) + 1
    graph = coo_array((np.ones(len(reads), dtype=np.int8), (letters, reads[:, 1])), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1][:judges], dtype=np.int64)


def _places_within(sorted_groups: Ints) -> tuple[Ints, Ints]:
    """For each entry of a sorted array its place among its equals, from 0, and how many those are."""
    starts = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]][: len(sorted_groups)])
    lengths = np.diff(np.r_[starts, len(sorted_groups)])
    places = np.arange(len(sorted_groups)) - np.repeat(starts, lengths)
    return places.astype(np.int64), np.repeat(lengths, lengths).astype(np.int64)


class _Table:
    """Reads as they grow, and the rules they keep."""

    def __init__(self, letters: Letters, judges: Judges, barred: Ints, kept: Ints) -> None:
        self.letters, self.judges = letters, judges
        self.size = len(judges)
        self.reads = kept
        self._barred = np.unique(self.keys(barred))

    def add(self, reads: Ints) -> None:
        """Take further reads in."""
        self.reads = np.concatenate([self.reads, reads])

    def wanted(self) -> Ints:
        """Reads each letter still lacks."""
        had = np.bincount(self.reads[:, 0], minlength=len(self.letters.reads))
        return np.asarray(np.maximum(self.letters.reads - had, 0))

    def loads(self) -> Ints:
        """Reads each judge has."""
        return np.bincount(self.reads[:, 1], minlength=self.size).astype(np.int64)

    def room(self) -> Ints:
        """Reads each judge could still take."""
        return np.asarray(np.maximum(self.judges.capacity - self.loads(), 0))

    def may_by_origin(self, letters: Ints, judges: Ints | slice = slice(None)) -> Flags:
        """Whether each letter's places leave the judge beside it (or every judge: a row a letter) free to read it."""
        ours, theirs = self.letters.origins[letters], self.judges.origins[judges]
        if isinstance(judges, slice):
            ours = ours[:, None, :]
        return np.asarray(~((ours == theirs) & (ours >= 0)).any(axis=-1))

    def may(self, letters: Ints) -> Flags:
        """A row a letter, a column a judge: whether a further read would keep every rule but room."""
        allowed = self.may_by_origin(letters)
        row = np.full(len(self.letters.reads), -1)
        row[letters] = np.arange(len(letters))
        for keys in (self._barred, self.keys(self.reads)):
            rows, columns = row[keys // self.size], keys % self.size
            allowed[rows[rows >= 0], columns[rows >= 0]] = False
        return allowed

    def clashes(self, reads: Ints) -> Flags:
        """Which of these further reads break a rule: places, barred, or the same letter to the same judge twice."""
        keys = self.keys(reads)
        ordered = np.sort(keys)
        twice = ordered[1:][ordered[1:] == ordered[:-1]]
        taken = np.concatenate([twice, self._barred, self.keys(self.reads)])
        return _among(keys, np.sort(taken)) | ~self.may_by_origin(reads[:, 0], reads[:, 1])

    def keys(self, reads: Ints) -> Ints:
        """One number for each letter and judge."""
        return np.asarray(reads[:, 0] * self.size + reads[:, 1], dtype=np.int64)


def _among(keys: Ints, sorted_keys: Ints) -> Flags:
    """Whether each key is one of the sorted ones."""
    if not len(sorted_keys):
        return np.zeros(len(keys), dtype=np.bool_)
    at = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return np.asarray(sorted_keys[at] == keys)


def _anchor_reads(table: _Table, anchors: Ints, chance: Chance) -> Ints:
    """Every anchor to every judge who may read it and has room; a judge with little room gets as many as fit, at random."""
    if not len(anchors):
        return NOBODY
    allowed = table.may(anchors)
    kept = np.bincount(table.reads[np.isin(table.reads[:, 0], anchors), 1], minlength=table.size)
    limit = np.minimum(table.room(), (table.judges.capacity * MOST_ROOM_FOR_ANCHORS).astype(np.int64) - kept)
    lots = np.where(allowed, chance.numbers(allowed.size).reshape(allowed.shape), 2.0)
    rank = lots.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    rows, columns = np.nonzero(allowed & (rank < limit))
    return np.stack([anchors[rows], columns], axis=1)


def _in_bulk(table: _Table, chance: Chance) -> Ints:
    """Reads for classes of letters by flow, dealt at random within a class; what clashes after mending is left out."""
    wanted = table.wanted()
    open_letters = chance.order(len(wanted))
    open_letters = open_letters[wanted[open_letters] > 0]
    class_of = _classes(table, open_letters)
    number = int(class_of.max(initial=-1)) + 1
    first = np.full(number, len(class_of))
    np.minimum.at(first, class_of, np.arange(len(class_of)))
    sizes = np.bincount(class_of, minlength=number)
    demand = np.bincount(class_of, weights=wanted[open_letters], minlength=number).astype(np.int64)
    allowed = table.may_by_origin(open_letters[first])
    counts = _flow(demand, sizes, allowed, table, chance)
    return _mended(table, _dealt(open_letters, class_of, wanted, counts, chance), chance)


def _classes(table: _Table, letters: Ints) -> Ints:
    """For each letter the number of its class: letters whose places bar the same judges."""
    class_of = np.zeros(len(letters), dtype=np.int64)
    for ours, theirs in zip(table.letters.origins[letters].T, table.judges.origins.T, strict=True):
        known = np.unique(theirs[theirs >= 0])
        place = np.where(_among(ours, known), np.searchsorted(known, ours) + 1, 0)
        class_of = np.unique(class_of * (len(known) + 1) + place, return_inverse=True)[1].astype(np.int64)
    return class_of


def _dealt(letters: Ints, class_of: Ints, wanted: Ints, counts: Ints, chance: Chance) -> Ints:
    """Letters laid out class by class, beside the judges of the class in random order.

    The first read of all letters of a class comes first, then the second in the same order: where judges stand in runs instead
    (too few of them for chance), none meets a letter twice, as a run is no longer than the class.
    """
    layers = [letters[wanted[letters] > layer] for layer in range(int(wanted.max(initial=0)))]
    slots = np.concatenate(layers) if layers else letters[:0]
    of_class = np.zeros(len(wanted), dtype=np.int64)
    of_class[letters] = class_of
    slots = slots[_grouped(of_class[slots])]
    rows, columns = np.nonzero(counts)
    seats = np.repeat(np.stack([rows, columns], axis=1), counts[rows, columns], axis=0)
    if counts.shape[1] >= JUDGES_FOR_CHANCE * len(layers):
        seats = seats[chance.order(len(seats))]
        seats = seats[_grouped(seats[:, 0])]
    given = np.bincount(seats[:, 0], minlength=len(counts))
    place, _number = _places_within(of_class[slots])
    slots = slots[place < given[of_class[slots]]]
    return np.stack([slots, seats[:, 1]], axis=1)


def _grouped(classes: Ints) -> Ints:
    """The places of an array sorted by class, each class in its present order."""
    # NumPy sorts short numbers by their digits, several times as fast.
    small = classes.astype(np.uint16) if classes.max(initial=0) < 1 << 16 else classes
    return np.argsort(small, kind="stable")


def _mended(table: _Table, reads: Ints, chance: Chance) -> Ints:
    """Reads that clash swap judges with others at random, which changes no load; those still clashing are left out."""
    clashing = np.flatnonzero(table.clashes(reads))
    for _round in range(MENDING_ROUNDS):
        if not len(clashing):
            return reads
        partners = chance.below(len(reads), len(clashing))
        # A place takes part in one swap a round.
        partners, mine = np.unique(partners, return_index=True)
        alone = ~np.isin(partners, clashing)
        one, other = clashing[mine[alone]], partners[alone]
        swapped = reads.copy()
        swapped[one, 1], swapped[other, 1] = reads[other, 1], reads[one, 1]
        worse = table.clashes(swapped)
        undone = worse[one] | worse[other]
        swapped[one[undone], 1], swapped[other[undone], 1] = reads[one[undone], 1], reads[other[undone], 1]
        reads, clashing = swapped, np.flatnonzero(table.clashes(swapped))
    return reads[~table.clashes(reads)]


def _one_by_one(table: _Table, chance: Chance) -> None:
    """Letters that still lack reads, each with arcs of its own, in parts that a flow takes at once."""
    lacking = np.flatnonzero(table.wanted())
    part = max(1, ONE_BY_ONE // max(table.size, 1))
    for start in range(0, len(lacking), part):
        letters = lacking[start : start + part]
        if not table.room().any():
            return
        counts = _flow(table.wanted()[letters], np.ones_like(letters), table.may(letters), table, chance)
        rows, columns = np.nonzero(counts)
        table.add(np.stack([letters[rows], columns], axis=1))


def _flow(demand: Ints, sizes: Ints, allowed: Flags, table: _Table, chance: Chance) -> Ints:
    """How many letters of each class (row) each judge (column) gets: `demand` reads a class, no letter to a judge twice.

    Nodes are classes, judges and one sink. From class to judge it costs more beyond the class's even share; from judge to sink
    with every step away from the even load; reads that nobody can take run from class to sink at the highest cost.
    """
    classes, sink = np.arange(len(demand)), len(demand) + table.size
    rows, judges = np.nonzero(allowed & (table.room() > 0))
    even = np.minimum(sizes[rows], _shares(demand, rows, judges, table))
    lots = chance.below(COST_OF_CHANCE, len(rows))
    flow = SimpleMinCostFlow()
    add = flow.add_arcs_with_capacity_and_unit_cost
    within = add(rows, judges + len(demand), even, lots)
    beyond = add(rows, judges + len(demand), sizes[rows] - even, lots + COST_OF_CROWDING)
    takers, steps, prices = _priced_loads(table, int(demand.sum()))
    add(takers + len(demand), np.full(len(takers), sink), steps, prices)
    add(classes, np.full(len(demand), sink), demand, np.full(len(demand), COST_OF_LACK))
    flow.set_nodes_supplies(np.r_[classes, sink], np.r_[demand, -demand.sum()])
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("a flow with an arc for every lack has a solution")
    counts = np.zeros(allowed.shape, dtype=np.int64)
    counts[rows, judges] = flow.flows(within) + flow.flows(beyond)
    return counts


def _shares(demand: Ints, rows: Ints, judges: Ints, table: _Table) -> Ints:
    """For each class and judge beside it the class's reads in proportion to what the judge is to take in all, rounded up."""
    level = _even_load(table, int(demand.sum())) + 1
    hoped = np.clip(level - table.loads(), 0, table.room())[judges].astype(np.float64)
    beside = np.bincount(rows, weights=hoped, minlength=len(demand))[rows]
    return np.ceil(demand[rows] * np.divide(hoped, beside, out=np.ones_like(hoped), where=beside > 0)).astype(np.int64)


def _even_load(table: _Table, reads: int) -> int:
    """The highest load that all could be filled up to with so many further reads, each within their room."""
    low, high = 0, int(table.loads().max(initial=0)) + reads
    while low < high:
        middle = (low + high + 1) // 2
        fits = np.clip(middle - table.loads(), 0, table.room()).sum() <= reads
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _priced_loads(table: _Table, reads: int) -> tuple[Ints, Ints, Ints]:
    """Arcs from judges to the sink: judge, reads, price of each. Prices rise with the load, so loads come out even."""
    room = np.minimum(table.room(), reads)
    borders = np.clip(_even_load(table, reads) + LOAD_STEPS[None, :] - table.loads()[:, None], 0, room[:, None])
    steps = np.diff(np.column_stack([np.zeros_like(room), borders]), axis=1)
    judges, places = np.nonzero(steps)
    return judges, steps[judges, places], places * COST_OF_LOAD


def _connect(table: _Table, fixed: int, chance: Chance) -> None:
    """Tie groups of judges together by swapping the judges of two reads; the first `fixed` reads stay as they are.

    Only letters read more than once tie; with single reads and no anchors there is nothing to swap.
    """
    for _try in range(TIES_TRIED if len(table.reads) <= FEW_READS else 0):
        before = groups(table.reads, table.judges)
        several = np.bincount(table.reads[:, 0], minlength=len(table.letters.reads))[table.reads[:, 0]] > 1
        movable = np.flatnonzero(several & (np.arange(len(table.reads)) >= fixed))
        if before < 2 or not len(movable):
            return
        labels = groups_of(table.reads, table.size)[table.reads[movable, 1]]
        one = movable[chance.below(len(movable), 1)[0]]
        others = movable[labels != labels[movable == one]]
        if len(others):
            _swap_if_fewer(table, int(one), int(others[chance.below(len(others), 1)[0]]), before)


def _swap_if_fewer(table: _Table, one: int, other: int, before: int) -> None:
    """Swap the judges of two reads where that keeps every rule and leaves fewer groups than `before`."""
    kept = table.reads
    swapped = kept.copy()
    swapped[[one, other], 1] = kept[[other, one], 1]
    table.reads = np.delete(kept, [one, other], axis=0)
    allowed = not table.clashes(swapped[[one, other]]).any()
    table.reads = swapped if allowed and groups(swapped, table.judges) < before else kept
