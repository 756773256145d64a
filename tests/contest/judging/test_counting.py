"""Orders of a committee become scores: by Borda, by Kemeny, by transferable votes for equal prizes."""

from fractions import Fraction

import pytest

from contest.judging import ranking
from contest.judging.counting import scores_of_orders
from contest.judging.ranking import worths_of_places
from contest.judging.terms import Counting

# Three judges prefer 7 to all others, two put it last: Borda prefers 8, duels prefer 7.
DIVIDED = [[7, 8, 9], [7, 8, 9], [7, 8, 9], [8, 9, 7], [8, 9, 7]]


def places(orders: list[list[int]], counting: Counting, seats: int = 1) -> list[tuple[int, int]]:
    scores = scores_of_orders(orders, counting, seats=seats, seed="of the tests")
    return [(each.letter_id, each.rank) for each in ranking.placed(scores)]


def test_borda_is_the_mean_of_even_steps() -> None:
    scores = scores_of_orders(DIVIDED, Counting.BORDA, seats=1, seed="")
    assert scores == ranking.scored(worths_of_places(DIVIDED))


@pytest.mark.parametrize(("counting", "first"), [(Counting.BORDA, 8), (Counting.KEMENY, 7), (Counting.STV, 7)])
def test_each_way_of_counting_has_its_own_winner(counting: Counting, first: int) -> None:
    assert places(DIVIDED, counting)[0] == (first, 1)


def test_places_of_kemeny_go_from_ten_to_nought_in_even_steps() -> None:
    scores = scores_of_orders(DIVIDED, Counting.KEMENY, seats=1, seed="")
    assert {letter: score.mean for letter, score in scores.items()} == {7: 10, 8: 5, 9: 0}


def test_letters_equal_in_all_nearest_orders_share_a_place() -> None:
    assert places([[1, 2, 3], [2, 1, 3]], Counting.KEMENY) == [(1, 1), (2, 1), (3, 3)]


def test_the_elected_are_equal_and_ahead_of_all_others() -> None:
    orders = [[1, 3, 2, 4], [1, 3, 2, 4], [2, 4, 1, 3], [2, 4, 3, 1], [3, 1, 2, 4]]
    assert places(orders, Counting.STV, seats=2)[:2] == [(1, 1), (2, 1)]


@pytest.mark.parametrize("counting", [Counting.BORDA, Counting.KEMENY])
def test_a_judge_who_may_not_read_a_letter_does_not_put_it_last(counting: Counting) -> None:
    assert places([[1, 2, 3], [1, 2, 3], [2, 3], [2, 3]], counting)[0] == (1, 1)


def test_reads_are_the_judges_who_placed_the_letter() -> None:
    scores = scores_of_orders([[1, 2], [2]], Counting.STV, seats=1, seed="")
    assert {letter: score.reads for letter, score in scores.items()} == {1: 1, 2: 2}


@pytest.mark.parametrize("counting", list(Counting))
def test_a_single_letter_stands_at_the_top(counting: Counting) -> None:
    assert scores_of_orders([[5]], counting, seats=1, seed="")[5].mean == Fraction(10)


@pytest.mark.parametrize("counting", list(Counting))
def test_without_an_order_there_is_no_score(counting: Counting) -> None:
    assert scores_of_orders([], counting, seats=1, seed="") == {}
