"""The table of marks as integer arrays: which letter, which judge, which criterion, what mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


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


def means(values: FloatArray, group: IntArray, groups: int) -> FloatArray:
    """The mean of `values` in each of `groups`; NaN for a group without any."""
    sums, counts = np.bincount(group, values, groups), np.bincount(group, minlength=groups)
    return np.asarray(np.divide(sums, counts, out=np.full(groups, np.nan), where=counts > 0))
