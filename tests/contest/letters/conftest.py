"""A stage that is open now, a child in it, and that child's browser."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from contest.editions.models import Stage
from contest.letters.models import Entrant
from core import clock
from tests import cast, make

Sheet = Callable[..., tuple[io.BytesIO, str]]


@pytest.fixture
def open_stage(app: Flask) -> Stage:
    """Open at this moment, by the real clock."""
    now = clock.now()
    return make.stage(opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9))


@pytest.fixture
def mai(open_stage: Stage) -> Entrant:
    """Mai, who has entered."""
    return make.entrant(cast.mai(), make.school(open_stage), open_stage)


@pytest.fixture
def browser(mai: Entrant, as_: Callable[..., FlaskClient]) -> FlaskClient:
    """Mai's browser."""
    return as_(mai.person)


@pytest.fixture
def sheet() -> Sheet:
    """`sheet("red")`: a photograph of a red sheet, as a browser sends it."""

    def photograph(colour: str = "white", name: str = "thư.jpg") -> tuple[io.BytesIO, str]:
        out = io.BytesIO()
        Image.new("RGB", (400, 600), colour).save(out, "JPEG")
        return io.BytesIO(out.getvalue()), name

    return photograph
