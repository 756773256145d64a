"""The fair mark of a letter: what an average judge would have given, on the criteria's own scale, and why it differs.

The difference to the raw mean has two parts: its judges (sterner or milder than average) and the rest (few reads are drawn
towards the middle; criteria that were left out).
"""

from dataclasses import dataclass

import numpy as np

from contest.judging.severity.rasch import RaschFit, moments
from contest.judging.severity.ratings import FloatArray, Ratings, means


@dataclass(frozen=True)
class Fair:
    """Of each letter, in marks: the fair mark and its standard error; `judges`: how much of the difference its judges are."""

    mark: FloatArray
    error: FloatArray
    judges: FloatArray


def fair(ratings: Ratings, fit: RaschFit) -> Fair:
    """Fair marks from the Rasch model: the expected mean mark over all criteria, given by a judge of severity 0."""
    criteria = range(len(ratings.criteria))
    curves = [expected(fit, criterion, fit.measure) for criterion in criteria]
    mark = np.mean([mean for mean, _variance in curves], axis=0)
    slope = np.mean([variance for _mean, variance in curves], axis=0) / fit.facets.scale.step
    return Fair(np.asarray(mark), np.asarray(slope * fit.measure_se), _of_judges(ratings, fit))


def expected(fit: RaschFit, criterion: int, measure: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The mark expected on a criterion and its variance, in marks, of letters at `measure` (less any severity)."""
    scale = fit.facets.scale
    mean, variance = moments(chances(fit, criterion, measure)[None])
    return scale.lowest[criterion] + scale.step * mean[0], scale.step**2 * variance[0]


def chances(fit: RaschFit, criterion: int, measure: FloatArray) -> FloatArray:
    """The probability of each category of a criterion: categories × measures."""
    ladder = np.arange(fit.facets.categories)[:, None]
    raw = ladder * measure[None, :] - fit.facets.weights(fit.beta)[criterion][:, None]
    raw = np.exp(raw - raw.max(axis=0))
    return np.asarray(raw / raw.sum(axis=0))


def residuals(ratings: Ratings, fit: RaschFit) -> FloatArray:
    """Each mark less what the model expects of this letter, judge and criterion, in marks."""
    return np.asarray(
        ratings.mark - _expected_of_marks(ratings, fit, fit.measure[ratings.letter] - _severity(ratings, fit))
    )


def _of_judges(ratings: Ratings, fit: RaschFit) -> FloatArray:
    """Expected from an average judge less expected from those who read it, the mean over the letter's marks."""
    measure = fit.measure[ratings.letter]
    average = _expected_of_marks(ratings, fit, measure)
    own = _expected_of_marks(ratings, fit, measure - _severity(ratings, fit))
    return means(average - own, ratings.letter, len(ratings.letters))


def _severity(ratings: Ratings, fit: RaschFit) -> FloatArray:
    return fit.severity[ratings.judge]


def _expected_of_marks(ratings: Ratings, fit: RaschFit, measure: FloatArray) -> FloatArray:
    marks = np.zeros(len(ratings))
    for criterion in range(len(ratings.criteria)):
        here = ratings.criterion == criterion
        marks[here] = expected(fit, criterion, measure[here])[0]
    return marks
