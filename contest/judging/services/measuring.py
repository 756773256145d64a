"""Model runs: asked for after every batch of marks, kept with their figures and a line in the log."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from time import perf_counter
from typing import Any

from sqlalchemy import delete, insert, select

from contest.judging import queries, standing
from contest.judging.log import READS_A_LINE, pieces
from contest.judging.measuring import Measured
from contest.judging.models import Round
from contest.judging.runs import UNFINISHED, JudgeMeasure, LetterMeasure, ModelRun
from contest.judging.services.notes import log_round
from contest.judging.standing import Taken
from contest.judging.terms import RoundMethod
from core import clock, jobs
from core.db import db

JOB = "judging.measure"
# Marks come one by one; so long after the first of a batch it is measured, or so many times what the last run took.
SHORTEST_PAUSE = timedelta(seconds=20)
PAUSE_FOR_EACH = 20


def ask_to_measure(round_: Round) -> None:
    """Let the worker measure a round of marks soon. While a job waits, this does nothing."""
    if round_.method is not RoundMethod.MARKS or jobs.is_waiting(JOB, round_id=round_.id):
        return
    last = queries.newest_run(round_)
    took = timedelta(milliseconds=last.milliseconds if last else 0)
    jobs.enqueue(JOB, due_at=clock.now() + max(SHORTEST_PAUSE, PAUSE_FOR_EACH * took), round_id=round_.id)


def bring_up_to_date(*, round_: Round, now: datetime) -> ModelRun | None:
    """The run of all marks of a round, measured here and now if no run has yet; None without a complete read."""
    if round_.method is not RoundMethod.MARKS:
        return None
    last = queries.newest_run(round_)
    if last and standing.is_current(last):
        return last
    begun = perf_counter()
    taken = standing.taken(round_)
    found = taken.measured()
    return keep_run(round_=round_, taken=taken, found=found, seconds=perf_counter() - begun, now=now) if found else None


def keep_run(*, round_: Round, taken: Taken, found: Measured, seconds: float, now: datetime) -> ModelRun:
    """Keep what was measured, in place of the figures of runs before. One that has read further is not overtaken."""
    last = queries.newest_run(round_)
    if last and _has_read(last, taken.position, taken.absent):
        return last
    run = begin_run(round_=round_, taken=taken, found=found, seconds=seconds, now=now)
    for rows in letters_to_keep(run_id=run.id, found=found):
        keep_letters(rows=rows)
    kept = finish_run(run=run, found=found, now=now)
    while forget_older(round_=round_):
        pass
    return kept


def begin_run(*, round_: Round, taken: Taken, found: Measured, seconds: float, now: datetime) -> ModelRun:
    """A run whose figures are to come; it counts only once it is finished, and what was never finished never counts.

    So a worker can write a million figures in pieces, and no judge waits for more than one of them.
    """
    run = ModelRun(
        round=round_,
        model=found.model,
        method=found.method,
        position=taken.position,
        absent=list(taken.absent),
        inputs=found.inputs,
        results=UNFINISHED,
        figures=dict(found.figures),
        at=now,
        milliseconds=round(seconds * 1000),
    )
    db.session.add(run)
    db.session.flush()
    return run


def letters_to_keep(*, run_id: int, found: Measured) -> Iterable[Sequence[dict[str, Any]]]:
    """The figures of letters as rows, in pieces that are written at once."""
    return pieces([{"run_id": run_id, "letter_id": key, **each._asdict()} for key, each in found.letters.items()])


def keep_letters(*, rows: Sequence[dict[str, Any]]) -> None:
    """Write one piece."""
    db.session.execute(insert(LetterMeasure), rows)


def finish_run(*, run: ModelRun, found: Measured, now: datetime) -> ModelRun:
    """From now on this run counts, unless another has read as far or further meanwhile. Gives the one that counts."""
    queries.hold(run.round)
    last = queries.newest_run(run.round)
    if last and _has_read(last, run.position, run.absent):
        return last
    judges = [{"run_id": run.id, "judge_id": key, **each._asdict()} for key, each in found.judges.items()]
    db.session.execute(insert(JudgeMeasure), judges)
    run.results = found.results
    db.session.flush()
    _log(run, found, now)
    return run


def _has_read(last: ModelRun, position: int, absent: Sequence[int]) -> bool:
    """Whether a run has read as far as this, or further."""
    return last.position > position or (last.position == position and last.absent == list(absent))


def forget_older(*, round_: Round) -> bool:
    """Take away a piece of the figures of runs before the newest, finished or not; whether there was one."""
    last = queries.newest_run(round_)
    if last is None:
        return False
    older = select(ModelRun.id).where(ModelRun.round_id == round_.id, ModelRun.id < last.id)
    db.session.execute(delete(JudgeMeasure).where(JudgeMeasure.run_id.in_(older)))
    rows = select(LetterMeasure.run_id, LetterMeasure.letter_id).where(LetterMeasure.run_id.in_(older))
    piece = db.session.execute(rows.limit(READS_A_LINE)).all()
    for run_id, of_run in groupby(sorted((row.run_id, row.letter_id) for row in piece), key=lambda row: row[0]):
        letters = [letter_id for _run, letter_id in of_run]
        few = LetterMeasure.letter_id.between(letters[0], letters[-1])
        db.session.execute(delete(LetterMeasure).where(LetterMeasure.run_id == run_id, few))
    return bool(piece)


def _log(run: ModelRun, found: Measured, now: datetime) -> None:
    """Enough to measure once more: where the marks end, who had left, by which method; and what came of it."""
    payload = {
        "run": run.id,
        "model": run.model,
        "method": run.method,
        "position": run.position,
        "absent": run.absent,
        "inputs": run.inputs,
        "letters": len(found.letters),
        "results": run.results,
        "judges": [[judge_id, *found.judges[judge_id]] for judge_id in sorted(found.judges)],
        "figures": run.figures,
    }
    log_round(run.round, "measured", payload, who=None, now=now, seed=run.round.seed)
    db.session.flush()
