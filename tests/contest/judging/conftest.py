"""A stage with two criteria, its school, two judges; letters and rounds the tests make themselves."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Person
from contest.editions.models import Stage, Unit
from contest.judging.models import Judge
from tests import cast, make


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
    """Lan's browser."""
    return as_(lan.person)


@pytest.fixture
def hoas(hoa: Person, as_: Callable[..., FlaskClient]) -> FlaskClient:
    """The organiser's browser."""
    return as_(hoa)
