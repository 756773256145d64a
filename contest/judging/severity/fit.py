"""How well a model fits and how far apart it tells things: infit, outfit, separation, reliability, strata.

Fit is averaged over each letter's posterior rather than taken at one value, so that 1 is what to expect however few the reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contest.judging.severity import likelihood
from contest.judging.severity.rasch import RaschFit, moments
from contest.judging.severity.ratings import FloatArray, IntArray

SMALLEST_VARIANCE = 1e-6
# Mean squares beyond these: marks that follow no pattern, or that are always the same.
ERRATIC, PREDICTABLE = 1.5, 0.5


@dataclass(frozen=True)
class MeanSquares:
    """Of each element of a facet: 1 is expected, above 1.5 erratic, below 0.5 too predictable; NaN without marks."""

    infit: FloatArray
    outfit: FloatArray


@dataclass(frozen=True)
class Separation:
    """How many error widths elements lie apart (Wright & Masters 1982)."""

    rmse: float
    true_deviation: float

    @property
    def separation(self) -> float:
        """G: true deviation in units of the error; infinite without error."""
        return self.true_deviation / self.rmse if self.rmse else float("inf")

    @property
    def reliability(self) -> float:
        """G² / (1 + G²): the share of what is seen that is true."""
        total = self.true_deviation**2 + self.rmse**2
        return self.true_deviation**2 / total if total else 0.0

    @property
    def strata(self) -> float:
        """(4G + 1) / 3: levels that can be told apart."""
        return (4 * self.separation + 1) / 3


def separation(values: FloatArray, errors: FloatArray) -> Separation:
    """Separation of elements from their estimates and standard errors, by their deviation as a population.

    Elements whose error is not known are left out; without any other nothing is known.
    """
    known = np.isfinite(values) & np.isfinite(errors)
    if not known.any():
        return Separation(float("nan"), float("nan"))
    rmse = float(np.sqrt(np.mean(errors[known] ** 2)))
    return Separation(rmse, float(np.sqrt(max(float(np.var(values[known])) - rmse**2, 0.0))))


def separation_of_predicted(values: FloatArray, errors: FloatArray) -> Separation:
    """Separation of elements that were drawn towards zero as far as they are little known: reliability as of letters.

    Their true variance is that of the predictions and of what the predictions miss; `rmse` is that of estimates not drawn.
    """
    known = np.isfinite(errors)
    if not known.any():
        return Separation(float("nan"), float("nan"))
    seen, missed = float(np.var(values[known])), float(np.mean(errors[known] ** 2))
    true = seen + missed
    return (
        Separation(float(np.sqrt(true * missed / seen)), float(np.sqrt(true))) if seen else Separation(missed**0.5, 0.0)
    )


def homogeneity(values: FloatArray, errors: FloatArray) -> tuple[float, int]:
    """χ² that all elements are the same, and its degrees of freedom. Elements without error are left out."""
    weight = 1 / errors[errors > 0] ** 2
    known = values[errors > 0]
    if not len(known):
        return 0.0, 0
    return float(weight @ known**2 - (weight @ known) ** 2 / weight.sum()), len(known) - 1


def reliability_of_letters(measure: FloatArray, errors: FloatArray) -> float:
    """Of EAP measures: their variance over itself and the mean error variance (Adams 2005); nought where all are equal."""
    known = np.isfinite(errors)
    if not known.any():
        return 0.0
    spread, doubt = float(np.var(measure[known])), float(np.mean(errors[known] ** 2))
    return spread / (spread + doubt) if spread + doubt else 0.0


def mean_squares(fit: RaschFit) -> tuple[MeanSquares, MeanSquares]:
    """Fit of each judge, and of each criterion."""
    sums = _sums(fit)
    return (
        _of_facet(sums, fit.facets.judge, fit.facets.judges),
        _of_facet(sums, fit.facets.criterion, len(fit.difficulty)),
    )


def ratio(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """The quotient; NaN where there is nothing to divide by."""
    return np.divide(numerator, denominator, out=np.full_like(numerator, np.nan), where=denominator > 0)


def _of_facet(sums: Sequence[FloatArray], owner: IntArray, size: int) -> MeanSquares:
    """Sums over cells and nodes, by the element that each combination belongs to."""
    squares, variances, standardised, marks = sums

    def of(values: FloatArray) -> FloatArray:
        return np.asarray(np.bincount(owner, values, size), dtype=np.float64)

    return MeanSquares(infit=ratio(of(squares), of(variances)), outfit=ratio(of(standardised), of(marks)))


def _sums(fit: RaschFit) -> Sequence[FloatArray]:
    """Of each combination: Σ(x − E)², ΣV, Σ(x − E)²/V and how many marks, all over the posterior."""
    totals = np.zeros((4, len(fit.facets.judge)))
    scores = fit.facets.scores
    for part in fit.parts:
        here = fit.facets.at(fit.beta, part.nodes)
        counts = likelihood.expected_counts(part, likelihood.posterior(part, here), fit.facets.categories)
        mean, variance = moments(here.chances, scores)
        squares = (counts * (scores[:, :, None] - mean[:, None, :]) ** 2).sum(axis=1)
        marks = counts.sum(axis=1)
        telling = variance > SMALLEST_VARIANCE
        standardised = np.divide(squares, variance, out=np.zeros_like(squares), where=telling)
        totals += [each.sum(axis=1) for each in (squares, marks * variance, standardised, marks * telling)]
    return list(totals)
