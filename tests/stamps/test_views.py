"""Pages of the stamps."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from archive import services
from core import files
from core.db import db, transaction
from stamps import services as stamps
from stamps.kinds import Difference, StampKind
from stamps.models import Member, Stamp, StampIssue, StampPicture
from tests import make, searching
from tests.make import saved

ISSUE = "/stamps/issues/vn-2021-10-09-upu-letter-writing-50"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def record(app: object) -> None:
    make.record()


def text_of(client: FlaskClient, url: str) -> str:
    answer = client.get(url, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.usefixtures("record")
def test_an_issue_shows_both_claimed_ends_of_sale(client: FlaskClient) -> None:
    text = text_of(client, ISSUE)

    assert ("Sources disagree: End of sale" in text, "June 30, 2023" in text, "June 30, 2022" in text) == (
        True,
        True,
        True,
    )


@pytest.mark.usefixtures("record")
def test_an_issue_says_what_is_not_known(client: FlaskClient) -> None:
    text = " ".join(text_of(client, ISSUE).split())

    assert '<dt>Perforation</dt> <dd class="unknown">not known</dd>' in text


@pytest.mark.usefixtures("record")
def test_the_stamp_of_the_contest_leads_to_the_contest_and_its_laureates(client: FlaskClient) -> None:
    text = text_of(client, ISSUE)

    assert ('href="/editions/50"' in text, 'href="/laureates/50-international-bronze-vn"' in text) == (True, True)


@pytest.mark.usefixtures("record")
def test_the_list_narrows_by_country_year_and_topic(client: FlaskClient) -> None:
    text = text_of(client, "/stamps?country=VN&year=2021&topic=letter-writing")

    assert ("1 issue<" in text, ISSUE in text) == (True, True)


@pytest.mark.usefixtures("record")
def test_a_topic_has_a_page(client: FlaskClient) -> None:
    assert "Stamps on Letter writing" in text_of(client, "/stamps/topics/letter-writing")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "query", ["year=99999999999999999999", "page=-7", "page=99999999999", "country=%00", "topic=%00", "topic=x"]
)
def test_nonsense_in_the_address_is_no_error(client: FlaskClient, query: str) -> None:
    assert client.get(f"/stamps?{query}").status_code == 200


@pytest.mark.parametrize("place", ["/search", "/search/suggestions", "/search.csv", "/api/v1/search", "/stamps"])
def test_a_number_with_a_character_that_no_database_takes_is_answered(client: FlaskClient, place: str) -> None:
    make.record()
    services.rebuild()
    assert client.get(f"{place}?q=5%00%1f%7f").status_code == 200


@pytest.mark.parametrize("url", ["/stamps/issues/none", "/stamps/none", "/stamps/%00", "/stamps/topics/none"])
def test_what_is_not_there_is_404(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("query", "said"),
    [("country=Xx", "Xx"), ("year=abc", "abc"), ("decade=1994", "1994"), ("topic=%3Cb%3E", "&lt;b&gt;")],
)
def test_what_an_address_asks_in_vain_is_said_to_be_left_out(client: FlaskClient, query: str, said: str) -> None:
    assert f"“{said}” means nothing here and was left out" in text_of(client, f"/stamps?{query}")


@pytest.mark.usefixtures("record")
def test_nothing_is_said_to_be_left_out_of_what_is_understood(client: FlaskClient) -> None:
    assert "was left out" not in text_of(client, "/stamps?country=&year=2021&topic=upu")


@pytest.fixture
def indexed(record: None, app: Flask) -> None:
    searching.rebuild()


@pytest.mark.usefixtures("indexed")
def test_a_decade_narrows_as_its_years_do(client: FlaskClient) -> None:
    """And so a page, but for the links of its languages."""
    asked = [
        text_of(client, f"/stamps?{query}").partition("<main")[2] for query in ("decade=1990", "years=1990..1999", "")
    ]
    assert (asked[0] == asked[1], asked[1] == asked[2]) == (True, False)


@pytest.mark.usefixtures("indexed")
def test_filters_combine_each_with_a_chip_of_its_own(client: FlaskClient) -> None:
    text = " ".join(text_of(client, "/stamps?kind=stamp&country=VN&years=2000..2009&topic=fauna&item=stamp").split())
    chips = re.findall(r'<a class="chip" href="([^"]+)"', text)
    assert [html.unescape(chip) for chip in chips] == [
        "/stamps?kind=stamp&years=2000..2009&topic=fauna&item=stamp",
        "/stamps?kind=stamp&country=VN&topic=fauna&item=stamp",
        "/stamps?kind=stamp&country=VN&years=2000..2009&item=stamp",
        "/stamps?kind=stamp&country=VN&years=2000..2009&topic=fauna",
    ]


@pytest.mark.usefixtures("indexed")
def test_the_count_beside_a_choice_is_what_the_choice_finds(client: FlaskClient) -> None:
    text = text_of(client, "/stamps?kind=stamp&country=VN&topic=fauna")
    choice = re.search(
        r'<a href="(/stamps\?[^"]*maker=[^"]*)"[^>]*>[^<]*</a>\s*<span class="choice-count">(\d+)<', text
    )
    assert choice is not None
    found = text_of(client, html.unescape(choice[1]))
    assert re.search(r"(\d+) items?<", found)[1] == choice[2]  # type: ignore[index]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "query",
    [
        "",
        "country=VN&topic=fauna",
        "kind=stamp&country=VN&years=2001",
        "kind=stamp&item=souvenir_sheet",
        "maker=nguyen-thi-sam",
        "kind=stamp&process=offset&country=VN",
        "series=vn-love",
        "topic=post",
        "kind=stamp&sort=oldest&years=1990s",
    ],
)
def test_a_list_without_an_index_is_the_same(client: FlaskClient, app: Flask, query: str) -> None:
    without = _listed(text_of(client, f"/stamps?{query}"))
    services.rebuild()
    assert _listed(text_of(client, f"/stamps?{query}")) == without


def _listed(text: str) -> tuple[str, set[str]]:
    total = re.search(r"(\d+) (?:items?|issues?)<", text)
    assert total is not None
    wall = text[text.index('class="search-found"') :].partition("<aside")[0]
    return total[1], set(re.findall(r'href="(/stamps/[^"?]+)"', wall)) if int(total[1]) <= 36 else set()


@pytest.mark.usefixtures("indexed")
def test_a_table_says_what_is_not_known(client: FlaskClient) -> None:
    text = text_of(client, "/stamps?kind=stamp&look=table&years=2001")
    assert ("6-1" in text, '<span class="unknown">not known</span>' in text) == (True, True)


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("look", ["wall", "table"])
@pytest.mark.parametrize("kind", ["stamp", "stamp_issue"])
def test_a_longer_list_asks_the_database_no_more_often(client: FlaskClient, kind: str, look: str) -> None:
    full = f"/stamps?kind={kind}&look={look}"
    text_of(client, full)  # whatever a process asks once only
    assert _statements(client, full) == _statements(client, f"{full}&page=3")


def _statements(client: FlaskClient, url: str) -> int:
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        told.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    text_of(client, url)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(told)


@pytest.mark.usefixtures("record")
def test_a_permanent_number_leads_to_its_thing_for_ever(client: FlaskClient) -> None:
    answer = client.get("/stamps/no/79")
    assert (answer.status_code, answer.location) == (301, "/stamps/vn-1998-06-10-world-cup-98-3-1")


@pytest.mark.usefixtures("record")
def test_the_number_of_a_merged_record_leads_to_the_other(client: FlaskClient) -> None:
    with transaction():
        stamps.lead_to(kind="stamp", key="vn-1998-06-10-world-cup-98-3-1", other="vn-1998-06-10-world-cup-98-3-2")
    assert client.get("/stamps/no/79").location == "/stamps/vn-1998-06-10-world-cup-98-3-2"


@pytest.mark.usefixtures("record")
def test_the_number_of_a_record_taken_out_is_gone_with_a_sentence(client: FlaskClient) -> None:
    with transaction():
        stamps.retire(kind="stamp", key="vn-1998-06-10-world-cup-98-3-1")
    answer = client.get("/stamps/no/79", headers=ENGLISH)
    assert (answer.status_code, "Number 79 was taken out" in answer.text) == (410, True)


@pytest.mark.usefixtures("record")
def test_a_stamp_leads_to_those_before_and_after_it(client: FlaskClient) -> None:
    text = text_of(client, "/stamps/vn-1998-06-10-world-cup-98-3-2")
    steps = re.findall(r'<a rel="(prev|next)" href="([^"]+)"', text)
    assert steps == [
        ("prev", "/stamps/vn-1998-06-10-world-cup-98-3-1"),
        ("next", "/stamps/vn-1998-06-10-world-cup-98-3-3"),
        ("prev", "/stamps/issues/vn-1981-12-01-wild-animals-bison"),
        ("next", "/stamps/issues/vn-1998-08-15-old-telephone"),
    ]


@pytest.mark.usefixtures("record")
def test_a_variety_stands_in_the_tree_of_its_stamp(client: FlaskClient) -> None:
    whole = db.session.scalars(select(Stamp).where(Stamp.key == "vn-1998-06-10-world-cup-98-3-1")).one()
    saved(
        Stamp(
            key="variety",
            issue=whole.issue,
            parent=whole,
            kind=StampKind.STAMP,
            difference=Difference.PERFORATION,
            variety="imperforate",
            processes=(),
        )
    )
    text = text_of(client, "/stamps/variety")
    assert ("other perforation · imperforate" in text, 'href="/stamps/vn-1998-06-10-world-cup-98-3-1"' in text) == (
        True,
        True,
    )


@pytest.mark.usefixtures("record")
def test_a_sheet_and_its_stamps_lead_to_each_other(client: FlaskClient) -> None:
    of_issue = select(Stamp).join(Stamp.issue).where(StampIssue.key == "vn-2001-07-16-butterflies").order_by(Stamp.id)
    first, *_, sheet = db.session.scalars(of_issue)
    sheet.members = [Member(stamp=first, times=4)]
    db.session.commit()
    inside, around = text_of(client, f"/stamps/{sheet.key}"), text_of(client, f"/stamps/{first.key}")
    assert (f'4 × <a href="/stamps/{first.key}"' in inside, f'href="/stamps/{sheet.key}">Souvenir sheet' in around) == (
        True,
        True,
    )


@pytest.mark.usefixtures("record")
def test_what_was_not_understood_is_said(client: FlaskClient) -> None:
    stamp = db.session.scalars(select(Stamp).where(Stamp.key == "vn-1998-06-10-world-cup-98-3-1")).one()
    stamp.perforation = "13.33 x 13.5"
    db.session.commit()
    text = text_of(client, "/stamps/vn-1998-06-10-world-cup-98-3-1")
    assert "not understood for sure: Perforation." in text


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/stamps/series/jp-letter-writing-week", "International Letter Writing Week (Japan)"),
        ("/stamps/makers/nguyen-thi-sam", "<dt>Designer</dt>"),
        ("/stamps/makers?name=nguyen", 'href="/stamps/makers/nguyen-thi-sam"'),
        ("/stamps/joint-issues/upu-150-2024", "one design for all"),
        ("/stamps/topics/fauna", 'href="/stamps/topics/birds"'),
        ("/stamps/topics/birds", 'href="/stamps/topics/fauna"'),
        ("/stamps/topics", "Letter writing"),
        ("/stamps/countries", 'href="/stamps?country=VN"'),
        ("/stamps/paths/upu-and-letter-writing", 'href="/editions/50"'),
        ("/countries/VN", "All 53 issues"),
    ],
)
def test_what_gathers_stamps_has_a_page(client: FlaskClient, url: str, said: str) -> None:
    assert said in " ".join(text_of(client, url).split())


@pytest.mark.parametrize(
    "url", ["series/x", "makers/x", "joint-issues/x", "paths/x", "no/5", "pictures/x", "no/99999999999999999999"]
)
def test_what_gathers_nothing_is_404(client: FlaskClient, url: str) -> None:
    assert client.get(f"/stamps/{url}").status_code == 404


@pytest.mark.usefixtures("record")
def test_a_picture_is_shown_with_its_licence_and_a_withdrawn_one_is_not(client: FlaskClient, app: Flask) -> None:
    stamp = db.session.scalars(select(Stamp).where(Stamp.key == "vn-1998-06-10-world-cup-98-3-1")).one()
    picture = StampPicture(
        key="ball",
        stamp_id=stamp.id,
        file_id=files.keep(b"a picture", ending="jpg"),
        width=37,
        height=37,
        licence="CC0",
        source="a collector",
        added_at=make.NOW,
    )
    saved(picture)
    text = text_of(client, "/stamps/vn-1998-06-10-world-cup-98-3-1")
    shown = ('href="/stamps/pictures/ball" data-zoom' in text, "CC0 · a collector" in text)
    bytes_ = client.get("/stamps/pictures/ball").data
    picture.withdrawn_at = make.NOW
    db.session.commit()
    text = text_of(client, "/stamps/vn-1998-06-10-world-cup-98-3-1")
    gone = client.get("/stamps/pictures/ball").status_code
    assert (shown, bytes_, "/stamps/pictures/ball" in text, gone) == ((True, True), b"a picture", False, 404)


def test_a_drawn_stamp_looks_the_same_in_every_language(client: FlaskClient) -> None:
    make.record()
    address = "/stamps/issues/vn-1998-06-10-world-cup-98"
    texts = [client.get(address, headers={"Accept-Language": language}).text for language in ("vi", "en", "fr")]
    looks = [re.findall(r'stamp-colour-\d|motifs\.svg[^"]*#\w+', text) for text in texts]
    assert looks[0]
    assert looks == [looks[0]] * 3
