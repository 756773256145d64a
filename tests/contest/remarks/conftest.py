"""A letter on Lan's desk, its author Mai, the organiser Hoa, and somebody who could look after children."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Person
from contest.editions.models import Stage
from contest.judging import queries
from contest.judging.models import Assignment, Judge
from contest.letters.models import Letter
from tests import cast, make
from tests.contest.judging.conftest import in_english


@pytest.fixture
def stage(app: Flask) -> Stage:
    """A stage with one criterion."""
    made = make.stage()
    make.criterion(made)
    return made


@pytest.fixture
def mai(app: Flask) -> Person:
    """The child."""
    return cast.mai()


@pytest.fixture
def letter(stage: Stage, mai: Person) -> Letter:
    """Mai's letter, handed in."""
    return make.handed_in(make.letter(make.entrant(mai, make.school(stage), stage)))


@pytest.fixture
def lan(stage: Stage) -> Judge:
    """Lan judges."""
    return make.judge(stage, cast.lan())


@pytest.fixture
def read(letter: Letter, lan: Judge, stage: Stage) -> Assignment:
    """Mai's letter on Lan's desk."""
    make.open_round(stage)
    return queries.desk_of(lan.person)[0]


@pytest.fixture
def hoa(app: Flask) -> Person:
    """The organiser."""
    return cast.hoa()


@pytest.fixture
def carer(app: Flask) -> Person:
    """A school psychologist, say."""
    return make.person("carer", full_name="Bùi Thanh An")


@pytest.fixture
def browser(as_: Callable[..., FlaskClient]) -> Callable[[Person], FlaskClient]:
    """`browser(person)`: signed in, in English."""
    return lambda person: in_english(as_(person))
