"""A hundred workers killed at any moment of a commit or a rebuild: the site answers after each, the index heals.

Each worker is a process that indexes and rebuilds without end; it is killed, never asked. After each death the search
page must find what it always found, though nobody repairs anything; at the end one worker that is left alone must
bring the index to what the record says.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from archive import queries, services
from archive.index import Query
from archive.sources import sources
from bench.hand_in import build
from contest.winners.services import load_record, read_record
from core import jobs
from core.db import db, transaction
from core.jobs import Job, JobState
from website.config import PROJECT

KILLS = int(os.environ.get("TEMTHU_BENCH_KILLS", "100"))
LONGEST_LIFE = 0.6
# What died often waits longer and longer before it is tried again, but never longer than some minutes.
LONGEST_HEALING = 600
ASKED = "/search?q=viet+thu&kind=laureate"


def main() -> None:
    """Kill, look, kill again."""
    with tempfile.TemporaryDirectory() as folder:
        app = build(Path(folder), "")
        with app.app_context():
            db.create_all()
            with transaction():
                load_record(read_record(PROJECT / "record"), step=lambda: None)
            services.rebuild()
        expected = app.test_client().get(ASKED).text
        died = Counter(kill_one(folder, number) for number in range(KILLS) if answers_as(app, expected))
        with app.app_context():
            seconds = heal()
            found, there = queries.find(Query()).total, sum(source.count() for source in sources())
            db.session.remove()
            db.engine.dispose()
    print(
        f"{', '.join(f'{count} killed while {what}' for what, count in died.items())}; the page answered as before "
        f"{sum(died.values())} times of {KILLS}; at the end {found} of {there} things are found, "
        f"{seconds:.0f} s after the last death",
        flush=True,
    )


def answers_as(app: Flask, expected: str) -> bool:
    """Whether the page is what it was before anybody was killed."""
    answer = app.test_client().get(ASKED)
    return answer.status_code == 200 and answer.text == expected


def kill_one(folder: str, number: int) -> str:
    """Start a worker, let it live for a moment, kill it; say what it was doing."""
    what = ("indexing", "rebuilding")[number % 2]
    arguments = [sys.executable, "-W", "ignore", "-m", "bench.searching.worker", folder, what]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"begun\n"
        time.sleep(random.uniform(0, LONGEST_LIFE))
        worker.kill()
    return what


def heal() -> float:
    """One worker that is left alone with what those that died left behind, until nothing waits; how many seconds it took."""
    begun = time.monotonic()
    open_jobs = select(Job.id).where(Job.state.in_((JobState.WAITING, JobState.RUNNING))).limit(1)
    while db.session.scalar(open_jobs) is not None and time.monotonic() - begun < LONGEST_HEALING:
        if not jobs.run_due():
            time.sleep(0.1)
        db.session.rollback()
    return time.monotonic() - begun
