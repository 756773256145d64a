"""The page one writes on saves by script and without, and no window overwrites another."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from contest.letters.models import Entrant, Letter
from contest.letters.rules import LetterForm
from core import clock
from tests import cast, make


@pytest.fixture
def draft(mai: Entrant) -> Letter:
    return make.letter(mai, body="một", at=clock.now())


def test_the_page_shows_what_was_saved(browser: FlaskClient, draft: Letter) -> None:
    page = browser.get(f"/letters/{draft.id}/write").text
    assert ">\r\nmột</textarea>" in page
    assert 'name="revision" type="hidden" value="1"' in page


def test_the_save_button_saves(browser: FlaskClient, draft: Letter) -> None:
    answer = browser.post(f"/letters/{draft.id}/write", data={"body": "hai ba", "revision": "1"})
    assert (answer.status_code, answer.location) == (302, f"/letters/{draft.id}/write")
    assert (draft.body, draft.word_count, draft.revision) == ("hai ba", 2, 2)


def test_save_and_look_leads_to_handing_in(browser: FlaskClient, draft: Letter) -> None:
    data = {"body": "hai", "revision": "1", "onward": "yes"}
    assert browser.post(f"/letters/{draft.id}/write", data=data).location == f"/letters/{draft.id}/hand-in"


def test_without_a_script_both_versions_are_shown_and_saving_again_decides(browser: FlaskClient, draft: Letter) -> None:
    data = {"body": "của tôi", "revision": "0"}
    answer = browser.post(f"/letters/{draft.id}/write", data=data, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert ">\r\ncủa tôi</textarea>" in answer.text
    assert "một</textarea>" in answer.text
    assert 'value="1"' in answer.text
    assert draft.body == "một"
    browser.post(f"/letters/{draft.id}/write", data=data | {"revision": "1"})
    assert draft.body == "của tôi"


def test_too_long_a_text_is_refused_and_kept(browser: FlaskClient, draft: Letter) -> None:
    answer = browser.post(f"/letters/{draft.id}/write", data={"body": "a " * 20_001, "revision": "1"})
    assert answer.status_code == 422
    assert "a a a a" in answer.text
    assert draft.body == "một"


def test_the_page_saves_itself(browser: FlaskClient, draft: Letter) -> None:
    answer = browser.post(f"/letters/{draft.id}/save", json={"body": "hai ba", "revision": "1"})
    assert answer.status_code == 200
    said = answer.json
    assert said
    assert (said["revision"], said["words"], said["checks"]["salutation"]) == (2, 2, False)
    assert draft.body == "hai ba"


def test_another_windows_text_comes_back_with_409(browser: FlaskClient, draft: Letter) -> None:
    answer = browser.post(f"/letters/{draft.id}/save", json={"body": "cũ", "revision": "0"})
    assert answer.status_code == 409
    assert answer.json
    assert (answer.json["body"], answer.json["revision"]) == ("một", 1)
    assert draft.body == "một"


@pytest.mark.parametrize(
    "sent",
    [None, [], "abc", 7, {}, {"body": 7}, {"body": "x", "revision": None}, {"body": "x", "revision": "9" * 5000}],
)
def test_nonsense_from_a_script_changes_nothing(browser: FlaskClient, draft: Letter, sent: object) -> None:
    assert browser.post(f"/letters/{draft.id}/save", json=sent).status_code == 409
    assert draft.body == "một"


@pytest.mark.parametrize("body", ["a\0b", "a" * 40_001])
def test_what_cannot_be_kept_is_refused_with_a_sentence(browser: FlaskClient, draft: Letter, body: str) -> None:
    answer = browser.post(f"/letters/{draft.id}/save", json={"body": body, "revision": "1"})
    assert answer.status_code == 422
    assert answer.json
    assert answer.json["message"]


def test_half_a_sign_is_replaced(browser: FlaskClient, draft: Letter) -> None:
    raw = '{"body": "a\\ud83db\\ud83d\\ude00", "revision": "1"}'
    answer = browser.post(f"/letters/{draft.id}/save", data=raw, content_type="application/json")
    assert answer.status_code == 200
    assert draft.body == "a\ufffdb😀"


def test_what_is_handed_in_is_not_saved_over(browser: FlaskClient, draft: Letter) -> None:
    make.handed_in(draft, at=clock.now())
    assert browser.post(f"/letters/{draft.id}/save", json={"body": "x", "revision": "1"}).status_code == 422
    assert browser.get(f"/letters/{draft.id}/write").location == f"/letters/{draft.id}"
    assert draft.body == "một"


def test_the_jury_page_covers_the_name(browser: FlaskClient, draft: Letter) -> None:
    browser.post(f"/letters/{draft.id}/save", json={"body": "Em là Trần Ngọc Mai.", "revision": "1"})
    page = browser.get(f"/letters/{draft.id}/jury").text.split("<main")[1]
    assert "Em là ▇▇▇▇." in page
    assert "Ngọc Mai" not in page


def test_a_draft_changes_to_paper_and_back(browser: FlaskClient, draft: Letter) -> None:
    assert browser.post(f"/letters/{draft.id}/form/handwritten").location == f"/letters/{draft.id}/sheets"
    assert draft.form is LetterForm.HANDWRITTEN
    assert browser.post(f"/letters/{draft.id}/form/typed").location == f"/letters/{draft.id}/write"
    assert draft.body == "một"


PAGES = ["", "/write", "/sheets", "/hand-in", "/receipt", "/withdraw", "/jury"]
POSTS = ["/write", "/save", "/sheets", "/words", "/hand-in", "/withdraw", "/form/typed", "/clear", "/sheets/remove"]


@pytest.mark.parametrize("who", ["nam", "lan", "stranger", "khoa"])
def test_a_letter_that_is_not_yours_is_not_there(draft: Letter, as_: Callable[..., FlaskClient], who: str) -> None:
    other = as_(getattr(cast, who)())
    got = {path: other.get(f"/letters/{draft.id}{path}").status_code for path in PAGES}
    sent = {path: other.post(f"/letters/{draft.id}{path}").status_code for path in POSTS}
    assert (set(got.values()), set(sent.values())) == ({404}, {404})


def test_nobody_is_asked_to_sign_in(draft: Letter, client: FlaskClient) -> None:
    answers = [client.get(f"/letters/{draft.id}{path}") for path in PAGES]
    assert {answer.status_code for answer in answers} == {302}
    assert all("/sign-in" in answer.location for answer in answers)


def test_an_organiser_sees_a_letter_but_does_not_write_it(draft: Letter, as_: Callable[..., FlaskClient]) -> None:
    hoa = as_(cast.hoa())
    assert hoa.get(f"/letters/{draft.id}").status_code == 200
    assert hoa.get(f"/letters/{draft.id}/write").status_code == 403
    assert hoa.post(f"/letters/{draft.id}/hand-in", data={"own_work": "y"}).status_code == 403


@pytest.mark.parametrize("letter_id", ["0", "999999", "99999999999999999999", "abc"])
def test_a_letter_that_does_not_exist_is_not_there(browser: FlaskClient, letter_id: str) -> None:
    assert browser.get(f"/letters/{letter_id}").status_code == 404
