"""Comparative judgement: abilities from "this letter rather than that one", and how far they can be trusted. Pure.

The Bradley-Terry model: letter i is chosen over j with probability 1 / (1 + exp(-(t_i - t_j))). Abilities `t` are in logits
with mean zero. Scores are drawn a little towards the middle, so that a letter that won or lost every pair has a finite
ability: S* = e + (N - 2e) S / N with e = .3 (Robitzsch, R package sirt, `btm`; this module agrees with it). Which letters
are paired is the business of `contest.judging.pairing`: only of pairs that were not chosen by earlier results may the
reliabilities here be quoted, for adaptive pairing makes them high out of nothing (Bramley & Vitello 2019).
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import cg

from contest.judging.arrays import Flags, Floats, Ints
from contest.judging.chance import Chance

SHRINKAGE = 0.3
SPLITS = 50
CLOSE_ENOUGH = 1e-9
MOST_STEPS = 100
LONGEST_STEP = 2.0
# Beyond this a probability is 1 to six places: the equations are running away instead of settling.
FARTHEST = 15.0


class NotFiniteError(ArithmeticError):
    """Without shrinkage, letters that won or lost everything have no finite ability."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Decisions, one a place in three arrays of equal length; letters and judges are numbered from 0."""

    judge: Ints
    chosen: Ints
    not_chosen: Ints
    letters: int
    judges: int

    def only(self, kept: Flags) -> "Pairs":
        """The decisions flagged."""
        parts = (self.judge[kept], self.chosen[kept], self.not_chosen[kept])
        return Pairs(*parts, letters=self.letters, judges=self.judges)

    def counted(self, of_chosen: Floats | float = 1.0, of_other: Floats | float = 1.0) -> Floats:
        """A letter's sum over its pairs: `of_chosen` where it was chosen, `of_other` where it was not."""
        weights = (np.broadcast_to(part, self.chosen.shape) for part in (of_chosen, of_other))
        sums = [
            np.bincount(side, weights=weight, minlength=self.letters)
            for side, weight in zip((self.chosen, self.not_chosen), weights, strict=True)
        ]
        return np.asarray(sums[0] + sums[1], dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Fit:
    """Mean squares of residuals: `infit` weighted by information, `outfit` plain; 1 is what the model expects."""

    infit: Floats
    outfit: Floats


@dataclass(frozen=True, eq=False)
class Abilities:
    """What pairs say of each letter; NaN for letters in no pair.

    `ability` and `se` in logits; `pairs` and `won` are counts; `group` numbers the sets of letters that pairs connect: between
    groups abilities cannot be compared, each has mean zero. `ssr` is scale separation reliability, `separation` the true
    spread over the mean error. `evenly` says that the second, always solvable, form of shrinkage was needed (see `_targets`).
    """

    ability: Floats
    se: Floats
    pairs: Floats
    won: Floats
    group: Ints
    letters: Fit
    judges: Fit
    ssr: float
    separation: float
    iterations: int
    evenly: bool

    @property
    def groups(self) -> int:
        """How many sets of letters there are that no pair connects; 1 is what is wanted."""
        return len(np.unique(self.group[self.pairs > 0]))


def abilities(pairs: Pairs, *, shrinkage: float = SHRINKAGE) -> Abilities:
    """Fit the model by Newton's method. `shrinkage` (0 to below .5) is e above; 0 is plain maximum likelihood.

    Errors: `NotFiniteError` when shrinkage is 0 and some letters won against all others, or lost.
    """
    group = _groups(pairs)
    for evenly in (False, True):
        ability, steps = _solve(pairs, _targets(pairs, shrinkage, evenly=evenly), group)
        if steps < MOST_STEPS:
            return _described(pairs, ability, group, steps, evenly=evenly)
    raise NotFiniteError


def expected(pairs: Pairs, ability: Floats) -> Floats:
    """How probable each decision was."""
    return np.asarray(1 / (1 + np.exp(ability[pairs.not_chosen] - ability[pairs.chosen])), dtype=np.float64)


def _groups(pairs: Pairs) -> Ints:
    graph = coo_array((np.ones(len(pairs.chosen)), (pairs.chosen, pairs.not_chosen)), shape=(pairs.letters,) * 2)
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _targets(pairs: Pairs, shrinkage: float, *, evenly: bool) -> Floats:
    """The scores that expected scores are to meet.

    By letter as published; or, where those equations have no finite solution (very unequal numbers of pairs), with the same
    part of a win passed from winner to loser within each pair, which always has one.
    """
    number, won = pairs.counted(), pairs.counted(of_other=0.0)
    part = np.divide(shrinkage, number, out=np.zeros(pairs.letters), where=number > 0)
    if evenly:
        passed = (part[pairs.chosen] + part[pairs.not_chosen]) / 2
        return pairs.counted(1 - passed, passed)
    return np.asarray(part * number + won - 2 * part * won, dtype=np.float64)


def _solve(pairs: Pairs, targets: Floats, group: Ints) -> tuple[Floats, int]:
    """Abilities and the number of steps taken; `MOST_STEPS` when they did not settle.

    Published scores do not add up to the number of decisions, so that every letter of a group misses its target by the same
    share of its information; that share is what centring takes away in each step.
    """
    ability = np.zeros(pairs.letters)
    for step in range(1, MOST_STEPS):
        chance = expected(pairs, ability)
        information = chance * (1 - chance)
        missed = targets - pairs.counted(chance, 1 - chance)
        change = _newton_step(pairs, information, missed, group)
        ability = _centred(ability + change, group)
        if np.abs(change).max(initial=0.0) < CLOSE_ENOUGH:
            return ability, step
        if np.abs(ability).max() > FARTHEST:
            break
    return ability, MOST_STEPS


def _newton_step(pairs: Pairs, information: Floats, missed: Floats, group: Ints) -> Floats:
    """The change that meets the targets to first order, shortened to `LONGEST_STEP` logits."""
    diagonal = pairs.counted(information, information)
    per_group = np.bincount(group, missed), np.bincount(group, diagonal)
    share = np.divide(per_group[0], per_group[1], out=np.zeros_like(per_group[0]), where=per_group[1] > 0)
    wanted = missed - share[group] * diagonal
    # Letters in no pair have no equation; a one on their diagonal keeps them where they are.
    whole = np.where(diagonal > 0, diagonal, 1.0)
    places = np.arange(pairs.letters)
    rows = np.concatenate([pairs.chosen, pairs.not_chosen, places])
    columns = np.concatenate([pairs.not_chosen, pairs.chosen, places])
    matrix = coo_array((np.concatenate([-information, -information, whole]), (rows, columns))).tocsr()
    preconditioner = coo_array((1 / whole, (places, places))).tocsr()
    change, _unfinished = cg(matrix, wanted, rtol=1e-10, atol=1e-14, M=preconditioner)
    return np.asarray(change * min(1.0, LONGEST_STEP / max(np.abs(change).max(initial=0.0), 1e-300)), dtype=np.float64)


def _centred(ability: Floats, group: Ints) -> Floats:
    """Mean zero in each group."""
    return np.asarray(ability - (np.bincount(group, ability) / np.bincount(group))[group], dtype=np.float64)


def _described(pairs: Pairs, ability: Floats, group: Ints, steps: int, *, evenly: bool) -> Abilities:
    chance = expected(pairs, ability)
    variance = chance * (1 - chance)
    number = pairs.counted()
    seen = number > 0
    error = np.full(pairs.letters, np.nan)
    error[seen] = 1 / np.sqrt(pairs.counted(variance, variance)[seen])
    ssr, separation = separations(ability[seen], error[seen])
    return Abilities(
        ability=np.where(seen, ability, np.nan), se=error, pairs=number, won=pairs.counted(of_other=0.0), group=group,
        letters=_fit_of_letters(pairs, chance), judges=_fit_of_judges(pairs, chance), ssr=ssr, separation=separation,
        iterations=steps, evenly=evenly,
    )  # fmt: skip


def separations(ability: Floats, error: Floats) -> tuple[float, float]:
    """Scale separation reliability, 1 - mean(SE²) / var(t), and separation, sqrt(SSR / (1 - SSR)); 0 where there is none."""
    spread = float(np.var(ability, ddof=1)) if len(ability) > 1 else 0.0
    noise = float(np.mean(error**2)) if len(error) else 0.0
    if spread <= noise or noise == 0.0:
        return 0.0, 0.0
    return 1 - noise / spread, float(np.sqrt((spread - noise) / noise))


def _fit_of_letters(pairs: Pairs, chance: Floats) -> Fit:
    variance, residual = chance * (1 - chance), (1 - chance) ** 2
    infit = _ratio(pairs.counted(residual, residual), pairs.counted(variance, variance))
    surprise = residual / variance
    return Fit(infit, _ratio(pairs.counted(surprise, surprise), pairs.counted()))


def _fit_of_judges(pairs: Pairs, chance: Floats) -> Fit:
    variance, residual = chance * (1 - chance), (1 - chance) ** 2

    def summed(values: Floats) -> Floats:
        return np.bincount(pairs.judge, weights=values, minlength=pairs.judges).astype(np.float64)

    infit = _ratio(summed(residual), summed(variance))
    return Fit(infit, _ratio(summed(residual / variance), summed(np.ones_like(chance))))


def _ratio(top: Floats, bottom: Floats) -> Floats:
    quotient: Floats = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)
    return quotient


@dataclass(frozen=True)
class SplitHalf:
    """Agreement of two halves of the judges: the mean correlation over `splits`; None where no split allows one."""

    correlation: float | None
    splits: int
    by_judges: bool


def split_half(pairs: Pairs, *, seed: str, splits: int = SPLITS, shrinkage: float = SHRINKAGE) -> SplitHalf:
    """Halve the judges at random `splits` times, fit each half apart and correlate (Pearson, not stepped up to full length).

    A single judge's decisions are halved instead, which says only how consistent that judge is.
    """
    chance = Chance(seed, "split-half")
    by_judges = len(np.unique(pairs.judge)) > 1
    found = [_agreement(pairs, _first_half(pairs, chance, by_judges=by_judges), shrinkage) for _split in range(splits)]
    known = [each for each in found if each is not None]
    return SplitHalf(float(np.mean(known)) if known else None, len(known), by_judges)


def _first_half(pairs: Pairs, chance: Chance, *, by_judges: bool) -> Flags:
    """Flags of the decisions in the first half."""
    units = np.unique(pairs.judge, return_inverse=True)[1] if by_judges else np.arange(len(pairs.judge))
    number = int(units.max(initial=-1)) + 1
    return np.asarray((chance.order(number) < number // 2)[units])


def _agreement(pairs: Pairs, first: Flags, shrinkage: float) -> float | None:
    halves = [pairs.only(first), pairs.only(~first)]
    if not all(len(half.chosen) for half in halves):
        return None
    try:
        one, other = (abilities(half, shrinkage=shrinkage).ability for half in halves)
    except NotFiniteError:
        return None
    both = ~np.isnan(one) & ~np.isnan(other)
    if both.sum() < 3 or not np.ptp(one[both]) or not np.ptp(other[both]):
        return None
    return float(np.corrcoef(one[both], other[both])[0, 1])
