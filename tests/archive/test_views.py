"""The search page: what a visitor types, sees, narrows and takes back."""

import re
import time
from dataclasses import replace
from datetime import datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from archive.asked import LAST_PAGE, PER_PAGE
from archive.engines import current_index
from archive.engines.postgres import PostgresIndex
from archive.engines.whoosh import arrays
from archive.index import Document
from core import jobs
from core.db import db
from core.jobs import Job
from tests.archive.documents import ALL, stamp
from tests.archive.test_services import lose_the_index

Shelf = dict[str, Document]
# Of the processor, for an answer to anything on a busy machine.
MOST_SECONDS = 1.0


class Links(HTMLParser):
    """Addresses of a page by the text of their links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.titles: list[str] = []
        self._href = ""
        self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._text = dict(attrs).get("href") or "", ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.found[" ".join(self._text.split())] = self._href


def links(browser: FlaskClient, url: str) -> dict[str, str]:
    answer = browser.get(url)
    assert answer.status_code == 200
    return Links(answer.text).found


def head_of(browser: FlaskClient, url: str) -> dict[str, str]:
    """Addresses that the head of a page names, by what they are to it."""
    links_in_head = re.findall(r'<link rel="(canonical|prev|next)" href="([^"]*)">', browser.get(url).text)
    return {relation: unescape(address) for relation, address in links_in_head}


def hits(browser: FlaskClient, url: str) -> list[str]:
    found = links(browser, url).values()
    return [href for href in found if href.startswith(("/laureates/", "/stamps/")) and href != "/stamps/by-picture"]


def test_viet_thu_finds_laureates_and_the_stamp_at_once(browser: FlaskClient) -> None:
    assert hits(browser, "/search?q=viet+thu") == ["/laureates/thu", "/laureates/lea", "/stamps/fifty"]


def test_sections_show_the_best_and_lead_to_all(browser: FlaskClient) -> None:
    current_index().put([stamp(f"s{number}", f"Thư {number}", year=2000 + number) for number in range(7)])
    shown = hits(browser, "/search?q=thu")
    assert shown == [
        "/laureates/thu",
        "/laureates/lea",
        "/stamps/fifty",
        *(f"/stamps/s{number}" for number in (6, 5, 4, 3)),
    ]
    assert links(browser, "/search?q=thu")["Stamps: all 8"] == "/search?q=thu&kind=stamp"


def test_a_kind_is_a_list_with_pages(browser: FlaskClient) -> None:
    current_index().put([stamp(f"s{number}", f"Thư {number}", year=1950 + number) for number in range(25)])
    assert len(hits(browser, "/search?q=thu&kind=stamp")) == 20
    assert links(browser, "/search?q=thu&kind=stamp")["Next"] == "/search?q=thu&kind=stamp&page=2"
    assert len(hits(browser, "/search?q=thu&kind=stamp&page=2")) == 6


def test_every_page_of_a_result_has_one_address(browser: FlaskClient) -> None:
    current_index().put([stamp(f"s{number}", f"Thư {number}", year=1950 + number) for number in range(45)])
    head = head_of(browser, "/search?page=2&kind=stamp&colour=red&q=thu")
    address = "/search?q=thu&kind=stamp"
    assert head == {"canonical": f"{address}&page=2", "prev": address, "next": f"{address}&page=3"}
    assert head_of(browser, "/search?sort=relevance&q=thu") == {"canonical": "/search?q=thu"}
    assert head_of(browser, f"{address}&page=3").keys() == {"canonical", "prev"}


def test_a_list_is_not_turned_further_than_five_hundred_pages(browser: FlaskClient) -> None:
    current_index().put([stamp(f"s{number}", f"Thư {number}") for number in range(LAST_PAGE * PER_PAGE)])
    shown = browser.get(f"/search?q=thu&kind=stamp&page={LAST_PAGE}").text
    assert ("There is more than can be turned to" in shown, 'rel="next"' in shown) == (True, False)
    assert f"up to page {LAST_PAGE}" in browser.get("/search?q=thu&kind=stamp&page=501").text


def test_a_page_beyond_the_last_leads_back(browser: FlaskClient) -> None:
    assert links(browser, "/search?q=thu&kind=stamp&page=400")["To its beginning"] == "/search?q=thu&kind=stamp"


def test_facets_narrow_and_are_taken_back(browser: FlaskClient) -> None:
    found = links(browser, "/search?q=viet+thu")
    assert (found["France"], found["2020–2029"]) == (
        "/search?q=viet+thu&country=FR",
        "/search?q=viet+thu&years=2020..2029",
    )
    assert found["Gold medal"] == "/search?q=viet+thu&prize=gold"
    assert hits(browser, found["France"]) == ["/laureates/lea"]
    assert links(browser, found["France"])["Remove: France ×"] == "/search?q=viet+thu"


def test_facets_combine_and_show_what_else_there_is(browser: FlaskClient) -> None:
    found = links(browser, "/search?q=viet+thu&country=VN&years=2020..2029")
    assert (found["Take back: Vietnam ×"], found["Take back: 2020–2029 ×"]) == (
        "/search?q=viet+thu&years=2020..2029",
        "/search?q=viet+thu&country=VN",
    )
    assert links(browser, "/search?q=viet+thu&country=VN")["France"] == "/search?q=viet+thu&country=FR"


def test_topics_languages_and_pictures_are_facets(browser: FlaskClient) -> None:
    current_index().put(
        [
            stamp("bird", "Con chim", topics=("birds",), languages=("vi", "fr"), picture="/p.webp"),
            stamp("ship", "Con tàu", topics=("ships",), languages=("vi",)),
        ]
    )
    found = links(browser, "/search?q=con")
    address = "/search?q=con"
    assert (found["birds"], found["French"], found["With a picture"]) == (
        f"{address}&topic=birds",
        f"{address}&language=fr",
        f"{address}&picture=yes",
    )
    assert hits(browser, f"{address}&topic=birds&language=fr&picture=yes") == ["/stamps/bird"]


def test_what_all_have_in_common_is_no_facet(browser: FlaskClient) -> None:
    assert "Vietnam" not in links(browser, "/search?q=dao")


def test_filters_typed_become_filters_of_the_address(browser: FlaskClient) -> None:
    found = links(browser, "/search?q=thu+country:VN+1990..1999+kind:laureate")
    assert found["Remove: Vietnam ×"] == "/search?q=thu&kind=laureate&years=1990..1999"


def test_tabs_count_every_kind_whatever_kind_is_shown(browser: FlaskClient) -> None:
    tabs = {"Everything (3)", "Laureates (2)", "Stamps (1)"}
    assert tabs <= set(links(browser, "/search?q=viet+thu"))
    assert tabs <= set(links(browser, "/search?q=viet+thu&kind=stamp"))


def test_the_total_is_said_in_words(browser: FlaskClient) -> None:
    assert "3 things found" in browser.get("/search?q=viet+thu").text
    assert "1 thing found" in browser.get("/search?q=dupont").text


def test_the_words_found_are_marked_with_their_accents(browser: FlaskClient) -> None:
    assert "Cuộc thi <mark>viết</mark> <mark>thư</mark> quốc tế UPU" in browser.get("/search?q=viet+thu").text


def test_the_title_shown_first_is_the_one_in_the_language_typed(browser: FlaskClient) -> None:
    shown = browser.get("/search?q=anniversary+competition&kind=stamp").text
    assert shown.index("50th <mark>anniversary</mark>") < shown.index("Kỷ niệm 50 năm")


def test_what_is_shown_is_escaped(browser: FlaskClient) -> None:
    current_index().put([stamp("evil", "<script>thư</script>", summary="<img onerror=x>")])
    shown = browser.get("/search?q=script").text
    assert "<script>thư" not in shown
    assert "<img onerror" not in shown
    assert 'value="&lt;script&gt;"' in browser.get("/search?q=<script>").text


def test_a_beginning_is_enough_where_nothing_else_is_found(browser: FlaskClient) -> None:
    assert hits(browser, "/search?q=dupo") == ["/laureates/lea"]


def test_one_letter_wrong_is_put_right_and_said(browser: FlaskClient) -> None:
    shown = browser.get("/search?q=Léa+dupomt+country:FR").text
    assert "Nothing for “Léa dupomt”. Showing “Léa dupont” instead." in shown
    assert 'value="Léa dupomt"' in shown
    found = links(browser, "/search?q=Léa+dupomt+country:FR")
    assert found["Léa Dupont"] == "/laureates/lea"
    assert found["Search “Léa dupomt” as typed"] == "/search?q=L%C3%A9a+dupomt&country=FR&exact=1"
    assert hits(browser, found["Search “Léa dupomt” as typed"]) == []


SYLLABLES = (
    *(stamp(f"post{at}", "Bưu chính Việt Nam") for at in range(12)),
    *(stamp(f"letter{at}", "Viết thư") for at in range(12)),
    *(stamp(f"town{at}", "Hà Nội") for at in range(12)),
    *(stamp(f"flight{at}", "Bay cao") for at in range(30)),
    stamp("once", "Bay chính"),
    stamp("duck", "Con vịt"),
    stamp("really", "Thực"),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("byu chinh", "buu chinh"),
        ("bu chinh", "buu chinh"),
        ("vit thu", "viet thu"),
        ("ha noy", "ha noi"),
        ("viet thuu", "viet thu"),
        ("byu chihn", "buu chinh"),
        ("thuu", "thu"),
    ],
)
def test_a_syllable_is_put_right_by_what_then_finds_most(browser: FlaskClient, typed: str, meant: str) -> None:
    """`bay` is commoner than `buu`, and stands once beside `chinh`; `vit` is a word."""
    current_index().put(SYLLABLES)
    assert browser.get("/api/v1/search", query_string={"q": typed}).json["corrected"] == meant


@pytest.mark.parametrize("typed", ["byu", "vịt thư", "con noi", "bay viet"])
def test_a_syllable_alone_or_well_spelt_means_itself(browser: FlaskClient, typed: str) -> None:
    current_index().put(SYLLABLES)
    found = browser.get("/api/v1/search", query_string={"q": typed}).json
    assert (found["corrected"], found["total"]) == (None, 0)


def test_words_with_their_diacritics_are_meant_as_they_stand(browser: FlaskClient) -> None:
    """Each is in the index, though not with the others: one is left out, none is changed."""
    current_index().put([stamp("giai", "Thế giải của tôi"), stamp("gioi", "Thế giới"), stamp("ban", "Bạn của thế")])
    found = links(browser, "/search?q=thế+giới+của+bạn")
    shown = browser.get("/search?q=thế+giới+của+bạn").text
    assert ("instead" in shown, {"without “giới”", "without “bạn”"} & found.keys()) == (False, {"without “giới”"})


@pytest.mark.parametrize("typed", ["😀", "*", '"', "??", "\x01", "\0\x1f\x85"])
def test_what_cannot_be_searched_finds_nothing_and_says_so(browser: FlaskClient, typed: str) -> None:
    shown = browser.get("/search", query_string={"q": typed}).text
    assert "Nothing was typed that can be searched" in shown
    assert browser.get("/api/v1/search", query_string={"q": typed}).json["total"] == 0


def test_a_long_result_leads_to_what_narrows_it(browser: FlaskClient) -> None:
    assert links(browser, "/search?q=viet+thu")["Narrow it down"] == "#facets"


def test_links_of_a_corrected_result_keep_the_words_typed(browser: FlaskClient) -> None:
    assert links(browser, "/search?q=vieet+thu")["Stamps (1)"] == "/search?q=vieet+thu&kind=stamp"
    assert hits(browser, "/search?q=vieet+thu&kind=stamp") == ["/stamps/fifty"]


def test_a_passage_shows_where_a_longer_text_says_it(browser: FlaskClient) -> None:
    body = " ".join(["x"] * 50 + ["một", "bức", "thư", "bay"] + ["y"] * 50)
    current_index().put([stamp("long", "Chim", body=body)])
    shown = browser.get("/search?q=buc+thu").text
    assert "một <mark>bức</mark> <mark>thư</mark> bay y" in shown


def test_nothing_found_offers_what_would_find_something(browser: FlaskClient) -> None:
    found = links(browser, "/search?q=thu+zzzz")
    assert {"without “zzzz”": "/search?q=thu"}.items() <= found.items()
    assert links(browser, "/search?q=dao&country=FR")["without “France”"] == "/search?q=dao"


def test_a_blank_search_shows_everything(browser: FlaskClient) -> None:
    assert len(hits(browser, "/search")) == len(ALL)


def test_sorting_keeps_the_question(browser: FlaskClient) -> None:
    found = links(browser, "/search?q=viet+thu&country=VN&kind=stamp")
    assert found["Oldest first"] == "/search?q=viet+thu&kind=stamp&country=VN&sort=oldest"


@pytest.mark.parametrize(
    "parameters",
    [
        {"q": "word " * 10_000},
        {"q": "x" * 200},
        {"q": "x" * 5_000},
        {"q": "và của the of le la"},
        {"q": "*"},
        {"q": '"'},
        {"q": "\u202eabc\u202c \u05e9\u05dc\u05d5\u05dd"},
        {"q": "\0\x01\x1f\u202e\ufeff"},
        {"q": "😀 * \" ( ) : \\ ' ; -- %"},
        {"q": "year:9999..0"},
        {"q": "../../etc/passwd"},
        {"q": "'; DROP TABLE letter; --"},
        {"q": "thu", "kind": "\0", "country": "'", "prize": "<b>", "years": "x..y", "sort": "?", "page": "-1"},
        {"q": "thu", "page": "9" * 30, "years": "1..99999", "country": "VNX"},
        {"q": "kind:stamp kind:stamp country:VN country:FR prize:gold prize:x"},
        {"q": "العربية עברית 한국어 日本語"},
        {"kind": "stamp", "prize": "nobel"},
    ],
)
@pytest.mark.parametrize("address", ["/search", "/search/suggestions", "/search.csv", "/search.json"])
def test_whatever_is_typed_is_answered_at_once(browser: FlaskClient, address: str, parameters: dict[str, str]) -> None:
    begun = time.process_time()
    assert browser.get(address, query_string=parameters).status_code == 200
    assert time.process_time() - begun < MOST_SECONDS


@pytest.mark.parametrize("text", ["x" * 200, "w " * 300, "\0\x1f", "../", "'; --", "*", '"', "year:9999..0", "😀"])
def test_programs_are_answered_too(browser: FlaskClient, text: str) -> None:
    assert browser.get("/api/v1/search", query_string={"q": text}).status_code == 200


def test_a_broken_byte_in_the_address_is_no_error(browser: FlaskClient) -> None:
    assert browser.get("/search?q=%ff%fe%80&kind=%c3").status_code == 200


def test_without_an_index_the_page_says_so_and_a_rebuild_is_asked_for(browser: FlaskClient, shelf: Shelf) -> None:
    lose_the_index()
    for _ in range(2):
        assert "The search is being made ready" in browser.get("/search?q=thu").text
    assert [job.name for job in db.session.scalars(select(Job))] == ["archive.rebuild"]
    jobs.run_due()
    assert hits(browser, "/search?q=dao") == ["/laureates/thu"]


def test_a_busy_database_keeps_no_page_that_asks_for_a_rebuild(
    browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*, now: datetime) -> None:
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

    lose_the_index()
    monkeypatch.setattr("archive.services.heal", busy)
    answers = [browser.get(address) for address in ("/search?q=thu", "/search.csv?q=thu", "/api/v1/search?q=thu")]
    assert [answer.status_code for answer in answers] == [200, 503, 503]


def test_whether_a_rebuild_is_asked_for_already_is_seen_without_a_lock(
    browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_the_index()
    browser.get("/search?q=thu")
    monkeypatch.setattr("archive.unready.transaction", lambda: pytest.fail("The database was locked."))
    assert browser.get("/search?q=thu").status_code == 200


def test_without_an_index_all_other_pages_are_there(browser: FlaskClient) -> None:
    lose_the_index()
    addresses = ("/", "/editions", "/laureates", "/stamps", "/search", "/search/suggestions?q=thu")
    assert [browser.get(address).status_code for address in addresses] == [200] * len(addresses)


@pytest.mark.parametrize("content", [b"", b"not ours", bytes(range(256))])
def test_an_index_folder_that_is_broken_heals_while_the_site_stays_up(
    browser: FlaskClient, app: Flask, content: bytes
) -> None:
    if isinstance(current_index(), PostgresIndex):
        pytest.skip("PostgreSQL looks after its own files")
    for file in (Path(app.config["DATA"]) / "index").rglob("*"):
        if file.is_file():
            file.write_bytes(content)
    assert "The search is being made ready" in browser.get("/search?q=dao").text
    jobs.run_due()
    assert hits(browser, "/search?q=dao") == ["/laureates/thu"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search?q=dao", 200),
        ("/search/suggestions?q=dao", 200),
        ("/search.csv?q=dao", 503),
        ("/search.json?q=dao", 503),
        ("/api/v1/search?q=dao", 503),
        ("/stamps", 200),
    ],
)
def test_whoever_meets_an_index_that_is_broken_inside_has_it_built_anew(
    browser: FlaskClient, address: str, status: int
) -> None:
    break_inside()
    assert browser.get(address).status_code == status
    assert [job.name for job in db.session.scalars(select(Job))] == ["archive.rebuild"]
    jobs.run_due()
    assert hits(browser, "/search?q=dao") == ["/laureates/thu"]


def break_inside() -> None:
    """It opens, and holds what nobody wrote there."""
    index = current_index()
    if isinstance(index, PostgresIndex):
        with index.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE archive_search.document SET coded = 'x', shown = 'x'")
        return
    (path,) = index.generations.folder.rglob("*.arrays")  # type: ignore[attr-defined]
    with path.open("r+b") as file:
        file.seek(arrays.ALIGNMENT)
        file.write(b"\xff" * (path.stat().st_size // 2))


def test_hits_of_a_kind_that_nobody_brings_are_of_another_program(browser: FlaskClient) -> None:
    current_index().put([replace(stamp("odd", "Odd"), kind="postcard")])
    assert "The search is being made ready" in browser.get("/search?q=odd").text
    jobs.run_due()
    assert hits(browser, "/search?q=odd") == []


def test_where_nothing_is_found_a_phrase_may_be_left_out_like_a_word(browser: FlaskClient) -> None:
    found = links(browser, '/search?q=dupont+"world+cup"')
    ways = {"without “dupont”": "/search?q=%22world+cup%22", "without “world cup”": "/search?q=dupont"}
    assert ways.items() <= found.items()
