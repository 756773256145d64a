"""Pages of curating: without a script too; each for those who may."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Person
from core.db import transaction
from stamps import queries as stamps
from stamps.curating import queries, services
from stamps.curating.models import Suggestion
from stamps.curating.rules import SuggestionState
from tests import cast, make

KEY = "vn-1998-06-10-world-cup-98-3-1"
ISSUE = "vn-1998-06-10-world-cup-98"
NEW = {
    "fact_country": "VN",
    "fact_date": "2026-12-01",
    "fact_name_en": "Lotus (invented)",
    "fact_currency": "VND",
    "sure_of": "medium",
    "seen": "0",
}
ROW = {"rows-0-kind": "stamp", "rows-0-position": "2-1", "rows-0-number": "vn4001", "rows-0-face_value": "4000"}


@pytest.fixture
def khoa(app: Flask) -> Person:
    """The curator, and the record to curate."""
    make.record()
    return cast.khoa()


@pytest.fixture
def desk(khoa: Person, as_: Callable[..., FlaskClient]) -> FlaskClient:
    """The curator's browser in English."""
    browser = as_(khoa)
    browser.get("/language/en")
    return browser


@pytest.fixture
def child(khoa: Person, as_: Callable[..., FlaskClient]) -> FlaskClient:
    """A child's browser in English."""
    browser = as_(cast.mai())
    browser.get("/language/en")
    return browser


def test_a_set_is_entered_row_by_row_without_a_script(desk: FlaskClient) -> None:
    text = desk.post("/curating/issues/new", data=NEW | ROW | {"action": "copy"}).text
    assert ('value="2-2"' in text, 'value="vn4002"' in text) == (True, True)
    second = {"rows-1-kind": "stamp", "rows-1-position": "2-2", "rows-1-number": "4002", "rows-1-face_value": "6000"}
    sheet = desk.post("/curating/issues/new", data=NEW | ROW | second | {"action": "sheet"}).text
    assert 'value="2-1, 2-2"' in sheet
    third = {"rows-2-kind": "souvenir_sheet", "rows-2-members": "2-1, 2-2", "rows-2-face_value": "15000"}
    answer = desk.post("/curating/issues/new", data=NEW | ROW | second | third | {"action": "save"})
    assert answer.location == "/curating/issues/vn-2026-12-01-lotus-invented"
    issue = stamps.issue("vn-2026-12-01-lotus-invented")
    assert issue is not None
    assert [len(item.members) for item in issue.stamps] == [0, 0, 2]
    assert desk.get(answer.location).status_code == 200


def test_one_value_is_set_in_all_rows(desk: FlaskClient) -> None:
    rows = ROW | {"rows-1-kind": "stamp", "rows-1-position": "2-2"}
    text = desk.post(
        "/curating/issues/new", data=NEW | rows | {"action": "fill", "fill_field": "size", "fill_value": "37 x 37"}
    ).text
    assert text.count('value="37 x 37"') == 2


def test_what_cannot_be_stands_beside_its_cell(desk: FlaskClient) -> None:
    answer = desk.post("/curating/issues/new", data=NEW | ROW | {"rows-0-size": "big", "action": "save"})
    assert (answer.status_code, "is no size such as 37 x 37" in answer.text) == (422, True)
    assert desk.post("/curating/issues/new", data=NEW | {"fact_name_en": "", "action": "save"}).status_code == 422


def test_a_likely_duplicate_is_pointed_out_before_saving_and_saved_on_insisting(desk: FlaskClient) -> None:
    same = NEW | {"fact_date": "1998-06-10", "fact_name_en": "Football World Cup France 98", "action": "save"}
    before = stamps.number_of(type(stamps.issue(ISSUE)))  # type: ignore[arg-type]
    answer = desk.post("/curating/issues/new", data=same | ROW | {"rows-0-number": "2910"})
    assert (answer.status_code, f"/curating/issues/{ISSUE}" in answer.text) == (422, True)
    assert "the same catalogue number" in answer.text
    assert (
        desk.post("/curating/issues/new", data=same | ROW | {"rows-0-number": "2910", "sure": "y"}).status_code == 302
    )
    assert stamps.number_of(type(stamps.issue(ISSUE))) == before + 1  # type: ignore[arg-type]


def test_the_history_is_for_everybody_and_undo_for_curators(desk: FlaskClient, child: FlaskClient) -> None:
    page = desk.get(f"/curating/issues/{ISSUE}")
    assert page.status_code == 200
    desk.post(
        f"/curating/issues/{ISSUE}",
        data={"fact_country": "VN", "fact_name_en": "Renamed", "sure_of": "low", "seen": "0"},
    )
    history = f"/stamps/issues/{ISSUE}/history"
    assert ("Renamed" in child.get(history).text, "/undo" in child.get(history).text) == (True, False)
    assert "/undo" in desk.get(history).text
    (revision,) = queries.history([("stamp_issue", ISSUE)])
    assert child.post(f"/curating/saves/{revision.id}/undo").status_code == 404
    assert desk.post(f"/curating/saves/{revision.id}/undo").status_code == 302
    issue = stamps.issue(ISSUE)
    assert issue is not None
    assert issue.name_en != "Renamed"


def test_a_child_suggests_plainly_and_sees_what_became_of_it(desk: FlaskClient, child: FlaskClient) -> None:
    said = {"field": "perforation", "value": "13", "source": "I counted", "naming": "user_name"}
    assert child.post(f"/stamps/{KEY}/suggest", data=said).location == "/suggestions"
    assert "waiting" in child.get("/suggestions").text
    (suggestion,) = queries.page_of(queries.suggestions(), number=1, size=5)
    address = f"/curating/suggestions/{suggestion.id}"
    assert (child.get(address).status_code, desk.get(address).status_code) == (403, 200)
    assert (
        desk.post(address, data={"value": "13", "sure_of": "low", "action": "take", "answer": "Thank you."}).status_code
        == 302
    )
    found = stamps.stamp(KEY)
    assert found is not None
    assert found.perforation == "13"
    assert ("taken over" in child.get("/suggestions").text, "Thank you." in child.get("/suggestions").text) == (
        True,
        True,
    )
    assert "suggested by mai" in desk.get(f"/stamps/{KEY}/history").text


def test_declining_needs_a_kind_reason(desk: FlaskClient, child: FlaskClient) -> None:
    child.post(f"/stamps/{KEY}/suggest", data={"field": "paper", "value": "gold", "naming": "not"})
    (suggestion,) = queries.page_of(queries.suggestions(), number=1, size=5)
    address = f"/curating/suggestions/{suggestion.id}"
    assert desk.post(address, data={"sure_of": "low", "action": "decline"}).status_code == 422
    assert desk.post(address, data={"sure_of": "low", "action": "decline", "answer": "It is paper."}).status_code == 302
    assert queries.suggestion(suggestion.id).state is SuggestionState.DECLINED  # type: ignore[union-attr]


def test_a_record_that_was_missed_is_entered_from_its_suggestion(desk: FlaskClient) -> None:
    mai = cast.mai()
    with transaction():
        made = services.suggest_record(
            person=mai, country="LA", title="Elephants (invented)", details={"face_value": "500"}, now=make.NOW
        )
        number = made.id
    text = desk.get(f"/curating/issues/new?from={number}").text
    assert ("Elephants (invented)" in text, 'value="500"' in text) == (True, True)
    desk.post(f"/curating/issues/new?from={number}", data=NEW | {"fact_country": "LA", "action": "save"})
    taken: Suggestion | None = queries.suggestion(number)
    assert taken is not None
    assert (taken.state, taken.key) == (SuggestionState.TAKEN, "la-2026-12-01-lotus-invented")


def test_merging_shows_the_other_one_first(desk: FlaskClient) -> None:
    other = "vn-1998-06-10-world-cup-98-3-2"
    address = f"/curating/stamps/{other}/merge"
    assert KEY in desk.post(address, data={"other": f"/stamps/{KEY}"}).text
    assert desk.post(address, data={"other": "nothing-of-the-kind", "sure": "y"}).status_code == 422
    assert desk.post(address, data={"other": KEY, "sure": "y"}).status_code == 302
    gone = desk.get(f"/stamps/{other}")
    assert (gone.status_code, f'href="/stamps/{other}/history"' in gone.text) == (410, True)
    assert desk.get(f"/stamps/{other}/history").status_code == 200
    assert desk.get("/stamps/never-was-here").status_code == 404


def test_curators_read_names_before_keys(desk: FlaskClient) -> None:
    desk.post(f"/stamps/{KEY}/suggest", data={"field": "face_value", "value": "500", "naming": "not"})
    text = desk.get("/curating/suggestions").text
    assert 0 < text.index("3-1 · ") < text.index(f">{KEY}<")


def test_only_curators_edit(child: FlaskClient, client: FlaskClient) -> None:
    for address in ("/curating", "/curating/issues/new", f"/curating/issues/{ISSUE}", f"/curating/stamps/{KEY}/retire"):
        assert (child.get(address).status_code, client.get(address).status_code) == (404, 302)
    assert client.get(f"/stamps/{KEY}/suggest").status_code == 302


def test_a_new_series_and_a_topic_below_another_can_be_chosen(desk: FlaskClient) -> None:
    series = {"kind": "series", "name_en": "Letters of the year (invented)"}
    assert desk.post("/curating/names", data=series).status_code == 302
    assert desk.post("/curating/names", data=series).status_code == 422
    topic = {"kind": "topic", "name_vi": "Diều", "name_en": "Kites", "name_fr": "Cerfs-volants", "above": "sport"}
    assert desk.post("/curating/names", data=topic | {"name_fr": ""}).status_code == 422
    assert desk.post("/curating/names", data=topic).status_code == 302
    facts = NEW | {"fact_series": "letters of the YEAR (invented)", "fact_topics": "dieu", "action": "save"}
    assert desk.post("/curating/issues/new", data=facts).status_code == 302
    issue = stamps.issue("vn-2026-12-01-lotus-invented")
    assert issue is not None
    assert issue.series is not None
    assert (issue.series.name_en, [topic.key for topic in issue.topics]) == (
        "Letters of the year (invented)",
        ["kites"],
    )
    assert stamps.permanent_numbers("stamp_series", issue.series.key) != []
