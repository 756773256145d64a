"""The scale that marks are on: the categories of each criterion, and how many steps each lies above the lowest.

The step is the one that a criterion is marked in: whole marks, halves, thirds (typed as 1.33), tenths. A few marks between (one
5.5 among whole ones) lie where they were given, half a step above 5; they make no finer step, which would halve every logit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contest.judging.severity.ratings import BoolArray, FloatArray, IntArray, Ratings
from core.errors import Refused

MOST_CATEGORIES = 120
# Marks are compared in such parts of one, so that thirds and millionths are whole numbers.
PARTS = 3_000_000
# Steps that people mark in, in parts; the first that nearly all marks keep to is theirs.
FINE_STEPS = tuple(PARTS // share for share in (1, 2, 3, 4, 5, 10, 20, 50, 100, 1000, 10_000, 100_000, 1_000_000))
NEARLY_ALL = 0.95
# Of a third, two to six decimals are typed.
DECIMALS = range(2, 7)
# Where fewer categories than one in so many were used, a step finer than a mark is none that people mark in.
SPARSE = 3


@dataclass(frozen=True)
class Scale:
    """What marks there are: of each criterion and category the `mark` it stands for and its `score`, steps above the lowest.

    Category 0 of a criterion is its lowest mark. A category that nobody used keeps its place: the marks above it stay as far
    from those below as the judges put them. `used`, `mark` and `score` are criteria × categories, nought where there is none;
    `step` of each criterion in marks, NaN where its marks are only numbered in order; `category` of each mark.
    """

    mark: FloatArray
    score: FloatArray
    used: BoolArray
    step: FloatArray
    category: IntArray

    @property
    def top(self) -> IntArray:
        """The highest used category of each criterion."""
        return np.asarray(self.used.shape[1] - 1 - np.argmax(self.used[:, ::-1], axis=1))

    @property
    def measuring(self) -> BoolArray:
        """Criteria on which marks differ; the others say nothing about letters or judges."""
        return np.asarray(self.used.sum(axis=1) > 1)

    @property
    def between(self) -> BoolArray:
        """Which used categories lie between two steps."""
        return np.asarray(self.used & (np.abs(self.score - np.rint(self.score)) > 1 / PARTS))


@dataclass(frozen=True)
class _Given:
    """The different marks of a criterion, ascending, as typed and in parts; how often each was given, and which each mark is."""

    typed: FloatArray
    parts: IntArray
    counts: IntArray
    of_mark: IntArray


def scale_of(ratings: Ratings, *, common: bool) -> Scale:
    """The scale of these marks; `common`: one scale for all criteria (rating scale), else one for each (partial credit)."""
    groups = 1 if common else len(ratings.criteria)
    owner = np.zeros_like(ratings.criterion) if common else ratings.criterion
    given = [_given(ratings.mark[owner == group]) for group in range(groups)]
    steps = _steps(given)
    columns = [_columns(each, step) for each, step in zip(given, steps, strict=True)]
    shape = (groups, max(len(each) for each in columns))
    mark, score, used = np.zeros(shape), np.zeros(shape), np.zeros(shape, dtype=np.bool_)
    category = np.zeros(len(ratings), dtype=np.int64)
    for group, (each, parts, step) in enumerate(zip(given, columns, steps, strict=True)):
        places, size = np.searchsorted(parts, each.parts), len(parts)
        mark[group, :size] = parts / PARTS
        score[group, :size] = (parts - parts[0]) / step if step else np.arange(size)
        mark[group, places], used[group, places] = each.typed, True
        category[owner == group] = places[each.of_mark]
    rows = np.zeros(len(ratings.criteria), dtype=np.int64) if common else np.arange(groups)
    in_marks = np.array([step / PARTS if step else np.nan for step in steps])
    return Scale(mark[rows], score[rows], used[rows], in_marks[rows], category)


def _given(marks: FloatArray) -> _Given:
    typed, of_mark, counts = np.unique(marks, return_inverse=True, return_counts=True)
    return _Given(typed, _with_thirds(typed, counts), counts, of_mark.reshape(-1))


def _with_thirds(typed: FloatArray, counts: IntArray) -> IntArray:
    """Marks in parts; where nearly all keep to thirds, 1.33 and 1.667 are thirds."""
    parts = np.rint(typed * PARTS).astype(np.int64)
    third = PARTS // 3
    nearest = np.rint(typed * 3).astype(np.int64) * third
    doubt = np.select(
        [np.isclose(typed * 10**places, np.rint(typed * 10**places), rtol=0, atol=1e-6) for places in DECIMALS],
        [PARTS / 10**places / 2 for places in DECIMALS],
        1.0,
    )
    is_third = (parts % PARTS == 0) | ((nearest % PARTS != 0) & (np.abs(parts - nearest) <= doubt))
    return np.where(is_third, nearest, parts) if counts[is_third].sum() >= NEARLY_ALL * counts.sum() else parts


def _steps(given: Sequence[_Given]) -> list[int]:
    """The step of each criterion in parts, nought where its marks go by none.

    Criteria in whole marks share one: whoever used 0, 2 and 4 where others used every mark left two of the same marks out.
    One with marks between its steps takes the finer step of another that those lie on.
    """
    own = [_step(each) for each in given]
    finer = [_finer(each, step, own) for each, step in zip(given, own, strict=True)]
    whole = [step for step in finer if step and step % PARTS == 0]
    shared = int(np.gcd.reduce(whole)) if whole else 0
    return [shared if step in whole else step for step in finer]


def _step(given: _Given) -> int:
    """The step that nearly all marks of a criterion keep to, in parts; nought where there is none to speak of."""
    apart, enough = _apart(given), NEARLY_ALL * given.counts.sum()
    for natural in FINE_STEPS:
        kept = apart % natural == 0
        step = int(np.gcd.reduce(apart[kept]))
        if step and given.counts[kept].sum() >= enough:
            break
    else:
        step = int(np.gcd.reduce(apart))
    categories = int(np.ptp(given.parts)) // step + 1 if step else 0
    used = categories <= SPARSE * len(given.parts) or step % PARTS == 0
    return step if used and categories <= MOST_CATEGORIES else 0


def _finer(given: _Given, step: int, others: Sequence[int]) -> int:
    apart = _apart(given)
    if not step or not (apart % step).any():
        return step
    return max((other for other in others if 0 < other < step and not (apart % other).any()), default=step)


def _apart(given: _Given) -> IntArray:
    """How far each mark is from the most frequent one, in parts."""
    return np.asarray(given.parts - given.parts[np.argmax(given.counts)])


def _columns(given: _Given, step: int) -> IntArray:
    """Categories in parts: the marks given and the steps between that nobody used; the marks alone where those are too many."""
    parts = np.unique(given.parts)
    if len(parts) > MOST_CATEGORIES:
        raise Refused(
            "The Rasch model takes at most %(most)s different marks a criterion; here there would be %(found)s."
            " The additive model takes any.",
            most=MOST_CATEGORIES,
            found=len(parts),
        )
    if not step:
        return parts
    every = np.union1d(parts, np.arange(parts[0], parts[-1] + 1, step))
    return every if len(every) <= MOST_CATEGORIES else parts
