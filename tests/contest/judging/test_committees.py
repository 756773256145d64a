"""Committees: textbook elections, nearest orders against all orders, and ties that nothing hidden decides."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.judging.arrays import Ints
from contest.judging.committees import (
    ballots,
    borda,
    kemeny,
    majorities,
    standing,
    stv,
)

MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE = range(4)


def voted(letters: int, *groups: tuple[int, list[int]]) -> Ints:
    """So many judges for each ranking."""
    return ballots([ranking for judges, ranking in groups for _judge in range(judges)], letters)


def tennessee() -> Ints:
    """The capital of Tennessee, as textbooks on elections have it."""
    return voted(
        4,
        (42, [MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE]),
        (26, [NASHVILLE, CHATTANOOGA, KNOXVILLE, MEMPHIS]),
        (15, [CHATTANOOGA, KNOXVILLE, NASHVILLE, MEMPHIS]),
        (17, [KNOXVILLE, CHATTANOOGA, NASHVILLE, MEMPHIS]),
    )


def circle() -> Ints:
    """A beats B beats C beats A, each by two of three judges."""
    return voted(3, (1, [0, 1, 2]), (1, [1, 2, 0]), (1, [2, 0, 1]))


@st.composite
def elections(draw: st.DrawFn, most: int = 6) -> Ints:
    letters = draw(st.integers(1, most))
    ranking = st.permutations(range(letters)).flatmap(
        lambda order: st.integers(0, letters).map(lambda cut: order[:cut])
    )
    return ballots(draw(st.lists(ranking, min_size=1, max_size=7)), letters)


def test_borda_points_of_tennessee() -> None:
    assert borda(tennessee()).tolist() == [126, 194, 173, 107]


def test_equal_places_share_borda_points() -> None:
    assert borda(np.array([[1, 1, 2]])).tolist() == [1.5, 1.5, 0]


def test_letters_not_ranked_stand_equal_behind_those_ranked() -> None:
    assert borda(ballots([[2]], 3)).tolist() == [0.5, 0.5, 2]


@given(elections())
def test_a_judge_gives_as_many_borda_points_as_there_are_duels(places: Ints) -> None:
    judges, letters = places.shape
    assert borda(places).sum() == judges * letters * (letters - 1) / 2


def test_the_kemeny_order_of_tennessee() -> None:
    found = kemeny(tennessee(), seed="seed")
    assert found.order.tolist() == [NASHVILLE, CHATTANOOGA, KNOXVILLE, MEMPHIS]
    assert (found.distance, found.proven) == (600 - 393, True)


def nearest(places: Ints) -> tuple[int, Ints]:
    """By trying every order: the least distance, and the mean place of each letter over the orders that have it."""
    before = majorities(places)
    letters = range(len(before))
    distances = {
        order: sum(int(before[order[late], order[early]]) for late in letters for early in range(late))
        for order in permutations(letters)
    }
    least = min(distances.values())
    means = np.mean([np.argsort(order) for order, distance in distances.items() if distance == least], axis=0)
    return least, standing(-np.round(means, 9))


@settings(deadline=None)
@given(elections())
def test_kemeny_is_nearest_of_all_orders_and_shares_what_they_leave_open(places: Ints) -> None:
    least, shared = nearest(places)
    found = kemeny(places, seed="seed")
    assert (found.distance, found.bound, found.proven, found.places.tolist()) == (least, least, True, shared.tolist())


def test_a_perfect_circle_shares_one_place() -> None:
    assert kemeny(circle(), seed="seed").places.tolist() == [1, 1, 1]


def test_forty_letters_on_which_most_agree_are_proved() -> None:
    chance = np.random.default_rng(5)
    places = np.argsort(np.argsort(np.arange(40) + chance.normal(0, 3, (15, 40)), axis=1), axis=1) + 1
    found = kemeny(places, seed="seed")
    assert (found.proven, found.distance) == (True, found.bound)


def test_a_large_circle_says_when_it_is_not_proved() -> None:
    places = np.argsort(np.random.default_rng(5).random((5, 25)), axis=1) + 1
    found = kemeny(places, seed="seed")
    contradicted = sum(
        int(majorities(places)[late, early]) for at, late in enumerate(found.order) for early in found.order[:at]
    )
    assert (found.distance, found.proven) == (contradicted, found.distance == found.bound)
    assert found.bound <= found.distance <= 1.1 * found.bound


def test_places_are_shared_as_one_two_two_four() -> None:
    assert standing([7.5, 9.0, 7.5, 3.0]).tolist() == [2, 1, 2, 4]


def test_the_next_scores_part_what_is_equal() -> None:
    assert standing([7.5, 9.0, 7.5, 7.5], [1, 0, 2, 1]).tolist() == [3, 1, 2, 3]


@given(st.permutations(range(5)), elections(5))
def test_no_method_asks_for_a_letters_number(order: list[int], places: Ints) -> None:
    """With letters numbered otherwise, the same letters have the same places."""
    order = [letter for letter in order if letter < places.shape[1]]
    for method in (lambda each: kemeny(each, seed="seed").places, borda):
        assert method(places[:, order]).tolist() == method(places)[order].tolist()


ORANGES, PEARS, CHOCOLATE, STRAWBERRIES, SWEETS = range(5)


def party() -> Ints:
    """Twenty guests choose three foods, as textbooks on transferable votes have it."""
    return voted(
        5,
        (4, [ORANGES]), (2, [PEARS, ORANGES]), (8, [CHOCOLATE, STRAWBERRIES]), (4, [CHOCOLATE, SWEETS]),
        (1, [STRAWBERRIES]), (1, [SWEETS]),
    )  # fmt: skip


def test_the_transferable_vote_of_the_party() -> None:
    found = stv(party(), 3, seed="seed")
    assert (found.elected, found.quota, found.drawn) == ((CHOCOLATE, ORANGES, STRAWBERRIES), 6, False)


def test_the_counts_of_the_party() -> None:
    counts = stv(party(), 3, seed="seed").counts
    assert [[float(votes) for votes in count.votes.values()] for count in counts[:3]] == [
        [4, 2, 12, 1, 1], [4, 2, 5, 3], [6, 5, 3],
    ]  # fmt: skip
    assert [(count.elected, count.excluded) for count in counts[:3]] == [
        (CHOCOLATE, None),
        (None, PEARS),
        (ORANGES, None),
    ]


@given(elections(), st.integers(1, 6))
def test_as_many_are_elected_as_there_are_prizes(places: Ints, seats: int) -> None:
    found = stv(places, seats, seed="seed")
    assert len(set(found.elected)) == min(seats, places.shape[1])


@given(elections(), st.integers(1, 3))
def test_no_count_has_more_votes_than_judges(places: Ints, seats: int) -> None:
    totals = [sum(count.votes.values()) for count in stv(places, seats, seed="seed").counts]
    assert [total for total in totals if total > len(places)] == []


def test_a_lot_that_decides_is_said_and_belongs_to_the_seed() -> None:
    tied = voted(2, (1, [0]), (1, [1]))
    elections_held = [stv(tied, 1, seed=str(seed)) for seed in range(20)]
    assert {found.drawn for found in elections_held} == {True}
    assert {found.elected for found in elections_held} == {(0,), (1,)}
    assert stv(tied, 1, seed="3") == elections_held[3]


def test_of_equals_the_one_with_fewer_votes_earlier_is_left_out() -> None:
    """A and B have three votes each at the last count; B had only two before."""
    places = voted(4, (3, [0]), (2, [1]), (1, [2, 1]), (5, [3]))
    assert stv(places, 1, seed="seed").counts[1].excluded == 1


@pytest.mark.parametrize("judges", [0, 3])
def test_blank_ballots_leave_all_equal(judges: int) -> None:
    blank = np.zeros((judges, 3), dtype=np.int64)
    assert (kemeny(blank, seed="").places.tolist(), stv(blank, 1, seed="").drawn) == ([1, 1, 1], True)
