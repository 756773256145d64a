"""Agreement: the published tables, exactly."""

import numpy as np
import pytest

from contest.judging.severity import agreement
from contest.judging.severity.agreement import Level
from contest.judging.severity.ratings import FloatArray, IntArray
from tests.contest.judging.severity import made as making

SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)
NAN = np.nan
KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T


def long(table: FloatArray) -> tuple[FloatArray, IntArray]:
    """Values and letters of what is known in a table of letters × judges."""
    letter, judge = np.nonzero(~np.isnan(table))
    return table[letter, judge], letter


def test_intraclass_correlations_are_those_of_shrout_and_fleiss() -> None:
    expected = {"ICC1": 0.1657, "ICC2": 0.2898, "ICC3": 0.7148, "ICC1k": 0.4428, "ICC2k": 0.6201, "ICC3k": 0.9093}
    assert agreement.intraclass(SHROUT_FLEISS) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (Level.NOMINAL, 0.743421052631579),
        (Level.ORDINAL, 0.8153875037548814),
        (Level.INTERVAL, 0.8491071428571428),
        (Level.RATIO, 0.7974027747116121),
    ],
)
def test_alpha_is_that_of_krippendorffs_example(level: Level, expected: float) -> None:
    assert agreement.krippendorff_alpha(*long(KRIPPENDORFF), level) == pytest.approx(expected, abs=1e-12)


def test_alpha_of_what_nobody_read_twice_is_unknown() -> None:
    assert np.isnan(agreement.krippendorff_alpha(*long(np.array([[1.0, NAN], [NAN, 2.0]])), Level.INTERVAL))


def test_cohen_kappa_of_his_textbook_table() -> None:
    """20 both yes, 5 and 10 split, 15 both no: .7 seen, .5 by chance."""
    first = np.repeat([1.0, 1.0, 0.0, 0.0], [20, 5, 10, 15])
    second = np.repeat([1.0, 0.0, 1.0, 0.0], [20, 5, 10, 15])
    assert agreement.cohen_kappa(first, second) == pytest.approx(0.4)


def test_fleiss_kappa_is_that_of_his_example() -> None:
    """Ten subjects, fourteen raters, five categories: .210 (Fleiss 1971 as worked in textbooks)."""
    table = np.array(
        [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ]
    )
    assert agreement.fleiss_kappa(table) == pytest.approx(0.210, abs=5e-4)


def test_quadratic_weights_make_a_far_miss_worse() -> None:
    truth = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    near, far = np.array([1.0, 2.0, 3.0, 4.0, 4.0]), np.array([1.0, 2.0, 3.0, 4.0, 1.0])
    assert agreement.quadratic_weighted_kappa(truth, near) > agreement.quadratic_weighted_kappa(truth, far)


def test_quadratic_kappa_by_hand() -> None:
    """Squares seen: 1/4; by chance: (2 · 1 + 1 · 4 + …) / 16 = 1.125."""
    first, second = np.array([1.0, 2.0, 3.0, 2.0]), np.array([1.0, 2.0, 3.0, 3.0])
    chance = np.mean([(left - right) ** 2 for left in first for right in second])
    assert agreement.quadratic_weighted_kappa(first, second) == pytest.approx(1 - 0.25 / chance)


def test_who_always_agrees_has_kappa_one() -> None:
    marks = np.array([1.0, 2.0, 3.0])
    assert agreement.quadratic_weighted_kappa(marks, marks) == 1.0


def test_what_reads_allow_is_told_of_a_complete_table() -> None:
    rows = [(str(letter), str(judge), "mark", float(mark)) for (letter, judge), mark in np.ndenumerate(SHROUT_FLEISS)]
    found = agreement.agreement_of(making.ratings(rows))
    named = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")
    assert [round(found[name], 4) for name in named] == [0.1657, 0.2898, 0.7148, 0.4428, 0.6201, 0.9093]


def test_what_reads_allow_is_told_of_a_table_with_gaps() -> None:
    cells = [(place, mark) for place, mark in np.ndenumerate(KRIPPENDORFF) if not np.isnan(mark)]
    found = agreement.agreement_of(
        making.ratings((str(letter), str(judge), "mark", float(mark)) for (letter, judge), mark in cells)
    )
    assert [round(found[f"alpha_{level}"], 6) for level in Level] == [0.743421, 0.815388, 0.849107, 0.797403]
    assert sorted(found) == ["ICC1", "alpha_interval", "alpha_nominal", "alpha_ordinal", "alpha_ratio"]
