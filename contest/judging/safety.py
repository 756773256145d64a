"""The safety net: before anyone is dropped, letters near the cut are read again, and what is still lost is said. Pure.

Takes each letter's fair mark (or measure) with its standard error, from whichever model. A letter within 1.5 standard errors of
the cut might stand on either side of it; the most uncertain are read first, within the hours that are left.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from contest.judging.arrays import Floats, Ints
from contest.judging.chance import Chance

WITHIN = 1.5


@dataclass(frozen=True, eq=False)
class Estimates:
    """What is known of each letter: its measure and that measure's standard error, on one scale."""

    measure: Floats
    se: Floats

    def __len__(self) -> int:
        return len(self.measure)


def cut_between(estimates: Estimates, kept: int) -> float:
    """The measure half way between the last letter that goes on and the first that does not."""
    order = np.sort(estimates.measure)[::-1]
    if not 0 < kept < len(order):
        return float("-inf") if kept else float("inf")
    return float(order[kept - 1] + order[kept]) / 2


def near_cut(estimates: Estimates, kept: int, *, seed: str, within: float = WITHIN) -> Ints:
    """Letters within so many standard errors of the cut, most uncertain first: those likeliest to stand on the wrong side.

    Equals by the larger error, then at random from the seed.
    """
    cut = cut_between(estimates, kept)
    distance = np.abs(estimates.measure - cut) / estimates.se
    near = np.flatnonzero(distance <= within)
    lots = Chance(seed, "safety net").numbers(len(estimates))
    return near[np.lexsort((lots[near], -estimates.se[near], distance[near]))]


def reads_left(hours: float, minutes: float) -> int:
    """Further reads that so many hours of all judges together allow."""
    return max(0, int(hours * 60 / minutes)) if minutes > 0 else 0


def send_back(estimates: Estimates, kept: int, *, reads: int, seed: str, within: float = WITHIN) -> Ints:
    """Which letters get one further read each, at most `reads` of them."""
    return near_cut(estimates, kept, seed=seed, within=within)[: max(reads, 0)]


def expected_lost(estimates: Estimates, kept: int, *, winners: int) -> float:
    """How many of the true best `winners` are expected among the letters that do not go on.

    True worth is taken as normal about the measure with its standard error. The line above which letters truly win is where
    the expected number above it is `winners`; the sum of chances to be above it, over letters dropped, is the expectation.
    """
    if not 0 < winners < len(estimates) or kept >= len(estimates):
        return 0.0 if kept >= len(estimates) else float(max(0, min(winners, len(estimates)) - kept))
    above = _chances_above(estimates, _winning_line(estimates, winners))
    order = np.argsort(-estimates.measure, kind="stable")
    return float(above[order[kept:]].sum())


def _winning_line(estimates: Estimates, winners: int) -> float:
    low = float((estimates.measure - 10 * estimates.se).min())
    high = float((estimates.measure + 10 * estimates.se).max())
    return float(brentq(lambda line: float(_chances_above(estimates, line).sum()) - winners, low, high))


def _chances_above(estimates: Estimates, line: float) -> Floats:
    """The chance of each letter to be truly above a line."""
    return np.asarray(ndtr((estimates.measure - line) / estimates.se), dtype=np.float64)
