"""One ranking of a whole funnel: a letter's place comes from the last round that has placed it. Pure.

Who was placed in the last round stands first, in its order; then those who left in the round before, and so on. Of a round,
letters that went on stand before those that stayed, even where nobody has read them in the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from contest.judging.ranking import Ranked


@dataclass(frozen=True)
class Stretch:
    """Of one round its ranking, best first, and the letters that went on from it to a round that has been opened."""

    position: int
    ranked: Sequence[Ranked]
    went_on: frozenset[int] = frozenset()


def funnel(rounds: Sequence[Stretch]) -> list[tuple[int, Ranked]]:
    """Every letter once, best first, with the position of the round its place comes from; `rounds` in their order."""
    placed: list[tuple[int, Ranked]] = []
    known: set[int] = set()
    for each in reversed(rounds):
        left = [row for row in each.ranked if row.letter_id not in known]
        went, stayed = (
            [row for row in left if (row.letter_id in each.went_on) is has_gone] for has_gone in (True, False)
        )
        for part in (went, stayed):
            placed += [(each.position, row) for row in _below(part, len(placed))]
        known.update(row.letter_id for row in left)
    return placed


def _below(part: Sequence[Ranked], above: int) -> list[Ranked]:
    """Rows in order with the ranks they have below so many others."""
    moved: list[Ranked] = []
    for _rank, group in groupby(part, key=lambda row: row.rank):
        level = list(group)
        rank, tied = above + len(moved) + 1, len(level) > 1
        moved += [replace(row, rank=rank, tied=tied) for row in level]
    return moved
