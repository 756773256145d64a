"""Keeping the index true: one document brought up to date, everything built anew, a broken index healed.

The index is a copy: each of these asks the sources for what is so now, so they may run in any order and twice.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from flask import current_app

from archive import queries
from archive.engines import at_leisure, current_index
from archive.index import Document, Unusable
from archive.sources import index_later, rebuild_later, source_of, sources
from core import clock, jobs
from core.db import db, transaction

# A rebuild that did not help is not tried again at every search: one is waited for so long, and each one more of the last
# hour doubles that.
BETWEEN_REBUILDS = timedelta(minutes=1)
AN_HOUR = timedelta(hours=1)
# What workers took up so long before a rebuild began may have been read before and put in after.
AT_WORK_BEFORE = timedelta(minutes=1)


def heal(*, now: datetime) -> None:
    """In the caller's transaction: have the worker rebuild an index that cannot be used, once."""
    if is_to_be_healed(now=now):
        rebuild_later()


def is_to_be_healed(*, now: datetime) -> bool:
    """Whether nobody has asked for a rebuild yet."""
    doubled = min(queries.rebuilds_since(now - AN_HOUR), 6)
    return not queries.is_rebuild_due(since=now - BETWEEN_REBUILDS * 2**doubled / 2)


def size() -> int:
    """About how many documents there are."""
    return sum(source.count() for source in sources())


def rebuild(step: Callable[[], object] = lambda: None) -> None:
    """Build the whole index anew beside the live one; `step` is called for every document.

    What workers indexed meanwhile went into the old index; they are asked to index it once more.
    """
    since = clock.now() - AT_WORK_BEFORE
    with current_app.test_request_context():  # addresses of pages need a request
        current_index().rebuild(_all(step))
    with transaction():
        for kind, key in queries.indexed_since(since):
            index_later(kind, key)


def bring_up_to_date(things: Iterable[tuple[str, str]]) -> None:
    """Put the present documents of things (kind, key) into the index, or take out what may not be found any more.

    Any number of workers may do so: each reads the things when it alone may write, so that none puts back what was.
    """
    if named := list(dict.fromkeys(things)):
        current_index().put(_present(named), instead_of=[f"{kind}:{key}" for kind, key in named])


def _present(things: Iterable[tuple[str, str]]) -> Iterator[Document]:
    db.session.rollback()  # whatever was read before may be older than what others have put
    with current_app.test_request_context():
        found = [source_of(kind).one(key) for kind, key in things]
    yield from filter(None, found)


@jobs.handles("archive.index", writes=False, gathered=True)
def on_index(things: list[dict[str, str]]) -> None:
    """The jobs of `index_later`. An index that cannot be used is built anew, these things with it."""
    try:
        bring_up_to_date((thing["kind"], thing["key"]) for thing in things)
    except Unusable:
        with transaction():
            heal(now=clock.now())


@jobs.handles("archive.rebuild", writes=False, takes_long=True)
def on_rebuild() -> None:
    """The job of `rebuild_later`."""
    rebuild()


@jobs.handles("archive.check", writes=False, takes_long=True, daily_at=4)
def on_check() -> None:
    """Every night: what a disk has changed in an index that still answers is found, and built anew."""
    with at_leisure():
        is_whole = current_index().is_whole()
    if not is_whole:
        with transaction():
            heal(now=clock.now())


def _all(step: Callable[[], object]) -> Iterator[Document]:
    for source in sources():
        for document in source.all():
            step()
            yield document
