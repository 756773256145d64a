"""How far a round of pairs can be trusted: abilities with errors, two reliabilities beside each other, how judges fit. Pure.

Scale separation reliability looks at errors alone; the correlation of two halves of the judges shows whether others would have
said the same. Pairs are never drawn by earlier answers (`pairing`), else the first would be high out of nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contest.judging.pairs import SPLITS, Pairs, SplitHalf, abilities, split_half
from contest.judging.severity.fit import ERRATIC

# Fits of two halves take as long as pairs there are; of very many a few splits say as much.
MANY_PAIRS, FEW_SPLITS = 5_000, 10


@dataclass(frozen=True)
class Answer:
    """One choice: who chose, which letter, and which not."""

    judge_id: int
    chosen: int
    other: int


@dataclass(frozen=True)
class LetterAbility:
    """A letter's ability in logits with its standard error, its pairs, how many it won, and how well they fit."""

    letter_id: int
    ability: float
    error: float
    pairs: int
    won: int
    infit: float | None


@dataclass(frozen=True)
class JudgeFit:
    """How a judge's choices fit all others'. 1 is expected; above 1.5 they follow no common order."""

    judge_id: int
    pairs: int
    infit: float | None

    @property
    def is_erratic(self) -> bool:
        """Whether somebody should speak with the judge, kindly."""
        return self.infit is not None and self.infit > ERRATIC


@dataclass(frozen=True)
class Trust:
    """What choices say about themselves. `groups` are sets of letters that no pair connects: one is what is wanted."""

    letters: tuple[LetterAbility, ...]
    judges: tuple[JudgeFit, ...]
    ssr: float
    halves: SplitHalf
    groups: int

    @property
    def decisions(self) -> int:
        """Choices in all."""
        return sum(judge.pairs for judge in self.judges)


def trust(answers: Sequence[Answer], *, seed: str) -> Trust | None:
    """From all choices of a round; None without any. Letters best first, judges least fitting first."""
    if not answers:
        return None
    letters = sorted({letter_id for each in answers for letter_id in (each.chosen, each.other)})
    judges = sorted({each.judge_id for each in answers})
    letter, judge = ({one: place for place, one in enumerate(many)} for many in (letters, judges))
    rows = [(judge[each.judge_id], letter[each.chosen], letter[each.other]) for each in answers]
    who, chosen, other = np.array(rows, dtype=np.int64).T
    pairs = Pairs(who, chosen, other, letters=len(letters), judges=len(judges))
    found = abilities(pairs)
    of_letters = [
        LetterAbility(
            one,
            float(found.ability[place]),
            float(found.se[place]),
            int(found.pairs[place]),
            int(found.won[place]),
            _known(found.letters.infit[place]),
        )
        for place, one in enumerate(letters)
    ]
    counts = np.bincount(who, minlength=len(judges)).tolist()
    of_judges = [JudgeFit(one, counts[place], _known(found.judges.infit[place])) for place, one in enumerate(judges)]
    halves = split_half(pairs, seed=seed, splits=FEW_SPLITS if len(answers) > MANY_PAIRS else SPLITS)
    return Trust(
        tuple(sorted(of_letters, key=lambda each: (-each.ability, each.letter_id))),
        tuple(sorted(of_judges, key=lambda each: (-(each.infit or 0.0), each.judge_id))),
        found.ssr,
        halves,
        found.groups,
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
