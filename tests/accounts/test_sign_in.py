"""Signing in and out: who gets in, who waits, and where one lands."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from accounts import passwords, queries, services
from accounts.models import Person, SignInAttempt
from accounts.rules import ATTEMPTS_FOR_A_NAME, ATTEMPTS_FROM_A_NETWORK, ATTEMPTS_WINDOW
from core import clock
from core.db import db, transaction
from tests.accounts.conftest import PASSWORD, SignIn

WRONG = "ba con voi do"


def attempts() -> int:
    """How many attempts in vain are remembered."""
    return db.session.scalar(select(func.count(SignInAttempt.id))) or 0


def tried(user_name: str, times: int, *, network: str = "10.0.0.1", ago: timedelta = timedelta(0)) -> None:
    """So many attempts in vain."""
    with transaction():
        for _time in range(times):
            services.count_attempt(user_name=user_name, network=network, now=clock.now() - ago)


def test_name_and_password_let_one_in(ngoc: Person, sign_in: SignIn, client: FlaskClient) -> None:
    answer = sign_in("ngoc")
    assert (answer.status_code, answer.location) == (302, "/")
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize("typed", ["NGOC", " ngoc ", "Ngọc"])
def test_a_name_is_found_however_it_is_typed(ngoc: Person, sign_in: SignIn, typed: str) -> None:
    assert sign_in(typed).status_code == 302


def test_a_password_fits_however_the_keyboard_spells_it(app: Flask, ngoc: Person) -> None:
    kept = passwords.hash_of("mưa tháng tám")
    assert passwords.fits("mu\u031ba tha\u0301ng ta\u0301m", kept)


@pytest.mark.parametrize(("user_name", "password"), [("ngoc", WRONG), ("nobody", PASSWORD), ("\x00", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    ngoc: Person, sign_in: SignIn, user_name: str, password: str
) -> None:
    answer = sign_in(user_name, password)
    assert answer.status_code == 422
    assert "User name and password do not belong together" in answer.text


def test_what_was_typed_stays_but_the_password_does_not(ngoc: Person, sign_in: SignIn) -> None:
    text = sign_in("ngoc", WRONG).text
    assert ('value="ngoc"' in text, WRONG in text) == (True, False)


def test_a_refused_attempt_is_remembered(ngoc: Person, sign_in: SignIn) -> None:
    sign_in("ngoc", WRONG)
    assert attempts() == 1


def test_after_too_many_attempts_even_the_right_password_waits(ngoc: Person, sign_in: SignIn) -> None:
    tried("ngoc", ATTEMPTS_FOR_A_NAME)
    answer = sign_in("ngoc")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= ATTEMPTS_WINDOW.total_seconds() + 1


def test_an_attempt_that_must_wait_does_not_lengthen_the_wait(ngoc: Person, sign_in: SignIn) -> None:
    tried("ngoc", ATTEMPTS_FOR_A_NAME)
    sign_in("ngoc", WRONG)
    assert attempts() == ATTEMPTS_FOR_A_NAME


def test_accents_and_capitals_are_no_further_attempts(ngoc: Person, sign_in: SignIn) -> None:
    for typed in ["ngoc", "NGOC", "ngọc", "ngóc", "Ngộc"] * (ATTEMPTS_FOR_A_NAME // 5):
        sign_in(typed, WRONG)
    assert sign_in("ngôc", WRONG).status_code == 429


def test_names_nobody_has_are_counted_alike(ngoc: Person, sign_in: SignIn) -> None:
    tried("nobody", ATTEMPTS_FOR_A_NAME)
    assert sign_in("nobody").status_code == 429


def test_one_name_that_waits_holds_nobody_else(ngoc: Person, sign_in: SignIn) -> None:
    tried("nobody", ATTEMPTS_FOR_A_NAME)
    assert sign_in("ngoc").status_code == 302


def test_a_network_that_tries_name_after_name_waits(ngoc: Person, sign_in: SignIn) -> None:
    for number in range(ATTEMPTS_FROM_A_NETWORK):
        tried(f"name-{number}", 1, network="127.0.0.1")
    assert sign_in("ngoc").status_code == 429


def test_what_cannot_be_a_name_counts_for_the_network_only(ngoc: Person, sign_in: SignIn) -> None:
    tried("", ATTEMPTS_FOR_A_NAME)
    assert sign_in("mai@nha.vn").status_code == 422


def test_signing_in_wipes_out_the_mistakes_before(ngoc: Person, sign_in: SignIn) -> None:
    tried("ngoc", ATTEMPTS_FOR_A_NAME - 1)
    sign_in("ngoc")
    assert attempts() == 0


def test_old_attempts_are_swept_away(ngoc: Person, sign_in: SignIn) -> None:
    tried("ngoc", 3, ago=ATTEMPTS_WINDOW * 2)
    sign_in("ngoc", WRONG)
    assert attempts() == 1


def test_of_many_attempts_at_once_no_more_pass_than_in_a_row(app: Flask, ngoc: Person) -> None:
    def post(_number: int) -> int:
        form = {"user_name": "ngoc", "password": WRONG}
        return app.test_client().post("/account/sign-in", data=form).status_code

    db.session.rollback()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(post, range(3 * ATTEMPTS_FOR_A_NAME)))
    assert answers.count(422) <= ATTEMPTS_FOR_A_NAME
    assert answers.count(422) + answers.count(429) == len(answers)


def test_a_password_kept_at_another_cost_is_kept_anew(app: Flask, ngoc: Person, sign_in: SignIn) -> None:
    before = ngoc.password_hash
    app.config["ARGON2_ROUNDS"] += 1
    try:
        sign_in("ngoc")
        assert ngoc.password_hash != before
        assert sign_in("ngoc").status_code == 302
    finally:
        app.config["ARGON2_ROUNDS"] -= 1


def test_one_lands_where_one_wanted_to_go(ngoc: Person, client: FlaskClient, sign_in: SignIn) -> None:
    turned_away = client.get("/account/consent?page=2")
    assert turned_away.location == "/account/sign-in?next=/account/consent?page%3D2"
    assert sign_in("ngoc", next="/account/consent?page=2").location == "/account/consent?page=2"


@pytest.mark.parametrize(
    "wish",
    ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example", "account"],
)
def test_signing_in_never_leads_elsewhere(ngoc: Person, sign_in: SignIn, wish: str) -> None:
    assert sign_in("ngoc", next=wish).location == "/"


def test_nothing_of_the_visitors_session_is_carried_over(ngoc: Person, client: FlaskClient, sign_in: SignIn) -> None:
    with client.session_transaction() as session:
        session.update(planted="by somebody", language="fr")
    sign_in("ngoc")
    with client.session_transaction() as session:
        assert ("planted" in session, session.get("language")) == (False, "fr")


def test_the_cookie_carries_no_id_and_is_kept_from_scripts(ngoc: Person, sign_in: SignIn) -> None:
    cookie = sign_in("ngoc").headers["Set-Cookie"]
    assert ("HttpOnly" in cookie, "SameSite=Lax" in cookie) == (True, True)


def test_signing_out_ends_the_session(ngoc: Person, client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("ngoc")
    client.post("/account/sign-out")
    assert client.get("/account").status_code == 302


def test_signing_out_cannot_be_done_by_a_link(client: FlaskClient) -> None:
    assert client.get("/account/sign-out").status_code == 405


def test_a_session_of_before_the_new_password_is_nobody(ngoc: Person, as_: Callable[[Person], FlaskClient]) -> None:
    browser = as_(ngoc)
    with transaction():
        person = queries.person(ngoc.id)
        assert person is not None
        services.change_password(person=person, password_hash="new", by=None, now=clock.now())
    assert browser.get("/account").status_code == 302
