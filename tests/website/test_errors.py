"""What went wrong is said kindly, in the reader's language, without a trace of the program."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.db import Busy
from core.errors import Refused
from core.permissions import public


def test_a_page_that_is_not_there_says_so_in_the_readers_language(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Accept-Language": "fr"})
    assert (answer.status_code, '<html lang="fr"' in answer.text) == (404, True)


def test_a_wrong_method_is_answered_with_what_is_allowed(client: FlaskClient) -> None:
    answer = client.post("/health")
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (405, True)


@pytest.fixture
def broken(app: Flask) -> Flask:
    """The application with a page that fails and one that refuses."""
    from website.errors import on_bug, on_refused  # noqa: PLC0415

    @public
    def fail() -> str:
        raise RuntimeError("the secret inside")

    with app.test_request_context("/fails"):
        app.config["ANSWERS"] = (on_bug(RuntimeError("the secret inside")), on_refused(Refused("Please fill this in.")))
    return app


def test_a_bug_shows_a_reference_and_nothing_of_the_program(broken: Flask) -> None:
    text, status = broken.config["ANSWERS"][0]
    assert (status, "secret" in text, "Traceback" in text) == (500, False, False)


def test_a_refusal_outside_a_form_is_a_page_with_the_sentence(broken: Flask) -> None:
    _text, status = broken.config["ANSWERS"][1]
    assert status == 422


def test_when_no_turn_came_to_write_the_page_asks_to_send_again(app: Flask) -> None:
    from website.errors import on_busy  # noqa: PLC0415

    with app.test_request_context("/fails", headers={"Accept-Language": "en"}):
        text, status, headers = on_busy(Busy("no turn to write"))
    assert (status, "Nothing was saved this time" in text, headers) == (503, True, {"Retry-After": "5"})
