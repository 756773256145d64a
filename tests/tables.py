"""Which tables a test has filled, emptying them, and rows that many tests begin with.

Those rows are made once for each engine by the program itself, and laid back as they were for every further test.
"""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, Table, event, func, select, text

from contest.judging.log import SEAL, UNSEAL, JudgingEvent
from core.db import Base, db

INSERTED = re.compile(r'\bINTO\s+"?(\w+)', re.IGNORECASE)
# Rows that point to one another come in any order.
UNORDERED = {"sqlite": "PRAGMA defer_foreign_keys=ON", "postgresql": "SET LOCAL session_replication_role = replica"}
Rows = dict[Table, list[dict[str, Any]]]
_filled: set[str] = set()
_made: dict[tuple[str, Callable[[], None]], Rows] = {}


@event.listens_for(Engine, "before_cursor_execute")
def _note_filled(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    """Which tables something was put into: only those need emptying, of some eighty."""
    _filled.update(INSERTED.findall(statement))


def empty() -> None:
    """Delete what was written; the log of judging lets nobody do that while it is sealed."""
    filled, log = set(_filled), JudgingEvent.__tablename__
    with db.engine.begin() as connection:
        for statement in UNSEAL[connection.dialect.name] if log in filled else ():
            connection.execute(text(statement))
        for table in reversed(Base.metadata.sorted_tables):
            if table.name in filled:
                connection.execute(table.delete())
        for statement in SEAL[connection.dialect.name] if log in filled else ():
            connection.execute(text(statement))
    _filled.clear()


def made_once(make: Callable[[], None]) -> None:
    """Call `make`, which commits; or, when it has run on this engine before, put the rows there that it made then."""
    kept = (db.engine.dialect.name, make)
    if _filled:
        make()  # on top of what the test has: made as the program makes it
        return
    with db.engine.begin() as connection:
        if kept in _made:
            _lay(connection, _made[kept])
            return
    make()
    with db.engine.connect() as connection:
        tables = [table for table in Base.metadata.sorted_tables if table.name in _filled]
        found = {table: connection.execute(select(table)).mappings() for table in tables}
        _made[kept] = {table: list(map(dict, rows)) for table, rows in found.items()}


def _lay(connection: Connection, kept: Rows) -> None:
    connection.execute(text(UNORDERED[connection.dialect.name]))
    for table, rows in kept.items():
        if rows:
            connection.execute(table.insert(), rows)
        if connection.dialect.name == "postgresql" and table.autoincrement_column is not None:
            column = table.autoincrement_column
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, select(func.max(column)).scalar_subquery())))
