"""A portion of a large import looks its rows up by what names them, and never reads the whole import for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from core.db import db
from stamps.exchange import queries
from stamps.exchange.rules import BATCH

NAMES = [f"https://example.org/stamp/{number}" for number in range(BATCH)]
ROW = "stamp_import_row"
Lookup = Callable[[], object]


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """The statements that the database is asked meanwhile."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_more: Any) -> None:
        statements.append((statement, given))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("lookup", "index"),
    [
        (lambda: queries.same_rows(None, NAMES), "identity"),
        (lambda: queries.same_rows(1, NAMES), "identity"),
        (lambda: queries.stamps_linked(NAMES), "identity"),
        (lambda: queries.basics_of(range(1, BATCH)), "stamp_id"),
    ],
)
def test_rows_are_looked_up_by_what_names_them(app: Flask, lookup: Lookup, index: str) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL counts its rows before it plans")
    with asked() as statements:
        lookup()
    ways = {
        step[3].split(" USING ")[1].split(" (")[0]
        for statement, given in statements
        for step in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        if step[3].startswith(("SEARCH " + ROW, "SCAN " + ROW)) and " USING " in step[3]
    }
    assert ways == {f"INDEX ix_{ROW}_{index}"}
