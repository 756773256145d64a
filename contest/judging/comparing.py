"""Scores from choices between two letters: the abilities of `pairs`, brought to the scale of all other rounds. Pure.

A score is ten times the chance of being chosen beside the average letter. It is kept to four places, so that letters with
the same answers stay equal whatever the last bit of a computation says.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import exp

import numpy as np

from contest.judging.pairs import Pairs, abilities
from contest.judging.ranking import SCALE, Score, Scores

PLACES = 4


def scores_of_choices(choices: Sequence[tuple[int, int]]) -> Scores:
    """Scores from (chosen, not chosen), in the order of their pairs; letters in no pair have none."""
    if not choices:
        return {}
    letters = sorted({letter_id for choice in choices for letter_id in choice})
    number = {letter_id: place for place, letter_id in enumerate(letters)}
    chosen, other = (np.array([number[choice[side]] for choice in choices], dtype=np.int64) for side in (0, 1))
    judge = np.zeros(len(choices), dtype=np.int64)
    found = abilities(Pairs(judge, chosen, other, letters=len(letters), judges=1))
    return {
        letter_id: _score(float(found.ability[place]), float(found.se[place]), int(found.pairs[place]))
        for letter_id, place in number.items()
    }


def _score(ability: float, error: float, pairs: int) -> Score:
    """The error follows the slope of the curve that turns an ability into a chance."""
    chance = 1 / (1 + exp(-ability))
    mean = Fraction(round(SCALE * chance * 10**PLACES), 10**PLACES)
    return Score(mean, pairs, SCALE * chance * (1 - chance) * error)
