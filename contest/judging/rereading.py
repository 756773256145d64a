"""The safety net of a round, read from the database: letters near the cut, and what would be lost. Reads only.

`contest.judging.safety` does the arithmetic and is called here and nowhere else.
"""

from dataclasses import dataclass

import numpy as np

from contest.judging import deciding, planning, queries, safety, standing
from contest.judging.models import Round
from contest.judging.safety import Estimates
from contest.judging.terms import GoingOn

CUTTING = (GoingOn.TOP, GoingOn.SHARE, GoingOn.LEAST)


@dataclass(frozen=True)
class Net:
    """Letters within 1.5 standard errors of the cut, those for whom the hours suffice, and true winners expected lost.

    `near` and `to_read` are letter ids, the most uncertain first; `winners` is how many letters count as true winners.
    """

    near: tuple[int, ...]
    to_read: tuple[int, ...]
    winners: int
    lost: float


def net_of(round_: Round, *, hours: float, minutes: float) -> Net | None:
    """The net with so many hours of all judges together left; None where no cut or no standard error is known.

    Letters that wait for a read already are near the cut, but are not sent to a further judge on top.
    """
    standings = standing.standings_of(round_)
    if round_.going_on not in CUTTING or not standings or not all(each.error for each in standings):
        return None
    kept = len(deciding.outcome(standings, standing.rule_of(round_)).going_on)
    measures = np.array([float(each.score) for each in standings])
    estimates = Estimates(measures, np.array([each.error for each in standings], dtype=np.float64))
    near = tuple(standings[place].letter_id for place in safety.near_cut(estimates, kept, seed=round_.seed).tolist())
    waiting = queries.letters_waiting(round_)
    winners = min(kept, planning.usual_winners(len(standings)))
    return Net(
        near=near,
        to_read=tuple(each for each in near if each not in waiting)[: safety.reads_left(hours, minutes)],
        winners=winners,
        lost=safety.expected_lost(estimates, kept, winners=winners),
    )
