"""Jobs exist when their change does, run once, are tried again and given up where anybody can see it."""

import subprocess
import sys
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from core import clock, jobs, processes
from core.db import db, transaction
from core.jobs import Job, JobState
from website.config import PROJECT

done: list[int] = []
together: list[list[int]] = []


@jobs.handles("test.note")
def note(number: int) -> None:
    """Remember the number; a negative one fails."""
    if number < 0:
        raise ValueError("negative")
    done.append(number)


@jobs.handles("test.notes", gathered=True)
def notes(several: list[dict[str, int]]) -> None:
    """Remember several numbers at once; fails when one is negative."""
    if any(one["number"] < 0 for one in several):
        raise ValueError("negative")
    together.append([one["number"] for one in several])


@jobs.handles("test.long", takes_long=True)
def take_long(number: int) -> None:
    """Remember the number."""
    done.append(number)


@pytest.fixture(autouse=True)
def _nothing_done(app: Flask) -> None:
    done.clear()
    together.clear()


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
    assert (soon, later) == ([], [the_job().id])


def test_a_job_whose_process_was_killed_on_this_machine_waits_for_a_pause_and_no_longer() -> None:
    with transaction():
        jobs.enqueue("test.note", number=7)
    jobs.claim(now=clock.now())
    with transaction():
        the_job().claimed_by = name_of_one_that_ended()
    soon = jobs.claim(now=clock.now())
    later = jobs.claim(now=clock.now() + jobs.FIRST_PAUSE)
    assert (soon, later, the_job().tries) == ([], [the_job().id], 2)


def name_of_one_that_ended() -> str:
    command = [sys.executable, "-c", "from core import processes; print(processes.own())"]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT).stdout.strip()


def test_a_process_knows_that_it_runs_and_nothing_of_other_machines() -> None:
    gone = name_of_one_that_ended()
    elsewhere = "elsewhere" + gone.removeprefix(gone.partition("/")[0])
    assert [processes.is_gone(name) for name in (processes.own(), gone, elsewhere, "")] == [False, True, False, False]


def test_a_process_that_ends_well_lets_go_of_what_it_is_at() -> None:
    with transaction():
        jobs.enqueue("test.note", number=7)
    jobs.claim(now=clock.now())
    jobs.let_go()
    assert (jobs.claim(now=clock.now()), the_job().tries) == ([the_job().id], 1)


def test_an_unknown_name_is_a_bug_at_once() -> None:
    with pytest.raises(LookupError), transaction():
        jobs.enqueue("test.unknown")


def enqueue_all(name: str, *numbers: int) -> None:
    with transaction():
        for number in numbers:
            jobs.enqueue(name, number=number)


def test_jobs_that_are_gathered_run_in_one_go() -> None:
    enqueue_all("test.notes", 1, 2)
    enqueue_all("test.note", 7)
    enqueue_all("test.notes", 3)
    assert (jobs.run_due(), together, done) == (4, [[1, 2, 3]], [7])


def test_jobs_that_were_gathered_and_fail_are_all_tried_again() -> None:
    enqueue_all("test.notes", 1, -2)
    jobs.run_due()
    assert [(job.state, job.tries) for job in db.session.scalars(select(Job))] == [(JobState.WAITING, 1)] * 2


@pytest.mark.parametrize(("long", "ran"), [(True, [2]), (False, [1]), (None, [1, 2])])
def test_what_takes_long_is_done_beside_the_rest(long: bool | None, ran: list[int]) -> None:
    enqueue_all("test.note", 1)
    enqueue_all("test.long", 2)
    jobs.run_due(long=long)
    assert done == ran


def test_what_waits_already_is_not_asked_for_twice() -> None:
    with transaction():
        for number in (7, 7, 8):
            jobs.enqueue_once("test.note", number=number)
    jobs.run_due()
    with transaction():
        jobs.enqueue_once("test.note", number=7)
    jobs.run_due()
    assert done == [7, 8, 7]
