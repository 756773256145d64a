"""What people change of themselves: profile and password; and what an organiser does for those who forgot."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts import passwords, queries
from accounts.models import Person
from accounts.rules import ATTEMPTS_FOR_A_NAME
from tests import cast
from tests.accounts.conftest import ENGLISH, PASSWORD, SignIn

As = Callable[[Person], FlaskClient]


def change(browser: FlaskClient, *, current: str = PASSWORD, password: str = "bốn con mèo nhỏ") -> TestResponse:
    """Send the form of the password."""
    return browser.post("/account/password", data={"current": current, "password": password}, headers=ENGLISH)


def test_a_profile_is_changed_by_its_owner(as_: As) -> None:
    mai = cast.mai()
    answer = as_(mai).post("/account", data={"full_name": " Ngọc Mai ", "email": "Mai@nha.vn", "language": "fr"})
    assert answer.status_code == 302
    assert (mai.full_name, mai.email, mai.language) == ("Ngọc Mai", "mai@nha.vn", "fr")


def test_an_e_mail_of_somebody_else_is_refused_and_nothing_is_changed(as_: As) -> None:
    mai, nam = cast.mai(), cast.nam()
    as_(nam).post("/account", data={"email": "nha@nam.vn", "language": ""})
    answer = as_(mai).post("/account", data={"full_name": "X", "email": "nha@nam.vn", "language": ""}, headers=ENGLISH)
    assert (answer.status_code, mai.full_name, mai.email) == (422, "Trần Ngọc Mai", None)
    assert "This e-mail address belongs to another account." in answer.text


def test_ones_own_e_mail_may_stay(as_: As) -> None:
    browser, form = as_(cast.mai()), {"full_name": "Mai", "email": "mai@nha.vn", "language": ""}
    assert [browser.post("/account", data=form).status_code for _time in range(2)] == [302, 302]


def test_no_e_mail_is_no_conflict(as_: As) -> None:
    form = {"full_name": "", "email": " ", "language": ""}
    assert [as_(person).post("/account", data=form).status_code for person in (cast.mai(), cast.nam())] == [302, 302]


def test_the_pages_speak_the_language_of_the_profile(as_: As) -> None:
    browser = as_(cast.mai())
    browser.post("/account", data={"full_name": "", "email": "", "language": "fr"})
    assert '<html lang="fr"' in browser.get("/account").text


def test_a_changed_password_opens_and_the_old_one_does_not(ngoc: Person, as_: As, sign_in: SignIn) -> None:
    assert change(as_(ngoc)).status_code == 302
    assert [sign_in("ngoc").status_code, sign_in("ngoc", "bốn con mèo nhỏ").status_code] == [422, 302]


def test_a_changed_password_ends_other_sessions_but_not_this_one(ngoc: Person, as_: As) -> None:
    here, elsewhere = as_(ngoc), as_(ngoc)
    change(here)
    assert [here.get("/account").status_code, elsewhere.get("/account").status_code] == [200, 302]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"current": "ba con voi do"}, "This is not your password of now."),
        ({"password": "ngoc2012"}, "Anybody would guess this password; please think of another."),
        ({"password": "short"}, "At least 8 characters, please."),
    ],
)
def test_a_password_that_cannot_be_changed_stays(
    ngoc: Person, as_: As, sign_in: SignIn, given: dict[str, str], sentence: str
) -> None:
    answer = change(as_(ngoc), **given)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert sign_in("ngoc").status_code == 302


def test_who_finds_an_open_session_cannot_try_passwords_for_ever(ngoc: Person, as_: As) -> None:
    browser = as_(ngoc)
    for _time in range(ATTEMPTS_FOR_A_NAME):
        change(browser, current="ba con voi do")
    assert "That was very often in a short time." in change(browser).text


def renew(browser: FlaskClient, user_name: str) -> TestResponse:
    """Ask for a new password for somebody."""
    return browser.post("/people/password", data={"user_name": user_name}, headers=ENGLISH)


def test_an_organiser_gives_a_new_password_that_opens(ngoc: Person, as_: As, sign_in: SignIn) -> None:
    answer = renew(as_(cast.hoa()), "Ngọc")
    made = re.search(r'<code class="secret">([^<]+)</code>', answer.text)
    assert made is not None
    assert [answer.status_code, sign_in("ngoc").status_code, sign_in("ngoc", made[1]).status_code] == [200, 422, 302]


def test_a_new_password_is_kept_by_no_cache(ngoc: Person, as_: As) -> None:
    assert "no-store" in renew(as_(cast.hoa()), "ngoc").headers["Cache-Control"]


def test_a_name_nobody_has_gets_no_password(as_: As) -> None:
    answer = renew(as_(cast.hoa()), "nobody")
    assert (answer.status_code, "Nobody has this user name." in answer.text) == (422, True)


def test_nobody_else_gives_passwords(ngoc: Person, as_: As, client: FlaskClient) -> None:
    others = [as_(cast.mai()), as_(cast.lan()), as_(cast.khoa())]
    assert [renew(browser, "ngoc").status_code for browser in others] == [404, 404, 404]
    assert renew(client, "ngoc").location.startswith("/account/sign-in")


def test_a_generated_password_can_be_read_over_the_telephone(app: Flask) -> None:
    made = passwords.generated()
    assert re.fullmatch(r"([a-km-np-z2-9]{4})-([a-km-np-z2-9]{4})-([a-km-np-z2-9]{4})", made)
    assert made != passwords.generated()


def test_the_cost_of_a_password_is_at_least_what_owasp_asks(app: Flask) -> None:
    kept = {name: app.config.pop(name) for name in ("ARGON2_ROUNDS", "ARGON2_MEMORY_KIB")}
    try:
        hasher = passwords.hasher()
    finally:
        app.config.update(kept)
    assert (hasher.memory_cost >= 19 * 1024, hasher.time_cost >= 2, hasher.type.name) == (True, True, "ID")


def test_somebody_who_is_not_there_is_none(app: Flask) -> None:
    assert (queries.person(1), queries.person_by_name("nobody"), queries.person_by_email("a@b.vn")) == (None,) * 3
