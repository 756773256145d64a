"""Who goes on by a rule alone: without a database, ties never parted by time or number."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest

from contest.judging.deciding import Rule, Standing, Tie, decided, fingerprint, outcome, standings
from contest.judging.ranking import scored
from contest.judging.terms import GoingOn, Ties
from core.errors import Refused

ALL, HAND = Ties.ALL_GO_ON, Ties.BY_HAND


def standing(*scores: int, error: float | None = None, units: Sequence[int] = ()) -> list[Standing]:
    """Letters 1, 2, … of these scores."""
    return [
        Standing(number, Fraction(score), error, units[number - 1] if units else None)
        for number, score in enumerate(scores, start=1)
    ]


def rule(going_on: GoingOn, cut: str | None = None, ties: Ties = ALL) -> Rule:
    return Rule(going_on, None if cut is None else Decimal(cut), ties)


@pytest.mark.parametrize(
    ("given", "going_on"),
    [
        (rule(GoingOn.TOP, "2"), {1, 3}),
        (rule(GoingOn.TOP, "9"), {1, 2, 3, 4, 5}),
        (rule(GoingOn.SHARE, "40"), {1, 3}),
        (rule(GoingOn.SHARE, "41"), {1, 3, 5}),
        (rule(GoingOn.LEAST, "6"), {1, 3, 5}),
        (rule(GoingOn.LEAST, "6.5"), {1, 3}),
        (rule(GoingOn.LEAST, "10"), set()),
        (rule(GoingOn.BY_HAND), set()),
    ],
)
def test_each_rule_takes_the_letters_it_names(given: Rule, going_on: set[int]) -> None:
    assert outcome(standing(9, 4, 8, 5, 6), given).going_on == going_on


def test_equal_letters_that_do_not_fit_all_go_on_where_the_rule_says_so() -> None:
    found = outcome(standing(9, 7, 7, 7, 5), rule(GoingOn.TOP, "2"))
    assert (found.going_on, found.ties) == ({1, 2, 3, 4}, (Tie((2, 3, 4), places=1),))


def test_equal_letters_wait_for_the_hand_where_the_rule_says_so() -> None:
    found = outcome(standing(9, 7, 7, 7, 5), rule(GoingOn.TOP, "2", HAND))
    assert (found.going_on, found.ties) == ({1}, (Tie((2, 3, 4), places=1),))


def test_equal_letters_that_fit_are_no_tie() -> None:
    assert outcome(standing(9, 7, 7, 5), rule(GoingOn.TOP, "3", HAND)).ties == ()


def test_the_order_in_which_letters_come_decides_nothing() -> None:
    letters = standing(9, 7, 7, 7, 5)
    one, other = (outcome(each, rule(GoingOn.TOP, "2", HAND)) for each in (letters, letters[::-1]))
    assert one == other


def test_quotas_count_in_each_province_and_say_how_many_of_each() -> None:
    found = outcome(standing(9, 8, 7, 3, 2, units=[1, 1, 1, 2, 2]), rule(GoingOn.UNITS, "1"))
    assert (found.going_on, found.by_unit) == ({1, 4}, {1: 1, 2: 1})


def test_a_tie_under_quotas_names_its_province() -> None:
    found = outcome(standing(9, 9, 3, units=[1, 1, 2]), rule(GoingOn.UNITS, "1", HAND))
    assert (found.going_on, found.ties) == ({3}, (Tie((1, 2), places=1, unit_id=1),))


def test_letters_within_one_and_a_half_standard_errors_of_the_cut_are_borderline() -> None:
    """The line lies at 6.5, midway between the last that goes on and the first that stays."""
    assert outcome(standing(9, 7, 6, 5, error=0.5), rule(GoingOn.TOP, "2")).borderline == {2, 3}


def test_without_a_standard_error_nothing_is_called_borderline() -> None:
    assert outcome(standing(9, 7, 6, 5), rule(GoingOn.TOP, "2")).borderline == set()


def test_the_hand_chooses_among_the_tied() -> None:
    assert decided(standing(9, 7, 7, 5), rule(GoingOn.TOP, "2", HAND), [3]) == {1, 3}


@pytest.mark.parametrize(
    ("ties", "chosen", "sentence"),
    [(HAND, [2, 3], "places left"), (HAND, [4], "none that may be chosen"), (ALL, [3], "none that may be chosen")],
)
def test_the_hand_chooses_nothing_else(ties: Ties, chosen: list[int], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        decided(standing(9, 7, 7, 5), rule(GoingOn.TOP, "2", ties), chosen)


def test_the_hand_alone_chooses_where_the_rule_leaves_it_all() -> None:
    assert decided(standing(9, 7, 7, 5), rule(GoingOn.BY_HAND), [4, 1]) == {1, 4}


def test_standing_is_the_mean_of_reads_with_the_pooled_error_of_one_read_over_their_root() -> None:
    """Two reads differ by 2 (variance 2), two by 0: pooled 1; over the root of two reads .7071; of one read 1."""
    worths = {1: [Fraction(9), Fraction(7)], 2: [Fraction(5), Fraction(5)], 3: [Fraction(4)]}
    found = [(each.letter_id, each.score, each.error, each.unit_id) for each in standings(scored(worths), {1: 7})]
    half = pytest.approx(0.5**0.5)
    assert found == [(1, 8, half, 7), (2, 5, half, None), (3, 4, pytest.approx(1.0), None)]


def test_the_fingerprint_changes_with_any_score_and_not_with_the_order() -> None:
    letters = standing(9, 7)
    assert fingerprint(letters) == fingerprint(letters[::-1]) != fingerprint(standing(9, 8))


def test_a_province_with_a_number_of_its_own_gets_that_many() -> None:
    given = Rule(GoingOn.UNITS, Decimal(1), ALL, quotas=((7, 2), (8, 0)))
    found = outcome(standing(9, 8, 7, 6, 5, 4, units=[7, 7, 7, 8, 8, 9]), given)
    assert (found.going_on, found.by_unit) == ({1, 2, 6}, {7: 2, 8: 0, 9: 1})
