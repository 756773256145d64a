"""The table of marks as integer arrays: which letter, which judge, which criterion, what mark.

Beside it the scale that the marks are on: the step between two marks, and each mark's category counted from the bottom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.errors import Refused

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

MOST_CATEGORIES = 120
THOUSANDTHS = 1000


@dataclass(frozen=True)
class Ratings:
    """Every mark once: `letter`, `judge` and `criterion` are positions in the tuples of names, `mark` as it was given."""

    letters: Sequence[str]
    judges: Sequence[str]
    criteria: Sequence[str]
    letter: IntArray
    judge: IntArray
    criterion: IntArray
    mark: FloatArray

    def __len__(self) -> int:
        """How many marks there are."""
        return len(self.mark)

    @cached_property
    def reads(self) -> "Reads":
        """Each pair of letter and judge once."""
        keys, of_mark = np.unique(self.letter * len(self.judges) + self.judge, return_inverse=True)
        letter, judge = np.divmod(keys, max(len(self.judges), 1))
        return Reads(letter, judge, of_mark.reshape(-1))

    @cached_property
    def raw_means(self) -> FloatArray:
        """The plain mean of each letter's marks; a letter without any has NaN."""
        return means(self.mark, self.letter, len(self.letters))

    @property
    def reads_of_letters(self) -> IntArray:
        """How many judges read each letter."""
        return np.bincount(self.reads.letter, minlength=len(self.letters))

    @property
    def reads_of_judges(self) -> IntArray:
        """How many letters each judge read."""
        return np.bincount(self.reads.judge, minlength=len(self.judges))

    def usual_severity(self, severity: FloatArray) -> float:
        """The mean severity over all reads: a judge with a single read counts once, not like one with hundreds."""
        return float(severity @ self.reads_of_judges) / len(self.reads)


@dataclass(frozen=True)
class Reads:
    """One judge reading one letter: positions of both, ordered by letter; `of_mark` leads from a mark to its read."""

    letter: IntArray
    judge: IntArray
    of_mark: IntArray

    def __len__(self) -> int:
        """How many reads there are."""
        return len(self.letter)


@dataclass(frozen=True)
class Scale:
    """What marks there are: `lowest` of each criterion, `step` between neighbours, `used` criteria × categories.

    Category 0 of a criterion is its lowest mark. A category that nobody used keeps its number: the marks above it stay as far
    from those below as the judges put them.
    """

    lowest: FloatArray
    step: float
    category: IntArray
    used: BoolArray

    @property
    def top(self) -> IntArray:
        """The highest used category of each criterion."""
        return np.asarray(self.used.shape[1] - 1 - np.argmax(self.used[:, ::-1], axis=1))

    @property
    def measuring(self) -> BoolArray:
        """Criteria on which marks differ; the others say nothing about letters or judges."""
        return np.asarray(self.used.sum(axis=1) > 1)


def scale_of(ratings: Ratings, *, common: bool) -> Scale:
    """The scale of these marks; `common`: one scale for all criteria (rating scale), else one for each (partial credit)."""
    step = _step(ratings.mark)
    lowest = _lowest(ratings, common=common)
    category = np.rint((ratings.mark - lowest[ratings.criterion]) / step).astype(np.int64)
    categories = int(category.max(initial=0)) + 1
    if categories > MOST_CATEGORIES:
        raise Refused(
            "The Rasch model takes at most %(most)s different marks a criterion; here there would be %(found)s."
            " The additive model takes any.",
            most=MOST_CATEGORIES,
            found=categories,
        )
    used = np.zeros((len(ratings.criteria), categories), dtype=np.bool_)
    used[0 if common else ratings.criterion, category] = True
    return Scale(lowest, step, category, np.broadcast_to(used[0], used.shape) if common else used)


def _lowest(ratings: Ratings, *, common: bool) -> FloatArray:
    lowest = np.full(len(ratings.criteria), np.inf)
    np.minimum.at(lowest, ratings.criterion, ratings.mark)
    return np.full_like(lowest, lowest.min()) if common else lowest


def _step(marks: FloatArray) -> float:
    """The largest step of which every difference between two marks is a multiple: 1 for whole marks, 0.5 for halves."""
    differences = np.rint((marks - marks.min()) * THOUSANDTHS).astype(np.int64)
    return float(np.gcd.reduce(np.unique(differences)) or THOUSANDTHS) / THOUSANDTHS


def means(values: FloatArray, group: IntArray, groups: int) -> FloatArray:
    """The mean of `values` in each of `groups`; NaN for a group without any."""
    sums, counts = np.bincount(group, values, groups), np.bincount(group, minlength=groups)
    return np.asarray(np.divide(sums, counts, out=np.full(groups, np.nan), where=counts > 0))
