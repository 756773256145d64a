"""The search for programs."""

import pytest
from flask.testing import FlaskClient

from archive.engines import current_index
from tests.archive.documents import stamp
from tests.archive.test_services import lose_the_index

ADDRESS = "/api/v1/search"


def test_years_backwards_are_no_years_of_a_program(browser: FlaskClient) -> None:
    answers = [browser.get(f"/api/v1/search?years={years}") for years in ("2020..1990", "1990..2020")]
    assert [answer.status_code for answer in answers] == [400, 200]


def test_a_search_gives_total_hits_and_facets(browser: FlaskClient) -> None:
    found = browser.get(f"{ADDRESS}?q=dao+anh").json
    assert (found["total"], found["page"], found["pages"], found["corrected"]) == (1, 1, 1, None)
    assert found["hits"] == [
        {
            "kind": "laureate",
            "key": "thu",
            "title": "Đào Anh Thư",
            "titles": ["Đào Anh Thư"],
            "summary": "Huy chương đồng · 2021",
            "year": 2021,
            "country": "VN",
            "number": None,
            "picture": None,
            "url": "http://localhost/laureates/thu",
        }
    ]
    assert found["facets"]["country"] == {"VN": 1}


def test_pages_are_linked(browser: FlaskClient) -> None:
    current_index().put([stamp(f"s{number}", f"Phong cảnh {number}") for number in range(45)])
    links = browser.get(f"{ADDRESS}?page=2&q=phong").json["links"]
    here = "http://localhost/api/v1/search?q=phong"
    assert links == {
        "self": f"{here}&page=2",
        "previous": here,
        "next": f"{here}&page=3",
        "page": "http://localhost/search?q=phong",
    }
    assert browser.get(links["next"]).json["links"]["next"] is None


def test_an_answer_that_has_not_changed_is_not_sent_again(browser: FlaskClient) -> None:
    tag = browser.get(f"{ADDRESS}?q=dao").headers["ETag"]
    again = browser.get(f"{ADDRESS}?q=dao", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_slip_that_was_put_right_is_said(browser: FlaskClient) -> None:
    found = browser.get(f"{ADDRESS}?q=dupomt").json
    assert (found["corrected"], found["total"]) == ("dupont", 1)


def test_a_slip_in_a_phrase_is_put_right_and_said_too(browser: FlaskClient) -> None:
    found = browser.get("/api/v1/search", query_string={"q": 'bóng "worlf cup"'}).get_json()
    assert (found["corrected"], found["total"]) == ('bóng "world cup"', 1)
    assert browser.get(f"{ADDRESS}?q=dupomt&exact=1").json["total"] == 0


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("kind=poem", {"kind"}),
        ("country=vn&years=x", {"country", "years"}),
        ("page=0", {"page"}),
        ("page=two", {"page"}),
        ("page=501", {"page"}),
        ("sort=best", {"sort"}),
        ("topic=<b>", {"topic"}),
        ("colour=red", {"colour"}),
        ("picture=no", {"picture"}),
    ],
)
def test_what_cannot_be_understood_is_said(browser: FlaskClient, question: str, wrong: set[str]) -> None:
    answer = browser.get(f"{ADDRESS}?q=thu&{question}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert set(answer.json["errors"]) == wrong


@pytest.mark.parametrize("question", ["decade=1990", "q=decade:1990", "years=1990..1999", "decade=1990&years=1990s"])
def test_a_decade_is_its_years(browser: FlaskClient, question: str) -> None:
    found = browser.get(f"{ADDRESS}?{question}").json
    assert {hit["year"] for hit in found["hits"]} == {1994, 1995, 1998}
    assert "years=1990..1999" in found["links"]["page"]


@pytest.mark.parametrize("question", ["decade=1994", "decade=x", "decade=1990&years=2021"])
def test_what_is_no_decade_is_said(browser: FlaskClient, question: str) -> None:
    answer = browser.get(f"{ADDRESS}?{question}")
    assert (answer.status_code, set(answer.json["errors"])) == (400, {"decade"})


@pytest.mark.parametrize("question", ["", "q=", "country=&kind=", "years=1990-1999", "sort=relevance", "page=1"])
def test_what_the_page_understands_the_api_does(browser: FlaskClient, question: str) -> None:
    assert browser.get(f"{ADDRESS}?{question}").status_code == 200


@pytest.mark.parametrize(("method", "address", "status"), [("get", "/api/v1/none", 404), ("post", ADDRESS, 405)])
def test_nothing_for_programs_answers_with_a_page(browser: FlaskClient, method: str, address: str, status: int) -> None:
    answer = getattr(browser, method)(address)
    assert (answer.status_code, answer.mimetype, answer.json["status"]) == (status, "application/problem+json", status)


def test_without_an_index_programs_are_asked_to_come_back(browser: FlaskClient) -> None:
    lose_the_index()
    answer = browser.get(f"{ADDRESS}?q=dao")
    assert (answer.status_code, answer.mimetype, answer.headers["Retry-After"]) == (
        503,
        "application/problem+json",
        "30",
    )
