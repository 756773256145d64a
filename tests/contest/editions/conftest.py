"""An organiser's browser and stages before, in and after their window, by the real clock."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Person
from contest.editions import defaults
from contest.editions.models import Criterion, Prize, Stage, Unit
from contest.editions.rules import UnitLevel
from core import clock
from tests import cast, make

ENGLISH = {"Accept-Language": "en"}
DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    """This moment, without what a form cannot hold."""
    return clock.now().replace(second=0, microsecond=0)


def whole(stage: Stage) -> Stage:
    """The stage with the usual criteria, prizes and the root of its tree."""
    make.saved(
        Unit(stage_id=stage.id, level=UnitLevel.COUNTRY, name="VN"),
        *(Criterion(stage_id=stage.id, position=n, weight=1, most=10, **c) for n, c in enumerate(defaults.CRITERIA)),
        *(Prize(stage_id=stage.id, position=n, **p) for n, p in enumerate(defaults.PRIZES)),
    )
    return stage


@pytest.fixture
def coming(app: Flask, now: datetime) -> Stage:
    """A stage that opens in three days."""
    return whole(make.stage(opens_at=now + 3 * DAY, closes_at=now + 30 * DAY))


@pytest.fixture
def running(app: Flask, now: datetime) -> Stage:
    """A stage that takes letters."""
    return whole(make.stage(opens_at=now - 3 * DAY, closes_at=now + 30 * DAY))


@pytest.fixture
def hoa(app: Flask) -> Person:
    """The organiser."""
    return cast.hoa()


@pytest.fixture
def desk(hoa: Person, as_: Callable[[Person], FlaskClient]) -> FlaskClient:
    """The organiser's browser."""
    return as_(hoa)
