"""The search over what the database holds, built once for each state that tests begin with.

On SQLite the index is files of the data folder, which are kept as such. On PostgreSQL it outlives a test: while nobody
has written to it, and the database is as it was, it is still true.
"""

from typing import Any

from sqlalchemy import text

from archive import services as archive
from archive.engines.postgres.tables import EXISTS, SCHEMA
from core.db import db
from tests import kept

MARK = text(f"SELECT generation, places, (SELECT count(*) FROM {SCHEMA}.document) FROM {SCHEMA}.state")
_indexed: dict[int, Any] = {}


def rebuild() -> None:
    """As `archive.rebuild` leaves it."""
    if db.engine.dialect.name == "sqlite":
        _files()
        return
    step = kept.step()
    if step is None or _mark() is None or _indexed.get(step) != _mark():
        archive.rebuild()
    if step is not None and step == kept.step():
        _indexed[step] = _mark()


@kept.made_once
def _files() -> None:
    archive.rebuild()


def _mark() -> Any:
    """What changes with every change of the index."""
    with db.engine.connect() as connection:
        there = connection.execute(text(EXISTS)).scalar()
        return tuple(connection.execute(MARK).one()) if there else None
