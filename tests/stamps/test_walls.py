"""Walls show the picture where one may be shown, and keep its place until it has come."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.db import db, transaction
from stamps import queries
from stamps.models import StampPicture
from tests import make, searching
from tests.kept import kept
from tests.stamps.opendata.drawn import picture

ISSUE = "vn-2021-10-09-upu-letter-writing-50"
SHOWN = '<img src="/stamps/pictures/drawn/thumbnail" width="300" height="200"'
WALLS = (
    "/",
    "/editions/50",
    "/stamps/paths/upu-and-letter-writing",
    "/stamps?q=thu&country=VN",
    f"/stamps/issues/{ISSUE}",
    "/countries/VN",
)


@pytest.fixture
def pictured(app: Flask) -> None:
    """The record, one stamp on letter writing with a picture, and the search over it."""
    make.record()
    _pictured()
    searching.rebuild()


@kept
def _pictured() -> None:
    issue = queries.issue(ISSUE)
    assert issue is not None
    picture(issue.stamps[0])


@pytest.mark.usefixtures("pictured")
@pytest.mark.parametrize("address", WALLS)
def test_a_wall_shows_the_picture_in_its_place(client: FlaskClient, address: str) -> None:
    assert len(re.findall(re.escape(SHOWN), client.get(address).text)) == 1


@pytest.mark.usefixtures("pictured")
@pytest.mark.parametrize("address", WALLS)
def test_a_withdrawn_picture_stands_on_no_wall(client: FlaskClient, address: str) -> None:
    with transaction():
        db.session.query(StampPicture).one().withdrawn_at = make.NOW
    answer = client.get(address)
    assert (answer.status_code, "/stamps/pictures/" in answer.text) == (200, False)
