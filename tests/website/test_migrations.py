"""Migrations lead to exactly the tables of the models, and back to nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Enum, inspect, text

from core.db import Base, db
from tests.conftest import ENGINES, build, new_database
from website.config import PROJECT, Settings


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application whose database holds nothing at all."""
    url = "" if request.param == "sqlite" else new_database(request.getfixturevalue("postgres_url"))
    app = build(Settings(data=tmp_path, database_url=url, secret_key="of the tests"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_migrations_lead_to_the_tables_of_the_models(empty: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_start_reads_which_migration_is_the_newest_without_running_any() -> None:
    scripts = ScriptDirectory(str(PROJECT / "migrations"))
    assert next(script.revision for script in scripts.walk_revisions()) == scripts.get_current_head()


def test_migrations_go_down_to_nothing_and_up_again(empty: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) - {"alembic_version"} == set()
    upgrade()
    assert set(inspect(db.engine).get_table_names()) - {"alembic_version"} == set(Base.metadata.tables)


def test_the_tables_take_every_choice_of_the_models(empty: Flask) -> None:
    """Comparing tables overlooks what an enum may be; a row of a new kind would be refused."""
    upgrade()
    inspector = inspect(db.engine)
    refused = []
    for table in Base.metadata.sorted_tables:
        checks = " ".join(str(check["sqltext"]) for check in inspector.get_check_constraints(table.name))
        for column in table.columns:
            if isinstance(column.type, Enum):
                refused += [f"{table}.{column.name}: {one}" for one in column.type.enums if f"'{one}'" not in checks]
    assert refused == []


def test_jobs_that_wait_are_kept_when_they_come_to_name_their_process(empty: Flask) -> None:
    upgrade(revision="b27d9e50c3a8")
    facts = "'archive.index', '{}', 'waiting', '2026-11-28 17:00:00', 0, ''"
    with db.engine.begin() as connection:
        connection.execute(text(f"INSERT INTO job (name, arguments, state, due_at, tries, error) VALUES ({facts})"))
    upgrade()
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT name, claimed_by FROM job")).all() == [("archive.index", "")]
