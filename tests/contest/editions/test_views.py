"""Pages of a stage: the rules everybody reads, and the organiser's desk, settings, criteria, prizes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts.models import Person
from contest.editions import queries, services
from contest.editions.models import Stage
from core.db import transaction
from tests import cast, make
from tests.contest.editions.conftest import DAY, ENGLISH, whole

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
REASON = "UPU công bố chủ đề muộn"


def typed(moment: datetime) -> str:
    """A moment as it is typed here."""
    return moment.astimezone(HANOI).strftime("%Y-%m-%dT%H:%M")


def settings_of(stage: Stage, **given: Any) -> dict[str, Any]:
    """The form of the settings as it stands, but for what is given."""
    names = ("theme_vi", "theme_en", "theme_fr", "youngest", "oldest", "word_limit")
    form = {name: getattr(stage, name) for name in names} | {
        "reference_day": stage.reference_day.isoformat(),
        "opens_at": typed(stage.opens_at),
        "closes_at": typed(stage.closes_at),
        "takes_typed": "y",
        "takes_handwritten": "y",
        "seen": queries.last_change(stage),
    }
    return form | given


def save(desk: FlaskClient, stage: Stage, **given: Any) -> TestResponse:
    """Save the settings."""
    return desk.post("/stages/55/settings", data=settings_of(stage, **given), headers=ENGLISH)


ORGANISERS_PAGES = [
    "",
    "/open",
    "/55",
    "/55/settings",
    "/55/extend",
    "/55/criteria",
    "/55/criteria/new",
    "/55/prizes",
    "/55/prizes/new",
    "/55/units",
]


@pytest.mark.parametrize("path", ORGANISERS_PAGES)
def test_the_desk_is_the_organisers_alone(
    running: Stage, desk: FlaskClient, client: FlaskClient, as_: Callable[[Person], FlaskClient], path: str
) -> None:
    browsers = [desk, as_(cast.mai()), as_(cast.lan()), as_(cast.khoa()), client]
    assert [browser.get(f"/stages{path}").status_code for browser in browsers] == [200, 404, 404, 404, 302]


@pytest.mark.parametrize("path", ["", "/settings", "/extend", "/criteria", "/prizes", "/units"])
def test_a_stage_that_is_not_there_is_not_found(running: Stage, desk: FlaskClient, path: str) -> None:
    assert desk.get(f"/stages/56{path}").status_code == 404


def test_rows_of_another_stage_are_not_found_here(running: Stage, desk: FlaskClient) -> None:
    other = whole(make.stage(54))
    paths = [f"criteria/{other.criteria[0].id}", f"prizes/{other.prizes[0].id}"]
    assert [desk.get(f"/stages/55/{path}").status_code for path in paths] == [404, 404]


def test_opening_takes_the_themes_of_the_record(desk: FlaskClient) -> None:
    make.edition(55, theme_vi="Chủ đề thứ năm mươi lăm")
    assert "Chủ đề thứ năm mươi lăm" in desk.get("/stages/open?number=55").text


@pytest.mark.parametrize("number", ["0", "-1", "201", "99999999999999999999", "x"])
def test_a_number_no_edition_has_suggests_the_next(desk: FlaskClient, number: str) -> None:
    make.stage(55)
    assert 'value="56"' in desk.get(f"/stages/open?number={number}").text


def open_55(desk: FlaskClient, now: datetime, **given: Any) -> TestResponse:
    """Open the 55th edition."""
    form = {
        "number": 55,
        "theme_vi": "Viết cho đại dương",
        "theme_en": "Write to the ocean",
        "theme_fr": "Écris à l’océan",
        "youngest": 9,
        "oldest": 15,
        "reference_day": "2026-05-05",
        "word_limit": 800,
        "opens_at": typed(now - DAY),
        "closes_at": typed(now + DAY),
        "takes_typed": "y",
    }
    return desk.post("/stages/open", data=form | given, headers=ENGLISH)


def test_a_stage_is_opened_in_the_time_of_here(desk: FlaskClient, now: datetime) -> None:
    assert open_55(desk, now).location == "/stages/55"
    stage = queries.stage(55)
    assert stage is not None
    assert (stage.opens_at, stage.closes_at, stage.country) == (now - DAY, now + DAY, "VN")
    assert (stage.takes_typed, stage.takes_handwritten) == (True, False)


def test_a_second_click_opens_no_second_stage(desk: FlaskClient, now: datetime) -> None:
    open_55(desk, now)
    answer = open_55(desk, now)
    assert (answer.status_code, len(queries.stages())) == (422, 1)
    assert "Edition 55 has been opened already." in answer.text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"youngest": "nine"}, "A whole number, please."),
        ({"youngest": ""}, "Please fill this in."),
        ({"oldest": 8}, "The youngest age is above the oldest."),
        ({"oldest": 99}, "A number from 4 to 25, please."),
        ({"reference_day": "soon"}, "Please give a day."),
        ({"opens_at": "soon"}, "Please give a day and a time."),
        ({"closes_at": ""}, "Please give a day and a time."),
        ({"closes_at": "2020-01-01T00:00"}, "The close must come after the opening."),
        ({"takes_typed": ""}, "Letters must be taken typed or handwritten, or both."),
        ({"theme_fr": " "}, "Please fill this in."),
        ({"theme_vi": "a\x00b"}, "This holds signs that cannot be printed."),
        ({"number": 0}, "A number from 1 to 200, please."),
    ],
)
def test_what_cannot_be_set_is_said_and_what_was_typed_stays(
    desk: FlaskClient, now: datetime, given: dict[str, Any], sentence: str
) -> None:
    answer = open_55(desk, now, **given)
    assert (answer.status_code, sentence in answer.text, queries.stages()) == (422, True, [])
    assert "Write to the ocean" in answer.text


def test_settings_saved_as_they_are_change_nothing_however_odd_their_seconds(desk: FlaskClient, running: Stage) -> None:
    with transaction():
        stage = queries.stage(55)
        assert stage is not None
        stage.closes_at += timedelta(seconds=59)
    assert save(desk, running).status_code == 302
    assert queries.changes_of(running) == []


def test_a_change_without_its_reason_is_refused_and_stays_typed(desk: FlaskClient, running: Stage) -> None:
    answer = save(desk, running, word_limit=900)
    assert (answer.status_code, running.word_limit) == (422, 800)
    assert ('value="900"' in answer.text, "please say why you change this" in answer.text) == (True, True)


def test_a_second_window_does_not_undo_the_first(desk: FlaskClient, running: Stage) -> None:
    seen = queries.last_change(running)
    save(desk, running, word_limit=900, reason="x", seen=seen)
    answer = save(desk, running, word_limit=800, oldest=16, reason="y", seen=seen)
    assert (answer.status_code, running.word_limit, running.oldest) == (422, 900, 15)


def test_everybody_reads_the_extension_and_its_reason(desk: FlaskClient, client: FlaskClient, running: Stage) -> None:
    later = running.closes_at + 16 * DAY
    answer = desk.post("/stages/55/extend", data={"closes_at": typed(later), "reason": REASON})
    assert (answer.status_code, running.closes_at) == (302, later)
    pages = [client.get(f"/stages/55/{name}", headers=ENGLISH).text for name in ("rules", "changes")]
    assert [REASON in text for text in pages] == [True, True]
    assert "The closing day was changed on" in pages[0]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": " "}, "Please fill this in."),
        ({"closes_at": "2020-01-01T00:00"}, "The new close must come after"),
        ({"closes_at": "later"}, "Please give a day and a time."),
    ],
)
def test_an_extension_needs_a_later_close_and_a_reason(
    desk: FlaskClient, coming: Stage, given: dict[str, str], sentence: str
) -> None:
    form = {"closes_at": typed(coming.closes_at + DAY), "reason": REASON}
    answer = desk.post("/stages/55/extend", data=form | given, headers=ENGLISH)
    assert (answer.status_code, sentence in answer.text, queries.changes_of(coming)) == (422, True, [])


def test_the_history_names_settings_and_values_in_words(desk: FlaskClient, client: FlaskClient, running: Stage) -> None:
    save(desk, running, takes_handwritten="", reference_day="2026-05-06", reason=REASON)
    text = client.get("/stages/55/changes", headers=ENGLISH).text
    told = ("Handwritten letters are taken", "Day on which age is counted", "May 5, 2026", "May 6, 2026")
    assert [word in text for word in told] == [True] * 4


def test_a_criterion_is_added_changed_and_removed_on_pages(desk: FlaskClient, running: Stage) -> None:
    names = {"name_vi": "Cảm xúc", "name_en": "Feeling", "name_fr": "Émotion", "reason": REASON}
    desk.post("/stages/55/criteria/new", data=names | {"weight": 2, "most": 10})
    made = running.criteria[-1]
    desk.post(f"/stages/55/criteria/{made.id}", data=names | {"weight": 3, "most": 10})
    assert [criterion.weight for criterion in running.criteria] == [1, 1, 1, 1, 3]
    desk.post(f"/stages/55/criteria/{made.id}/remove", data={"reason": REASON})
    assert [change.setting for change in queries.changes_of(running)] == ["criteria", "criteria.weight", "criteria"]
    assert desk.get("/stages/55/changes", headers=ENGLISH).status_code == 200


def test_a_prize_is_added_changed_and_removed_on_pages(desk: FlaskClient, running: Stage) -> None:
    names = {"name_vi": "Giải em nhỏ", "name_en": "Youngest", "name_fr": "Benjamin", "worth": "", "reason": REASON}
    desk.post("/stages/55/prizes/new", data=names | {"places": 1})
    made = running.prizes[-1]
    desk.post(f"/stages/55/prizes/{made.id}", data=names | {"places": 2})
    assert [prize.places for prize in running.prizes] == [1, 3, 5, 30, 2]
    desk.post(f"/stages/55/prizes/{made.id}/remove", data={"reason": REASON})
    assert [change.setting for change in queries.changes_of(running)] == ["prizes", "prizes.places", "prizes"]


@pytest.mark.parametrize("rows", ["criteria", "prizes"])
def test_a_row_is_not_removed_without_its_reason(desk: FlaskClient, running: Stage, rows: str) -> None:
    row = getattr(running, rows)[0]
    answer = desk.post(f"/stages/55/{rows}/{row.id}/remove", data={"reason": ""}, headers=ENGLISH)
    assert (answer.status_code, getattr(running, rows)[0]) == (422, row)
    assert "please say why you change this" in answer.text


def test_removing_is_asked_for_before_it_is_done(desk: FlaskClient, running: Stage) -> None:
    row = running.criteria[0]
    text = desk.get(f"/stages/55/criteria/{row.id}/remove", headers=ENGLISH).text
    assert ("Remove “Structure of the letter”?" in text, len(running.criteria)) == (True, 4)


def test_locked_criteria_cannot_be_changed_on_pages_either(desk: FlaskClient, running: Stage, now: datetime) -> None:
    with transaction():
        services.lock_criteria(stage=running, now=now)
    row = running.criteria[0]
    form = {"name_vi": "X", "name_en": "X", "name_fr": "X", "weight": 9, "most": 10, "reason": REASON}
    answers = [desk.post(f"/stages/55/criteria/{row.id}{path}", data=form, headers=ENGLISH) for path in ("", "/remove")]
    assert [(answer.status_code, row.weight) for answer in answers] == [(422, 1)] * 2
    assert ["the criteria stay as they are" in answer.text for answer in answers] == [True] * 2


def test_the_organiser_is_told_that_no_weights_are_published(desk: FlaskClient, running: Stage) -> None:
    assert "no official weights are published" in desk.get("/stages/55/criteria", headers=ENGLISH).text


@pytest.mark.parametrize(
    ("opens", "closes", "published", "sentence"),
    [
        (3, 30, None, "3 days to go."),
        (-3, 5, None, "5 days left."),
        (-3, 1, None, "1 day left."),
        (-9, -3, None, "The letters are in; the jury is reading."),
        (-9, -3, -1, "The results are published."),
    ],
)
def test_the_page_of_the_rules_says_where_the_year_stands(
    client: FlaskClient, now: datetime, opens: int, closes: int, published: int | None, sentence: str
) -> None:
    published_at = now + published * DAY if published else None
    make.stage(opens_at=now + opens * DAY, closes_at=now + closes * DAY, published_at=published_at)
    assert sentence in client.get("/stages/55/rules", headers=ENGLISH).text


def test_the_rules_name_theme_ages_words_criteria_and_prizes(client: FlaskClient, running: Stage) -> None:
    text = client.get("/stages/55/rules", headers=ENGLISH).text
    told = (
        "Write a letter to a friend",
        "Who is 9 to 15 years old on May 5, 2026.",
        "At most 800 words.",
        "Adherence to the theme",
        "Consolation prize",
        "1.000.000 đ",
    )
    assert [word in text for word in told] == [True] * len(told)


def test_the_rules_are_in_the_readers_language(client: FlaskClient, running: Stage) -> None:
    texts = [client.get("/stages/55/rules", headers={"Accept-Language": code}).text for code in ("vi", "fr")]
    themes = ("Hãy viết thư cho một người bạn", "Écris une lettre à un ami")
    assert [theme in text for theme, text in zip(themes, texts, strict=True)] == [True, True]


def test_rules_of_a_year_we_do_not_run_lead_to_the_record(client: FlaskClient) -> None:
    make.edition(50)
    answers = [client.get(f"/stages/50/{name}") for name in ("rules", "changes")]
    assert [(answer.status_code, answer.location) for answer in answers] == [(302, "/editions/50")] * 2
