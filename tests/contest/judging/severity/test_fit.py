"""Fit and separation."""

import numpy as np
import pytest

from contest.judging.severity import fit, rasch
from contest.judging.severity.fit import Separation
from tests.contest.judging.severity import made as making


def test_the_published_line_of_facets_is_reproduced() -> None:
    """Readers of AP essays: RMSE .08 and true deviation .17 as printed, from which separation 2.17 only within rounding."""
    lowest, highest = Separation(0.085, 0.165).separation, Separation(0.075, 0.175).separation
    line = Separation(0.08, 0.08 * 2.17)
    assert (lowest < 2.17 < highest, round(line.true_deviation, 2), round(line.reliability, 2)) == (True, 0.17, 0.82)


def test_strata_follow_from_separation() -> None:
    """(4 · 2.17 + 1) / 3 = 3.2267; FACETS printed 3.22 from its own unrounded figures."""
    assert Separation(1.0, 2.17).strata == pytest.approx(3.22, abs=0.01)


def test_separation_takes_the_error_out_of_the_spread() -> None:
    found = fit.separation(np.array([-1.0, 1.0]), np.array([0.6, 0.6]))
    assert (found.rmse, found.true_deviation) == (pytest.approx(0.6), pytest.approx(0.8))


def test_elements_that_differ_less_than_their_errors_are_not_separated() -> None:
    assert fit.separation(np.array([-0.1, 0.1]), np.array([0.5, 0.5])).separation == 0.0


def test_equal_elements_have_no_chi_square() -> None:
    assert fit.homogeneity(np.full(4, 0.3), np.full(4, 0.1)) == (pytest.approx(0.0, abs=1e-9), 3)


def test_chi_square_weighs_by_errors() -> None:
    assert fit.homogeneity(np.array([-1.0, 1.0]), np.array([0.5, 0.5])) == (pytest.approx(8.0), 1)


def test_judges_who_follow_the_model_fit_it() -> None:
    squares, _criteria = fit.mean_squares(rasch.fit(making.made(letters=800, top=5).ratings))
    assert (squares.infit, squares.outfit) == (pytest.approx(np.ones(4), abs=0.12), pytest.approx(np.ones(4), abs=0.15))


def test_a_judge_who_throws_dice_is_erratic() -> None:
    truth = making.made(letters=300, top=5, reads=3, criteria=1).ratings
    dice = truth.judges.index("J2")
    mark = np.where(truth.judge == dice, np.random.default_rng(1).integers(0, 6, len(truth)), truth.mark)
    ratings = making.ratings(
        (truth.letters[letter], truth.judges[judge], "C0", float(given))
        for letter, judge, given in zip(truth.letter, truth.judge, mark, strict=True)
    )
    infit = fit.mean_squares(rasch.fit(ratings))[0].infit
    assert (int(np.argmax(infit)), infit[dice] > 1.2) == (ratings.judges.index("J2"), True)


def test_ratings1_has_the_reliability_of_tam() -> None:
    found = rasch.fit(making.ratings1())
    assert fit.reliability_of_letters(found.measure, found.measure_se) == pytest.approx(0.888, abs=0.002)


def test_predictions_drawn_towards_zero_are_separated_as_letters_are() -> None:
    """Variance 3 of predictions that miss 1: reliability 3/4, true variance 4, and an error of 4 · 1/3 when not drawn."""
    found = fit.separation_of_predicted(np.array([-1.0, 1.0]) * np.sqrt(3), np.ones(2))
    assert (found.reliability, found.true_deviation, found.rmse**2) == pytest.approx((0.75, 2.0, 4 / 3))
    assert fit.separation_of_predicted(np.zeros(3), np.full(3, 0.2)).reliability == 0.0
