"""Fair marks: nearer to the truth than raw means, on the criteria's scale, and explained."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from contest.judging.severity.adjusting import Asked, Model, adjust
from contest.judging.severity.connection import Link, connection
from contest.judging.severity.freedom import Anchors
from contest.judging.severity.ratings import Ratings, means
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


def marked(ratings: Ratings) -> list[tuple[str, str, str, float]]:
    """The marks with their names."""
    places = zip(ratings.letter, ratings.judge, ratings.criterion, ratings.mark, strict=True)
    return [
        (ratings.letters[letter], ratings.judges[judge], ratings.criteria[criterion], float(mark))
        for letter, judge, criterion, mark in places
    ]


@pytest.mark.parametrize("seed", range(1, 4))
@pytest.mark.parametrize("model", list(Model))
def test_a_judge_with_one_read_at_the_top_does_not_move_letters_of_others(model: Model, seed: int) -> None:
    judges = tuple(np.linspace(-1, 1, 10))
    before = making.made(letters=200, severity=judges, criteria=1, top=8, reads=3, seed=seed).ratings
    after = making.ratings([*marked(before), ("L0", "rogue", "C0", 8.0)])
    without, with_rogue = (adjust(each, Asked(model=model)) for each in (before, after))
    moved = with_rogue.letters.fair_mark[1:] - without.letters.fair_mark[1:]
    assert np.abs(moved).max() < 0.02
    assert with_rogue.judges.severity.sum() == pytest.approx(0, abs=1e-9)


def test_over_all_reads_nothing_is_given_back_and_nothing_taken() -> None:
    truth = making.made(letters=200, criteria=1, top=8).ratings
    outcome = adjust(making.ratings([*marked(truth), ("L3", "once", "C0", 0.0)]), Asked(model=Model.ADDITIVE))
    assert outcome.judges.taken @ outcome.judges.reads == pytest.approx(0, abs=1e-9)


def test_an_anchored_severity_of_nought_stays_the_usual_one() -> None:
    ratings = making.made(letters=100, criteria=1, reads=1).ratings
    anchors = Anchors(judges=dict.fromkeys(ratings.judges, 1.0))
    outcome = adjust(ratings, Asked(model=Model.ADDITIVE, anchors=anchors))
    assert outcome.letters.of_judges == pytest.approx(np.ones(100))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([(f"L{place}", judge, 7.0) for place in range(10) for judge in "ABC"], "how far off its mark may be"),
        ([("L0", "A", 7.0)], "how far off its mark may be"),
        (
            [(f"L{at}", judge, mark) for at in range(50) for judge, mark in (("A", at % 5), ("B", 4 - at % 5))],
            "letters",
        ),
    ],
)
def test_where_the_additive_model_finds_no_spread_errors_are_not_known_and_it_says_so(
    rows: list[tuple[str, str, float]], sentence: str
) -> None:
    ratings = making.ratings((letter, judge, "mark", mark) for letter, judge, mark in rows)
    outcome = adjust(ratings, Asked(model=Model.ADDITIVE))
    assert np.isnan(outcome.letters.measure_se).all()
    assert len(rows) == 50 * 2 or np.isnan(outcome.judges.infit).all()
    assert [sentence in remark for remark in outcome.remarks][-1 if len(rows) < 50 else 0]


def test_judges_who_cannot_be_told_apart_have_no_error() -> None:
    rows = [
        (f"L{at}", judge, "mark", float(at % 5 + (at + place) % 3))
        for at in range(60)
        for place, judge in enumerate("AB")
    ]
    outcome = adjust(making.ratings(rows), Asked(model=Model.ADDITIVE))
    assert (np.isnan(outcome.judges.severity_se).all(), np.isfinite(outcome.letters.measure_se).all()) == (True, True)
    assert any("do not tell judges apart" in remark for remark in outcome.remarks)
