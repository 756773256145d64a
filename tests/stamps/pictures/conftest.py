"""A catalogue of six invented stamps, each with its picture, and an index of them."""

from collections.abc import Iterator

import pytest
from flask import Flask

from accounts.models import Person
from core.db import transaction
from core.jobs import run_due
from stamps.models import StampIssue
from stamps.pictures import asking, services
from tests import cast, make
from tests.kept import kept
from website.demonstration import stamps as demonstration


@pytest.fixture
def khoa(app: Flask) -> Person:
    """The curator."""
    return cast.khoa()


@pytest.fixture
def invented(app: Flask, khoa: Person) -> Iterator[StampIssue]:
    """The issue, its pictures not looked at yet."""
    asking.forget_questions()
    yield _loaded(khoa)
    asking.forget_questions()


@kept
def _loaded(khoa: Person) -> StampIssue:
    drawn = demonstration.kept()
    with transaction():
        return demonstration.load(drawn, by=khoa, now=make.NOW)


@pytest.fixture
def indexed(invented: StampIssue) -> StampIssue:
    """The same, with an index, the worker having done its work."""
    _looked_at()
    return invented


@kept
def _looked_at() -> None:
    services.rebuild()
    work()


def work() -> None:
    """Let the worker do everything that is due."""
    while run_due():
        pass
