"""How well a panel agrees, from reads in a long list rather than a table: a million letters fit as well as forty.

Every read is one value: the worth of its marks. Letters and judges are positions; a letter read once says nothing here.
"""

from dataclasses import dataclass

import numpy as np

from contest.judging.severity.ratings import BoolArray, FloatArray, IntArray, means

# A letter that very many judges read: each of them is compared with so many colleagues, not with all.
MOST_COLLEAGUES = 30
# Two judges with fewer letters in common say nothing about their agreement.
LEAST_COMMON = 5


@dataclass(frozen=True)
class Colleagues:
    """Quadratic weighted kappa of two judges on the letters both have read: the mean over pairs, and of each judge's pairs.

    Pairs weigh as many as the letters they share; NaN where no two judges share enough.
    """

    kappa: float
    of_judges: FloatArray
    pairs: int


def interval_alpha(value: FloatArray, letter: IntArray) -> float:
    """Krippendorff's alpha for intervals: 1 less the disagreement within letters over that of all reads."""
    value, letter, count = _read_twice(value, letter)
    if len(value) < 2 or np.ptp(value) == 0:
        return float("nan")
    within = np.bincount(letter, (value - means(value, letter, len(count))[letter]) ** 2)
    seen = float((2 * count * within / (count - 1)).sum())
    expected = float(2 * ((value - value.mean()) ** 2).sum() * len(value) / (len(value) - 1))
    return 1 - seen / expected


def one_read(value: FloatArray, letter: IntArray) -> float:
    """The intraclass correlation of single reads by whichever judge (ICC1 of Shrout & Fleiss, letters read unevenly)."""
    value, letter, count = _read_twice(value, letter)
    if len(count) < 2:
        return float("nan")
    mean = means(value, letter, len(count))
    within = float(((value - mean[letter]) ** 2).sum()) / (len(value) - len(count))
    between = float(count @ (mean - value.mean()) ** 2) / (len(count) - 1)
    typical = (len(value) - float((count**2).sum()) / len(value)) / (len(count) - 1)
    total = between + (typical - 1) * within
    return (between - within) / total if total else float("nan")


def colleagues(value: FloatArray, letter: IntArray, judge: IntArray, judges: int) -> Colleagues:
    """Kappas of pairs of judges; reads ordered by letter, then by judge."""
    first, second = _side_by_side(letter)
    keys, pair = np.unique(judge[first] * judges + judge[second], return_inverse=True)
    common = np.bincount(pair, minlength=len(keys)).astype(np.float64)
    kappa = _kappas(value[first], value[second], pair.reshape(-1), common)
    known = (common >= LEAST_COMMON) & np.isfinite(kappa)
    weight, kappa, owners = common[known], kappa[known], np.divmod(keys[known], judges)
    weighed = sum(np.bincount(owner, weight * kappa, judges) for owner in owners)
    weights = np.asarray(sum(np.bincount(owner, weight, judges) for owner in owners), dtype=np.float64)
    of_judges = np.divide(weighed, weights, out=np.full(judges, np.nan), where=weights > 0)
    overall = float(weight @ kappa / weight.sum()) if len(weight) else float("nan")
    return Colleagues(overall, of_judges, len(weight))


def _read_twice(value: FloatArray, letter: IntArray) -> tuple[FloatArray, IntArray, FloatArray]:
    """Only reads of letters with two readers or more; letters renumbered, and how many reads each has."""
    keep: BoolArray = np.bincount(letter)[letter] > 1
    _names, renumbered, count = np.unique(letter[keep], return_inverse=True, return_counts=True)
    return value[keep], renumbered.reshape(-1), count.astype(np.float64)


def _side_by_side(letter: IntArray) -> tuple[IntArray, IntArray]:
    """Positions of two reads of one letter: each with those that follow it, at most so many."""
    most = min(int(np.bincount(letter).max(initial=1)) - 1, MOST_COLLEAGUES)
    found = [np.empty(0, dtype=np.int64)]
    seconds = [np.empty(0, dtype=np.int64)]
    for step in range(1, most + 1):
        here = np.flatnonzero(letter[:-step] == letter[step:])
        found.append(here)
        seconds.append(here + step)
    return np.concatenate(found), np.concatenate(seconds)


def _kappas(one: FloatArray, other: FloatArray, pair: IntArray, common: FloatArray) -> FloatArray:
    """1 less the squares seen over the squares of strangers with the same habits; NaN where nothing differs."""

    def total(values: FloatArray) -> FloatArray:
        return np.asarray(np.bincount(pair, values, len(common)), dtype=np.float64)

    seen = total((one - other) ** 2)
    chance = total(one**2 + other**2) - 2 * total(one) * total(other) / np.maximum(common, 1)
    return np.asarray(1 - np.divide(seen, chance, out=np.full(len(common), np.nan), where=chance > 1e-12))
