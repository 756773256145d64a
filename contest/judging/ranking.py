"""From marks, verdicts, places and choices to a ranking. Pure, and computed anew each time, so that it can be checked.

A read is worth something from 0 to 10 (of marks their weighted mean); a letter is worth the mean of its complete reads.
Equal means share a rank (“standard competition ranking”: 1, 2, 2, 4); neither time nor number ever breaks a tie.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from contest.judging.rules import Verdict

SCALE = 10
WORTH_OF_VERDICT = {Verdict.YES: Fraction(SCALE), Verdict.UNSURE: Fraction(SCALE, 2), Verdict.NO: Fraction(0)}


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
class Score:
    """What a letter is worth from 0 to 10, exact; the reads it comes from; its standard error if one is known.

    `part` parts it from letters of the same mean, the higher the better, where a rule was published (`parting`).
    """

    mean: Fraction
    reads: int
    error: float | None = None
    part: Fraction = Fraction(0)


# What the reads of each letter are worth, each from 0 to 10; and what each letter is worth.
Worths = Mapping[int, Sequence[Fraction]]
Scores = Mapping[int, Score]


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
    return placed(scored(worths_of_marks(given, weighings)))


def worths_of_marks(given: Iterable[Given], weighings: Sequence[Weighing]) -> Worths:
    """What each complete read is worth, by letter."""
    reads: dict[int, dict[int, dict[int, Fraction]]] = defaultdict(lambda: defaultdict(dict))
    for mark in given:
        reads[mark.letter_id][mark.read_id][mark.criterion_id] = mark.points
    worths = {
        letter_id: [worth for points in by_read.values() if (worth := worth_of_read(points, weighings)) is not None]
        for letter_id, by_read in reads.items()
    }
    return {letter_id: found for letter_id, found in worths.items() if found}


def worths_of_verdicts(verdicts: Iterable[tuple[int, Verdict]]) -> Worths:
    """Yes is worth 10, unsure 5, no 0: (letter, verdict) of each read."""
    found: dict[int, list[Fraction]] = defaultdict(list)
    for letter_id, verdict in verdicts:
        found[letter_id].append(WORTH_OF_VERDICT[verdict])
    return found


def worths_of_places(orders: Iterable[Sequence[int]]) -> Worths:
    """Borda's count: each judge's letters, best first, are worth from 10 down to 0 in even steps; a single one is worth 10."""
    found: dict[int, list[Fraction]] = defaultdict(list)
    for order in orders:
        steps = max(len(order) - 1, 1)
        for place, letter_id in enumerate(order):
            found[letter_id].append(SCALE * (1 - Fraction(place, steps)))
    return found


def scored(worths: Worths) -> Scores:
    """Each letter's mean, with its standard error.

    The error is the spread of reads of one letter, pooled over all letters, over the root of reads; None where no letter has
    two reads, for then nothing says how far judges differ.
    """
    means = {letter_id: sum(each, Fraction(0)) / len(each) for letter_id, each in worths.items()}
    freedom = sum(len(each) - 1 for each in worths.values())
    squares = sum(float(worth - means[letter_id]) ** 2 for letter_id, each in worths.items() for worth in each)
    return {
        letter_id: Score(means[letter_id], len(each), sqrt(squares / freedom / len(each)) if freedom else None)
        for letter_id, each in worths.items()
    }


def placed(scores: Scores) -> list[Ranked]:
    """Letters by score, best first; letters of one rank in the order of their ids."""
    groups: dict[tuple[Fraction, Fraction], list[int]] = defaultdict(list)
    for letter_id, score in scores.items():
        groups[score.mean, score.part].append(letter_id)
    placed: list[Ranked] = []
    for key in sorted(groups, reverse=True):
        rank, tied = len(placed) + 1, len(groups[key]) > 1
        placed += [Ranked(letter_id, rank, tied, key[0], scores[letter_id].reads) for letter_id in sorted(groups[key])]
    return placed
