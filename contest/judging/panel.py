"""The judges of a round as an organiser sees them: figures, drift on anchors, minutes. Read from the database; reads only."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from statistics import median
from typing import Any

from contest.judging import queries, ranking, rules, standing, watching
from contest.judging.measuring import JudgeFigures, LetterFigures
from contest.judging.models import Judge, Round
from contest.judging.severity.adjusting import Model
from contest.judging.watching import Drift, Sign


@dataclass(frozen=True)
class Seat:
    """One judge: figures of the newest run, drift, minutes a letter, signs, notes written and not read yet."""

    judge: Judge
    figures: JudgeFigures | None
    drift: Drift | None
    minutes: float | None
    signs: tuple[Sign, ...]
    notes: int
    unread: int


@dataclass(frozen=True)
class Panel:
    """All of them; `figures` of the whole, as of a moment (None: just now), by which model. Signs first, then the sternest."""

    seats: list[Seat]
    model: Model | None
    figures: Mapping[str, Any]
    at: datetime | None


@dataclass(frozen=True)
class _Run:
    model: Model
    at: datetime | None
    figures: Mapping[str, Any]
    judges: Mapping[int, JudgeFigures]
    anchors: Mapping[int, LetterFigures]


def panel_of(round_: Round) -> Panel:
    """The judges of a round of marks."""
    run = _run_of(round_)
    deviations = _deviations(round_, run) if run else {}
    spread = watching.spread_of(list(deviations.values()))
    minutes, notes = _minutes(round_), queries.counts_of_notes(round_)
    seats = []
    for judge in queries.judges_of(round_.stage):
        figures = run.judges.get(judge.id) if run else None
        if judge.left_at is not None and figures is None:
            continue
        drift = watching.drift(deviations.get(judge.id, []), spread=spread)
        written, unread = notes.get(judge.id, (0, 0))
        signs = watching.signs(figures, drift)
        seats.append(Seat(judge, figures, drift, minutes.get(judge.id), signs, written, unread))
    seats.sort(key=lambda seat: (not seat.signs, -(seat.figures.taken if seat.figures else -99.0)))
    return Panel(seats, run.model if run else None, run.figures if run else {}, run.at if run else None)


def _run_of(round_: Round) -> _Run | None:
    """The newest run, or what one would find now."""
    anchors = queries.anchors_of(round_)
    if run := queries.newest_run(round_):
        of_anchors = queries.letters_of_run(run, anchors)
        return _Run(run.model, run.at, run.figures, queries.judges_of_run(run), of_anchors)
    found = standing.taken(round_).measured()
    if found is None:
        return None
    of_anchors = {letter_id: found.letters[letter_id] for letter_id in anchors if letter_id in found.letters}
    return _Run(found.model, None, found.figures, found.judges, of_anchors)


def _deviations(round_: Round, run: _Run) -> dict[int, list[float]]:
    """Of each judge, how much less than expected was given to the anchors, oldest first."""
    weighings = queries.weighings(round_.stage)
    found: dict[int, list[float]] = defaultdict(list)
    for read in queries.reads_of_anchors(round_):
        worth = ranking.worth_of_read({key: Fraction(points) for key, points in read.points.items()}, weighings)
        letter, judge = run.anchors.get(read.letter_id), run.judges.get(read.judge_id)
        if worth is not None and letter and judge:
            found[read.judge_id].append(letter.fair - judge.taken - float(worth))
    return found


def _minutes(round_: Round) -> dict[int, float]:
    """What one letter takes each judge, by the last ones."""
    paces = {
        judge_id: [minutes for minutes in rules.own_paces(reads) if 0 < minutes <= rules.LONGEST_READ_MINUTES]
        for judge_id, reads in queries.last_reads_in(round_).items()
    }
    return {judge_id: median(found) for judge_id, found in paces.items() if found}
