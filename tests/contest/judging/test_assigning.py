"""Assigning: its hard rules, even loads, one connected design, and the same for whoever assigns again from the same seed."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from contest.judging.arrays import Ints
from contest.judging.assigning import (
    NOBODY,
    UNLIMITED,
    Assignment,
    Judges,
    Letters,
    assign,
    desk_order,
    random_anchors,
)

SCHOOLS, PROVINCES = 1, 0


@dataclass(frozen=True)
class Case:
    letters: Letters
    judges: Judges
    barred: Ints
    kept: Ints

    def assigned(self, seed: str = "seed") -> Assignment:
        return assign(self.letters, self.judges, seed=seed, barred=self.barred, kept=self.kept)


def rows(*pairs: tuple[int, int]) -> Ints:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def letters_of(count: int, *, reads: int = 1, anchors: int = 0, places: Ints | None = None) -> Letters:
    origins = np.full((count, 1), -1) if places is None else places
    return Letters(np.full(count, reads), origins, np.arange(anchors))


def judges_of(count: int, *, capacity: int = UNLIMITED, places: Ints | None = None) -> Judges:
    return Judges(np.full(count, capacity), np.full((count, 1), -1) if places is None else places)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A few letters and judges with places, own capacities, barred pairs and kept reads."""
    letters, judges = draw(st.integers(1, 12)), draw(st.integers(1, 6))

    def numbers(size: int, low: int, high: int) -> Ints:
        return np.array(draw(st.lists(st.integers(low, high), min_size=size, max_size=size)), dtype=np.int64)

    pair = st.tuples(st.integers(0, letters - 1), st.integers(0, judges - 1))
    barred = rows(*draw(st.lists(pair, max_size=8, unique=True)))
    kept = rows(*draw(st.lists(pair, max_size=6, unique=True)))
    return Case(
        Letters(
            numbers(letters, 1, 3),
            numbers(letters * 2, -1, 3).reshape(-1, 2),
            random_anchors(letters, draw(st.integers(0, 2)), seed=""),
        ),
        Judges(numbers(judges, 0, 9), numbers(judges * 2, -1, 3).reshape(-1, 2)),
        barred,
        kept,
    )


def big(*, reads: int = 2, seed: int = 0) -> Case:
    """Enough letters to be dealt by classes, with schools, provinces, declared relatives and reads that exist."""
    chance = np.random.default_rng(seed)
    schools = chance.integers(40, size=3000), chance.integers(40, size=60)
    origins = [np.stack([school % 6, school], axis=1) for school in schools]
    pairs = np.stack([chance.integers(3000, size=900), chance.integers(60, size=900)], axis=1)
    own = (origins[0][pairs[:, 0]] == origins[1][pairs[:, 1]]).any(axis=1)
    kept = np.unique(pairs[~own][:400], axis=0)
    letters = Letters(np.full(3000, reads), origins[0], np.arange(10))
    return Case(letters, Judges(np.full(60, 400), origins[1]), pairs[400:], kept)


def broken(case: Case, found: Assignment) -> dict[str, int]:
    """How often each hard rule is broken."""
    letter, judge = found.reads.T
    ours, theirs = case.letters.origins[letter], case.judges.origins[judge]
    pairs = [*map(tuple, found.reads.tolist())]
    return {
        "own place": int(((ours == theirs) & (ours >= 0)).any(axis=1).sum()),
        "barred": len(set(pairs) & {*map(tuple, case.barred.tolist())}),
        "twice": len(pairs) - len(set(pairs) - {*map(tuple, case.kept.tolist())}),
        "beyond room": int((found.loads > case.judges.capacity)[np.bincount(judge, minlength=len(case.judges)) > 0].sum()),
    }  # fmt: skip


NONE_BROKEN = {"own place": 0, "barred": 0, "twice": 0, "beyond room": 0}


@settings(deadline=None)
@given(cases(), st.text(max_size=4))
def test_no_rule_is_ever_broken(case: Case, seed: str) -> None:
    assert broken(case, case.assigned(seed)) == NONE_BROKEN


@pytest.mark.parametrize("seed", range(3))
def test_no_rule_is_broken_in_bulk(seed: int) -> None:
    case = big(seed=seed)
    found = case.assigned()
    assert (broken(case, found), found.lacking.sum(), found.groups) == (NONE_BROKEN, 0, 1)


@settings(deadline=None)
@given(cases())
def test_every_read_is_given_or_said_to_be_lacking(case: Case) -> None:
    found = case.assigned()
    had = np.bincount(np.concatenate([found.reads, case.kept])[:, 0], minlength=len(case.letters.reads))
    assert found.lacking.tolist() == np.maximum(case.letters.reads - had, 0).tolist()


@settings(max_examples=60, deadline=None)
@given(cases())
def test_as_few_reads_lack_as_any_assignment_could_manage(case: Case) -> None:
    """Against a linear programme over single letters, anchors apart: they come first whatever it costs."""
    letters = Letters(case.letters.reads, case.letters.origins)
    found = assign(letters, case.judges, seed="", barred=case.barred, kept=case.kept)
    assert int(found.lacking.sum()) == fewest_lacking(Case(letters, case.judges, case.barred, case.kept))


def fewest_lacking(case: Case) -> int:
    count, judges = len(case.letters.reads), len(case.judges)
    places = case.letters.origins[:, None, :], case.judges.origins[None, :, :]
    most = (~((places[0] == places[1]) & (places[0] >= 0)).any(axis=2)).astype(float)
    for pairs in (case.barred, case.kept):
        most[pairs[:, 0], pairs[:, 1]] = 0
    had, loads = (np.bincount(case.kept[:, side], minlength=size) for side, size in ((0, count), (1, judges)))
    wanted = np.maximum(case.letters.reads - had, 0)
    by_letter, by_judge = np.kron(np.eye(count), np.ones(judges)), np.kron(np.ones(count), np.eye(judges))
    best = linprog(
        -np.ones(count * judges), np.vstack([by_letter, by_judge]),
        np.r_[wanted, np.maximum(case.judges.capacity - loads, 0)], bounds=np.stack([np.zeros(most.size), most.ravel()], axis=1),
    )  # fmt: skip
    return round(wanted.sum() + best.fun)


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 9), st.integers(1, 3))
def test_without_barriers_loads_differ_by_one_at_most(letters: int, judges: int, reads: int) -> None:
    loads = assign(letters_of(letters, reads=min(reads, judges)), judges_of(judges), seed="seed").loads
    assert np.ptp(loads) <= 1


def test_in_bulk_loads_differ_by_one_at_most() -> None:
    loads = assign(letters_of(20_000, reads=2), judges_of(21), seed="seed").loads
    assert np.ptp(loads) == 1


def test_own_capacities_are_filled_and_the_rest_is_even() -> None:
    found = assign(letters_of(100), Judges(np.array([5, UNLIMITED, 20, UNLIMITED]), np.full((4, 1), -1)), seed="seed")
    assert sorted(found.loads.tolist()) == [5, 20, 37, 38]


def test_who_has_more_already_gets_less() -> None:
    kept = rows(*((letter, 0) for letter in range(6)))
    assert assign(letters_of(16), judges_of(2), seed="seed", kept=kept).loads.tolist() == [8, 8]


def test_own_school_and_province_are_kept_apart() -> None:
    letters = letters_of(4, places=np.array([[1, 10], [1, 11], [2, 20], [2, 21]]))
    judges = judges_of(2, places=np.array([[1, 10], [2, 20]]))
    assert assign(letters, judges, seed="seed").reads.tolist() == [[0, 1], [1, 1], [2, 0], [3, 0]]


def test_an_unknown_place_bars_nobody() -> None:
    unknown = np.full((1, 2), -1)
    found = assign(letters_of(1, places=unknown), judges_of(1, places=unknown), seed="seed")
    assert found.reads.tolist() == [[0, 0]]


def test_room_is_kept_for_letters_that_few_may_read() -> None:
    """Judge 0 alone may read letter 3, and has room for one."""
    judges = Judges(np.array([1, 3]), np.full((2, 1), -1))
    assert [3, 0] in assign(letters_of(4), judges, seed="seed", barred=rows((3, 1))).reads.tolist()


def test_a_dropped_judges_letters_are_topped_up_and_nothing_else_moves() -> None:
    first = assign(letters_of(30, reads=2), judges_of(5), seed="one").reads
    kept = first[first[:, 1] != 4]
    gone = Judges(np.array([*[UNLIMITED] * 4, 0]), np.full((5, 1), -1))
    second = assign(letters_of(30, reads=2), gone, seed="two", barred=first[first[:, 1] == 4], kept=kept)
    assert sorted(second.reads[:, 0].tolist()) == sorted(first[first[:, 1] == 4, 0].tolist())
    assert (np.ptp(second.loads[:4]), second.loads[4]) == (0, 0)


def test_who_recognises_a_child_never_gets_that_letter_again() -> None:
    first = assign(letters_of(10), judges_of(3), seed="seed").reads
    given_back, kept = first[:1], first[1:]
    again = assign(letters_of(10), judges_of(3), seed="seed", barred=given_back, kept=kept).reads
    assert (again[0, 0], again[0, 1] != given_back[0, 1], len(again)) == (given_back[0, 0], True, 1)


def test_anchors_are_read_by_everyone_who_may() -> None:
    letters = letters_of(40, anchors=2, places=np.array([[7], [8], *[[-1]] * 38]))
    found = assign(letters, judges_of(4, places=np.array([[7], [-1], [-1], [-1]])), seed="seed")
    readers = [found.reads[found.reads[:, 0] == anchor, 1].tolist() for anchor in (0, 1)]
    assert (readers, found.groups) == ([[1, 2, 3], [0, 1, 2, 3]], 1)


def test_anchors_take_half_of_a_small_room_at_most() -> None:
    found = assign(letters_of(40, anchors=10), judges_of(4, capacity=8), seed="seed")
    assert np.bincount(found.reads[found.reads[:, 0] < 10, 1]).tolist() == [4, 4, 4, 4]


def test_single_reads_without_anchors_leave_judges_apart() -> None:
    assert assign(letters_of(40), judges_of(4), seed="seed").groups == 4


@settings(deadline=None)
@given(st.integers(2, 6), st.text(max_size=3))
def test_two_reads_of_each_letter_tie_all_judges_together(judges: int, seed: str) -> None:
    found = assign(letters_of(3 * judges, reads=2), judges_of(judges), seed=seed)
    assert (found.groups, np.ptp(found.loads)) == (1, 0)


def test_a_class_is_spread_over_all_who_may_read_it() -> None:
    """2,000 letters of each of two provinces, a judge of each, 98 from elsewhere."""
    places = np.repeat([[1], [2]], 2000, axis=0)
    judges = judges_of(100, places=np.array([[1], [2], *[[3]] * 98]))
    found = assign(letters_of(4000, places=places), judges, seed="seed")
    of_first = np.bincount(found.reads[found.reads[:, 0] < 2000, 1], minlength=100)
    assert (of_first[:2].tolist(), np.ptp(of_first[2:]) <= 3) == ([0, 40], True)


def test_the_same_seed_assigns_the_same_and_another_otherwise() -> None:
    one, again, other = (big().assigned(seed).reads.tolist() for seed in ("one", "one", "two"))
    assert (one == again, one == other) == (True, False)


def test_a_seed_gives_this_assignment_on_every_machine() -> None:
    found = assign(letters_of(6, reads=2), judges_of(3), seed="UPU 55")
    assert found.reads[:, 1].tolist() == [0, 1, 0, 2, 0, 2, 1, 2, 1, 2, 0, 1]


def test_nobody_to_read_is_a_lack_of_everything() -> None:
    found = assign(letters_of(3, reads=2), judges_of(0), seed="seed")
    assert (found.reads.tolist(), found.lacking.tolist(), found.groups) == ([], [2, 2, 2], 0)


def test_no_letter_is_nothing_to_do() -> None:
    assert assign(letters_of(0), judges_of(3), seed="seed").reads.tolist() == NOBODY.tolist()


def test_a_desk_has_places_from_one_and_its_anchors_spread_out() -> None:
    letters = letters_of(400, anchors=4)
    found = assign(letters, judges_of(4), seed="seed")
    places = desk_order(found, letters.anchors, seed="seed")
    mine = found.reads[:, 1] == 2
    hidden = np.sort(places[mine & (found.reads[:, 0] < 4)])
    assert sorted(places[mine].tolist()) == [*range(1, mine.sum() + 1)]
    assert ((hidden - 1) * 4 // mine.sum()).tolist() == [0, 1, 2, 3]
