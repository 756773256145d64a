"""Agreement between judges: kappas (Cohen, Fleiss, quadratic weighted), Krippendorff's alpha, the six ICC.

Tables are units × judges unless said otherwise; NaN where a judge did not read. Nothing to disagree about gives NaN.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

import numpy as np

from contest.judging.severity.ratings import FloatArray, IntArray


class Level(StrEnum):
    """The level of measurement that decides how far apart two marks are."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def exact_agreement(first: FloatArray, second: FloatArray) -> float:
    """The share of equal marks."""
    return float(np.mean(first == second))


def cohen_kappa(first: FloatArray, second: FloatArray) -> float:
    """Agreement of two judges beyond chance (Cohen 1960)."""
    return _weighted_kappa(first, second, lambda left, right: (left != right).astype(np.float64))


def quadratic_weighted_kappa(first: FloatArray, second: FloatArray) -> float:
    """Agreement of two judges where a miss counts by its square (Cohen 1968)."""
    return _weighted_kappa(first, second, lambda left, right: (left - right) ** 2)


def fleiss_kappa(table: IntArray) -> float:
    """Agreement of many judges beyond chance (Fleiss 1971); `table`: units × categories, how many judges chose each.

    Every unit must have the same number of judges, two at least.
    """
    judges = table.sum(axis=1)[0]
    chosen = table.sum(axis=0) / table.sum()
    by_unit = (table * (table - 1)).sum(axis=1) / (judges * (judges - 1))
    return _beyond(float(by_unit.mean()), float((chosen**2).sum()))


def krippendorff_alpha(table: FloatArray, level: Level) -> float:
    """Krippendorff's alpha (2011) from a table of units × judges with NaN for missing marks."""
    values, coincidences = _coincidences(table)
    if len(values) < 2:
        return float("nan")
    totals = coincidences.sum(axis=1)
    distance = _DISTANCES[level](values, totals)
    expected = (np.outer(totals, totals) * distance).sum() / (totals.sum() - 1)
    return float(1 - (coincidences * distance).sum() / expected)


def intraclass(table: FloatArray) -> dict[str, float]:
    """The six intraclass correlations (Shrout & Fleiss 1979) of a complete table of units × judges.

    ICC1: each unit has judges of its own; ICC2: the same judges, drawn at random; ICC3: just these judges. `k`: their mean.
    """
    units, judges = table.shape
    between, columns, error, within = _mean_squares(table)
    single = {
        "ICC1": (between - within) / (between + (judges - 1) * within),
        "ICC2": (between - error) / (between + (judges - 1) * error + judges * (columns - error) / units),
        "ICC3": (between - error) / (between + (judges - 1) * error),
    }
    mean = {
        "ICC1k": (between - within) / between,
        "ICC2k": (between - error) / (between + (columns - error) / units),
        "ICC3k": (between - error) / between,
    }
    return {name: float(value) for name, value in {**single, **mean}.items()}


def spearman_brown(reliability: float, reads: float) -> float:
    """Reliability of the mean of so many reads, from that of one."""
    return reads * reliability / (1 + (reads - 1) * reliability)


def _mean_squares(table: FloatArray) -> tuple[float, float, float, float]:
    """Mean squares of units, judges, the rest, and within units."""
    units, judges = table.shape
    grand, rows, columns = table.mean(), table.mean(axis=1), table.mean(axis=0)
    of_units, of_judges = judges * ((rows - grand) ** 2).sum(), units * ((columns - grand) ** 2).sum()
    within = ((table - rows[:, None]) ** 2).sum()
    rest = within - of_judges
    return (
        float(of_units / (units - 1)),
        float(of_judges / (judges - 1)),
        float(rest / ((units - 1) * (judges - 1))),
        float(within / (units * (judges - 1))),
    )


def _weighted_kappa(
    first: FloatArray, second: FloatArray, distance: Callable[[FloatArray, FloatArray], FloatArray]
) -> float:
    """1 less the distance seen over the distance of strangers with the same habits."""
    seen = float(distance(first, second).mean())
    left, left_count = np.unique(first, return_counts=True)
    right, right_count = np.unique(second, return_counts=True)
    chance = float(left_count @ distance(left[:, None], right[None, :]) @ right_count) / len(first) ** 2
    return 1 - seen / chance if chance else float("nan")


def _beyond(seen: float, chance: float) -> float:
    return (seen - chance) / (1 - chance) if chance < 1 else float("nan")


def _coincidences(table: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The values, and how often each pair of values met within a unit, each unit weighing as many as its judges."""
    pairable = table[(~np.isnan(table)).sum(axis=1) > 1]
    values = np.unique(pairable[~np.isnan(pairable)])
    counts = (pairable[:, :, None] == values).sum(axis=1).astype(np.float64)
    weight = 1 / (counts.sum(axis=1) - 1)
    return values, (counts * weight[:, None]).T @ counts - np.diag((counts * weight[:, None]).sum(axis=0))


def _nominal(values: FloatArray, _totals: FloatArray) -> FloatArray:
    return np.asarray(values[:, None] != values[None, :], dtype=np.float64)


def _ordinal(_values: FloatArray, totals: FloatArray) -> FloatArray:
    """Squares of how many marks lie between two values, half of each end counted."""
    middle = np.cumsum(totals) - totals / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)


def _interval(values: FloatArray, _totals: FloatArray) -> FloatArray:
    return np.asarray((values[:, None] - values[None, :]) ** 2)


def _ratio(values: FloatArray, _totals: FloatArray) -> FloatArray:
    both = values[:, None] + values[None, :]
    return np.divide(values[:, None] - values[None, :], both, out=np.zeros_like(both), where=both != 0) ** 2


_DISTANCES: Mapping[Level, Callable[[FloatArray, FloatArray], FloatArray]] = {
    Level.NOMINAL: _nominal,
    Level.ORDINAL: _ordinal,
    Level.INTERVAL: _interval,
    Level.RATIO: _ratio,
}
