"""A stage with two criteria, its school, two judges; letters and rounds the tests make themselves."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Person
from contest.editions.models import Stage, Unit
from contest.judging import queries
from contest.judging.models import Assignment, Judge
from contest.letters.models import Letter
from tests import cast, make
from tests.kept import kept


def in_english(browser: FlaskClient) -> FlaskClient:
    """A browser that wishes English, so that tests can tell sentences."""
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


@pytest.fixture
def stage(app: Flask) -> Stage:
    """A stage whose judges mark content and style."""
    made = make.stage()
    make.criterion(made, "Content")
    make.criterion(made, "Style")
    return made


@pytest.fixture
def school(stage: Stage) -> Unit:
    """A school in Hà Nội."""
    return make.school(stage)


@pytest.fixture
def lan(stage: Stage) -> Judge:
    """Lan judges."""
    return make.judge(stage, cast.lan())


@pytest.fixture
def dung(stage: Stage) -> Judge:
    """Dũng judges."""
    return make.judge(stage, cast.dung())


@pytest.fixture
def hoa(app: Flask) -> Person:
    """The organiser."""
    return cast.hoa()


@pytest.fixture
def lans(lan: Judge, as_: Callable[..., FlaskClient]) -> FlaskClient:
    """Lan's browser, in English."""
    return in_english(as_(lan.person))


@pytest.fixture
def hoas(hoa: Person, as_: Callable[..., FlaskClient]) -> FlaskClient:
    """The organiser's browser, in English."""
    return in_english(as_(hoa))


@pytest.fixture
@kept
def letters(stage: Stage, school: Unit) -> list[Letter]:
    """Four letters that were handed in."""
    return [make.child(stage, school) for _number in range(4)]


@pytest.fixture
def read(letters: list[Letter], lan: Judge, stage: Stage) -> Assignment:
    """The first letter on Lan's desk."""
    make.open_round(stage)
    return queries.desk_of(lan.person)[0]
