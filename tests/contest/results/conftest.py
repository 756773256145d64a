"""A round that is over: three letters with their marks, two prizes to give, and the people about it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Person
from contest.editions.models import Prize, Stage
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.letters.models import Letter
from core import clock
from tests import cast, make, searching
from tests.kept import kept

NAMES = ("Trần Ngọc Mai", "Lê Hoài Nam", "Phạm Gia Bảo")


@dataclass(frozen=True)
class Year:
    """A stage after its round: letters from best to last, the second and third tied."""

    stage: Stage
    round_: Round
    letters: list[Letter]
    prizes: list[Prize]


@pytest.fixture
def hoa(app: Flask) -> Person:
    """The organiser."""
    return cast.hoa()


@pytest.fixture
def year(app: Flask, hoa: Person) -> Year:
    """Marked and closed; no prize is given yet."""
    searching.rebuild()
    return _marked(hoa)


@kept
def _marked(hoa: Person) -> Year:
    stage = make.stage()
    make.criterion(stage, "Content")
    prizes = [make.prize(stage), make.prize(stage, "Second prize")]
    school = make.school(stage)
    letters = [make.child(stage, school, name, make.LETTER.replace("Ngọc Mai", name)) for name in NAMES]
    lan = make.judge(stage, cast.lan())
    round_ = make.open_round(stage)
    points = dict(zip([letter.id for letter in letters], ("9.5", "8", "8"), strict=True))
    for read in judging.desk_of(lan.person):
        make.marks(read, points[read.letter_id], at=clock.now())
    return Year(stage, make.closed(round_, hoa), letters, prizes)


@pytest.fixture
def desk(hoa: Person, as_: Callable[..., FlaskClient]) -> FlaskClient:
    """The organiser's browser in English."""
    browser = as_(hoa)
    browser.get("/language/en")
    return browser
