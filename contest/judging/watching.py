"""What may be said of a judge of a round: drift on anchor letters, and signs that call for a kind word. Pure.

A sign is no verdict: it says where to look and speak with somebody. It is only given where chance alone would seldom give it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from statistics import NormalDist, median

from contest.judging.measuring import JudgeFigures
from contest.judging.severity.fit import ERRATIC, PREDICTABLE

# Of the newest deviation in the smoothed one (Roberts 1959).
WEIGHT = 0.2
FEWEST_ANCHORS = 4
# So many errors from zero a drift is no chance any more.
BEYOND_CHANCE = 2.0
# Smaller than this, in marks of ten, a drift moves nothing.
SMALLEST_DRIFT = 0.2
FEWEST_READS = 8
# The standard deviation of normal deviations whose middle step from one to the next is one.
OF_MIDDLE_STEP = 1 / (sqrt(2) * NormalDist().inv_cdf(0.75))


class Sign(StrEnum):
    """What to look at."""

    DRIFTS_STERNER = "drifts_sterner"
    DRIFTS_MILDER = "drifts_milder"
    ERRATIC = "erratic"
    PREDICTABLE = "predictable"


@dataclass(frozen=True)
class Drift:
    """A judge on the anchors read so far, in marks of ten: each deviation, and the smoothed one after it; positive is sterner.

    `error`: how far the smoothed one, as it is now, may be off.
    """

    deviations: tuple[float, ...]
    smoothed: tuple[float, ...]
    error: float

    @property
    def now(self) -> float:
        """The smoothed deviation after the last anchor."""
        return self.smoothed[-1]

    @property
    def is_beyond_chance(self) -> bool:
        """Whether enough anchors tell that the judge has changed."""
        many = len(self.deviations) >= FEWEST_ANCHORS
        return many and abs(self.now) >= max(BEYOND_CHANCE * self.error, SMALLEST_DRIFT)


def drift(deviations: Sequence[float], *, spread: float) -> Drift | None:
    """Smooth a judge's deviations, oldest first; `spread` is that of a single one. None without anchors."""
    if not deviations:
        return None
    smoothed, total, weights, squares = [], 0.0, 0.0, 0.0
    for deviation in deviations:
        total = (1 - WEIGHT) * total + deviation
        weights = (1 - WEIGHT) * weights + 1
        squares = (1 - WEIGHT) ** 2 * squares + 1
        smoothed.append(total / weights)
    return Drift(tuple(deviations), tuple(smoothed), spread * sqrt(squares) / weights)


def spread_of(deviations: Sequence[Sequence[float]]) -> float:
    """How far single deviations scatter, over all judges: from one anchor to the next, so that a drift adds nothing to it.

    The middle step, made comparable with a standard deviation, rather than the mean: one leap says nothing of the others.
    """
    steps = [abs(later - earlier) for each in deviations for earlier, later in pairwise(each)]
    return median(steps) * OF_MIDDLE_STEP if steps else 0.0


def signs(figures: JudgeFigures | None, drift: Drift | None) -> tuple[Sign, ...]:
    """What to look at with this judge, gravest first."""
    found = []
    if drift and drift.is_beyond_chance:
        found.append(Sign.DRIFTS_STERNER if drift.now > 0 else Sign.DRIFTS_MILDER)
    if figures and figures.infit is not None and figures.reads >= FEWEST_READS:
        chance = BEYOND_CHANCE * sqrt(2 / figures.reads)
        if figures.infit > max(ERRATIC, 1 + chance):
            found.append(Sign.ERRATIC)
        elif figures.infit < min(PREDICTABLE, 1 - chance):
            found.append(Sign.PREDICTABLE)
    return tuple(found)
