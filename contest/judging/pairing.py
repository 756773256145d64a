"""Which letters are laid side by side: random or chained pairs, from a published seed. Pure.

Never adaptive: pairs chosen by earlier results make reliability look high even when judges toss coins. Both designs are
drawn from random rings through all letters, so that every letter is in equally many pairs and all letters hang together.
Who judges a pair is dealt like a letter (`contest.judging.dealing`), its units those of both letters.
"""

import numpy as np

from contest.judging.arrays import Ints
from contest.judging.chance import Chance

# A ring through few letters often repeats a pair; the best of so many rings is taken.
TRIES = 20


def random_pairs(letters: int, each: int, *, seed: str) -> Ints:
    """Pairs as rows of two letters (0 to letters-1), left and right at random, every letter in `each` of them.

    With an odd `each` and an odd number of letters one letter is in one pair fewer. A pair comes twice only where there are
    not enough different ones.
    """
    chance = Chance(seed, "random pairs")
    drawn = _rings(letters, each, chance)
    turned = chance.numbers(len(drawn)) < 0.5
    drawn[turned] = drawn[turned][:, ::-1]
    return drawn[chance.order(len(drawn))]


def chained_pairs(letters: int, each: int, *, seed: str) -> Ints:
    """The same, one pair after another sharing a letter, so that a judge reads one new letter a pair.

    The letter that stays keeps its side, as a judge has it before them already.
    """
    drawn = _rings(letters, each, Chance(seed, "chained pairs"))
    odd = np.arange(len(drawn)) % 2 == 1
    drawn[odd] = drawn[odd][:, ::-1]
    return drawn


def _rings(letters: int, each: int, chance: Chance) -> Ints:
    """Random rings, one after another; of the last only every second pair where `each` is odd."""
    if letters < 2 or each < 1:
        return np.zeros((0, 2), dtype=np.int64)
    drawn: list[Ints] = []
    met: set[tuple[int, int]] = set()
    for ring in range((each + 1) // 2):
        taken = slice(0, letters - 1, 2) if ring == each // 2 else slice(None)
        tries = (_ring(letters, chance)[taken] for _try in range(TRIES))
        pairs = min(tries, key=lambda pairs: _repeats(pairs, met))
        met.update(_names(pairs))
        drawn.append(pairs)
    return np.concatenate(drawn)


def _ring(letters: int, chance: Chance) -> Ints:
    order = chance.order(letters)
    ring = np.stack([order, np.roll(order, -1)], axis=1)
    # A ring through two letters goes there and back: one pair.
    return ring if letters > 2 else ring[:1]


def _names(pairs: Ints) -> list[tuple[int, int]]:
    return [(min(one, other), max(one, other)) for one, other in pairs.tolist()]


def _repeats(pairs: Ints, met: set[tuple[int, int]]) -> int:
    return len(met.intersection(_names(pairs)))
