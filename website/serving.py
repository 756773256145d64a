"""Serving for real: a production server with several processes, and the worker of jobs beside it.

The server is granian (measured against others: docs/decisions). The worker is a process of its own that
is started again if it dies, and that stops when the server does.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import click
from flask import Flask, current_app
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from core import clock, jobs
from core.db import db, transaction
from website.config import PROJECT, Settings

PAUSE_BETWEEN_LOOKS = 0.5
PAUSE_BEFORE_RESTART = 1.0
BETWEEN_DAILY_LOOKS = 300.0
THREADS = 2

log = logging.getLogger(__name__)


def serve(settings: Settings) -> None:
    """Serve until stopped. Says so in one sentence when the address is taken."""
    _refuse_taken_address(settings)
    stopping = threading.Event()
    threading.Thread(target=_keep_worker, args=(stopping,), daemon=True).start()
    server = Granian(
        "website.process:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.processes,
        blocking_threads=THREADS,
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
        working_dir=PROJECT,
        respawn_failed_workers=True,
    )
    click.echo(f"Tem Thư: http://{settings.host}:{settings.port}/")
    try:
        server.serve()
    finally:
        stopping.set()


def _refuse_taken_address(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise click.ClickException(
                f"{settings.host}:{settings.port} is in use; set TEMTHU_PORT to another port."
            ) from error


def _keep_worker(stopping: threading.Event) -> None:
    while not stopping.is_set():
        worker = subprocess.Popen([sys.executable, "-m", "website", "worker"])
        while worker.poll() is None and not stopping.wait(PAUSE_BETWEEN_LOOKS):
            pass
        if worker.poll() is None:
            worker.terminate()
        else:
            log.warning("the worker stopped (%s) and is started again", worker.returncode)
            stopping.wait(PAUSE_BEFORE_RESTART)


def work(*, until: Callable[[], bool] | None = None) -> None:
    """Work off jobs as they come due. Stops after the job at hand when asked to, or when its starter is gone.

    Two lanes: what takes long (building the search index anew) is done beside what people wait for.
    """
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    signal.signal(signal.SIGINT, lambda *_: stopping.set())
    starter = os.getppid()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    beside = threading.Thread(target=_work_long, args=(app, stopping), daemon=True)
    beside.start()
    looked = 0.0
    while not stopping.is_set() and os.getppid() == starter and not (until and until()):
        if time.monotonic() - looked > BETWEEN_DAILY_LOOKS or not looked:
            _see_to_daily_work()
            looked = time.monotonic()
        if not _round_of_work(long=False):
            stopping.wait(PAUSE_BETWEEN_LOOKS)
    stopping.set()
    _let_go()


def _let_go() -> None:
    """The long lane may be in the midst of something: the next worker begins it again at once."""
    try:
        jobs.let_go()
    except Exception:  # the database may be away; then it is seen that this process is gone
        log.exception("the jobs at hand could not be put back")
    finally:
        db.session.remove()


def _see_to_daily_work() -> None:
    try:
        with transaction():
            jobs.enqueue_daily(now=clock.now())
    except Exception:  # the database may be away for a while
        log.exception("the daily jobs could not be written")
    finally:
        db.session.remove()


def _work_long(app: Flask, stopping: threading.Event) -> None:
    with app.app_context():
        while not stopping.is_set():
            if not _round_of_work(long=True):
                stopping.wait(PAUSE_BETWEEN_LOOKS)


def _round_of_work(*, long: bool) -> bool:
    try:
        ran = jobs.run_due(most=50, long=long)
    except Exception:  # the database may be away for a while; the worker waits for it
        log.exception("the worker cannot reach its jobs")
        time.sleep(PAUSE_BEFORE_RESTART)
        return False
    finally:
        db.session.remove()
    return ran > 0
