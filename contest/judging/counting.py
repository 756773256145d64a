"""From the orders of a committee to scores: Borda, Kemeny, or transferable votes for equal prizes. Pure.

Scores lie on the scale of all other rounds, from 0 to 10, so that one rule says who goes on from any round.
"""

from collections.abc import Sequence
from fractions import Fraction

from contest.judging import ranking
from contest.judging.committees import ballots, borda, kemeny, stv
from contest.judging.ranking import SCALE, Score, Scores
from contest.judging.terms import Counting


def scores_of_orders(orders: Sequence[Sequence[int]], counting: Counting, *, seats: int, seed: str) -> Scores:
    """Scores from each judge's letters, best first.

    A judge who may not read a letter says nothing of it: it loses no duel and no points by that. `seats` are the equal prizes
    of transferable votes.
    """
    if counting is Counting.BORDA or not orders:
        return ranking.scored(ranking.worths_of_places(orders))
    letters = sorted({letter_id for order in orders for letter_id in order})
    number = {letter_id: place for place, letter_id in enumerate(letters)}
    rankings = [[number[letter_id] for letter_id in order] for order in orders]
    by_kemeny = counting is Counting.KEMENY
    worths = _by_kemeny(rankings, len(letters), seed) if by_kemeny else _by_votes(rankings, len(letters), seats, seed)
    reads = [sum(letter_id in order for order in orders) for letter_id in letters]
    return {letter_id: Score(worths[place], reads[place]) for letter_id, place in number.items()}


def _by_kemeny(rankings: Sequence[Sequence[int]], letters: int, seed: str) -> list[Fraction]:
    """Places of the nearest order, from 10 down to 0 in even steps; letters that stand equal in it share one."""
    places = kemeny(ballots(rankings, letters), seed=seed, unranked_is_last=False).places.tolist()
    return [SCALE * (1 - Fraction(place - 1, max(letters - 1, 1))) for place in places]


def _by_votes(rankings: Sequence[Sequence[int]], letters: int, seats: int, seed: str) -> list[Fraction]:
    """The elected are equal at 10; the others follow from 5 down, by Borda's points."""
    places = ballots(rankings, letters)
    elected = set(stv(places, seats, seed=seed).elected)
    most = max(len(rankings) * (letters - 1), 1)
    points = borda(places).tolist()
    return [
        Fraction(SCALE) if letter in elected else Fraction(points[letter]) * SCALE / (2 * most)
        for letter in range(letters)
    ]
