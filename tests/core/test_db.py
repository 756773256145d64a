"""Writing happens in one transaction, and what was read before is read again inside it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from accounts.models import Person
from core.db import db, transaction
from tests import cast, make


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
