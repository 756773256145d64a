"""The program as it is really started, on each database, and people with browsers in front of it."""

import atexit
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from urllib.request import urlopen

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.commands import create_user
from contest.editions import services as editions
from contest.editions.models import Stage, Unit
from core.db import db, transaction
from tests import make
from tests.conftest import ENGINES, build, new_database
from tests.journeys.browser import find_browser
from website.config import PROJECT, Settings

SECONDS_TO_START = 60
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Site:
    """A running Tem Thư: its address, and its command line on the same data."""

    url: str
    environment: dict[str, str]

    def command(self, *arguments: str) -> str:
        """What `temthu …` prints."""
        done = subprocess.run(
            [sys.executable, "-m", "website", *arguments],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def account(self, name: str, role: str) -> str:
        """The password of a new account, made as `temthu create-user` makes it; in this process, which is there already."""
        app = build(replace(Settings.read(self.environment), secret_key="of the journey"))
        with app.app_context():
            made = app.test_cli_runner().invoke(create_user, [name, "--role", role], catch_exceptions=False)
            db.session.remove()
            db.engine.dispose()
        return password_of(made.output)


def password_of(printed: str) -> str:
    """The password a command has printed."""
    return re.search(r"password:\s+(\S+)", printed).group(1)


def environment_of(folder: Path) -> dict[str, str]:
    """Of a program on this data folder, and nothing of who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEMTHU_")}
    return kept | {"TEMTHU_DATA": str(folder), "TEMTHU_DATABASE_URL": ""}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@cache
def _loaded() -> Path:
    """A data folder that has loaded the record; whoever needs one takes a copy."""
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder)
    Site("", environment_of(folder)).command("load-record")
    return folder


@contextmanager
def running(folder: Path, database_url: str = "") -> Iterator[Site]:
    """`temthu run` on a data folder that has loaded the record."""
    port = free_port()
    environment = environment_of(folder) | {"TEMTHU_PORT": str(port), "TEMTHU_DATABASE_URL": database_url}
    site = Site(f"http://127.0.0.1:{port}", environment)
    if database_url:
        site.command("load-record")
    else:
        shutil.copytree(_loaded(), folder, dirs_exist_ok=True)
    server = subprocess.Popen([sys.executable, "-m", "website", "run"], cwd=PROJECT, env=environment)
    try:
        wait_for(site.url + "/health")
        yield site
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="module", params=ENGINES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of this module's own on each database, in an empty data folder."""
    url = "" if request.param == "sqlite" else new_database(request.getfixturevalue("postgres_url"))
    with running(tmp_path_factory.mktemp("data"), url) as started:
        yield started


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `lone_site` keeps its database, which a test writes to as well (`beside`)."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def lone_site(data: Path) -> Iterator[Site]:
    """A site of this module's own on SQLite alone: for what is the same on every database. A module calls it `site`."""
    with running(data) as started:
        yield started


@contextmanager
def beside(data: Path) -> Iterator[Flask]:
    """The program on the database of a site that runs: for what people without a browser do meanwhile."""
    app = build(Settings(data=data, database_url="", secret_key="of the journey"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def open_stage(number: int, provinces: Sequence[str]) -> tuple[Stage, list[Unit]]:
    """A stage that takes letters until March 2026, and a school in each province."""
    values = {
        "theme_vi": "Hãy viết thư", "theme_en": "Write a letter", "theme_fr": "Écris une lettre", "youngest": 9,
        "oldest": 15, "word_limit": 800, "reference_day": datetime(2026, 5, 5, tzinfo=UTC).date(),
        "takes_typed": True, "takes_handwritten": True,
        "opens_at": datetime(2025, 12, 1, tzinfo=UTC), "closes_at": datetime(2026, 3, 5, tzinfo=UTC),
    }  # fmt: skip
    with transaction():
        stage = editions.open_stage(number=number, country="VN", values=values, by=None, now=make.NOW)
        schools = [
            editions.add_school(province=editions.add_province(stage=stage, name=name), name=f"Trường {name}")
            for name in provinces
        ]
    return stage, schools


def wait_for(url: str) -> None:
    """Until something answers there with what was asked for."""
    for _second in range(SECONDS_TO_START * 5):
        try:
            with urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser, site: Site, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """`window()`: somebody's own browser window; a script error in it fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_window(*, phone: bool = False, language: str = "vi") -> Page:
        context = chromium.new_context(base_url=site.url, locale=language, viewport=PHONE if phone else DESK)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert errors == []
