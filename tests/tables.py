"""Which tables a test has filled, emptying them, and copying what is in them away and back.

Copies go past the ORM and past foreign keys, in the engine's own quickest way.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from contest.judging.log import SEAL, UNSEAL, JudgingEvent
from core.db import Base, db

WRITTEN = re.compile(r'\b(INSERT\s+INTO|DELETE\s+FROM|(?<!\bDO )(?<!\bFOR )UPDATE)\s+"?(\w+)', re.IGNORECASE)
LOG = JudgingEvent.__tablename__
# What a table holds: on PostgreSQL what COPY writes, on SQLite its rows.
Content = bytes | list[tuple[Any, ...]]
# The tables of every change since all were empty, in order.
written: list[str] = []
_filled: set[str] = set()


@event.listens_for(Engine, "before_cursor_execute")
def _note_written(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    """Only tables that something was put into need emptying, of some eighty."""
    for act, table in WRITTEN.findall(statement):
        written.append(table)
        if act[0] in "Ii":
            _filled.add(table)


def names() -> list[str]:
    """All tables of the program."""
    return list(Base.metadata.tables)


def empty() -> None:
    """Delete what was written; the log of judging lets nobody do that while it is sealed."""
    with _freely() as cursor:
        _empty(cursor, _filled.intersection(names()))
    _filled.clear()
    written.clear()


def contents(tables: Iterable[str]) -> dict[str, Content]:
    """What these tables hold now."""
    with _freely() as cursor:
        return {table: _content(cursor, table) for table in tables}


def fill(kept: dict[str, Content]) -> None:
    """Let these tables hold just that; numbers of rows to come go on after the highest."""
    with _freely() as cursor:
        _empty(cursor, _filled.intersection(kept))
        for table, content in kept.items():
            _put(cursor, table, content)
        if _postgres():
            cursor.execute(";".join(_numbering(table) for table in kept))
    _filled.update(kept)


def _postgres() -> bool:
    return db.engine.dialect.name == "postgresql"


@contextmanager
def _freely() -> Iterator[Any]:
    """A cursor in a transaction of its own that no foreign key and (on PostgreSQL) no trigger holds up."""
    before, after = (
        ("SET LOCAL session_replication_role = replica", "")
        if _postgres()
        else ("PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE", "PRAGMA foreign_keys=ON")
    )
    connection = db.engine.raw_connection()
    cursor = connection.cursor()
    try:
        for statement in before.split(";"):
            cursor.execute(statement)
        yield cursor
        connection.commit()
    finally:
        connection.rollback()
        if after:
            cursor.execute(after)
        cursor.close()
        connection.close()


def _empty(cursor: Any, tables: Iterable[str]) -> None:
    doomed = [f'DELETE FROM "{table}"' for table in tables]
    if _postgres():
        cursor.execute(";".join(doomed) or "SELECT")
        return
    sealed = LOG in tables
    for statement in [*(UNSEAL["sqlite"] if sealed else ()), *doomed, *(SEAL["sqlite"] if sealed else ())]:
        cursor.execute(statement)


def _content(cursor: Any, table: str) -> Content:
    if _postgres():
        with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
            return b"".join(copy)
    return list(cursor.execute(f'SELECT * FROM "{table}"'))


def _put(cursor: Any, table: str, content: Content) -> None:
    if not content:
        return
    if isinstance(content, bytes):
        with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
            copy.write(content)
        return
    cursor.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(content[0]))})', content)


def _numbering(table: str) -> str:
    column = Base.metadata.tables[table].autoincrement_column
    if column is None:
        return "SELECT"
    sequence = f"pg_get_serial_sequence('{table}', '{column.name}')"
    return f'SELECT setval({sequence}, max("{column.name}")) FROM "{table}"'
