"""The fair mark of a letter: what an average judge would have given, on the criteria's own scale, and why it differs.

The difference to the raw mean has two parts: its judges (sterner or milder than average) and the rest (few reads are drawn
towards the middle; criteria that were left out).
"""

from dataclasses import dataclass

import numpy as np

from contest.judging.severity.rasch import RaschFit
from contest.judging.severity.ratings import FloatArray, Ratings, means


@dataclass(frozen=True)
class Fair:
    """Of each letter, in marks: the fair mark and its standard error; `judges`: how much of the difference its judges are.

    Of each judge: `taken`, the marks lost to their severity, and how many of them a logit of severity takes (`per_logit`).
    """

    mark: FloatArray
    error: FloatArray
    judges: FloatArray
    taken: FloatArray
    per_logit: FloatArray


def fair(ratings: Ratings, fit: RaschFit, shares: FloatArray | None = None, *, usual: float = 0.0) -> Fair:
    """Fair marks from the Rasch model: the expected mark over all criteria, given by a judge of the `usual` severity.

    `shares`: what a mark of each criterion counts in it; an even mean when None.
    """
    count = len(ratings.criteria)
    share = np.full(count, 1 / count) if shares is None else shares
    curves = [expected(fit, criterion, fit.measure - usual) for criterion in range(count)]
    mark = share @ np.array([mean for mean, _variance in curves])
    slope = share @ np.array([steepness for _mean, steepness in curves])
    counts = count * share[ratings.criterion]
    lost, steepness = _lost(ratings, fit, usual)
    judges = len(ratings.judges)
    return Fair(
        mark=np.asarray(mark),
        error=np.asarray(slope * fit.measure_se),
        judges=means(counts * lost, ratings.letter, len(ratings.letters)),
        taken=means(counts * lost, ratings.judge, judges),
        per_logit=means(counts * steepness, ratings.judge, judges),
    )


def expected(fit: RaschFit, criterion: int, measure: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The mark expected on a criterion of letters at `measure` (less any severity), and how steeply it rises with a logit."""
    mark, score = (table[criterion] for table in (fit.facets.scale.mark, fit.facets.scale.score))
    chance = chances(fit, criterion, measure)
    mean = mark @ chance
    return mean, (mark * score) @ chance - mean * (score @ chance)


def chances(fit: RaschFit, criterion: int, measure: FloatArray) -> FloatArray:
    """The probability of each category of a criterion: categories × measures."""
    raw = (
        fit.facets.scale.score[criterion][:, None] * measure[None, :] - fit.facets.weights(fit.beta)[criterion][:, None]
    )
    raw = np.exp(raw - raw.max(axis=0))
    return np.asarray(raw / raw.sum(axis=0))


def residuals(ratings: Ratings, fit: RaschFit) -> FloatArray:
    """Each mark less what the model expects of this letter, judge and criterion, in marks."""
    return np.asarray(
        ratings.mark - _expected_of_marks(ratings, fit, fit.measure[ratings.letter] - _severity(ratings, fit))[0]
    )


def _lost(ratings: Ratings, fit: RaschFit, usual: float) -> tuple[FloatArray, FloatArray]:
    """Of each mark: expected from a judge of usual severity less expected from its own, and how steeply a logit takes from it."""
    measure = fit.measure[ratings.letter]
    average, _steepness = _expected_of_marks(ratings, fit, measure - usual)
    own, steepness = _expected_of_marks(ratings, fit, measure - _severity(ratings, fit))
    return average - own, steepness


def _severity(ratings: Ratings, fit: RaschFit) -> FloatArray:
    return fit.severity[ratings.judge]


def _expected_of_marks(ratings: Ratings, fit: RaschFit, measure: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Expected marks and how steeply they rise with a logit, in the order of the marks."""
    marks, steepness = np.zeros(len(ratings)), np.zeros(len(ratings))
    for criterion in range(len(ratings.criteria)):
        here = ratings.criterion == criterion
        marks[here], steepness[here] = expected(fit, criterion, measure[here])
    return marks, steepness
