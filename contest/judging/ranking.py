"""From marks to a ranking. Pure, and computed anew each time, so that anyone authorised can check it.

A read is worth the weighted mean of its marks, each on a scale of 0 to 10; a letter the mean of its complete reads.
Equal means share a rank (“standard competition ranking”: 1, 2, 2, 4); neither time nor number ever breaks a tie.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

SCALE = 10


@dataclass(frozen=True)
class Weighing:
    """What a criterion's points count: weight against the others, most points."""

    criterion_id: int
    weight: int
    most: int


@dataclass(frozen=True)
class Given:
    """One mark: of this letter, by this read, for this criterion."""

    letter_id: int
    read_id: int
    criterion_id: int
    points: Fraction


@dataclass(frozen=True)
class Ranked:
    """A letter's place: shared when `tied`. `mean` from 0 to 10, exact; `reads` that count."""

    letter_id: int
    rank: int
    tied: bool
    mean: Fraction
    reads: int


def worth_of_read(points: Mapping[int, Fraction], weighings: Sequence[Weighing]) -> Fraction | None:
    """The weighted mean of a read on the scale of 0 to 10; None while a criterion lacks its mark."""
    if any(weighing.criterion_id not in points for weighing in weighings):
        return None
    total = sum(weighing.weight for weighing in weighings)
    worth = sum(points[each.criterion_id] * each.weight * SCALE / each.most for each in weighings)
    return Fraction(worth) / total


def ranking(given: Iterable[Given], weighings: Sequence[Weighing]) -> list[Ranked]:
    """Every letter with a complete read, best first; letters of one rank in the order of their ids."""
    reads: dict[int, dict[int, dict[int, Fraction]]] = defaultdict(lambda: defaultdict(dict))
    for mark in given:
        reads[mark.letter_id][mark.read_id][mark.criterion_id] = mark.points
    means = {
        letter_id: (sum(worths, Fraction(0)) / len(worths), len(worths))
        for letter_id, by_read in reads.items()
        if (worths := [worth for points in by_read.values() if (worth := worth_of_read(points, weighings)) is not None])
    }
    return _placed(means)


def _placed(means: Mapping[int, tuple[Fraction, int]]) -> list[Ranked]:
    groups: dict[Fraction, list[int]] = defaultdict(list)
    for letter_id, (mean, _reads) in means.items():
        groups[mean].append(letter_id)
    placed: list[Ranked] = []
    for mean in sorted(groups, reverse=True):
        rank, tied = len(placed) + 1, len(groups[mean]) > 1
        placed += [Ranked(letter_id, rank, tied, mean, means[letter_id][1]) for letter_id in sorted(groups[mean])]
    return placed
