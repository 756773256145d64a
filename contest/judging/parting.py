"""What parts equal letters before they share a rank, by the rule that was published. Pure.

Never time, number or name: either the mark of the weightiest criterion, or the judges who placed one before the other. What
these leave equal shares the rank; a further blind read (the safety net) is the organiser's last way.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from contest.judging.measuring import Marks
from contest.judging.ranking import Scores, Weighing, worth_of_read
from contest.judging.terms import Parting, RoundMethod

# What each judge thinks of each letter: the higher the better.
Opinions = Mapping[int, Mapping[int, Fraction]]


def can_part(parting: Parting, method: RoundMethod) -> bool:
    """Whether a rule says anything in a round judged in this way."""
    if parting is Parting.CRITERION:
        return method is RoundMethod.MARKS
    return parting is Parting.MAJORITY and method in (RoundMethod.MARKS, RoundMethod.RANKING)


def parted_by_orders(scores: Scores, orders: Iterable[Sequence[int]]) -> Scores:
    """By the judges of a shortlist who placed a letter before others of its rank, less those who placed it behind."""
    opinions: dict[int, dict[int, Fraction]] = defaultdict(dict)
    for judge, order in enumerate(orders):
        for place, letter_id in enumerate(order):
            opinions[letter_id][judge] = Fraction(-place)
    return _parted(
        scores, {letter_id: _duels(letter_id, group, opinions) for group in _tied(scores) for letter_id in group}
    )


def parted_by_marks(scores: Scores, marks: Marks, weighings: Sequence[Weighing], parting: Parting) -> Scores:
    """By the mean mark of the weightiest criterion (the first of those), or by the judges who gave more."""
    groups = _tied(scores)
    points = _points(marks, {letter_id for group in groups for letter_id in group})
    if parting is Parting.CRITERION:
        first = max(weighings, key=lambda each: each.weight).criterion_id
        return _parted(
            scores, {letter_id: _mean_of(first, points[letter_id]) for group in groups for letter_id in group}
        )
    opinions = {letter_id: _worths(by_judge, weighings) for letter_id, by_judge in points.items()}
    return _parted(scores, {letter_id: _duels(letter_id, group, opinions) for group in groups for letter_id in group})


def _tied(scores: Scores) -> list[list[int]]:
    """Letters of equal means, where there are several."""
    groups: dict[Fraction, list[int]] = defaultdict(list)
    for letter_id, score in scores.items():
        groups[score.mean].append(letter_id)
    return [group for group in groups.values() if len(group) > 1]


def _parted(scores: Scores, parts: Mapping[int, Fraction]) -> Scores:
    return {letter_id: replace(score, part=parts.get(letter_id, score.part)) for letter_id, score in scores.items()}


def _points(marks: Marks, wanted: set[int]) -> dict[int, dict[int, dict[int, Fraction]]]:
    """Letter → judge → criterion → points, of the letters that matter."""
    found: dict[int, dict[int, dict[int, Fraction]]] = defaultdict(lambda: defaultdict(dict))
    rows = zip(*(column.tolist() for column in (marks.letter, marks.judge, marks.criterion, marks.halves)), strict=True)
    for letter_id, judge_id, criterion_id, halves in rows:
        if letter_id in wanted:
            found[letter_id][judge_id][criterion_id] = Fraction(halves, 2)
    return found


def _mean_of(criterion_id: int, by_judge: Mapping[int, Mapping[int, Fraction]]) -> Fraction:
    given = [points[criterion_id] for points in by_judge.values() if criterion_id in points]
    return sum(given, Fraction(0)) / max(len(given), 1)


def _worths(by_judge: Mapping[int, Mapping[int, Fraction]], weighings: Sequence[Weighing]) -> dict[int, Fraction]:
    worths = ((judge_id, worth_of_read(points, weighings)) for judge_id, points in by_judge.items())
    return {judge_id: worth for judge_id, worth in worths if worth is not None}


def _duels(letter_id: int, group: Sequence[int], opinions: Opinions) -> Fraction:
    """Duels won less duels lost against the others of the group; judges who know both decide each."""
    mine = opinions.get(letter_id, {})
    return Fraction(sum(_duel(mine, opinions.get(other, {})) for other in group if other != letter_id))


def _duel(mine: Mapping[int, Fraction], theirs: Mapping[int, Fraction]) -> int:
    ahead = sum((mine[judge] > theirs[judge]) - (mine[judge] < theirs[judge]) for judge in mine.keys() & theirs.keys())
    return (ahead > 0) - (ahead < 0)
