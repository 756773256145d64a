"""Work that need not be done while a person waits: a table of jobs, claimed one at a time.

A job is written in the caller's transaction, so that it exists exactly when the change does. Its
handler re-reads the row it is about and may run twice. No broker; no knowledge of any feature.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.db import Base, Instant, choice, db, transaction

MOST_TRIES = 6
FIRST_PAUSE = timedelta(seconds=5)
# A worker that died leaves its job running; after this long another may take it.
PATIENCE = timedelta(minutes=15)

log = logging.getLogger(__name__)
Handler = Callable[..., None]
_handlers: dict[str, Handler] = {}
_readers: set[str] = set()


class JobState(StrEnum):
    """Waiting to run (again), running, done, or given up after MOST_TRIES."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    GIVEN_UP = "given_up"


class Job(Base):
    """One piece of work: the handler's name and the ids it is about. `error` is for the log, not for pages."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[JobState] = mapped_column(choice(JobState), default=JobState.WAITING)
    due_at: Mapped[datetime] = mapped_column(Instant)
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")


def handles(name: str, *, writes: bool = True) -> Callable[[Handler], Handler]:
    """Declare the handler of a kind of job; it must be repeatable.

    It runs inside a transaction, unless it `writes` nothing to the database: what takes long and
    writes elsewhere (the search index, a picture) must not hold the lock that letters wait for.
    """

    def register(handler: Handler) -> Handler:
        _handlers[name] = handler
        if not writes:
            _readers.add(name)
        return handler

    return register


def enqueue(name: str, *, due_at: datetime | None = None, **arguments: Any) -> None:
    """Write a job in the caller's transaction, due now unless told otherwise. An unknown name is a bug."""
    if name not in _handlers:
        raise LookupError(f"no handler for job {name}")
    db.session.add(Job(name=name, arguments=arguments, due_at=due_at or clock.now()))


def run_due(*, now: datetime | None = None, most: int = 1000) -> int:
    """Run what is due, oldest first; give the number of jobs that ran. The worker's whole life, and a test's."""
    ran = 0
    while ran < most:
        job_id = claim(now=now or clock.now())
        if job_id is None:
            break
        run(job_id)
        ran += 1
    return ran


def claim(*, now: datetime) -> int | None:
    """Take the oldest due job for ourselves, or None. Two workers never take the same one."""
    with transaction():
        query = (
            select(Job)
            .where(
                ((Job.state == JobState.WAITING) & (Job.due_at <= now))
                | ((Job.state == JobState.RUNNING) & (Job.claimed_at <= now - PATIENCE))
            )
            .order_by(Job.due_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        job = db.session.scalar(query)
        if job is None:
            return None
        job.state, job.claimed_at, job.tries = JobState.RUNNING, now, job.tries + 1
        return job.id


def run(job_id: int) -> None:
    """Run one claimed job; on failure put it back with a growing pause, or give up where anybody can see it."""
    job = db.session.get_one(Job, job_id)
    name, arguments, tries = job.name, dict(job.arguments), job.tries
    try:
        if name in _readers:
            _handlers[name](**arguments)
        with transaction():
            if name not in _readers:
                _handlers[name](**arguments)
            db.session.execute(update(Job).where(Job.id == job_id).values(state=JobState.DONE, error=""))
    except Exception as error:  # a job may fail in any way; the worker must live on
        log.exception("job %s %s failed (try %s)", name, arguments, tries)
        _put_back(job_id, tries, error)


def _put_back(job_id: int, tries: int, error: Exception) -> None:
    state = JobState.GIVEN_UP if tries >= MOST_TRIES else JobState.WAITING
    due_at = clock.now() + FIRST_PAUSE * 2 ** (tries - 1)
    with transaction():
        db.session.execute(
            update(Job).where(Job.id == job_id).values(state=state, due_at=due_at, error=repr(error)[:2000])
        )
