"""Engines behind the port `archive.index.Index`, and which of them this application uses."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from flask import current_app, g, has_request_context

from archive.engines.postgres import PATIENCE, PostgresIndex
from archive.engines.whoosh import WhooshIndex
from archive.index import Index
from core.db import db

# Seconds; more than anybody has.
LEISURE = 86_400.0
# When what a page asks must have been answered, on the monotonic clock.
_until: ContextVar[float | None] = ContextVar("until", default=None)


def current_index() -> Index:
    """The engine of the setting; without one PostgreSQL where the database is PostgreSQL, else Whoosh."""
    setting = current_app.config["SEARCH_ENGINE"]
    if setting == "postgres" or (not setting and db.engine.dialect.name == "postgresql"):
        until = _until.get()
        return PostgresIndex(db.engine, patience=PATIENCE if until is None else until - time.monotonic())
    return WhooshIndex(Path(current_app.config["DATA"]) / "index")


@contextmanager
def one_page() -> Iterator[None]:
    """Whatever is asked inside takes no longer together than one question may alone."""
    before = _until.get()
    with _answered_until(time.monotonic() + PATIENCE if before is None else before):
        yield


@contextmanager
def at_leisure() -> Iterator[None]:
    """Whatever is asked inside is answered, however long that takes: nobody waits for a page."""
    with _answered_until(time.monotonic() + LEISURE):
        yield


def notice_unready() -> None:
    """A request is answered without an index that can be used."""
    if has_request_context():
        g.search_is_unready = True


def was_unready() -> bool:
    """Whether that has been noticed; told once."""
    return bool(g.pop("search_is_unready", default=False))


@contextmanager
def _answered_until(moment: float) -> Iterator[None]:
    before = _until.get()
    _until.set(moment)
    try:
        yield
    finally:
        _until.set(before)
