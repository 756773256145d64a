"""Agreement between judges: kappas (Cohen, Fleiss, quadratic weighted), Krippendorff's alpha, the intraclass correlations.

Reads are a long list: each a value, with the letter (and judge) it belongs to as a position; a million letters fit as well as
forty. Nothing to disagree about gives NaN.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

import numpy as np
from scipy import sparse

from contest.judging.severity.ratings import BoolArray, FloatArray, IntArray, Ratings, means

# Of values that are finer than this only intervals are looked at.
MOST_VALUES = 200


class Level(StrEnum):
    """The level of measurement that decides how far apart two marks are."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def agreement_of(ratings: Ratings) -> dict[str, float]:
    """Every figure that these reads allow; the value of a read is the mean of its marks. What is not known is NaN."""
    reads = ratings.reads
    value = means(ratings.mark, reads.of_mark, len(reads))
    few = len(np.unique(value)) <= MOST_VALUES
    levels = list(Level) if few else [Level.INTERVAL]
    figures = {f"alpha_{level}": krippendorff_alpha(value, reads.letter, level) for level in levels}
    if len(reads) == len(ratings.letters) * len(ratings.judges) and min(len(ratings.letters), len(ratings.judges)) > 1:
        figures |= intraclass(value.reshape(len(ratings.letters), len(ratings.judges)))
        if len(ratings.judges) == 2:
            one, other = value[0::2], value[1::2]
            figures |= {
                "quadratic_weighted_kappa": quadratic_weighted_kappa(one, other),
                "cohen_kappa": cohen_kappa(one, other),
            }
    else:
        figures["ICC1"] = one_read(value, reads.letter)
    if few and len(readers := np.unique(ratings.reads_of_letters)) == 1 and readers[0] > 1:
        place = np.unique(value, return_inverse=True)[1].reshape(-1)
        table = np.zeros((len(ratings.letters), int(place.max()) + 1), dtype=np.int64)
        np.add.at(table, (reads.letter, place), 1)
        figures["fleiss_kappa"] = fleiss_kappa(table)
    return figures


def cohen_kappa(first: FloatArray, second: FloatArray) -> float:
    """Agreement of two judges beyond chance (Cohen 1960)."""
    _values, places = np.unique(np.concatenate([first, second]), return_inverse=True)
    one, other = places.reshape(2, -1)
    chance = (
        float(np.bincount(one, minlength=len(_values)) @ np.bincount(other, minlength=len(_values))) / len(one) ** 2
    )
    return _beyond(float(np.mean(one == other)), chance)


def quadratic_weighted_kappa(first: FloatArray, second: FloatArray) -> float:
    """Agreement of two judges where a miss counts by its square (Cohen 1968)."""
    return float(quadratic_weighted_kappas(first, second, np.zeros(len(first), dtype=np.int64), 1)[0])


def quadratic_weighted_kappas(first: FloatArray, second: FloatArray, pair: IntArray, pairs: int) -> FloatArray:
    """The same of many pairs of judges: 1 less the squares seen over the squares of strangers with the same habits."""

    def total(values: FloatArray) -> FloatArray:
        return np.asarray(np.bincount(pair, values, pairs), dtype=np.float64)

    common = np.bincount(pair, minlength=pairs)
    seen = total((first - second) ** 2)
    chance = total(first**2 + second**2) - 2 * total(first) * total(second) / np.maximum(common, 1)
    return np.asarray(1 - np.divide(seen, chance, out=np.full(pairs, np.nan), where=chance > 1e-12))


def fleiss_kappa(table: IntArray) -> float:
    """Agreement of many judges beyond chance (Fleiss 1971); `table`: letters × categories, how many judges chose each.

    Every letter must have the same number of judges, two at least.
    """
    judges = table.sum(axis=1)[0]
    chosen = table.sum(axis=0) / table.sum()
    by_letter = (table * (table - 1)).sum(axis=1) / (judges * (judges - 1))
    return _beyond(float(by_letter.mean()), float((chosen**2).sum()))


def krippendorff_alpha(value: FloatArray, letter: IntArray, level: Level) -> float:
    """Krippendorff's alpha (2011): 1 less the disagreement within letters over that of all reads."""
    value, letter, count = _read_twice(value, letter)
    if len(value) < 2 or np.ptp(value) == 0:
        return float("nan")
    if level is Level.INTERVAL:
        within = np.bincount(letter, (value - means(value, letter, len(count))[letter]) ** 2)
        seen = float((2 * count * within / (count - 1)).sum())
        return 1 - seen / float(2 * ((value - value.mean()) ** 2).sum() * len(value) / (len(value) - 1))
    values, coincidences = _coincidences(value, letter, count)
    totals = coincidences.sum(axis=1)
    distance = _DISTANCES[level](values, totals)
    expected = (np.outer(totals, totals) * distance).sum() / (totals.sum() - 1)
    return float(1 - (coincidences * distance).sum() / expected)


def one_read(value: FloatArray, letter: IntArray) -> float:
    """The intraclass correlation of single reads by whichever judge (ICC1 of Shrout & Fleiss, letters read unevenly)."""
    value, letter, count = _read_twice(value, letter)
    if len(count) < 2:
        return float("nan")
    mean = means(value, letter, len(count))
    within = float(((value - mean[letter]) ** 2).sum()) / (len(value) - len(count))
    between = float(count @ (mean - value.mean()) ** 2) / (len(count) - 1)
    typical = (len(value) - float((count**2).sum()) / len(value)) / (len(count) - 1)
    return _share(between - within, between + (typical - 1) * within)


def intraclass(table: FloatArray) -> dict[str, float]:
    """The six intraclass correlations (Shrout & Fleiss 1979) of a complete table of units × judges.

    ICC1: each unit has judges of its own; ICC2: the same judges, drawn at random; ICC3: just these judges. `k`: their mean.
    """
    units, judges = table.shape
    between, columns, error, within = _mean_squares(table)
    return {
        "ICC1": _share(between - within, between + (judges - 1) * within),
        "ICC2": _share(between - error, between + (judges - 1) * error + judges * (columns - error) / units),
        "ICC3": _share(between - error, between + (judges - 1) * error),
        "ICC1k": _share(between - within, between),
        "ICC2k": _share(between - error, between + (columns - error) / units),
        "ICC3k": _share(between - error, between),
    }


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


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


def _beyond(seen: float, chance: float) -> float:
    return (seen - chance) / (1 - chance) if chance < 1 else float("nan")


def _read_twice(value: FloatArray, letter: IntArray) -> tuple[FloatArray, IntArray, FloatArray]:
    """Only reads of letters with two readers or more; letters renumbered, and how many reads each has."""
    keep: BoolArray = np.bincount(letter)[letter] > 1
    _names, renumbered, count = np.unique(letter[keep], return_inverse=True, return_counts=True)
    return value[keep], renumbered.reshape(-1), count.astype(np.float64)


def _coincidences(value: FloatArray, letter: IntArray, count: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The values, and how often each pair of values met within a letter, each letter weighing as many as its judges."""
    values, place = np.unique(value, return_inverse=True)
    place = place.reshape(-1)
    counts = sparse.csr_matrix((np.ones(len(value)), (letter, place)), shape=(len(count), len(values)))
    weight = 1 / (count - 1)
    met = (counts.T @ sparse.diags(weight) @ counts).toarray()
    return values, met - np.diag(np.bincount(place, weight[letter], len(values)))


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
