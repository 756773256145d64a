"""The shrunken additive model: mark = mean + letter − severity + chance; letters and judges are drawn from populations.

One read is one observation: the mean of its marks, each freed of its criterion's effect. Marks that one judge gives one letter
hang together, so four criteria are not four reads. Letters and judges are drawn towards zero as far as their reads are few
(best linear unbiased prediction), which is why a judge with three letters cannot overturn a ranking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from contest.judging.severity import mixed
from contest.judging.severity.freedom import Anchors
from contest.judging.severity.mixed import Crossed, Effects, Equations, Nothing, Variances
from contest.judging.severity.ratings import FloatArray, IntArray, Ratings, means

# Supposed of one read where no letter has two readers, so that nothing can be measured; judging-science puts it at .55 to .74.
SUPPOSED_RELIABILITY = 0.6
# A direction of criteria that reads say nothing about (all harder alike) has so small a share of the largest, but for rounding.
NOTHING = 1e-10


@dataclass(frozen=True)
class CriterionEffects:
    """Of each criterion, in marks about their mean: how hard it is, its standard error, the mean square of its residuals."""

    difficulty: FloatArray
    error: FloatArray
    mean_square: FloatArray


@dataclass(frozen=True)
class AdditiveFit:
    """What was found, in marks. `effect` of letters about `mean`; `severity` positive when stern.

    `usual`: the mean severity over all reads. `residual` of each read in the order of `ratings.reads`. `measured`: whether
    the letters' variance is from the data. Errors are NaN where a variance they rest on is not known.
    """

    mean: float
    effect: FloatArray
    effect_se: FloatArray
    severity: FloatArray
    severity_se: FloatArray
    usual: float
    criteria: CriterionEffects
    variances: Variances
    residual: FloatArray
    log_likelihood: float
    rounds: int
    measured: bool


def fit(ratings: Ratings, *, anchors: Anchors | None = None) -> AdditiveFit:
    """Fit the model. Severities are centred at zero unless judges are anchored."""
    known = anchors or Anchors()
    criteria = criterion_effects(ratings)
    letters, judges = _known(ratings.letters, known.letters), _known(ratings.judges, known.judges)
    crossed = _crossed(ratings, criteria, letters, judges)
    variances, rounds, measured = _variances(crossed)
    solved = mixed.equations(crossed, variances)
    found = solved.effects(crossed.value)
    severity, severity_se, mean = _severities(solved, found, judges)
    effect_se = np.sqrt(variances.read * mixed.variances_of_letters(solved))
    doubt, unknown = variances.nothing, np.nan
    return AdditiveFit(
        mean=mean,
        effect=np.where(np.isnan(letters), found.letters, letters),
        effect_se=np.where(np.isnan(letters), unknown if doubt.letters or doubt.read else effect_se, 0.0),
        severity=severity,
        severity_se=np.where(np.isnan(judges) & doubt.judges, unknown, severity_se),
        usual=ratings.usual_severity(severity) if np.isnan(judges).all() else 0.0,
        criteria=criteria,
        variances=variances,
        residual=found.residual,
        log_likelihood=mixed.restricted_log_likelihood(solved),
        rounds=rounds,
        measured=measured,
    )


def criterion_effects(ratings: Ratings) -> CriterionEffects:
    """Differences between criteria inside reads, by least squares; plain means where no read has two criteria."""
    reads, count = ratings.reads, len(ratings.criteria)
    size = np.bincount(reads.of_mark, minlength=len(reads)).astype(np.float64)
    if not (size > 1).any():
        plain = means(ratings.mark, ratings.criterion, count)
        unknown = np.full(count, np.nan)
        return CriterionEffects(plain.mean() - plain, unknown, unknown)
    inverse = np.linalg.pinv(_within(ratings, size), rcond=NOTHING, hermitian=True)
    centred = _less_mean_of_read(ratings, ratings.mark)
    ease = inverse @ np.bincount(ratings.criterion, centred, count)
    ease -= ease.mean()
    left = centred - _less_mean_of_read(ratings, ease[ratings.criterion])
    freedom = np.bincount(ratings.criterion, 1 - 1 / size[reads.of_mark], count)
    pooled = float(left @ left) / max(float(freedom.sum()) - count + 1, 1.0)
    squares = np.bincount(ratings.criterion, left**2, count) / np.maximum(freedom * pooled, np.finfo(float).tiny)
    return CriterionEffects(-ease, np.sqrt(np.maximum(np.diag(inverse), 0) * pooled), squares)


def mean_squares(ratings: Ratings, found: AdditiveFit) -> FloatArray:
    """Of each judge: squares of what is left of the reads, over what is left of everybody's; NaN without reads."""
    judge = ratings.reads.judge
    overall = float(np.mean(found.residual**2))
    squares = means(found.residual**2, judge, len(ratings.judges))
    return np.full_like(squares, np.nan) if found.variances.nothing.read else squares / overall


def _within(ratings: Ratings, size: FloatArray) -> FloatArray:
    """The normal equations of criteria inside reads."""
    shape = (len(ratings.reads), len(ratings.criteria))
    marks = sparse.csr_matrix((np.ones(len(ratings)), (ratings.reads.of_mark, ratings.criterion)), shape=shape)
    each = np.bincount(ratings.criterion, minlength=len(ratings.criteria))
    return np.asarray(np.diag(each) - (marks.T @ sparse.diags(1 / size) @ marks).toarray())


def _less_mean_of_read(ratings: Ratings, values: FloatArray) -> FloatArray:
    of_mark = ratings.reads.of_mark
    return values - means(values, of_mark, len(ratings.reads))[of_mark]


def _known(names: Sequence[str], anchored: Mapping[str, float]) -> FloatArray:
    """The anchored value of each name, NaN for the others."""
    known = np.full(len(names), np.nan)
    if anchored:
        known[:] = [anchored.get(name, np.nan) for name in names]
    return known


def _crossed(ratings: Ratings, criteria: CriterionEffects, letters: FloatArray, judges: FloatArray) -> Crossed:
    """Reads as observations. Known effects are taken from the value; a single judge has no effect of their own."""
    reads = ratings.reads
    value = means(ratings.mark + criteria.difficulty[ratings.criterion], reads.of_mark, len(reads))
    return Crossed(
        value=value - np.nan_to_num(letters)[reads.letter] + np.nan_to_num(judges)[reads.judge],
        letter=_unless_known(reads.letter, letters),
        judge=_unless_known(reads.judge, judges) if len(judges) > 1 else np.full(len(reads), -1),
        letters=len(letters),
        judges=len(judges),
    )


def _unless_known(group: IntArray, known: FloatArray) -> IntArray:
    return np.where(np.isnan(known[group]), group, -1)


def _variances(crossed: Crossed) -> tuple[Variances, int, bool]:
    """Variances from the data; where no letter has two readers the letters' share of a read is supposed."""
    if crossed.per_letter.max(initial=0) != 1:
        return (*mixed.climb(crossed), True)
    nobody = np.full(len(crossed.letter), -1)
    whole, rounds = mixed.climb(Crossed(crossed.value, nobody, crossed.judge, 0, crossed.judges))
    letters, nothing = whole.read * SUPPOSED_RELIABILITY, whole.nothing
    doubt = Nothing(letters=nothing.read, judges=nothing.judges, read=nothing.read)
    return Variances(letters, whole.judges, whole.read - letters, doubt), rounds, False


def _severities(solved: Equations, found: Effects, known: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    """Severities with their errors, and the mean mark of a judge of severity zero."""
    error = np.sqrt(solved.variances.read * solved.diagonal[1:])
    if not np.isnan(known).all():
        return np.where(np.isnan(known), -found.judges, known), np.where(np.isnan(known), error, 0.0), found.mean
    centre = float(found.judges.mean())
    return centre - found.judges, np.sqrt(solved.variances.read * _about_mean(solved)), found.mean + centre


def _about_mean(solved: Equations) -> FloatArray:
    """The variance of each judge's effect less the mean of all, in units of the variance of a read."""
    lower = np.tril(solved.inverse[1:, 1:])
    variance = np.diag(lower)
    with_mean = (lower.sum(axis=0) + lower.sum(axis=1) - variance) / len(lower)
    return np.asarray(np.maximum(variance - 2 * with_mean + with_mean.mean(), 0.0))
