"""A whole result as a file."""

import csv
import io
import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from archive import queries, sources
from archive.engines import current_index
from archive.exports import CutShort, as_csv, as_json, harmless
from archive.index import Hit, Query
from archive.queries import Found
from archive.sources import source_of
from tests.archive.documents import stamp
from tests.archive.test_services import lose_the_index


def rows(browser: FlaskClient, question: str) -> list[list[str]]:
    text = browser.get(f"/search.csv?{question}").data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_table_has_a_header_and_a_row_a_hit(browser: FlaskClient) -> None:
    assert rows(browser, "q=dao+anh+thu") == [
        ["Kind", "Title", "Summary", "Year", "Country", "Number", "Address"],
        ["Laureates", "Đào Anh Thư", "Huy chương đồng · 2021", "2021", "Vietnam", "", "http://localhost/laureates/thu"],
    ]


@pytest.mark.parametrize(
    ("language", "heading", "country"),
    [("vi", "Năm", "Việt Nam"), ("fr", "Année", "Viêt Nam"), ("en", "Year", "Vietnam")],
)
def test_a_table_speaks_the_readers_language(browser: FlaskClient, language: str, heading: str, country: str) -> None:
    browser.get(f"/language/{language}")
    first, thu = rows(browser, "q=dao+anh+thu")
    assert (first[3], thu[4]) == (heading, country)


def test_a_table_begins_with_the_mark_by_which_excel_knows_utf_8(browser: FlaskClient) -> None:
    answer = browser.get("/search.csv?q=dao")
    assert (answer.data[:3], answer.mimetype) == (b"\xef\xbb\xbf", "text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tem-thu.csv"'


def test_a_file_holds_every_page(browser: FlaskClient) -> None:
    current_index().put([stamp(f"s{number}", f"Phong cảnh {number}") for number in range(1100)])
    assert len(rows(browser, "q=phong+canh")) == 1101
    assert len(json.loads(browser.get("/search.json?q=phong+canh").text)["hits"]) == 1100


def test_filters_and_the_order_hold_for_files(browser: FlaskClient) -> None:
    titles = [row[1] for row in rows(browser, "country=VN&sort=oldest")[1:]]
    assert titles == ["Chuyền bóng", "Đào Anh Thư", "Kỷ niệm 50 năm Cuộc thi viết thư quốc tế UPU"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"])
def test_no_cell_is_a_formula(browser: FlaskClient, text: str) -> None:
    current_index().put([stamp("evil", f"{text}", texts=("badness",))])
    assert rows(browser, "q=badness")[1][1] == f"'{text}"


def test_other_cells_are_as_they_are() -> None:
    assert [harmless(value) for value in ("thư", "", None, 2021, "3-1")] == ["thư", "", None, 2021, "3-1"]


def test_data_say_where_they_are_from_and_how_many_there_are(browser: FlaskClient) -> None:
    found = json.loads(browser.get("/search.json?q=viet+thu").text)
    assert (found["total"], found["most"], "name them" in found["notice"]) == (3, 10_000, True)
    assert {hit["key"] for hit in found["hits"]} == {"thu", "lea", "fifty"}


def test_nothing_found_is_an_empty_file(browser: FlaskClient) -> None:
    assert (len(rows(browser, "q=zzzz")), json.loads(browser.get("/search.json?q=zzzz").text)["hits"]) == (1, [])


def test_a_document_replaced_meanwhile_ends_no_file(browser: FlaskClient) -> None:
    """PostgreSQL leaves it out of its part, which then is shorter than the others."""
    current_index().put([stamp(f"s{number}", f"Phong cảnh {number}") for number in range(600)])
    found = queries.find_as_typed(Query(words=("phong", "canh"), limit=0))
    with browser.application.test_request_context():
        lines = as_csv(Found(replace(found.results, total=1100), found.query))
        current_index().remove(["stamp:s7"])
        assert len(list(lines)) == 600


def test_what_cannot_be_ended_is_broken_off(browser: FlaskClient) -> None:
    current_index().put([stamp(f"s{number}", f"Phong cảnh {number}") for number in range(600)])
    found = queries.find_as_typed(Query(words=("phong", "canh"), limit=0))
    with browser.application.test_request_context():
        lines = as_json(found)
        next(lines), next(lines)
        lose_the_index()
        with pytest.raises(CutShort):
            list(lines)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_file_that_cannot_be_ended_is_not_sent(
    browser: FlaskClient, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even its beginning: a server would end it as if it were whole."""
    current_index().put([stamp(f"s{number}", f"Phong cảnh {number}") for number in range(600)])
    stamps = source_of("stamp")

    def lost_meanwhile(hit: Hit) -> str:
        if hit.key == "s499":
            lose_the_index()
        return hit.summary

    monkeypatch.setitem(sources._sources, "stamp", replace(stamps, summary=lost_meanwhile))
    answer = browser.get(f"/search.{form}?q=phong+canh&sort=oldest")
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")


def test_a_file_says_how_long_it_is(browser: FlaskClient) -> None:
    answer = browser.get("/search.csv?q=dao")
    assert (answer.content_length, answer.content_type) == (len(answer.data), "text/csv; charset=utf-8")


def test_without_an_index_there_is_no_file(browser: FlaskClient) -> None:
    lose_the_index()
    answer = browser.get("/search.csv?q=dao")
    assert (answer.status_code, answer.mimetype, answer.headers["Retry-After"]) == (503, "text/plain", "30")
