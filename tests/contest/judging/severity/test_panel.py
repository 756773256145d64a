"""Agreement from long lists equals the textbook's tables."""

import numpy as np
import pytest

from contest.judging.severity import agreement, panel
from contest.judging.severity.agreement import Level

# Shrout & Fleiss (1979): six subjects, four judges.
TABLE = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=np.float64
)


def long(table: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, letters and judges of what is known in a table."""
    letter, judge = np.nonzero(~np.isnan(table))
    return table[letter, judge], letter, judge


def with_gaps() -> np.ndarray:
    chance = np.random.default_rng(4)
    table = np.rint(chance.normal(6, 1.5, (40, 1)) + chance.normal(0, 1, (40, 5)))
    table[chance.random(table.shape) < 0.4] = np.nan
    return table


def slow_alpha(table: np.ndarray) -> float:
    """Krippendorff's alpha of intervals from every pair of marks, one by one."""
    units = [row[~np.isnan(row)] for row in table]
    units = [unit for unit in units if len(unit) > 1]
    marks = np.concatenate(units)
    seen = sum(((unit[:, None] - unit[None, :]) ** 2).sum() / (len(unit) - 1) for unit in units) / len(marks)
    chance = ((marks[:, None] - marks[None, :]) ** 2).sum() / (len(marks) * (len(marks) - 1))
    return float(1 - seen / chance)


def test_alpha_is_that_of_the_table_with_its_gaps() -> None:
    table = with_gaps()
    value, letter, _judge = long(table)
    found = agreement.krippendorff_alpha(value, letter, Level.INTERVAL)
    assert found == pytest.approx(slow_alpha(table))


def test_the_correlation_of_one_read_is_icc1_of_shrout_and_fleiss() -> None:
    value, letter, _judge = long(TABLE)
    assert agreement.one_read(value, letter) == pytest.approx(0.1657, abs=5e-5)


def test_kappas_of_pairs_are_weighted_by_common_letters() -> None:
    table = with_gaps()
    value, letter, judge = long(table)
    kappas, weights = [], []
    for one in range(5):
        for other in range(one):
            both = ~np.isnan(table[:, one]) & ~np.isnan(table[:, other])
            weights.append(both.sum())
            kappas.append(agreement.quadratic_weighted_kappa(table[both, one], table[both, other]))
    found = panel.colleagues(value, letter, judge, 5)
    assert (found.kappa, found.pairs) == (pytest.approx(np.average(kappas, weights=weights)), 10)


def test_who_shares_few_letters_has_no_agreement() -> None:
    value, letter, judge = long(TABLE[:4])
    found = panel.colleagues(value, letter, judge, 4)
    assert (np.isnan(found.kappa), found.pairs, bool(np.isnan(found.of_judges).all())) == (True, 0, True)


@pytest.mark.parametrize("reads", [np.array([]), np.array([5.0]), np.array([5.0, 5.0])])
def test_nothing_to_disagree_about_is_not_known(reads: np.ndarray) -> None:
    letter = np.zeros(len(reads), dtype=np.int64)
    found = (
        agreement.krippendorff_alpha(reads, letter, Level.INTERVAL),
        agreement.one_read(reads, letter),
        panel.colleagues(reads, letter, letter, 1).kappa,
    )
    assert np.isnan(found).all()
