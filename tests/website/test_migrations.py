"""Migrations lead to exactly the tables of the models, and back to nothing."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Enum, create_engine, inspect, make_url, text

from core.db import Base, db
from tests.conftest import ENGINES, build
from website.config import Settings


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application whose database holds nothing at all."""
    url = "" if request.param == "sqlite" else _new_database(request.getfixturevalue("postgres_url"))
    app = build(Settings(data=tmp_path, database_url=url, secret_key="of the tests"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _new_database(url: str) -> str:
    """A database that nothing has touched; it goes with the server (dropping one now and then took the server along)."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    name = f"migrating_{secrets.token_hex(4)}"
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.set(database=name).render_as_string(hide_password=False)


def test_migrations_lead_to_the_tables_of_the_models(empty: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


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
