"""The safety net of a round, read from the database: letters near the cut, and what would be lost. Reads only.

`contest.judging.safety` does the arithmetic and is called here and nowhere else.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

import numpy as np

from contest.judging import deciding, planning, queries, rules, safety, standing
from contest.judging.arrays import Flags, Floats
from contest.judging.deciding import Standing
from contest.judging.models import Round
from contest.judging.safety import Estimates
from contest.judging.severity.adjusting import Model
from contest.judging.terms import GoingOn


@dataclass(frozen=True)
class Net:
    """Letters within 1.5 standard errors of the cut, those for whom the hours suffice, and true winners expected lost.

    `near` and `to_read` are letter ids, the most uncertain first; `waiting` of those near are on a desk already. `winners` is
    how many letters count as true winners; `lost` of them if it were decided now, `lost_after` once all these reads are done.
    So many of the true best `kept`, all those for whom there is room, would be dropped: `misplaced`, and `misplaced_after`.
    """

    near: tuple[int, ...]
    waiting: int
    to_read: tuple[int, ...]
    winners: int
    lost: float
    lost_after: float
    kept: int
    misplaced: float
    misplaced_after: float


@dataclass(frozen=True)
class _Part:
    """Letters that stand before one cut: all of a round, or those of a province under quotas."""

    standings: Sequence[Standing]
    kept: int

    @property
    def estimates(self) -> Estimates:
        """Their scores with their errors."""
        measures = np.array([float(each.score) for each in self.standings])
        return Estimates(measures, np.array([each.error for each in self.standings], dtype=np.float64))

    @property
    def winners(self) -> int:
        """How many of them count as true winners."""
        return min(self.kept, planning.usual_winners(len(self.standings)))


def net_of(round_: Round, *, hours: float, minutes: float) -> Net | None:
    """The net with so many hours of all judges together left; None where no cut or no standard error above 0 is known.

    Letters that wait for a read already are near the cut, but are not sent to a further judge on top.
    """
    standings = standing.standings_of(round_)
    if not standings or not all(each.error for each in standings):
        return None
    parts = _parts(round_, standings)
    if not parts:
        return None
    ordered = [each for part in parts for each in part.standings]
    distance = np.concatenate([safety.distances(part.estimates, part.kept) for part in parts])
    errors = np.concatenate([part.estimates.se for part in parts])
    near = [ordered[place].letter_id for place in safety.nearest(distance, errors, seed=round_.seed).tolist()]
    waiting = queries.letters_waiting(round_)
    to_read = [each for each in near if each not in waiting][: safety.reads_left(hours, minutes)]
    again = frozenset(to_read) | (frozenset(near) & waiting)
    return Net(
        near=tuple(near),
        waiting=len(waiting.intersection(near)),
        to_read=tuple(to_read),
        winners=sum(part.winners for part in parts),
        lost=sum(safety.expected_lost(part.estimates, part.kept, winners=part.winners) for part in parts),
        lost_after=_lost_after(round_, parts, again, [part.winners for part in parts]),
        kept=sum(part.kept for part in parts),
        misplaced=sum(safety.expected_lost(part.estimates, part.kept, winners=part.kept) for part in parts),
        misplaced_after=_lost_after(round_, parts, again, [part.kept for part in parts]),
    )


class Silence(StrEnum):
    """Why nothing can be said of letters near the cut: there is none, nobody else has read, or all who did have agreed."""

    BY_HAND = "by_hand"
    UNREAD = "unread"
    UNANIMOUS = "unanimous"


def silence_of(round_: Round) -> Silence:
    """Why there is no net."""
    if round_.going_on is GoingOn.BY_HAND:
        return Silence.BY_HAND
    is_known = any(each.reads > 1 for each in standing.standings_of(round_))
    return Silence.UNANIMOUS if is_known else Silence.UNREAD


def usual_minutes(round_: Round) -> int:
    """What a read takes the judges of this round, by the middle one of them."""
    paces = [
        minutes
        for reads in queries.last_reads_in(round_).values()
        for minutes in rules.own_paces(reads)
        if 0 < minutes <= rules.LONGEST_READ_MINUTES
    ]
    return max(1, round(median(paces) if paces else rules.USUAL_READ_MINUTES))


def _parts(round_: Round, standings: Sequence[Standing]) -> list[_Part]:
    """The cuts of a round; none where the organiser chooses by hand."""
    if round_.going_on is GoingOn.BY_HAND:
        return []
    found = deciding.outcome(standings, standing.rule_of(round_))
    if round_.going_on is not GoingOn.UNITS:
        return [_Part(standings, len(found.going_on))]
    units: dict[int | None, list[Standing]] = defaultdict(list)
    for each in standings:
        units[each.unit_id].append(each)
    return [_Part(letters, found.by_unit[unit]) for unit, letters in units.items()]


def _lost_after(round_: Round, parts: Sequence[_Part], again: frozenset[int], winners: Sequence[int]) -> float:
    run = queries.newest_run(round_) if round_.terms.ranks_fairly else None
    of_one_read = run.figures.get("read_variance") if run and run.model is Model.ADDITIVE else None
    return sum(
        safety.expected_lost_after(
            part.estimates,
            part.kept,
            winners=count,
            again=_among(part.standings, again),
            read_error=_errors_of_a_read(part, of_one_read),
        )
        for part, count in zip(parts, winners, strict=True)
    )


def _among(standings: Sequence[Standing], letters: frozenset[int]) -> Flags:
    return np.array([each.letter_id in letters for each in standings], dtype=np.bool_)


def _errors_of_a_read(part: _Part, variance: float | None) -> Floats:
    """As the model says; else as each letter's own error comes from its reads."""
    if variance:
        return np.full(len(part.standings), variance**0.5)
    return part.estimates.se * np.sqrt([max(each.reads, 1) for each in part.standings])
