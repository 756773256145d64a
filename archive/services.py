"""Keeping the index true: one document brought up to date, everything built anew, a broken index healed.

The index is a copy: each of these asks the sources for what is so now, so they may run in any order and twice.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from flask import current_app

from archive import queries
from archive.engines import current_index
from archive.index import Document, Unusable
from archive.sources import rebuild_later, source_of, sources
from core import clock, jobs
from core.db import db, transaction

# A rebuild that did not help is not tried again at every search.
BETWEEN_REBUILDS = timedelta(minutes=1)


def heal(*, now: datetime) -> None:
    """In the caller's transaction: have the worker rebuild an index that cannot be used, once."""
    if not queries.is_rebuild_due(since=now - BETWEEN_REBUILDS):
        rebuild_later()


def size() -> int:
    """About how many documents there are."""
    return sum(source.count() for source in sources())


def rebuild(step: Callable[[], object] = lambda: None) -> None:
    """Build the whole index anew beside the live one; `step` is called for every document.

    What workers indexed meanwhile went into the old index; it is indexed once more.
    """
    started = clock.now()
    with current_app.test_request_context():  # addresses of pages need a request
        current_index().rebuild(_all(step))
    db.session.rollback()  # read afresh
    with suppress(Unusable):  # broken again already: the next search finds out
        bring_up_to_date(queries.indexed_since(started))


def bring_up_to_date(things: Iterable[tuple[str, str]]) -> None:
    """Put the present documents of things (kind, key) into the index, or take out what may not be found any more."""
    found, gone = [], []
    with current_app.test_request_context():
        for kind, key in dict.fromkeys(things):
            document = source_of(kind).one(key)
            found += [document] if document else []
            gone += [] if document else [f"{kind}:{key}"]
    if found:
        current_index().put(found)
    if gone:
        current_index().remove(gone)


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


def _all(step: Callable[[], object]) -> Iterator[Document]:
    for source in sources():
        for document in source.all():
            step()
            yield document
