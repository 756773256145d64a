"""Jobs exist when their change does, run once, are tried again and given up where anybody can see it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from core import clock, jobs
from core.db import db, transaction
from core.jobs import Job, JobState

done: list[int] = []


@jobs.handles("test.note")
def note(number: int) -> None:
    """Remember the number; a negative one fails."""
    if number < 0:
        raise ValueError("negative")
    done.append(number)


@pytest.fixture(autouse=True)
def _nothing_done(app: Flask) -> None:
    done.clear()


def the_job() -> Job:
    """The only job there is."""
    return db.session.scalars(select(Job)).one()


def test_a_job_runs_once() -> None:
    with transaction():
        jobs.enqueue("test.note", number=7)
    jobs.run_due()
    jobs.run_due()
    assert (done, the_job().state) == ([7], JobState.DONE)


def test_a_job_of_a_change_that_failed_never_exists() -> None:
    with pytest.raises(RuntimeError), transaction():
        jobs.enqueue("test.note", number=7)
        raise RuntimeError
    assert jobs.run_due() == 0


def test_a_job_waits_for_its_hour() -> None:
    later = clock.now() + timedelta(hours=1)
    with transaction():
        jobs.enqueue("test.note", number=7, due_at=later)
    before = jobs.run_due()
    assert (before, jobs.run_due(now=later), done) == (0, 1, [7])


def test_a_job_that_fails_is_tried_again_after_a_pause() -> None:
    with transaction():
        jobs.enqueue("test.note", number=-1)
    assert jobs.run_due() == 1
    job = the_job()
    assert (job.state, job.tries, job.due_at > clock.now()) == (JobState.WAITING, 1, True)


def test_a_job_that_always_fails_is_given_up_with_its_error() -> None:
    with transaction():
        jobs.enqueue("test.note", number=-1)
    for _try in range(jobs.MOST_TRIES):
        jobs.run_due(now=clock.now() + timedelta(days=1), most=1)
    job = the_job()
    assert (job.state, job.tries, "negative" in job.error) == (JobState.GIVEN_UP, jobs.MOST_TRIES, True)


def test_a_job_left_by_a_worker_that_died_is_taken_by_another() -> None:
    with transaction():
        jobs.enqueue("test.note", number=7)
    jobs.claim(now=clock.now())
    soon = jobs.claim(now=clock.now())
    later = jobs.claim(now=clock.now() + jobs.PATIENCE + timedelta(seconds=1))
    assert (soon, later) == (None, the_job().id)


def test_an_unknown_name_is_a_bug_at_once() -> None:
    with pytest.raises(LookupError), transaction():
        jobs.enqueue("test.unknown")
