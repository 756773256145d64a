"""The worker's part of judging: fair marks follow the marks, without keeping the judges waiting."""

from time import perf_counter

from contest.judging import queries, services, standing
from contest.judging.measuring import Measured
from contest.judging.runs import ModelRun
from contest.judging.services.measuring import JOB
from contest.judging.standing import Taken
from contest.judging.terms import RoundMethod
from core import clock, jobs
from core.db import db, transaction


@jobs.handles(JOB, writes=False, takes_long=True)
def measure(round_id: int) -> None:
    """Measure a round, unless nothing has changed since the last run. Only reading and keeping touch the database."""
    begun = perf_counter()
    taken = _taken(round_id)
    found = taken.measured() if taken else None
    if taken and found:
        _keep(round_id, taken, found, perf_counter() - begun)


def _taken(round_id: int) -> Taken | None:
    """What there is to measure; None if it has been."""
    db.session.rollback()
    round_ = queries.round_at_rest(round_id)
    if round_ is None or round_.method is not RoundMethod.MARKS:
        return None
    last = queries.newest_run(round_)
    taken = None if last and standing.is_current(last) else standing.taken(round_)
    db.session.rollback()
    return taken


def _keep(round_id: int, taken: Taken, found: Measured, seconds: float) -> None:
    """In pieces, each a transaction of its own: a judge who saves a mark meanwhile waits for one of them at most."""
    round_ = queries.round_(round_id)
    if round_ is None:
        return
    with transaction():
        run = services.begin_run(round_=round_, taken=taken, found=found, seconds=seconds, now=clock.now())
        run_id = run.id
    for rows in services.letters_to_keep(run_id=run_id, found=found):
        with transaction():
            services.keep_letters(rows=rows)
    with transaction():
        services.finish_run(run=db.session.get_one(ModelRun, run_id), found=found, now=clock.now())
    is_left = True
    while is_left:
        with transaction():
            is_left = services.forget_older(round_=round_)
