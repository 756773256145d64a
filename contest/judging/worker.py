"""The worker's part of judging: fair marks follow the marks, without keeping the judges waiting."""

from time import perf_counter

from contest.judging import queries, services, standing
from contest.judging.services.measuring import JOB
from contest.judging.standing import Taken
from core import clock, jobs
from core.db import db, transaction


@jobs.handles(JOB, writes=False, takes_long=True)
def measure(round_id: int) -> None:
    """Measure a round, unless nothing has changed since the last run. Only reading and keeping touch the database."""
    begun = perf_counter()
    taken = _taken(round_id)
    found = taken.measured() if taken else None
    if taken and found:
        with transaction():
            round_ = queries.round_(round_id)
            if round_:
                seconds = perf_counter() - begun
                services.keep_run(round_=round_, taken=taken, found=found, seconds=seconds, now=clock.now())


def _taken(round_id: int) -> Taken | None:
    """What there is to measure; None if it has been.

    The round is held while its marks are read, so that on PostgreSQL none is saved in between; SQLite reads from one moment.
    """
    db.session.rollback()
    round_ = queries.round_(round_id)
    if round_ is None:
        return None
    queries.hold(round_)
    last = queries.newest_run(round_)
    taken = None if last and standing.is_current(last) else standing.taken(round_)
    db.session.rollback()
    return taken
