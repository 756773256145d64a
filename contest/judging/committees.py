"""Committees that rank finalists: Borda, Kemeny, and single transferable votes for equal prizes; ties. Pure.

Ballots are an array of judges by letters: the place a judge gave a letter, 1 the best; equal numbers are equal in that
judge's eyes; 0 is "not ranked", behind all that are. Which method and which rules for ties hold is published before judging
starts. Neither time nor number nor name ever decides: what no rule parts shares a place, and a seat that must be given is
drawn by lot from the published seed, which is said.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
from scipy.sparse.csgraph import connected_components

from contest.judging.arrays import Floats, Ints
from contest.judging.chance import Chance

# Exact up to here: 2^14 sets of letters in a fraction of a second. Beyond, a search whose result says whether it is proved.
MOST_FOR_EXACT = 14
RESTARTS = 20


def ballots(rankings: Iterable[Iterable[int]], letters: int) -> Ints:
    """Rankings, each a judge's letters (0 to letters-1) best first and perhaps not all, as an array of places."""
    ranked = [list(ranking) for ranking in rankings]
    places = np.zeros((len(ranked), letters), dtype=np.int64)
    for row, ranking in zip(places, ranked, strict=True):
        row[ranking] = range(1, len(ranking) + 1)
    return places


def majorities(places: Ints, *, unranked_is_last: bool = True) -> Ints:
    """`[i, j]` is the number of judges who place letter i before letter j; an unranked one last, or neither before nor behind."""
    last = np.where(places == 0, np.iinfo(np.int64).max, places)
    earlier = last[:, :, None] < last[:, None, :]
    if not unranked_is_last:
        earlier &= (places > 0)[:, None, :]
    before: Ints = earlier.sum(axis=0).astype(np.int64)
    return before


def borda(places: Ints) -> Floats:
    """Points: a judge gives a letter one for each it is placed before, half for each it is equal to."""
    before = majorities(places)
    equal = len(places) - before - before.T - len(places) * np.eye(len(before), dtype=np.int64)
    return np.asarray(before.sum(axis=1) + equal.sum(axis=1) / 2, dtype=np.float64)


def standing(*scores: Sequence[float] | Floats) -> Ints:
    """Places by the first scores, equal ones by the next, and so on; higher is better. What stays equal shares: 1, 2, 2, 4."""
    keys = list(zip(*(np.asarray(score).tolist() for score in scores), strict=True))
    order = sorted(keys, reverse=True)
    first = {key: place for place, key in reversed(list(enumerate(order, start=1)))}
    return np.array([first[key] for key in keys], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Kemeny:
    """Orders nearest to all ballots: the fewest contradictions between the order and a judge, over pairs of letters.

    `places` are shared by letters that stand equal over all nearest orders; `order` is one nearest order; `distance` counts its
    contradictions, and no order has fewer than `bound`. `proven` says that none is nearer.
    """

    places: Ints
    order: Ints
    distance: int
    bound: int
    proven: bool


def kemeny(places: Ints, *, seed: str, unranked_is_last: bool = True) -> Kemeny:
    """The Kemeny order.

    Letters fall into sets, each before the next by majority in every duel; the order is exact within sets of up to
    `MOST_FOR_EXACT` letters, by the recursion over subsets, and found by local search from several starts in larger ones.
    """
    before = majorities(places, unranked_is_last=unranked_is_last)
    sets = _majority_sets(before)
    parts = [_nearest_of(before[np.ix_(part, part)], Chance(seed, "Kemeny")) for part in sets]
    standings = np.zeros(len(before), dtype=np.int64)
    order: list[int] = []
    for part, found in zip(sets, parts, strict=True):
        standings[part] = found.places + len(order)
        order += [part[letter] for letter in found.order.tolist()]
    across = _least(before, list(range(len(before)))) - sum(_least(before, part) for part in sets)
    return Kemeny(
        standings, np.array(order, dtype=np.int64), across + sum(found.distance for found in parts),
        across + sum(found.bound for found in parts), all(found.proven for found in parts),
    )  # fmt: skip


def _nearest_of(before: Ints, chance: Chance) -> Kemeny:
    return _exact(before) if len(before) <= MOST_FOR_EXACT else _searched(before, chance)


def _majority_sets(before: Ints) -> list[list[int]]:
    """Letters in sets, best set first: every letter of a set wins its duel against every letter of the sets behind."""
    number, labels = connected_components((before >= before.T).astype(np.int8), connection="strong")
    sets = [np.flatnonzero(labels == label).tolist() for label in range(number)]
    beaten = [int((before[part[0]] > before[:, part[0]])[labels != label].sum()) for label, part in enumerate(sets)]
    return [part for _beaten, part in sorted(zip(beaten, sets, strict=True), key=lambda pair: -pair[0])]


def _least(before: Ints, part: list[int]) -> int:
    """The contradictions that no order of these letters can avoid, pair by pair."""
    among = before[np.ix_(part, part)]
    return int(np.triu(np.minimum(among, among.T), 1).sum())


def _distance(before: Ints, order: Ints) -> int:
    """Judges who place the later of two before the earlier, over all pairs."""
    return int(np.tril(before[np.ix_(order, order)], -1).sum())


def _exact(before: Ints) -> Kemeny:
    """By the recursion over all sets of letters that may stand in front.

    A letter's standing is its mean place over all nearest orders, so that what they leave open is shared.
    """
    cost = _costs(before)
    to_here, ways_here = _recursion(cost, forward=True)
    from_here, ways_on = _recursion(cost, forward=False)
    means = []
    for letter in range(len(before)):
        front = np.flatnonzero((np.arange(cost.shape[1]) >> letter) & 1 == 0)
        behind = front | 1 << letter
        nearest = to_here[front] + cost[letter, front] + from_here[behind] == from_here[0]
        means.append(np.average(np.bitwise_count(front), weights=ways_here[front] * ways_on[behind] * nearest))
    distance = int(from_here[0])
    return Kemeny(standing(-np.round(means, 9)), _nearest(cost, from_here), distance, distance, proven=True)


def _costs(before: Ints) -> Floats:
    """`[i, s]`: judges contradicted when letter i stands behind all letters of the set s (bits of a number)."""
    members = (np.arange(1 << len(before))[None, :] >> np.arange(len(before))[:, None]) & 1
    return np.asarray(before @ members, dtype=np.float64)


def _recursion(cost: Floats, *, forward: bool) -> tuple[Floats, Floats]:
    """For each set the least cost of ordering it (`forward`) or of ordering the rest behind it, and the number of such orders."""
    letters, sets = cost.shape
    least, ways = np.full(sets, np.inf), np.zeros(sets)
    start = 0 if forward else sets - 1
    least[start], ways[start] = 0, 1
    numbers = np.arange(sets)
    sizes = np.bitwise_count(numbers)
    for size in range(1, letters + 1) if forward else range(letters - 1, -1, -1):
        members = numbers[sizes == size]
        beside = members[None, :] ^ (1 << np.arange(letters))[:, None]
        costs = np.stack([cost[letter, beside[letter] if forward else members] for letter in range(letters)])
        allowed = sizes[beside] == (size - 1 if forward else size + 1)
        options = np.where(allowed, least[beside] + costs, np.inf)
        least[members] = options.min(axis=0)
        ways[members] = (ways[beside] * (options == least[members])).sum(axis=0)
    return least, ways


def _nearest(cost: Floats, from_here: Floats) -> Ints:
    """One of the nearest orders, step by step from the front."""
    order: list[int] = []
    front = 0
    for _place in range(len(cost)):
        free = [letter for letter in range(len(cost)) if letter not in order]
        order.append(min(free, key=lambda letter: cost[letter, front] + from_here[front | 1 << letter]))
        front |= 1 << order[-1]
    return np.array(order, dtype=np.int64)


def _searched(before: Ints, chance: Chance) -> Kemeny:
    """The best of several local searches, and a bound below which no order can be."""
    starts = [np.argsort(before.sum(axis=0), kind="stable"), *(chance.order(len(before)) for _start in range(RESTARTS))]
    order = min((_improved(before, start) for start in starts), key=lambda found: _distance(before, found))
    distance, bound = _distance(before, order), _bound(before)
    parted = [not np.array_equal(before[one, other], before[other, one]) for one, other in pairwise(order)]
    places = np.zeros(len(order), dtype=np.int64)
    places[order] = standing(-np.cumsum([0, *parted]))
    return Kemeny(places, order, distance, bound, proven=distance == bound)


def _improved(before: Ints, start: Ints) -> Ints:
    """Move single letters to where they contradict the fewest judges, until no move helps."""
    order = start.tolist()
    moved = True
    while moved:
        moved = False
        for letter in start.tolist():
            here = order.index(letter)
            rest = order[:here] + order[here + 1 :]
            # What one step further back costs, summed from the front: the cost of every place.
            steps = before[letter, rest] - before[rest, letter]
            costs = np.r_[0, np.cumsum(steps)]
            best = int(costs.argmin())
            if costs[best] < costs[here]:
                order, moved = [*rest[:best], letter, *rest[best:]], True
    return np.array(order, dtype=np.int64)


def _bound(before: Ints) -> int:
    """The unavoidable of each pair, and for each circle of three duels the smallest margin in it, no margin used twice."""
    margin = np.maximum(before - before.T, 0)
    circles = 0
    for one, two, three in combinations(range(len(before)), 3):
        for ring in ((one, two, three), (one, three, two)):
            edges = [(ring[0], ring[1]), (ring[1], ring[2]), (ring[2], ring[0])]
            smallest = int(min(margin[edge] for edge in edges))
            if smallest:
                circles += smallest
                for edge in edges:
                    margin[edge] -= smallest
    return _least(before, list(range(len(before)))) + circles


@dataclass(frozen=True)
class Count:
    """One step of a transferable vote: votes of each letter still hopeful, and who was elected or left out on them."""

    votes: dict[int, Fraction]
    elected: int | None
    excluded: int | None


@dataclass(frozen=True)
class Election:
    """Letters elected, in the order they were; every count; and whether a lot from the seed had to decide between equals."""

    elected: tuple[int, ...]
    quota: int
    counts: tuple[Count, ...]
    drawn: bool


def stv(places: Ints, seats: int, *, seed: str) -> Election:
    """Equal prizes by single transferable vote: Droop quota, surplus passed on in equal parts of every supporting ballot.

    Weighted inclusive Gregory method in exact fractions; letters placed equal share their judge's vote. Of letters with fewest
    votes the one is left out that had fewer at the latest earlier count, then fewer Borda points, then by lot.
    """
    return _Counting(places, seats, Chance(seed, "single transferable vote")).run()


class _Counting:
    """The state of a transferable vote between counts."""

    def __init__(self, places: Ints, seats: int, chance: Chance) -> None:
        self.places, self.seats = places, seats
        self.quota = len(places) // (seats + 1) + 1
        self.weights = [Fraction(1)] * len(places)
        self.hopeful = list(range(places.shape[1]))
        self.elected: list[int] = []
        self.counts: list[Count] = []
        self.drawn = False
        self._lots, self._borda = chance.order(places.shape[1]).tolist(), borda(places).tolist()

    def run(self) -> Election:
        """Count until every seat is taken or nobody is left."""
        while self.hopeful and len(self.elected) < self.seats:
            self._step()
        return Election(tuple(self.elected), self.quota, tuple(self.counts), self.drawn)

    def _step(self) -> None:
        shares = [self._shares(ballot) for ballot in range(len(self.places))]
        votes = {letter: Fraction(0) for letter in self.hopeful}
        for weight, share in zip(self.weights, shares, strict=True):
            for letter, part in share.items():
                votes[letter] += weight * part
        enough = max(votes.values()) >= self.quota or len(self.hopeful) <= self.seats - len(self.elected)
        chosen = self._one_of(votes, max if enough else min)
        self.hopeful.remove(chosen)
        self.counts.append(Count(votes, chosen if enough else None, None if enough else chosen))
        if enough:
            self.elected.append(chosen)
            self._pass_on(chosen, votes[chosen], shares)

    def _shares(self, ballot: int) -> dict[int, Fraction]:
        """Which hopeful letters a ballot stands for, and with what part of its vote."""
        ranked = [letter for letter in self.hopeful if self.places[ballot, letter] > 0]
        best = min((self.places[ballot, letter] for letter in ranked), default=0)
        first = [letter for letter in ranked if self.places[ballot, letter] == best]
        return {letter: Fraction(1, len(first)) for letter in first}

    def _pass_on(self, chosen: int, votes: Fraction, shares: Sequence[dict[int, Fraction]]) -> None:
        """What a letter has beyond the quota goes on, in the same part from every ballot that stood for it."""
        spent = min(Fraction(1), self.quota / votes) if votes else Fraction(0)
        for ballot, share in enumerate(shares):
            self.weights[ballot] *= 1 - share.get(chosen, Fraction(0)) * spent

    def _one_of(self, votes: dict[int, Fraction], pick: Callable[..., Fraction]) -> int:
        """The letter with most or fewest votes; equals by earlier counts, latest first, then Borda points, then by lot."""
        tied = list(votes)
        earlier = [count.votes for count in reversed(self.counts)]
        for measure in (votes, *earlier, dict(enumerate(self._borda))):
            best = pick(measure[letter] for letter in tied)
            tied = [letter for letter in tied if measure[letter] == best]
        surplus = votes[tied[0]] > self.quota
        self.drawn = self.drawn or (len(tied) > 1 and (pick is min or surplus))
        return min(tied, key=self._lots.__getitem__)
