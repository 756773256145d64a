"""The search over what the database holds, built once for each state that tests begin with.

Every test begins without an index. On SQLite it is files of the data folder, which are kept as such. On PostgreSQL it is
laid aside before each test, and put back for one that begins with the same database, unless somebody wrote to it.
"""

from typing import Any

from sqlalchemy import Connection, text

from archive import services as archive
from archive.engines.postgres.tables import SCHEMA
from core.db import db
from tests import kept

ASIDE = f"{SCHEMA}_aside"
_indexed: dict[int, Any] = {}


def rebuild() -> None:
    """As `archive.rebuild` leaves it."""
    if db.engine.dialect.name == "sqlite":
        _files()
        return
    step = kept.step()
    if step is None or not _put_back(step):
        archive.rebuild()
    if step is not None and step == kept.step():
        with db.engine.connect() as connection:
            _indexed[step] = _mark(connection, SCHEMA)


def lay_aside() -> None:
    """Let the test that begins find no index of another."""
    if db.engine.dialect.name == "sqlite":
        return
    with db.engine.begin() as connection:
        if _is_there(connection, SCHEMA):
            connection.execute(text(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE"))
            connection.execute(text(f"ALTER SCHEMA {SCHEMA} RENAME TO {ASIDE}"))


@kept.made_once
def _files() -> None:
    archive.rebuild()


def _put_back(step: int) -> bool:
    """Whether what was laid aside is what this state of the database gives, and is searched again."""
    with db.engine.begin() as connection:
        if not _is_there(connection, ASIDE) or _is_there(connection, SCHEMA):
            return False
        if _indexed.get(step) != _mark(connection, ASIDE):
            return False
        connection.execute(text(f"ALTER SCHEMA {ASIDE} RENAME TO {SCHEMA}"))
        return True


def _is_there(connection: Connection, schema: str) -> bool:
    return connection.execute(text(f"SELECT to_regclass('{schema}.state') IS NOT NULL")).scalar() is True


def _mark(connection: Connection, schema: str) -> Any:
    """What changes with every change of the index."""
    counted = f"SELECT generation, places, (SELECT count(*) FROM {schema}.document) FROM {schema}.state"
    return tuple(connection.execute(text(counted)).one())
