"""The safety net: before anyone is dropped, letters near the cut are read again, and what is still lost is said. Pure.

Takes each letter's fair mark (or measure) with its standard error, from whichever model. A letter within 1.5 standard errors of
the cut might stand on either side of it; the most uncertain are read first, within the hours that are left.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from contest.judging.arrays import Flags, Floats, Ints
from contest.judging.chance import Chance

# Letters nearer to the cut than so many standard errors might as well lie on its other side.
WITHIN = 1.5
# Equally likely places of a standard normal, over which what is not known yet is averaged.
_QUANTILES = ndtri((np.arange(400) + 0.5) / 400)


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
    """Letters within so many standard errors of the cut, most uncertain first: those likeliest to stand on the wrong side."""
    return nearest(distances(estimates, kept), estimates.se, seed=seed, within=within)


def distances(estimates: Estimates, kept: int) -> Floats:
    """How many of its standard errors each letter stands from the cut."""
    return np.asarray(np.abs(estimates.measure - cut_between(estimates, kept)) / estimates.se)


def nearest(distance: Floats, se: Floats, *, seed: str, within: float = WITHIN) -> Ints:
    """Letters within so many errors of their cut, nearest first; equals by the larger error, then at random from the seed."""
    near = np.flatnonzero(distance <= within)
    lots = Chance(seed, "safety net").numbers(len(distance))
    return near[np.lexsort((lots[near], -se[near], distance[near]))]


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


def expected_lost_after(estimates: Estimates, kept: int, *, winners: int, again: Flags, read_error: Floats) -> float:
    """The same once the letters `again` have been read once more, each read with this error. The cut stays where it is.

    What the further read will say is unknown, so it is averaged over: the measure moves as far as the read teaches.
    """
    if not 0 < winners < len(estimates) or kept >= len(estimates):
        return expected_lost(estimates, kept, winners=winners)
    line, cut = _winning_line(estimates, winners), cut_between(estimates, kept)
    order = np.argsort(-estimates.measure, kind="stable")
    dropped = np.ones(len(estimates), dtype=np.bool_)
    dropped[order[:kept]] = False
    still = float(_chances_above(estimates, line)[dropped & ~again].sum())
    measure, se, error = (values[again][:, None] for values in (estimates.measure, estimates.se, read_error))
    later = se * error / np.sqrt(se**2 + error**2)
    moved = measure + np.sqrt(np.maximum(se**2 - later**2, 0)) * _QUANTILES
    return still + float((ndtr((moved - line) / later) * (moved < cut)).mean(axis=1).sum())


def _winning_line(estimates: Estimates, winners: int) -> float:
    low = float((estimates.measure - 10 * estimates.se).min())
    high = float((estimates.measure + 10 * estimates.se).max())
    return float(brentq(lambda line: float(_chances_above(estimates, line).sum()) - winners, low, high))


def _chances_above(estimates: Estimates, line: float) -> Floats:
    """The chance of each letter to be truly above a line."""
    return np.asarray(ndtr((estimates.measure - line) / estimates.se), dtype=np.float64)
