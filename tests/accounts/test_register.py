"""A new account: a user name and a password will do, and two clicks make one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from accounts import queries
from accounts.models import Person
from accounts.rules import SECOND_CLICK, Role
from core import journal
from core.db import db, transaction
from tests.accounts.conftest import ENGLISH, PASSWORD, SignIn


def register(
    client: FlaskClient, user_name: str = "minh-hoa", password: str = PASSWORD, email: str = ""
) -> TestResponse:
    """Send the form."""
    form = {"user_name": user_name, "password": password, "email": email}
    return client.post("/account/register", data=form, headers=ENGLISH)


def people() -> int:
    """How many accounts there are."""
    return db.session.scalar(select(func.count(Person.id))) or 0


def test_a_child_without_e_mail_gets_an_account_and_is_signed_in(client: FlaskClient) -> None:
    assert register(client).status_code == 302
    person = queries.person_by_name("minh-hoa")
    assert person is not None
    assert (person.roles, person.email) == (frozenset({Role.STUDENT}), None)
    assert client.get("/account").status_code == 200


def test_a_name_typed_with_accents_is_kept_without_and_said_so(client: FlaskClient) -> None:
    register(client, "Trần Ngọc Mai")
    assert "Your user name is tran.ngoc.mai" in client.get("/account", headers=ENGLISH).text


def test_a_new_account_is_in_the_journal(client: FlaskClient) -> None:
    register(client)
    person = queries.person_by_name("minh-hoa")
    assert person is not None
    assert [line.act for line in journal.lines_about("person", person.id)] == ["person.registered"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"user_name": ""}, "Please fill this in."),
        ({"user_name": "美伊"}, "A user name has 3 to 40 small letters a–z, digits, dots or dashes."),
        ({"user_name": "Ngọc", "password": "ba con voi do"}, "This user name is taken; please choose another."),
        ({"password": "short"}, "At least 8 characters, please."),
        ({"password": "x" * 201}, "At most 200 characters, please."),
        ({"password": "password"}, "Anybody would guess this password; please think of another."),
        ({"email": "nowhere"}, "This does not look like an e-mail address."),
        ({"email": "a\x00b@nha.vn"}, "This holds signs that cannot be printed."),
    ],
)
def test_what_cannot_be_is_said_and_makes_nothing(
    ngoc: Person, client: FlaskClient, given: dict[str, str], sentence: str
) -> None:
    answer = register(client, **given)
    assert (answer.status_code, sentence in answer.text, people()) == (422, True, 1)


def test_an_e_mail_address_belongs_to_one_account(client: FlaskClient, app: Flask) -> None:
    register(client, "first", email="Nha@mai.vn")
    answer = register(app.test_client(), "second", email="nha@mai.vn")
    assert (answer.status_code, people()) == (422, 1)
    assert "This e-mail address belongs to another account." in answer.text


def test_two_clicks_make_one_account_and_sign_in_twice(client: FlaskClient) -> None:
    assert [register(client).status_code, register(client).status_code, people()] == [302, 302, 1]


def test_many_clicks_at_once_make_one_account(app: Flask) -> None:
    db.session.rollback()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _number: register(app.test_client()).status_code, range(6)))
    assert (answers, people()) == ([302] * 6, 1)


def test_a_name_with_another_password_is_taken_however_young_the_account(client: FlaskClient) -> None:
    register(client)
    assert register(client, password="ba con voi do").status_code == 422


def test_the_same_again_after_a_while_is_a_name_that_is_taken(client: FlaskClient) -> None:
    register(client)
    with transaction():
        person = queries.person_by_name("minh-hoa")
        assert person is not None
        person.created_at -= SECOND_CLICK
    assert register(client).status_code == 422


def test_one_goes_on_to_where_one_was_going(client: FlaskClient) -> None:
    form = {"user_name": "minh-hoa", "password": PASSWORD}
    assert client.post("/account/register?next=/letters", data=form).location == "/letters"


def test_what_was_chosen_at_the_door_opens_the_door(client: FlaskClient, sign_in: SignIn) -> None:
    register(client, "Ngọc Mai")
    client.post("/account/sign-out")
    assert sign_in("Ngọc Mai").status_code == 302
