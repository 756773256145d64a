"""A round as far as the log has told it, and what its letters are worth by then. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from contest.judging import measuring, parting, ranking, terms
from contest.judging.comparing import scores_of_choices
from contest.judging.counting import scores_of_orders
from contest.judging.measuring import Marks, Measured
from contest.judging.ranking import Given, Scores, Weighing
from contest.judging.rules import Verdict
from contest.judging.terms import RoundMethod, Terms


@dataclass
class Told:
    """What was said so far: (read, criterion) → mark, read → verdict, read → place, pair → letter chosen.

    `runs` are the model runs computed again, by their ids; `changes` counts what has moved marks.
    """

    terms: Terms = terms.USUAL_TERMS
    weighings: Sequence[Weighing] = ()
    seed: str = ""
    is_opened: bool = False
    reads: dict[int, tuple[int, int]] = field(default_factory=dict)
    pairs: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    verdicts: dict[int, str] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    choices: dict[int, int] = field(default_factory=dict)
    going_on: frozenset[int] | None = None
    runs: dict[int, Measured | None] = field(default_factory=dict)
    changes: int = 0
    _measured: tuple[int, frozenset[int], Measured | None] | None = None

    def scores(self, absent: Collection[int]) -> Scores:
        """What each letter is worth by now, without letters that had left the contest; equal ones parted by the terms."""
        gone = frozenset(absent)
        scores = self._unparted(gone)
        if not parting.can_part(self.terms.parting, self.terms.method):
            return scores
        if self.terms.method is RoundMethod.RANKING:
            return parting.parted_by_orders(scores, self._orders(gone))
        return parting.parted_by_marks(scores, self._marks(gone), self.weighings, self.terms.parting)

    def _unparted(self, gone: frozenset[int]) -> Scores:
        if self.terms.method is RoundMethod.SCREENING:
            return ranking.scored(ranking.worths_of_verdicts(self._verdicts(gone)))
        if self.terms.method is RoundMethod.RANKING:
            seats = int(self.terms.cut or 1)
            return scores_of_orders(self._orders(gone), self.terms.counting, seats=seats, seed=self.seed)
        if self.terms.method is RoundMethod.PAIRS:
            return scores_of_choices(self._choices(gone))
        if self.terms.ranks_fairly:
            found = self.measured(gone)
            return found.scores if found else {}
        return ranking.scored(ranking.worths_of_marks(self._given(gone), self.weighings))

    def measured(self, absent: Collection[int]) -> Measured | None:
        """Fair marks by now; the same marks are not measured twice."""
        gone = frozenset(absent)
        if self._measured and self._measured[:2] == (self.changes, gone):
            return self._measured[2]
        found = measuring.measured(self._marks(gone), self.weighings, self.terms.severity_model)
        self._measured = (self.changes, gone, found)
        return found

    def _marks(self, gone: frozenset[int]) -> Marks:
        rows = [
            (*self.reads[read_id], criterion_id, round(2 * float(points)))
            for (read_id, criterion_id), points in self.marks.items()
            if read_id in self.reads and self.reads[read_id][0] not in gone
        ]
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        return Marks(table[:, 0], table[:, 1], table[:, 2], table[:, 3])

    def _given(self, gone: frozenset[int]) -> list[Given]:
        return [
            Given(self.reads[read_id][0], read_id, criterion_id, Fraction(points))
            for (read_id, criterion_id), points in sorted(self.marks.items())
            if read_id in self.reads and self.reads[read_id][0] not in gone
        ]

    def _verdicts(self, gone: frozenset[int]) -> list[tuple[int, Verdict]]:
        return [
            (self.reads[read_id][0], Verdict(verdict))
            for read_id, verdict in sorted(self.verdicts.items())
            if read_id in self.reads and self.reads[read_id][0] not in gone
        ]

    def _orders(self, gone: frozenset[int]) -> list[list[int]]:
        orders: dict[int, list[int]] = {}
        for read_id, _place_given in sorted(self.places.items(), key=lambda item: item[1]):
            if read_id in self.reads and self.reads[read_id][0] not in gone:
                letter_id, judge_id = self.reads[read_id]
                orders.setdefault(judge_id, []).append(letter_id)
        return list(orders.values())

    def _choices(self, gone: frozenset[int]) -> list[tuple[int, int]]:
        found = []
        for pair_id, chosen in sorted(self.choices.items()):
            if pair_id in self.pairs:
                left, right, _judge = self.pairs[pair_id]
                if not {left, right} & gone:
                    found.append((chosen, right if chosen == left else left))
        return found
