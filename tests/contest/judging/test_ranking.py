"""The ranking: computed from marks alone, ties stay ties."""

import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contest.judging.ranking import Given, Ranked, Weighing, ranking, worth_of_read

EVEN = [Weighing(1, 1, 10), Weighing(2, 1, 10)]
POINTS = st.integers(0, 20).map(lambda halves: Fraction(halves, 2))
READS = st.dictionaries(
    st.integers(1, 12), st.lists(st.tuples(POINTS, POINTS), min_size=1, max_size=3), min_size=1, max_size=8
)
Reads = dict[int, list[tuple[Fraction, Fraction]]]


def marks_of(reads: Reads) -> list[Given]:
    return [
        Given(letter, letter * 10 + read, criterion, points)
        for letter, by_read in reads.items()
        for read, pair in enumerate(by_read)
        for criterion, points in enumerate(pair, start=1)
    ]


def means_of(reads: Reads) -> dict[int, Fraction]:
    return {letter: sum(sum(pair) for pair in given) / Fraction(2 * len(given)) for letter, given in reads.items()}


@given(READS)
def test_a_rank_is_one_more_than_the_letters_that_are_better(reads: Reads) -> None:
    means = means_of(reads)
    expected = {letter: 1 + sum(other > mean for other in means.values()) for letter, mean in means.items()}
    assert {each.letter_id: each.rank for each in ranking(marks_of(reads), EVEN)} == expected


@given(READS)
def test_ties_are_shown_where_means_are_equal_and_nowhere_else(reads: Reads) -> None:
    means = list(means_of(reads).values())
    assert [each.tied for each in ranking(marks_of(reads), EVEN)] == [
        means.count(each.mean) > 1 for each in ranking(marks_of(reads), EVEN)
    ]


@given(READS, st.integers())
def test_the_order_in_which_marks_came_changes_nothing(reads: Reads, seed: int) -> None:
    marks = marks_of(reads)
    shuffled = random.Random(seed).sample(marks, len(marks))
    assert ranking(shuffled, EVEN) == ranking(marks, EVEN)


@given(READS)
def test_other_ids_give_the_same_ranks(reads: Reads) -> None:
    """Neither the number of a letter nor the time it came in decides anything: ids stand for both."""
    turned = {100 - letter: given for letter, given in reads.items()}
    ranks = {each.letter_id: (each.rank, each.mean) for each in ranking(marks_of(reads), EVEN)}
    turned_ranks = {100 - each.letter_id: (each.rank, each.mean) for each in ranking(marks_of(turned), EVEN)}
    assert turned_ranks == ranks


@given(READS)
def test_the_order_is_from_best_to_last(reads: Reads) -> None:
    means = [each.mean for each in ranking(marks_of(reads), EVEN)]
    assert means == sorted(means, reverse=True)


def test_three_letters_of_which_two_are_equal() -> None:
    placed = ranking(
        marks_of({7: [(Fraction(8), Fraction(8))], 5: [(Fraction(9), Fraction(7))], 6: [(Fraction(1),) * 2]}), EVEN
    )
    assert placed == [
        Ranked(5, 1, True, Fraction(8), 1),
        Ranked(7, 1, True, Fraction(8), 1),
        Ranked(6, 3, False, Fraction(1), 1),
    ]


def test_a_weight_of_two_counts_twice() -> None:
    worth = worth_of_read({1: Fraction(9), 2: Fraction(6)}, [Weighing(1, 2, 10), Weighing(2, 1, 10)])
    assert worth == Fraction(8)


def test_points_count_by_the_length_of_their_scale() -> None:
    worth = worth_of_read({1: Fraction(20), 2: Fraction(5)}, [Weighing(1, 1, 20), Weighing(2, 1, 10)])
    assert worth == Fraction(15, 2)


def test_thirds_are_exact() -> None:
    """Three reads whose sums agree tie, though no float could hold their mean."""
    reads = {1: [(Fraction(n), Fraction(n)) for n in (7, 7, 8)], 2: [(Fraction(n), Fraction(n)) for n in (8, 7, 7)]}
    assert [(each.rank, each.tied, each.mean) for each in ranking(marks_of(reads), EVEN)] == [
        (1, True, Fraction(22, 3))
    ] * 2


def test_a_read_that_lacks_a_mark_does_not_count() -> None:
    marks = [*marks_of({1: [(Fraction(6), Fraction(6))]}), Given(1, 99, 1, Fraction(10)), Given(2, 98, 2, Fraction(10))]
    assert ranking(marks, EVEN) == [Ranked(1, 1, False, Fraction(6), 1)]
