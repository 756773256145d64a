"""Handing in, the receipt, following a letter by its number, taking it back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from contest.letters import numbers, tracking
from contest.letters.models import Entrant, Letter
from contest.letters.rules import LetterForm, LetterState
from contest.letters.tracking import Station
from core import clock
from core.db import db, transaction
from tests import cast, make


@pytest.fixture
def letter(mai: Entrant) -> Letter:
    return make.letter(mai, at=clock.now())


@pytest.fixture
def sent(letter: Letter) -> Letter:
    return make.handed_in(letter, at=clock.now())


def closed(letter: Letter) -> None:
    """The stage closes a moment ago."""
    with transaction():
        letter.stage.closes_at = clock.now() - timedelta(seconds=1)


def test_the_last_look_shows_what_the_jury_reads(browser: FlaskClient, letter: Letter) -> None:
    page = browser.get(f"/letters/{letter.id}/hand-in").text
    assert "▇▇▇▇" in page
    assert "Ngọc Mai" not in page.split("<main")[1]


def test_handing_in_gives_a_receipt_and_a_second_click_the_same(browser: FlaskClient, letter: Letter) -> None:
    seen = []
    for _click in range(2):
        answer = browser.post(f"/letters/{letter.id}/hand-in", data={"own_work": "y"})
        assert answer.location == f"/letters/{letter.id}/receipt"
        seen.append(letter.number)
    assert seen[0] == seen[1]
    assert seen[0]
    assert seen[0] in browser.get(f"/letters/{letter.id}/receipt").text


def test_the_declaration_must_be_ticked(browser: FlaskClient, letter: Letter) -> None:
    answer = browser.post(f"/letters/{letter.id}/hand-in", data={}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert "Please tick this to hand the letter in." in answer.text
    assert letter.state is LetterState.DRAFT


def test_after_the_close_a_sentence_says_so(browser: FlaskClient, letter: Letter) -> None:
    closed(letter)
    answer = browser.post(f"/letters/{letter.id}/hand-in", data={"own_work": "y"}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert "The contest closed on" in answer.text
    assert letter.state is LetterState.DRAFT


@pytest.mark.parametrize("path", ["", "/hand-in", "/receipt", "/withdraw", "/jury"])
def test_pages_of_every_state_are_whole(browser: FlaskClient, mai: Entrant, path: str) -> None:
    letter = make.letter(mai, at=clock.now())
    states = [browser.get(f"/letters/{letter.id}{path}", follow_redirects=True)]
    make.handed_in(letter, at=clock.now())
    states.append(browser.get(f"/letters/{letter.id}{path}", follow_redirects=True))
    browser.post(f"/letters/{letter.id}/withdraw", data={"reason": ""})
    states.append(browser.get(f"/letters/{letter.id}{path}", follow_redirects=True))
    assert [answer.status_code for answer in states] == [200, 200, 200]
    assert all("None" not in answer.text for answer in states)


def test_a_letter_is_taken_back_and_another_may_be_begun(browser: FlaskClient, sent: Letter) -> None:
    assert browser.post(f"/letters/{sent.id}/withdraw", data={"reason": "nhầm bài"}).location == "/letters"
    assert sent.state is LetterState.WITHDRAWN
    assert browser.post("/stages/55/letters/typed").location != f"/letters/{sent.id}/write"


def test_after_the_close_a_letter_stays(browser: FlaskClient, sent: Letter) -> None:
    closed(sent)
    assert f"/letters/{sent.id}/withdraw" not in browser.get(f"/letters/{sent.id}").text
    assert browser.post(f"/letters/{sent.id}/withdraw", data={"reason": ""}).status_code == 422
    assert sent.state is LetterState.SUBMITTED


def test_anybody_with_the_number_sees_where_a_letter_is_and_nothing_else(client: FlaskClient, sent: Letter) -> None:
    typed = (sent.number or "").replace("-", " ")
    page = client.get("/track", query_string={"number": typed}, headers={"Accept-Language": "en"}).text.split("<main")[
        1
    ]
    assert sent.number
    assert sent.number in page
    assert "Handed in" in page
    for secret in ("Mai", "Trần", "Lê Lợi", "Hà Nội", "con phố", f"/letters/{sent.id}"):
        assert secret not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("55-4829-1307-0", "This number has a slip somewhere."),
        ("55-4829-1", "This number is too short;"),
        ("my letter", "This number is too short;"),
        ("", "Please fill this in."),
        ("x" * 41, "At most 40 characters, please."),
        (numbers.written(55, "00000001"), "No letter has this number here."),
    ],
)
def test_a_number_that_leads_nowhere_is_explained(client: FlaskClient, typed: str, sentence: str) -> None:
    answer = client.get("/track", query_string={"number": typed}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_stations_of_a_letter_are_in_order(letter: Letter) -> None:
    now = clock.now()
    assert [step.state for step in tracking.steps(letter, now)] == ["now", "next"]
    make.handed_in(letter, at=now)
    assert tracking.steps(letter, now)[0].state == "done"


def test_photographed_letters_wait_for_somebody_to_look(letter: Letter) -> None:
    assert len(tracking.own_stations(letter)) == 2
    letter.form = LetterForm.HANDWRITTEN
    assert len(tracking.own_stations(letter)) == 3
    db.session.rollback()


def test_packages_above_add_stations_of_letters_handed_in(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "_providers", [])
    tracking.add(later)
    tracking.add(later)
    now = clock.now()
    before = len(tracking.steps(letter, now))
    make.handed_in(letter, at=now)
    assert [(step.label, step.state) for step in tracking.steps(letter, now)][before:] == [
        ("Judged", "now"),
        ("Results", "next"),
    ]


def later(letter: Letter, now: object) -> list[Station]:
    return [Station("Judged", letter.submitted_at), Station("Results")]


def test_my_letter_shows_the_next_step(browser: FlaskClient, letter: Letter) -> None:
    assert f"/letters/{letter.id}/write" in browser.get("/letters").text
    make.handed_in(letter, at=clock.now())
    assert f"/letters/{letter.id}/receipt" in browser.get("/letters").text


def test_the_organisers_desk_counts_letters(sent: Letter, as_: Callable[..., FlaskClient]) -> None:
    page = as_(cast.hoa()).get("/stages/55", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "Handed in" in page.text
