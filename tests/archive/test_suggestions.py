"""What is suggested while somebody types."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from archive.engines import current_index
from tests.archive.documents import stamp
from tests.archive.test_services import lose_the_index


def suggested(browser: FlaskClient, typed: str) -> dict[str, Any]:
    answer = browser.get("/search/suggestions", query_string={"q": typed})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json
    return found


def addresses(browser: FlaskClient, typed: str) -> list[str]:
    return [each["url"] for each in suggested(browser, typed)["suggestions"]]


@pytest.mark.parametrize("typed", ["d", "da", "dao a", "Đào An", "dao anh thu"])
def test_the_last_word_is_a_beginning(browser: FlaskClient, typed: str) -> None:
    assert "/laureates/thu" in addresses(browser, typed)


def test_after_a_blank_the_word_is_whole(browser: FlaskClient) -> None:
    assert addresses(browser, "upu lette") == addresses(browser, "upu letter ") != []
    assert addresses(browser, "kind:stamp chuy ") == addresses(browser, "kind:stamp chuy")


def test_a_suggestion_says_what_it_is_with_the_words_marked(browser: FlaskClient) -> None:
    assert suggested(browser, "đào t")["suggestions"] == [
        {
            "kind": "Laureates",
            "title": [["Đào", True], [" Anh ", False], ["Thư", True]],
            "about": "Huy chương đồng · 2021",
            "picture": "",
            "url": "/laureates/thu",
        }
    ]


def test_a_picture_is_shown(browser: FlaskClient) -> None:
    current_index().put([stamp("seen", "Con công", picture="/pictures/seen.webp")])
    assert suggested(browser, "con c")["suggestions"][0]["picture"] == "/pictures/seen.webp"


def test_there_are_never_more_than_eight(browser: FlaskClient) -> None:
    current_index().put([stamp(f"s{number}", f"Phong cảnh {number}") for number in range(20)])
    assert len(addresses(browser, "phong")) == 8


def test_a_letter_wrong_is_put_right(browser: FlaskClient) -> None:
    assert addresses(browser, "dupomt") == ["/laureates/lea"]


def test_a_letter_wrong_before_the_word_being_typed_is_put_right(browser: FlaskClient) -> None:
    assert addresses(browser, "anniverssary lett") == ["/stamps/fifty"]


def test_filters_narrow_suggestions(browser: FlaskClient) -> None:
    assert addresses(browser, "kind:stamp thu") == ["/stamps/fifty"]


@pytest.mark.parametrize("typed", ["", "   ", "\0", "*", '"', "kind:stamp", "zzzzzz"])
def test_nothing_is_suggested_for_nothing(browser: FlaskClient, typed: str) -> None:
    assert suggested(browser, typed) == {"suggestions": [], "said": "No suggestions"}


def test_their_number_is_said(browser: FlaskClient) -> None:
    assert (suggested(browser, "dao")["said"], suggested(browser, "thu")["said"]) == ("1 suggestion", "3 suggestions")


def test_browsers_may_keep_them_for_a_moment(browser: FlaskClient) -> None:
    assert browser.get("/search/suggestions?q=dao").headers["Cache-Control"] == "private, max-age=60"


def test_without_an_index_there_are_none(browser: FlaskClient) -> None:
    lose_the_index()
    assert addresses(browser, "dao") == []
