"""Keeping the index of pictures true: brought up to date after a change, built anew by the worker, healed when broken.

The index is a copy. What is missing in it, and what is too much, is found by comparing it with the database, so each of these
may run in any order and twice.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

import cv2
from flask import current_app

from core import clock, files, jobs
from core.db import db, transaction
from core.errors import Refused
from stamps.looking import shelf
from stamps.looking.looks import Look, look
from stamps.looking.reading import pixels_of
from stamps.pictures import queries

# A rebuild that did not help is not tried again at every question.
BETWEEN_REBUILDS = timedelta(minutes=1)
AT_ONCE, TOGETHER = 2, 32
SECONDS_BETWEEN_WORDS = 0.5

log = logging.getLogger(__name__)
Step = Callable[[], object]


def folder() -> Path:
    """Where the index lies."""
    return Path(current_app.config["DATA"]) / "looks"


def index_later() -> None:
    """In the caller's transaction: have the worker bring the index up to date."""
    jobs.enqueue("stamps.looks")


def rebuild_later() -> None:
    """In the caller's transaction: have the worker build it anew, e.g. after loading many pictures."""
    jobs.enqueue(queries.REBUILD)


def heal(*, now: datetime) -> None:
    """In the caller's transaction: have an index that cannot be used built anew, once."""
    if not queries.is_rebuild_due(since=now - BETWEEN_REBUILDS):
        rebuild_later()


def rebuild(step: Step = lambda: None) -> int:
    """Build the whole index beside the one in use; `step` is called for every picture. Gives the number of pictures."""
    wanted = queries.searched()
    db.session.rollback()
    with _Progress(folder(), len(wanted), step) as counted:
        shelf.rebuild(folder(), looks_of(wanted, counted))
    # What came or went meanwhile.
    return bring_up_to_date()


def bring_up_to_date() -> int:
    """Put into the index what is missing, take out what is gone; give how many pictures it holds. Raises Unusable."""
    wanted = queries.searched()
    db.session.rollback()
    held = shelf.read(folder()).pictures()
    missing = {key: file_id for key, file_id in wanted.items() if key not in held}
    gone = held - wanted.keys()
    if missing or gone:
        shelf.put(folder(), looks_of(missing, lambda: None), without=gone)
    return len(shelf.read(folder()).pictures())


def number_held() -> int:
    """How many pictures the index holds. Raises Unusable."""
    held = shelf.read(folder())
    return sum(len(part.keys) for part in held.parts) - len(held.gone)


def looks_of(wanted: Mapping[int, str], step: Step) -> Iterator[tuple[int, Look]]:
    """The looks of kept pictures, several made at once. One that cannot be read is left out, and the log says so."""
    cv2.setNumThreads(1)
    paths = [(key, files.path_of(file_id)) for key, file_id in wanted.items()]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for start in range(0, len(paths), TOGETHER):
            for key, seen in pool.map(_look_of, paths[start : start + TOGETHER]):
                step()
                if seen is not None:
                    yield key, seen


def _look_of(one: tuple[int, Path]) -> tuple[int, Look | None]:
    key, path = one
    try:
        return key, look(pixels_of(path.read_bytes()))
    except (Refused, OSError) as broken:
        log.warning("picture %s cannot be looked at: %r", key, broken)
        return key, None


class _Progress:
    """Says in a file, for pages, how far a rebuild is; the file is gone when it ends."""

    def __init__(self, folder: Path, total: int, step: Step) -> None:
        self._path, self._total, self._step = folder / "progress.json", total, step
        self._done, self._said_at = 0, 0.0

    def __enter__(self) -> Step:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._say()
        return self._one_more

    def __exit__(self, *_: object) -> None:
        self._path.unlink(missing_ok=True)

    def _one_more(self) -> None:
        self._done += 1
        self._step()
        if monotonic() - self._said_at > SECONDS_BETWEEN_WORDS:
            self._say()

    def _say(self) -> None:
        self._said_at = monotonic()
        unfinished = self._path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps({"done": self._done, "total": self._total}), encoding="ascii")
        unfinished.replace(self._path)


def progress() -> tuple[int, int] | None:
    """How many pictures of how many a rebuild has looked at; None where none is on its way."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = json.loads((folder() / "progress.json").read_text(encoding="ascii"))
        return int(said["done"]), int(said["total"])
    return None


@jobs.handles("stamps.looks", writes=False, gathered=True)
def on_looks(_changes: Iterable[object]) -> None:
    """The jobs of `index_later`. An index that cannot be used is built anew."""
    try:
        bring_up_to_date()
    except shelf.Unusable:
        with transaction():
            heal(now=clock.now())


@jobs.handles(queries.REBUILD, writes=False, takes_long=True)
def on_rebuild() -> None:
    """The job of `rebuild_later`."""
    rebuild()
