"""Keeping the index true: one document brought up to date, everything built anew, a broken index healed.

The index is a copy: each of these asks the sources for what is so now, so they may run in any order and twice.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from flask import current_app

from archive import queries
from archive.engines import current_index
from archive.index import Document, Unusable
from archive.sources import rebuild_later, source_of, sources
from core import clock, jobs
from core.db import db

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
    for kind, key in queries.indexed_since(started):
        with suppress(Unusable):  # broken again already: the next search finds out
            bring_up_to_date(kind, key)


def bring_up_to_date(kind: str, key: str) -> None:
    """Put the present document of a thing into the index, or take out what may not be found any more."""
    with current_app.test_request_context():
        document = source_of(kind).one(key)
    if document is None:
        current_index().remove([f"{kind}:{key}"])
    else:
        current_index().put([document])


@jobs.handles("archive.index", writes=False)
def on_index(*, kind: str, key: str) -> None:
    """The job of `index_later`. An index that cannot be used is built anew, this thing with it."""
    try:
        bring_up_to_date(kind, key)
    except Unusable:
        rebuild()


@jobs.handles("archive.rebuild", writes=False)
def on_rebuild() -> None:
    """The job of `rebuild_later`."""
    rebuild()


def _all(step: Callable[[], object]) -> Iterator[Document]:
    for source in sources():
        for document in source.all():
            step()
            yield document
