"""Writing happens in one transaction, and what was read before is read again inside it."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from accounts.models import Person
from core import db as core_db
from core.db import Busy, db, transaction
from tests import cast, make
from tests.conftest import build
from website.config import Settings


def test_everything_is_saved_or_nothing(app: Flask) -> None:
    mai = cast.mai()
    with pytest.raises(RuntimeError), transaction():
        mai.full_name = "Somebody else"
        db.session.flush()
        raise RuntimeError
    assert db.session.get_one(Person, mai.id).full_name == "Trần Ngọc Mai"


def test_a_transaction_inside_another_is_a_mistake(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="edge"), transaction(), transaction():
        pass


def test_what_another_changed_meanwhile_is_seen_inside(app: Flask) -> None:
    mai = cast.mai()
    assert mai.full_name == "Trần Ngọc Mai"
    with db.engine.begin() as another:
        another.execute(text("UPDATE person SET full_name = 'Changed'"))
    with transaction():
        assert mai.full_name == "Changed"


def test_a_moment_keeps_its_instant_whatever_its_zone(app: Flask) -> None:
    hanoi = timezone(timedelta(hours=7))
    make.stage(opens_at=datetime(2025, 12, 19, 0, 0, tzinfo=hanoi))
    db.session.expire_all()
    stored = db.session.execute(text("SELECT id FROM stage")).scalar_one()
    from contest.editions.models import Stage  # noqa: PLC0415

    assert db.session.get_one(Stage, stored).opens_at == datetime(2025, 12, 18, 17, 0, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(StatementError, match="time zone"):
        make.stage(opens_at=datetime(2025, 12, 19, 0, 0))  # noqa: DTZ001


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Flask]:
    """An application on a SQLite file with one table: what other processes do to its lock is what matters here."""
    app = build(Settings(data=tmp_path, database_url="", secret_key="of the test"))
    with app.app_context():
        with db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE written (what TEXT)"))
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def another_process_writes() -> Iterator[sqlite3.Connection]:
    path = db.engine.url.database
    assert path
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def write(what: str) -> None:
    with transaction():
        db.session.execute(text("INSERT INTO written VALUES (:what)"), {"what": what})


def written() -> set[str]:
    return set(db.session.scalars(text("SELECT what FROM written")))


def test_who_writes_waits_until_another_process_is_done(embedded: Flask) -> None:
    with another_process_writes() as other:
        done = threading.Timer(0.2, other.rollback)
        done.start()
        write("mine")
        done.join()
    assert written() == {"mine"}


def test_who_gets_no_turn_is_told_so_and_may_ask_again(embedded: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_db, "WRITER_WAITS_SECONDS", 0.05)
    with another_process_writes(), pytest.raises(Busy):
        write("too early")
    write("now")
    assert written() == {"now"}


def test_who_writes_piece_after_piece_lets_another_process_in(embedded: Flask) -> None:
    path = db.engine.url.database
    assert path
    came = threading.Event()

    def another() -> None:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other:
            while not came.is_set():
                with suppress(sqlite3.OperationalError):
                    other.execute("BEGIN IMMEDIATE")
                    came.set()
                time.sleep(0.01)

    thread = threading.Thread(target=another)
    with transaction():
        thread.start()
        time.sleep(2 * core_db.HELD_FOR_LONG_SECONDS)
    write("the next piece")
    assert came.is_set()
    thread.join()


def test_all_who_write_at_once_in_one_process_come_to_their_turn(embedded: Flask) -> None:
    def one(number: int) -> None:
        with embedded.app_context():
            write(str(number))
            db.session.remove()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert written() == {str(number) for number in range(24)}
