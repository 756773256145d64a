"""Model runs: asked for after every batch of marks, kept with their figures and a line in the log."""

from datetime import datetime, timedelta
from time import perf_counter

from sqlalchemy import delete, insert, select

from contest.judging import queries, standing
from contest.judging.log import pieces
from contest.judging.measuring import Measured
from contest.judging.models import Round
from contest.judging.runs import JudgeMeasure, LetterMeasure, ModelRun
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
    if round_.method is not RoundMethod.MARKS:
        return
    last = queries.newest_run(round_)
    took = timedelta(milliseconds=last.milliseconds if last else 0)
    jobs.enqueue_once(JOB, due_at=clock.now() + max(SHORTEST_PAUSE, PAUSE_FOR_EACH * took), round_id=round_.id)


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
    queries.hold(round_)
    last = queries.newest_run(round_)
    if last and (last.position > taken.position or _same(last, taken)):
        return last
    run = ModelRun(
        round_id=round_.id,
        model=found.model,
        method=found.method,
        position=taken.position,
        absent=list(taken.absent),
        inputs=found.inputs,
        results=found.results,
        figures=dict(found.figures),
        at=now,
        milliseconds=round(seconds * 1000),
    )
    db.session.add(run)
    db.session.flush()
    _keep_figures(run, found)
    _log(run, found, now)
    return run


def _same(last: ModelRun, taken: Taken) -> bool:
    return last.position == taken.position and last.absent == list(taken.absent)


def _keep_figures(run: ModelRun, found: Measured) -> None:
    """In bulk, for there may be a million."""
    for table in (LetterMeasure, JudgeMeasure):
        older = select(ModelRun.id).where(ModelRun.round_id == run.round_id, ModelRun.id != run.id)
        db.session.execute(delete(table).where(table.run_id.in_(older)))
    letters = [{"run_id": run.id, "letter_id": key, **each._asdict()} for key, each in found.letters.items()]
    judges = [{"run_id": run.id, "judge_id": key, **each._asdict()} for key, each in found.judges.items()]
    for rows in pieces(letters):
        db.session.execute(insert(LetterMeasure), rows)
    db.session.execute(insert(JudgeMeasure), judges)


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
