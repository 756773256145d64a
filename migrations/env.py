"""How Alembic reaches our database: through the application's engine, alike on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from core.db import Base, db


def as_stored(kind: str, thing: Any, _context: Any) -> str | bool:
    """Write our own column types as what the database stores, so that old migrations never import the program."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


@contextmanager
def without_cascades(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by dropping it and making it again: rows that point to it must not go with it meanwhile."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if broken := driver.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"the migration left rows that point to nothing: {broken[:5]}")
        connection.commit()
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def main() -> None:
    """Bring the database to the wished version, all or nothing."""
    with db.engine.connect() as connection, without_cascades(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_type=True,
            render_as_batch=True,
            render_item=as_stored,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


assert current_app, "run through `temthu` or a test: migrations need the application"  # noqa: S101
main()
