"""How well the colleagues of a panel agree, two by two, by the kappa of `agreement`.

Every read is one value: the worth of its marks. Letters and judges are positions; a letter read once says nothing here.
"""

from dataclasses import dataclass

import numpy as np

from contest.judging.severity.agreement import quadratic_weighted_kappas
from contest.judging.severity.ratings import FloatArray, IntArray

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


def colleagues(value: FloatArray, letter: IntArray, judge: IntArray, judges: int) -> Colleagues:
    """Kappas of pairs of judges; reads ordered by letter, then by judge."""
    first, second = _side_by_side(letter)
    keys, pair = np.unique(judge[first] * judges + judge[second], return_inverse=True)
    common = np.bincount(pair, minlength=len(keys)).astype(np.float64)
    kappa = quadratic_weighted_kappas(value[first], value[second], pair.reshape(-1), len(keys))
    known = (common >= LEAST_COMMON) & np.isfinite(kappa)
    weight, kappa, owners = common[known], kappa[known], np.divmod(keys[known], judges)
    weighed = sum(np.bincount(owner, weight * kappa, judges) for owner in owners)
    weights = np.asarray(sum(np.bincount(owner, weight, judges) for owner in owners), dtype=np.float64)
    of_judges = np.divide(weighed, weights, out=np.full(judges, np.nan), where=weights > 0)
    overall = float(weight @ kappa / weight.sum()) if len(weight) else float("nan")
    return Colleagues(overall, of_judges, len(weight))


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
