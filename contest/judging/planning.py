"""Planning a funnel before a round opens: reads, hours, width of each cut, and what a cut may lose. Pure.

The normal model: letters' true worth is spread normally, one read shows it with reliability rho (the share of a read's spread
that is true), k reads with k rho / (1 + (k - 1) rho) (Spearman and Brown). With e2 = (1 - rho_k) / rho_k, the noise against
the true spread, a letter of true worth z survives a cut that keeps a share p with probability
1 - Phi((z_p sqrt(1 + e2) - z) / sqrt(e2)), where z_p = Phi^-1(1 - p). Reliabilities are those after severity has been removed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from scipy.special import ndtr, ndtri

from contest.judging.arrays import Floats, Ints

# Trained judges of school letters, severity removed (measured on published ratings); untrained ones reach .55 to .64.
USUAL_RELIABILITY = 0.74
WINNERS = 100
# In a small contest a hundred would be half of all; then it is one letter in so many.
LETTERS_PER_WINNER = 10
# The chance, over all rounds together, of losing the last of the true winners.
RISK = 0.01
# Cuts are spread over rounds whose letters have had so many reads in all when they are cut.
READS_IN_ALL = (1, 3, 6, 10, 15)
# The last round hands this many letters a winner to the finals: few enough to be laid side by side.
FINALISTS_PER_WINNER = 2


def usual_winners(letters: int) -> int:
    """How many true winners a plan is about when nobody says."""
    return min(WINNERS, max(1, letters // LETTERS_PER_WINNER))


def reliability_of(reads: int, single: float) -> float:
    """Reliability of the mean of several reads, from that of one."""
    return reads * single / (1 + (reads - 1) * single)


def chance_kept(rank: int | Ints, *, letters: int, kept: int, reads: int, reliability: float) -> Floats:
    """The chance that the letter of true `rank` (1 the best) is among the `kept` after so many reads in all."""
    noise = _noise(reads, reliability)
    cut = ndtri(1 - kept / letters) * sqrt(1 + noise)
    return np.asarray(1 - ndtr((cut - _worth(rank, letters)) / sqrt(noise)), dtype=np.float64)


def width(rank: int, *, letters: int, reads: int, reliability: float, risk: float) -> int:
    """How many letters must go on so that the one of true `rank` is lost with at most this `risk`; never fewer than `rank`."""
    noise = _noise(reads, reliability)
    cut = (float(_worth(rank, letters)) + sqrt(noise) * float(ndtri(risk))) / sqrt(1 + noise)
    return min(letters, max(rank, ceil(letters * (1 - float(ndtr(cut))))))


def _noise(reads: int, reliability: float) -> float:
    of_all = reliability_of(reads, reliability)
    return (1 - of_all) / of_all


def _worth(rank: int | Ints, letters: int) -> Floats:
    """Expected worth of the letter of a true rank, in standard deviations, by Blom's approximation."""
    return np.asarray(ndtri(1 - (np.asarray(rank) - 0.375) / (letters + 0.25)), dtype=np.float64)


@dataclass(frozen=True)
class Round:
    """One round of a plan; `hours` are those of one judge.

    `lost_last` is the chance that this cut alone loses the last of the true winners, `lost` how many it loses in expectation.
    """

    letters: int
    reads: int
    reads_in_all: int
    kept: int
    hours: float
    lost_last: float
    lost: float


@dataclass(frozen=True)
class Plan:
    """Rounds one after another; `lost_last` and `lost` add theirs up, which can only be too high."""

    rounds: tuple[Round, ...]
    winners: int

    @property
    def hours(self) -> float:
        """Hours of one judge."""
        return sum(each.hours for each in self.rounds)

    @property
    def reads(self) -> int:
        """Reads of all judges."""
        return sum(each.letters * each.reads for each in self.rounds)

    @property
    def lost_last(self) -> float:
        """The chance that the last of the true winners does not reach the finals."""
        return min(1.0, sum(each.lost_last for each in self.rounds))

    @property
    def lost(self) -> float:
        """True winners who do not reach the finals, in expectation."""
        return min(float(self.winners), sum(each.lost for each in self.rounds))


def plan(
    letters: int,
    judges: int,
    minutes: float,
    *,
    reliability: float = USUAL_RELIABILITY,
    winners: int | None = None,
    risk: float = RISK,
) -> Plan:
    """A funnel that asks little of judges: one read of all, more of fewer, until `FINALISTS_PER_WINNER` a winner are left.

    Every cut is as narrow as its share of `risk` allows; a round that would cut nobody is left out.
    `minutes` is what a judge takes for one read.
    """
    winners = min(winners or usual_winners(letters), letters)
    rounds: list[Round] = []
    entering, had = letters, 0
    for in_all in READS_IN_ALL:
        kept = min(
            entering,
            max(
                FINALISTS_PER_WINNER * winners,
                width(winners, letters=letters, reads=in_all, reliability=reliability, risk=risk / len(READS_IN_ALL)),
            ),
        )
        if kept == entering and rounds:
            # Nobody would be cut: these reads are better given together with the next.
            continue
        hours = entering * (in_all - had) * minutes / 60 / judges
        rounds.append(_round(letters, entering, in_all - had, in_all, kept, hours, reliability, winners))
        if kept <= FINALISTS_PER_WINNER * winners:
            break
        entering, had = kept, in_all
    return Plan(tuple(rounds), winners)


def _round(
    letters: int, entering: int, reads: int, in_all: int, kept: int, hours: float, reliability: float, winners: int
) -> Round:
    ranks = np.arange(1, winners + 1)
    lost = 1 - chance_kept(ranks, letters=letters, kept=kept, reads=in_all, reliability=reliability)
    return Round(entering, reads, in_all, kept, hours, float(lost[-1]), float(lost.sum()))


@dataclass(frozen=True)
class Single:
    """What one cut after so many reads of every letter would do, for a table of choices."""

    reads: int
    share: float
    hours: float
    lost_last: float


def single_cuts(
    letters: int,
    judges: int,
    minutes: float,
    *,
    reliability: float = USUAL_RELIABILITY,
    winners: int | None = None,
    reads: Sequence[int] = (1, 2, 3),
    shares: Sequence[float] = (0.2, 0.1, 0.05, 0.02, 0.01),
) -> list[Single]:
    """Every choice of reads and share that goes on, with hours of one judge and the chance that the last winner is lost."""
    last = min(winners or usual_winners(letters), letters)
    return [
        Single(
            count, share, letters * count * minutes / 60 / judges,
            1 - float(chance_kept(
                last, letters=letters, kept=round(share * letters), reads=count, reliability=reliability)),
        )
        for count in reads
        for share in shares
    ]  # fmt: skip
