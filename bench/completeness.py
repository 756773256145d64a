"""How complete a collection of 100,000 copies is, in a catalogue of 1,000,000 stamps: each chart of the pages.

SQLite, in milliseconds of the processor; 333,333 issues of 50 countries and 120 years; every tenth stamp is owned.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Table, insert, text

from accounts.models import Person
from core.db import db, transaction
from stamps.collections import queries
from stamps.collections.models import Copy
from stamps.collections.queries import Within
from stamps.collections.rules import By
from stamps.models import Stamp, StampIssue
from website.application import create_app
from website.config import Settings

STAMPS, COPIES, IN_A_SET = 1_000_000, 100_000, 3
NOW = datetime(2026, 1, 15, tzinfo=UTC)
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {last}) "
COUNTRIES = "char(65 + (n.i / 5) % 5) || char(65 + n.i % 10)"


def main() -> None:
    """Fill, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), database_url="", secret_key="of the bench"))
        with app.app_context():
            begun = time.perf_counter()
            db.create_all()
            with transaction():
                _fill()
            print(f"   {STAMPS:,} stamps, {COPIES:,} copies: {time.perf_counter() - begun:.0f} s to fill")
            _ask()


def _ask() -> None:
    within = Within("AA")
    asked: dict[str, Callable[[], object]] = {
        "by country": lambda: _chart(By.COUNTRY),
        "by year": lambda: _chart(By.YEAR),
        "by year in a country": lambda: _chart(By.YEAR, within),
        "sets begun": lambda: queries.incomplete_issues(1, number=1, size=30),
        "24 issues of a page": lambda: queries.progress_of_issues(1, list(range(1, 25))),
        "have, swap, want": lambda: queries.counts(1),
    }
    for name, ask in asked.items():
        taken = []
        for _time in range(3):
            db.session.rollback()
            begun = time.process_time()
            ask()
            taken.append(time.process_time() - begun)
        print(f"   {name:<22} {min(taken) * 1000:8.0f} ms (at worst {max(taken) * 1000:.0f})")


def _chart(by: By, within: Within = queries.EVERYWHERE) -> None:
    begun = queries.begun(1, by, within=within)
    queries.totals(by, list(begun)[:30], within=within)


def _fill() -> None:
    session = db.session
    session.execute(
        insert(Person), [{"id": 1, "user_name": "c", "password_hash": "", "session_key": "k", "created_at": NOW}]
    )
    session.execute(insert(StampIssue), [{"id": 1, "key": "i1", "country": "AA", "year": 1900, "date": "1900"}])
    session.execute(insert(Stamp), [{"id": 1, "key": "s1", "issue_id": 1}])
    session.execute(insert(Copy), [{"id": 1, "person_id": 1, "stamp_id": 1, "added_at": NOW}])
    issue = {"key": "'i' || n.i", "country": COUNTRIES, "year": "1900 + n.i % 120"}
    _repeat(StampIssue.__table__, STAMPS // IN_A_SET + 1, issue)
    _repeat(Stamp.__table__, STAMPS, {"key": "'s' || n.i", "issue_id": f"1 + n.i / {IN_A_SET}"})
    _repeat(Copy.__table__, COPIES, {"stamp_id": f"1 + (n.i * {STAMPS // COPIES}) % {STAMPS}"})


def _repeat(table: object, last: int, given: dict[str, str]) -> None:
    """The first row again and again, with another id and what is given."""
    assert isinstance(table, Table)
    values = {column.name: given.get(column.name, f"t.{column.name}") for column in table.columns} | {"id": "n.i"}
    db.session.execute(
        text(
            f"INSERT INTO {table.name} ({', '.join(values)}) {NUMBERS.format(last=last)} "
            f"SELECT {', '.join(values.values())} FROM n CROSS JOIN {table.name} t WHERE t.id = 1"
        )
    )


if __name__ == "__main__":
    main()
