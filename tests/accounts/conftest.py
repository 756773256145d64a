"""People who have a password, and what one types to sign in."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts import passwords, services
from accounts.models import Person
from accounts.rules import Role
from core import clock
from core.db import transaction

PASSWORD = "ba con voi xanh"
ENGLISH = {"Accept-Language": "en"}

SignIn = Callable[..., TestResponse]


@pytest.fixture
def ngoc(app: Flask) -> Person:
    """A student whose password is PASSWORD."""
    password_hash = passwords.hash_of(PASSWORD)
    with transaction():
        return services.register_person(
            user_name="ngoc", password_hash=password_hash, roles=[Role.STUDENT], now=clock.now()
        )


@pytest.fixture
def sign_in(client: FlaskClient) -> SignIn:
    """`sign_in("ngoc", password)`: what the page answers."""

    def post(user_name: str, password: str = PASSWORD, **query: str) -> TestResponse:
        form = {"user_name": user_name, "password": password}
        return client.post("/account/sign-in", data=form, query_string=query, headers=ENGLISH)

    return post
