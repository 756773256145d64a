"""Work that need not be done while a person waits: a table of jobs, claimed one at a time.

A job is written in the caller's transaction, so that it exists exactly when the change does. Its
handler re-reads the row it is about and may run twice. No broker; no knowledge of any feature.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import JSON, ColumnElement, Index, String, Text, select, true, update
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, localtime, processes
from core.db import Base, Instant, choice, db, transaction

MOST_TRIES = 6
FIRST_PAUSE = timedelta(seconds=5)
# A worker that died leaves its job running. On its own machine that is seen; elsewhere another may take it after this long.
PATIENCE = timedelta(minutes=15)

log = logging.getLogger(__name__)
Handler = Callable[..., None]
_handlers: dict[str, Handler] = {}
_readers: set[str] = set()
_gathered: set[str] = set()
_long: set[str] = set()
_daily: dict[str, int] = {}
# So many jobs of a kind that is gathered are done in one go.
MOST_TOGETHER = 500


class JobState(StrEnum):
    """Waiting to run (again), running, done, or given up after MOST_TRIES."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    GIVEN_UP = "given_up"


class Job(Base):
    """One piece of work: the handler's name and the ids it is about. `error` is for the log, not for pages."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "due_at"), Index("ix_job_name", "name", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[JobState] = mapped_column(choice(JobState), default=JobState.WAITING)
    due_at: Mapped[datetime] = mapped_column(Instant)
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    claimed_by: Mapped[str] = mapped_column(String(128), default="")
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")


def handles(
    name: str, *, writes: bool = True, gathered: bool = False, takes_long: bool = False, daily_at: int | None = None
) -> Callable[[Handler], Handler]:
    """Declare the handler of a kind of job; it must be repeatable.

    It runs inside a transaction, unless it `writes` nothing to the database: what takes long and
    writes elsewhere (the search index, a picture) must not hold the lock that letters wait for.
    Jobs that are cheaper together are `gathered`: the handler is given a list of their arguments. What
    `takes_long` is done beside the others, which do not wait for it. What is `daily_at` an hour (local) takes no arguments.
    """

    def register(handler: Handler) -> Handler:
        _handlers[name] = handler
        for marked, names in ((not writes, _readers), (gathered, _gathered), (takes_long, _long)):
            if marked:
                names.add(name)
        if daily_at is not None:
            _daily[name] = daily_at
        return handler

    return register


def enqueue(name: str, *, due_at: datetime | None = None, **arguments: Any) -> None:
    """Write a job in the caller's transaction, due now unless told otherwise. An unknown name is a bug."""
    if name not in _handlers:
        raise LookupError(f"no handler for job {name}")
    db.session.add(Job(name=name, arguments=arguments, due_at=due_at or clock.now()))


def enqueue_daily(*, now: datetime) -> None:
    """In the caller's transaction: every daily job that is not waiting is written; one that never ran is due now."""
    for name, hour in _daily.items():
        states = set(db.session.scalars(select(Job.state).where(Job.name == name).distinct()))
        if not states & {JobState.WAITING, JobState.RUNNING}:
            enqueue(name, due_at=_next(hour, now) if states else now)


def _next(hour: int, now: datetime) -> datetime:
    """The next time it is that hour here."""
    today = localtime.to_local(now)
    assert today is not None  # noqa: S101 - of an instant there is a local time
    due = today.replace(hour=hour, minute=0, second=0, microsecond=0)
    return localtime.from_local(due if due > today else due + timedelta(days=1))


def enqueue_once(name: str, *, due_at: datetime | None = None, **arguments: Any) -> None:
    """The same, unless such a job waits already: what follows quickly upon another is done with it."""
    if not is_waiting(name, **arguments):
        enqueue(name, due_at=due_at, **arguments)


def is_waiting(name: str, **arguments: Any) -> bool:
    """Whether a job of this kind with these arguments is still to be done."""
    waiting = select(Job.arguments).where(Job.name == name, Job.state == JobState.WAITING)
    return arguments in db.session.scalars(waiting).all()


def run_due(*, now: datetime | None = None, most: int = 1000, long: bool | None = None) -> int:
    """Run what is due, oldest first; give the number of jobs that ran. The worker's whole life, and a test's.

    `long`: only what takes long, only what does not, or (None) both.
    """
    ran = 0
    while ran < most:
        job_ids = claim(now=now or clock.now(), long=long)
        if not job_ids:
            break
        run(job_ids)
        ran += len(job_ids)
    return ran


def claim(*, now: datetime, long: bool | None = None) -> list[int]:
    """Take the oldest due job for ourselves, with others of its kind where those are gathered.

    Two workers never take the same one.
    """
    with transaction():
        _put_back_orphans()
        jobs = _due(now, ~Job.name.in_(_long) if long is False else Job.name.in_(_long) if long else true(), most=1)
        if jobs and jobs[0].name in _gathered:
            jobs = _due(now, Job.name == jobs[0].name, most=MOST_TOGETHER)
        for job in jobs:
            job.state, job.claimed_at, job.claimed_by = JobState.RUNNING, now, processes.own()
            job.tries += 1
        return [job.id for job in jobs]


def _put_back_orphans() -> None:
    """Jobs of processes of this machine that were killed wait again, with the pause of a failure but for ever."""
    names = db.session.scalars(select(Job.claimed_by).where(Job.state == JobState.RUNNING).distinct())
    gone = [name for name in names if processes.is_gone(name)]
    orphans = select(Job).where(Job.state == JobState.RUNNING, Job.claimed_by.in_(gone))
    for job in db.session.scalars(orphans.with_for_update(skip_locked=True)) if gone else ():
        job.state, job.error = JobState.WAITING, "the process that ran it is gone"
        job.due_at = (job.claimed_at or job.due_at) + _pause(job.tries)


def let_go() -> None:
    """When this process is about to end: what it is still at waits again, as if it had not been begun."""
    own = (Job.state == JobState.RUNNING) & (Job.claimed_by == processes.own())
    with transaction():
        db.session.execute(update(Job).where(own).values(state=JobState.WAITING, tries=Job.tries - 1))


def _due(now: datetime, which: ColumnElement[bool], *, most: int) -> list[Job]:
    waits = (Job.state == JobState.WAITING) & (Job.due_at <= now)
    was_left = (Job.state == JobState.RUNNING) & (Job.claimed_at <= now - PATIENCE)
    query = select(Job).where(waits | was_left, which).order_by(Job.due_at, Job.id).limit(most)
    return list(db.session.scalars(query.with_for_update(skip_locked=True)))


def run(job_ids: Sequence[int]) -> None:
    """Run claimed jobs of one kind; on failure put them back with a growing pause, or give up where it can be seen."""
    jobs = [db.session.get_one(Job, job_id) for job_id in job_ids]
    name, arguments, tries = jobs[0].name, [dict(job.arguments) for job in jobs], max(job.tries for job in jobs)
    handler = _handlers[name]
    call = partial(handler, arguments) if name in _gathered else partial(handler, **arguments[0])
    try:
        if name in _readers:
            call()
        with transaction():
            if name not in _readers:
                call()
            db.session.execute(update(Job).where(Job.id.in_(job_ids)).values(state=JobState.DONE, error=""))
    except Exception as error:  # a job may fail in any way; the worker must live on
        log.exception("job %s %s failed (try %s)", name, arguments, tries)
        _put_back(job_ids, tries, error)


def _pause(tries: int) -> timedelta:
    return FIRST_PAUSE * (1 << min(tries, MOST_TRIES) - 1)


def _put_back(job_ids: Sequence[int], tries: int, error: Exception) -> None:
    state = JobState.GIVEN_UP if tries >= MOST_TRIES else JobState.WAITING
    due_at = clock.now() + _pause(tries)
    with transaction():
        db.session.execute(
            update(Job).where(Job.id.in_(job_ids)).values(state=state, due_at=due_at, error=repr(error)[:2000])
        )
