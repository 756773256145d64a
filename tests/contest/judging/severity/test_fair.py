"""Fair marks: nearer to the truth than raw means, on the criteria's scale, and explained."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from contest.judging.severity.adjusting import Asked, Model, adjust
from contest.judging.severity.connection import Link, connection
from contest.judging.severity.ratings import means
from core.errors import Refused
from tests.contest.judging.severity import made as making
from tests.contest.judging.severity.test_additive import z_scores

STERN_AND_MILD = (1.6, 0.9, 0.4, 0.0, -0.3, -0.8, -1.8)


@pytest.mark.parametrize("model", list(Model))
def test_fair_marks_are_nearer_to_the_truth_than_raw_means(model: Model) -> None:
    truth = making.made(letters=700, severity=STERN_AND_MILD, reads=2, seed=11)
    outcome = adjust(truth.ratings, Asked(model=model))
    _values, ability = making.in_order(truth, outcome.letters.measure, truth.ability, "letters")
    fair, raw = (spearmanr(ability, marks)[0] for marks in (outcome.letters.fair_mark, outcome.letters.raw_mean))
    assert fair > raw + 0.03


def test_with_three_letters_a_judge_additive_fair_marks_do_not_hurt_and_z_scores_do() -> None:
    truth = making.made(letters=90, severity=tuple(np.linspace(-0.5, 0.5, 60)), criteria=1, top=8, seed=0)
    outcome = adjust(truth.ratings, Asked(model=Model.ADDITIVE))
    _values, ability = making.in_order(truth, outcome.letters.measure, truth.ability, "letters")
    several = (outcome.letters.fair_mark, outcome.letters.raw_mean, z_scores(truth.ratings))
    fair, raw, standard = (spearmanr(ability, marks)[0] for marks in several)
    assert (fair > raw - 0.02, standard < raw - 0.1) == (True, True)


def test_the_rasch_model_warns_of_judges_with_three_letters() -> None:
    truth = making.made(letters=90, severity=tuple(np.linspace(-0.5, 0.5, 60)), criteria=1, top=8, seed=0)
    assert ["additive model is the safer" in remark for remark in adjust(truth.ratings).remarks] == [True]


@pytest.mark.parametrize("model", list(Model))
def test_the_order_of_fair_marks_is_that_of_measures(model: Model) -> None:
    letters = adjust(making.made().ratings, Asked(model=model)).letters
    assert np.diff(letters.fair_mark[np.argsort(letters.measure)]).min() > -1e-9


def test_fair_marks_stay_on_the_scale() -> None:
    letters = adjust(making.made(top=4).ratings).letters
    assert (letters.fair_mark.min() >= 0, letters.fair_mark.max() <= 4) == (True, True)


@pytest.mark.parametrize("model", list(Model))
def test_what_stern_judges_took_is_given_back(model: Model) -> None:
    truth = making.made(letters=300)
    outcome = adjust(truth.ratings, Asked(model=model))
    reads = truth.ratings.reads
    stern = means(outcome.judges.severity[reads.judge], reads.letter, len(truth.ratings.letters))
    assert np.corrcoef(stern, outcome.letters.of_judges)[0, 1] > 0.9


def test_what_a_mark_moved_by_is_for_judges_and_for_the_rest() -> None:
    outcome = adjust(making.made(letters=100).ratings)
    difference = outcome.letters.fair_mark - outcome.letters.raw_mean
    assert outcome.letters.of_judges + outcome.letters.of_rest == pytest.approx(difference)


def test_a_letter_read_by_the_sternest_gets_something_back() -> None:
    ratings = making.made(letters=400, severity=(2.0, 1.5, -1.5, -2.0), reads=1).ratings
    letter = int(ratings.reads.letter[ratings.reads.judge == ratings.judges.index("J0")][0])
    assert adjust(ratings).letters.of_judges[letter] > 0


def test_nothing_to_adjust_is_refused() -> None:
    nothing = making.ratings([("1", "A", "mark", 1.0)])
    empty = type(nothing)([], [], [], *(np.array([], dtype=np.int64),) * 3, np.array([]))
    with pytest.raises(Refused, match="no mark"):
        adjust(empty)


def test_judges_who_share_no_letters_are_said_with_whom_to_link_them() -> None:
    rows = [("1", "A", 3), ("1", "B", 4), ("2", "A", 2), ("3", "C", 5), ("3", "D", 1), ("4", "D", 2)]
    ratings = making.ratings((letter, judge, "mark", float(mark)) for letter, judge, mark in rows)
    found = connection(ratings)
    names = [[ratings.judges[judge] for judge in group] for group in found.components]
    assert (names, found.links) == ([["A", "B"], ["C", "D"]], (Link(3, 0),))


def test_judges_joined_by_a_chain_of_letters_are_one_group() -> None:
    rows = [("1", "A", 3), ("1", "B", 4), ("2", "B", 2), ("2", "C", 5)]
    found = connection(making.ratings((letter, judge, "mark", float(mark)) for letter, judge, mark in rows))
    assert (found.connected, found.weak) == (True, (0, 2))
