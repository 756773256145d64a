"""Crossed random effects: reads as the sum of a mean, a letter, a judge and chance, each of the three normal.

Henderson's mixed model equations with the letters absorbed, so that the only dense system is that of the judges; variances by
restricted maximum likelihood with average-information steps (Gilmour, Thompson & Cullis 1995).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import linalg, sparse

from contest.judging.chance import Chance
from contest.judging.severity.ratings import BoolArray, FloatArray, IntArray

MOST_ROUNDS = 60
# Of a log variance; steps shrink by their square, so the error is far below.
CONVERGED = 1e-3
SMALLEST_SHARE = 1e-8
# Of all variance: a part that is no larger counts as none. Well above the share that keeps the equations solvable.
NO_SHARE = 1e-6
LONGEST_STRIDE = 2.0
# Of more judges than this the climb begins where that of a part of them ends: a step costs the cube of judges.
MANY_JUDGES, PART_OF_JUDGES = 2_000, 1_000
CHUNK = 4_000_000


@dataclass(frozen=True)
class Nothing:
    """Which variances came out as nothing, or cannot be told from it: then nobody knows how large they are."""

    letters: bool = False
    judges: bool = False
    read: bool = False


@dataclass(frozen=True)
class Variances:
    """Of letters, judges and one read, in squares of the unit of the values."""

    letters: float
    judges: float
    read: float
    nothing: Nothing = Nothing()

    @property
    def reliability_of_read(self) -> float:
        """The share of a read, its judge's severity removed, that is the letter."""
        total = self.letters + self.read
        return self.letters / total if total else 0.0


@dataclass(frozen=True)
class Crossed:
    """The observations: a value each, and the letter and judge (positions) whose effects are to be found; −1: none."""

    value: FloatArray
    letter: IntArray
    judge: IntArray
    letters: int
    judges: int

    @cached_property
    def of_letters(self) -> Any:
        """Reads × letters."""
        return _indicator(self.letter, self.letters)

    @cached_property
    def fixed(self) -> Any:
        """Reads × (1 + judges): the mean and the judges, which the dense system is about."""
        ones = sparse.csr_matrix(np.ones((len(self.value), 1)))
        return sparse.hstack([ones, _indicator(self.judge, self.judges)], format="csr")

    @cached_property
    def together(self) -> Any:
        """(1 + judges) × letters: how often they met."""
        return (self.fixed.T @ self.of_letters).tocsr()

    @cached_property
    def per_letter(self) -> FloatArray:
        """Reads of each letter."""
        return np.asarray(self.of_letters.sum(axis=0)).reshape(-1)

    @cached_property
    def active(self) -> BoolArray:
        """Which of letters, judges and reads have a variance to be found."""
        return np.array([(self.letter >= 0).any(), (self.judge >= 0).any(), True])


@dataclass(frozen=True)
class Effects:
    """The mean and the predicted effects, and what is left of each value."""

    mean: float
    judges: FloatArray
    letters: FloatArray
    residual: FloatArray


@dataclass(frozen=True)
class Equations:
    """The equations at given variances. `factor`: Cholesky of the dense system; `shrink`: the letters' absorbed diagonal."""

    crossed: Crossed
    variances: Variances
    factor: FloatArray
    shrink: FloatArray

    def effects(self, value: FloatArray) -> Effects:
        """Solve for these values."""
        crossed = self.crossed
        of_letters = crossed.of_letters.T @ value
        right = crossed.fixed.T @ value - crossed.together @ (self.shrink * of_letters)
        fixed = linalg.cho_solve((self.factor, True), right, check_finite=False)
        letters = self.shrink * (of_letters - crossed.together.T @ fixed)
        residual = value - crossed.fixed @ fixed - crossed.of_letters @ letters
        return Effects(float(fixed[0]), fixed[1:], letters, residual)

    @cached_property
    def inverse(self) -> FloatArray:
        """The covariance of mean and judges, letters absorbed, in units of the variance of a read: its lower half only."""
        return np.asarray(linalg.lapack.dpotri(self.factor, lower=1)[0])

    @property
    def diagonal(self) -> FloatArray:
        """Of that covariance."""
        return np.diag(self.inverse)

    @property
    def log_determinant(self) -> float:
        """Of all the equations."""
        return 2 * float(np.log(np.diag(self.factor)).sum()) - float(np.log(self.shrink).sum())


def equations(crossed: Crossed, variances: Variances) -> Equations:
    """Set up and factor the equations."""
    least = SMALLEST_SHARE * variances.read
    shrink = 1 / (crossed.per_letter + variances.read / max(variances.letters, least))
    together = crossed.together
    system = (crossed.fixed.T @ crossed.fixed - together.multiply(shrink) @ together.T).toarray()
    judges = np.arange(1, len(system))
    system[judges, judges] += variances.read / max(variances.judges, least)
    factor = linalg.cholesky(system, lower=True, overwrite_a=True, check_finite=False)
    return Equations(crossed, variances, factor, shrink)


def restricted_log_likelihood(solved: Equations) -> float:
    """The restricted log likelihood of the values, constants included (as lme4 prints it)."""
    crossed, variances = solved.crossed, solved.variances
    least = SMALLEST_SHARE * variances.read
    residual = solved.effects(crossed.value).residual
    freedom = len(crossed.value) - 1
    logs = (freedom - crossed.judges - crossed.letters) * np.log(variances.read)
    logs += crossed.judges * np.log(max(variances.judges, least))
    logs += crossed.letters * np.log(max(variances.letters, least))
    squares = float(crossed.value @ residual) / variances.read
    return -0.5 * (float(logs) + solved.log_determinant + squares + freedom * float(np.log(2 * np.pi)))


def climb(crossed: Crossed) -> tuple[Variances, int]:
    """The variances at the top of the restricted likelihood, and how many steps that took."""
    total = float(np.var(crossed.value)) or SMALLEST_SHARE
    floor, rounds, change = np.log(total * NO_SHARE), 0, np.inf
    here = np.maximum(np.log(np.maximum(_first(crossed, total), total * SMALLEST_SHARE)), floor)
    while change > CONVERGED and rounds < MOST_ROUNDS:
        stride = _stride(crossed, Variances(*np.exp(here)), here <= floor)
        moved = np.maximum(here + np.clip(stride, -LONGEST_STRIDE, LONGEST_STRIDE), floor)
        change, here, rounds = float(np.abs(moved - here).max()), moved, rounds + 1
    letters, judges, read = (float(value) for value in np.where(crossed.active, np.exp(here), 0.0))
    return Variances(letters, judges, read, _nothing(crossed, here <= floor)), rounds


def _nothing(crossed: Crossed, on_floor: BoolArray) -> Nothing:
    """What ended on the floor; all of it where every value is the same."""
    if not np.ptp(crossed.value):
        on_floor = np.ones_like(on_floor)
    return Nothing(*(bool(each) for each in on_floor & crossed.active))


def _first(crossed: Crossed, total: float) -> FloatArray:
    """Variances to begin with: of many judges those of a part of them, else usual shares of all variance."""
    part = _part_of_judges(crossed) if crossed.judges > MANY_JUDGES else None
    if part is None:
        return total * np.where(crossed.active, [0.5, 0.1, 0.4], SMALLEST_SHARE)
    found, _rounds = climb(part)
    return np.array([found.letters, found.judges, found.read])


def _part_of_judges(crossed: Crossed) -> Crossed | None:
    """The reads of some judges, drawn always alike; None where effects are known or no two of them share a letter."""
    if (crossed.letter < 0).any() or (crossed.judge < 0).any():
        return None
    place = np.full(crossed.judges, -1)
    place[Chance("", "part of the judges").order(crossed.judges)[:PART_OF_JUDGES]] = np.arange(PART_OF_JUDGES)
    reads = np.flatnonzero(place[crossed.judge] >= 0)
    letters, letter = np.unique(crossed.letter[reads], return_inverse=True)
    if len(letters) == len(reads):
        return None
    judge = place[crossed.judge[reads]]
    return Crossed(crossed.value[reads], letter.reshape(-1), judge, len(letters), PART_OF_JUDGES)


def variances_of_letters(solved: Equations) -> FloatArray:
    """The prediction error variance of each letter's effect, in units of the variance of a read."""
    spread = np.zeros(solved.crossed.letters)
    for letters, judges in _by_reads(solved.crossed):
        spread[letters] = _spread(solved.inverse, judges)
    return np.asarray(solved.shrink + solved.shrink**2 * spread)


def _stride(crossed: Crossed, variances: Variances, on_floor: BoolArray) -> FloatArray:
    """One step of the log variances along the slope; those on the floor that want further down stay out of it."""
    solved = equations(crossed, variances)
    found = solved.effects(crossed.value)
    values = np.array([variances.letters, variances.judges, variances.read])
    slopes = _slope(solved, found) * values
    chosen = np.flatnonzero(crossed.active & ~(on_floor & (slopes < 0)))
    average = (_average_information(solved, found) * np.outer(values, values))[np.ix_(chosen, chosen)]
    stride = np.zeros(3)
    stride[chosen] = np.linalg.solve(average + SMALLEST_SHARE * np.eye(len(chosen)), slopes[chosen])
    return stride


def _slope(solved: Equations, found: Effects) -> FloatArray:
    """The slope of the restricted log likelihood along the three variances."""
    crossed, variances = solved.crossed, solved.variances
    twice = crossed.together.multiply(solved.shrink**2) @ crossed.together.T
    below = 2 * float(sparse.tril(twice, -1, format="csr").multiply(solved.inverse).sum())
    trace_letters = float(solved.shrink.sum()) + below + float(twice.diagonal() @ solved.diagonal)
    trace_judges = float(solved.diagonal[1:].sum())
    spent = 0.0
    slopes = []
    effects = ((found.letters, trace_letters, variances.letters), (found.judges, trace_judges, variances.judges))
    for effect, trace, variance in effects:
        shrunk = trace * variances.read / variance
        spent += len(effect) - shrunk
        slopes.append(-0.5 * (len(effect) - shrunk - float(effect @ effect) / variance) / variance)
    freedom = len(crossed.value) - 1 - spent
    slopes.append(-0.5 * (freedom - float(found.residual @ found.residual) / variances.read) / variances.read)
    return np.array(slopes)


def _average_information(solved: Equations, found: Effects) -> FloatArray:
    """Half the products of the working values with what the equations leave of them."""
    crossed, variances = solved.crossed, solved.variances
    working = [
        crossed.of_letters @ found.letters / variances.letters,
        (crossed.fixed @ np.concatenate([[0.0], found.judges])) / variances.judges,
        found.residual / variances.read,
    ]
    left = [solved.effects(each).residual / variances.read for each in working]
    return np.array([[0.5 * float(one @ other) for other in left] for one in working])


def _indicator(group: IntArray, groups: int) -> Any:
    """Reads × groups; the row of a read of none stays empty."""
    rows = np.flatnonzero(group >= 0)
    return sparse.csr_matrix((np.ones(len(rows)), (rows, group[rows])), shape=(len(group), groups))


def _by_reads(crossed: Crossed) -> Iterator[tuple[IntArray, IntArray]]:
    """Letters with equally many reads, and their judges (letters × reads, 0 the mean alone, else position + 1), in chunks."""
    known = np.flatnonzero(crossed.letter >= 0)
    order = known[np.argsort(crossed.letter[known], kind="stable")]
    counts = np.bincount(crossed.letter[order], minlength=crossed.letters)
    first = np.cumsum(counts) - counts
    for count in np.unique(counts[counts > 0]):
        letters = np.flatnonzero(counts == count)
        size = max(1, CHUNK // int(count) ** 2)
        for begin in range(0, len(letters), size):
            some = letters[begin : begin + size]
            yield some, crossed.judge[order[first[some][:, None] + np.arange(count)]] + 1


def _spread(inverse: FloatArray, judges: IntArray) -> FloatArray:
    """Σ of the covariances of (mean + judge) over all pairs of a letter's reads. Judge 0 stands for the mean alone.

    `inverse` is the lower half of a symmetric matrix.
    """
    count = judges.shape[1]
    seen = (judges > 0).astype(np.float64)
    one, other = judges[:, :, None], judges[:, None, :]
    pairs = inverse[np.maximum(one, other), np.minimum(one, other)] * seen[:, :, None] * seen[:, None, :]
    with_mean = (inverse[judges, 0] * seen).sum(axis=1)
    return np.asarray(pairs.sum(axis=(1, 2)) + 2 * count * with_mean + count**2 * inverse[0, 0])
