"""The database: base class of all tables, UTC instants, and the one way to write.

No table of a feature lives here. Reading needs no ceremony; writing happens inside
`with transaction():`, at the edge (a view, a command, a job), never in a service.
"""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy import Enum as EnumType
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from core.turns import Turns

BUSY_TIMEOUT_MS = 10_000
# How long somebody who writes waits for those before, and how often it is looked whether they are done.
WRITER_WAITS_SECONDS = 30.0
LOOKS_AGAIN_SECONDS = 0.002
# Who held the lock for longer than the first lets others have it for at least the second.
HELD_FOR_LONG_SECONDS = 0.05
GIVES_WAY_SECONDS = 0.02
# A file of this size is read without a system call a page: counting a judge's pile among a million letters, 5 ms for 15.
MAPPED_BYTES = 2_000_000_000


class Base(DeclarativeBase):
    """Base of every table. Names of constraints follow one convention, so that migrations can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. Refuses a datetime without a time zone, gives back one with UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store as UTC; SQLite keeps no zone, so it is dropped there after the conversion."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read as UTC on every engine."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def choice(kind: type[Enum]) -> EnumType:
    """A column type for an enum: stores its value (not its name) with a CHECK, alike on both engines."""
    return EnumType(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


db = SQLAlchemy(
    model_class=Base,
    # Lets a test wrap everything in a connection it rolls back: commits become savepoints.
    session_options={"join_transaction_mode": "create_savepoint"},
)

_writing: ContextVar[bool] = ContextVar("temthu_writing", default=False)
_writers = Turns(seconds=WRITER_WAITS_SECONDS)
_gives_way = {"until": 0.0}


class Busy(SQLAlchemyError):  # noqa: N818 - it is an answer, not an error
    """Others wrote for so long that no turn came: nothing was saved, and asking again shortly will do."""


@contextmanager
def transaction() -> Iterator[None]:
    """Everything inside is saved together, or not at all.

    Ends the read transaction that loading and permission checks left open and starts a fresh
    one that holds the write lock from its first statement (`BEGIN IMMEDIATE` on SQLite). Rows
    loaded before are read again inside, so a decision is never made on what another request
    has changed since. Nesting is an error: services flush, the edge commits. Raises Busy.
    """
    if _writing.get():
        raise RuntimeError("transaction() is for the edge; services only flush")
    db.session.rollback()
    with _turn_to_write():
        yield from _saved()


@contextmanager
def _turn_to_write() -> Iterator[None]:
    """SQLite has one writer, and those who wait for its lock are served by luck.

    Within a process they queue here. A process that has held the lock for long (a worker bringing in a file, portion after
    portion) lets others have it before it takes it again.
    """
    if db.engine.dialect.name != "sqlite":
        yield
        return
    with _writers.turn(otherwise=Busy("no turn to write")):
        time.sleep(max(0.0, _gives_way["until"] - time.monotonic()))
        begun = time.monotonic()
        try:
            yield
        finally:
            ended = time.monotonic()
            if ended - begun > HELD_FOR_LONG_SECONDS:
                _gives_way["until"] = ended + GIVES_WAY_SECONDS


def _saved() -> Iterator[None]:
    token = _writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(token)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """WAL so that readers never wait for the writer, FULL so that an acknowledged letter survives a power cut."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # BEGIN is ours, see below
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}")
    for pragma in (*pragmas, f"mmap_size={MAPPED_BYTES}"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    """Python's sqlite3 would begin too late; a writer must hold the lock before it reads what it decides on."""
    if connection.dialect.name != "sqlite":
        return
    if _writing.get():
        _begin_writing(connection.connection.dbapi_connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: sqlite3.Connection) -> None:
    """Take the lock as soon as another process has let it go: SQLite itself looks ten times a second, and may never see it."""
    given_up_at = time.monotonic() + WRITER_WAITS_SECONDS
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while not _has_begun(connection):
            if time.monotonic() > given_up_at:
                raise Busy("the lock to write was not to be had")
            time.sleep(LOOKS_AGAIN_SECONDS * random.uniform(0.5, 1.5))  # noqa: S311 - so that two do not look in step
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _has_begun(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise
    return True
