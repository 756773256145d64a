"""Careless numbers in the one search box find the thing first."""

import csv
import html
import io
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.db import db, transaction
from stamps import queries
from stamps.models import Maker, Stamp
from stamps.naming import things_named
from stamps.reading.numbers import read_number
from stamps.services.describing import known_catalogues, number_thing
from tests import make, searching
from tests.kept import kept

FIRST = "/stamps/vn-1998-06-10-world-cup-98-3-1"
SET = "/stamps/issues/vn-1998-06-10-world-cup-98"
CACTUS = "/stamps/vn-2002-02-18-cactus-5-1"


@pytest.fixture
def numbered(app: Flask) -> None:
    """The record, two of its stamps with numbers of the world's catalogues, and the search over it."""
    make.record()
    _number()
    searching.rebuild()


@kept
def _number() -> None:
    with transaction():
        catalogues = known_catalogues()
        for key, more in (
            ("vn-1998-06-10-world-cup-98-3-1", "Mi:VN 2953"),
            ("vn-2002-02-18-cactus-5-1", "wad:VN001.02"),
        ):
            stamp = db.session.scalars(select(Stamp).where(Stamp.key == key)).one()
            own = [number for row in stamp.numbers if (number := read_number(row.normal))]
            number_thing(stamp, [*own, *filter(None, [read_number(more)])], catalogues)


CARELESS = {
    "Mi VN 2953": FIRST,
    "mi vn2953": FIRST,
    "Michel VN 2953": FIRST,
    "vn2910": FIRST,
    "VN 2910": FIRST,
    "VN 2910a": FIRST,
    "2910": FIRST,
    "wad:VN001.02": CACTUS,
    "WNS VN001.2002": CACTUS,
    "vn001.02": CACTUS,
    "779": SET,
    "VN bộ 779": SET,
    "vn bo 779": SET,
}


@pytest.mark.usefixtures("numbered")
def test_a_careless_number_finds_its_thing_first(client: FlaskClient) -> None:
    assert {typed: first_found(client, typed) for typed in CARELESS} == CARELESS


@pytest.mark.usefixtures("numbered")
def test_a_careless_number_is_suggested_first(client: FlaskClient) -> None:
    asked = {typed: client.get("/search/suggestions", query_string={"q": typed}) for typed in CARELESS}
    assert {typed: answer.json["suggestions"][0]["url"] for typed, answer in asked.items()} == CARELESS


def first_found(client: FlaskClient, typed: str) -> str:
    """The address of the first hit."""
    text = client.get("/search", query_string={"q": typed}, headers={"Accept-Language": "en"}).text
    return html.unescape(re.findall(r'class="hit-title"><a href="([^"]+)"', text)[0])


@pytest.mark.usefixtures("numbered")
def test_a_number_that_its_catalogue_does_not_know_leads_to_that_of_another(client: FlaskClient) -> None:
    asked = {"q": "Mi VN 2910"}
    text = client.get("/search", query_string=asked, headers={"Accept-Language": "en"}).text
    assert "the number in another catalogue: VN:2910" in text.partition('class="named"')[2].partition("</section>")[0]
    assert first_found(client, "Mi VN 2910") == FIRST
    assert first_found(client, "Michel VN 779") == SET


@pytest.mark.usefixtures("numbered")
def test_our_own_number_names_its_thing(client: FlaskClient) -> None:
    of_stamp, of_set = (
        queries.permanent_numbers(kind, key)[0].number
        for kind, key in (("stamp", FIRST.rpartition("/")[2]), ("stamp_issue", SET.rpartition("/")[2]))
    )
    assert [first_found(client, typed) for typed in (f"{of_stamp}", f"#{of_set}")] == [FIRST, SET]


LISTED = {
    **{typed: FIRST for typed, found in CARELESS.items() if found == FIRST},
    "vn 2910a": FIRST,
    "mi vn2953x": FIRST,
}


@pytest.mark.usefixtures("numbered")
def test_a_careless_number_stands_first_in_the_lists_of_stamps(client: FlaskClient) -> None:
    pages = {typed: client.get("/stamps", query_string={"q": typed, "kind": "stamp"}).text for typed in LISTED}
    first = {typed: re.findall(r'href="(/stamps/vn-[^"]+)"', text)[0] for typed, text in pages.items()}
    assert first == LISTED


@pytest.mark.usefixtures("numbered")
def test_a_careless_number_leads_to_the_issue_in_the_list_of_issues(client: FlaskClient) -> None:
    pages = {typed: client.get("/stamps", query_string={"q": typed}).text for typed in LISTED}
    first = {typed: re.findall(r'href="(/stamps/issues/vn-[^"]+)"', text)[0] for typed, text in pages.items()}
    assert first == dict.fromkeys(LISTED, SET)


@pytest.mark.usefixtures("numbered")
@pytest.mark.parametrize("name", ["stamps", "search"])
def test_a_careless_number_stands_first_for_programs(client: FlaskClient, name: str) -> None:
    answers = {typed: client.get(f"/api/v1/{name}", query_string={"q": typed}).json for typed in LISTED}
    first = {typed: (answer.get("items") or answer["hits"])[0]["url"] for typed, answer in answers.items()}
    assert first == {typed: f"http://localhost{found}" for typed, found in LISTED.items()}


@pytest.mark.usefixtures("numbered")
@pytest.mark.parametrize("typed", ["Mi VN 2910", "vn 2910a", "2910"])
def test_page_api_and_files_agree_on_what_is_found_by_its_number(client: FlaskClient, typed: str) -> None:
    asked = {"q": typed, "kind": "stamp"}
    listed = client.get("/api/v1/stamps", query_string={"q": typed}).json
    searched = client.get("/api/v1/search", query_string=asked).json
    filed = json.loads(client.get("/search.json", query_string=asked).text)
    rows = list(csv.reader(io.StringIO(client.get("/search.csv", query_string=asked).data.decode("utf-8-sig"))))
    page = client.get("/search", query_string=asked, headers={"Accept-Language": "en"}).text
    total = listed["total"]
    assert (searched["total"], filed["total"], len(filed["hits"]), len(rows) - 1) == (total,) * 4 != (0,) * 4
    assert {item["url"] for item in listed["items"]} == {hit["url"] for hit in filed["hits"]}
    assert (filed["hits"][0]["url"], rows[1][-1]) == (f"http://localhost{FIRST}",) * 2
    assert "Nothing was found" not in page


@pytest.mark.usefixtures("numbered")
def test_what_is_named_counts_in_every_facet(client: FlaskClient) -> None:
    found = client.get("/api/v1/stamps?q=Mi+VN+2910").json
    assert (found["total"], found["facets"]["country"], found["facets"]["decade"]) == (1, {"VN": 1}, {"1990": 1})


@pytest.mark.usefixtures("numbered")
def test_a_number_of_another_country_stays_behind_the_filter(client: FlaskClient) -> None:
    found = client.get("/api/v1/stamps?q=mi+vn2953x&country=FR").json
    once = client.get("/api/v1/stamps?q=mi+vn2953x&country=VN").json
    assert (found["total"], found["items"], once["total"], len(once["items"])) == (0, [], 1, 1)


@pytest.mark.usefixtures("numbered")
def test_the_likeliest_of_many_things_of_a_number_is_not_left_out(app: Flask) -> None:
    with transaction():
        catalogues = known_catalogues()
        stamps = db.session.scalars(select(Stamp).where(Stamp.key.not_like("%world-cup%")).limit(30)).all()
        for stamp in stamps:
            number_thing(stamp, filter(None, [read_number("AFA:VN 2910")]), catalogues)
        sheet = db.session.scalars(select(Stamp).where(Stamp.key == "vn-1998-06-10-world-cup-98-3-2")).one()
        number_thing(sheet, filter(None, [read_number("Mi:VN 2910")]), catalogues)
    assert [things_named("vn2910")[at].key for at in (0, 2)] == [FIRST.rpartition("/")[2], sheet.key]


@pytest.mark.usefixtures("numbered")
def test_what_is_found_by_its_number_has_no_words_marked(client: FlaskClient) -> None:
    text = client.get("/search", query_string={"q": "vn 2911a"}, headers={"Accept-Language": "en"}).text
    assert "<mark>" not in text.partition('class="named"')[2].partition("</section>")[0]


@pytest.mark.usefixtures("numbered")
def test_a_place_in_a_set_finds_what_stands_there(client: FlaskClient) -> None:
    text = client.get("/search?q=3-1+kind:stamp").text
    titles = re.findall(r'class="hit-title"><a href="([^"]+)"', text)
    assert {title[-3:] for title in titles} == {"3-1"}


NO_NUMBERS = ("", "thu", "VN", "99999999999999999999", "9" * 400, "3-1", "\x00", "Mi:", "viết thư 2021")


@pytest.mark.usefixtures("numbered")
def test_what_is_no_number_names_nothing(client: FlaskClient) -> None:
    english = {"Accept-Language": "en"}
    asked = {typed: client.get("/search", query_string={"q": typed}, headers=english) for typed in NO_NUMBERS}
    said = {typed: (answer.status_code, "Found by its number" in answer.text) for typed, answer in asked.items()}
    assert said == dict.fromkeys(NO_NUMBERS, (200, False))


@pytest.mark.usefixtures("numbered")
def test_a_maker_of_the_name_is_offered_beside_what_is_found(client: FlaskClient) -> None:
    maker = db.session.scalars(select(Maker).order_by(Maker.id)).first()
    assert maker is not None
    link = f'href="/stamps/makers/{maker.key}"'
    asked = {text: client.get("/search", query_string={"q": text}).text for text in (maker.name, maker.name[:2], "")}
    assert [link in text for text in asked.values()] == [True, False, False]
