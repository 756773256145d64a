"""The tree of units: adding many and one, correcting, removing, in services and on pages."""

import io
import re
from datetime import datetime
from time import perf_counter

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from contest.editions import queries, services
from contest.editions.models import Stage, Unit
from core.db import transaction
from core.errors import Refused
from tests import cast, make
from tests.contest.editions.conftest import ENGLISH

URL = "/stages/55/units"
LINES = "Hà Nội; Trường A\nHà Nội; Trường B\nHuế; Trường A"


def send(desk: FlaskClient, lines: str, **given: object) -> TestResponse:
    """Send the list."""
    return desk.post(URL, data={"lines": lines, **given}, headers=ENGLISH)


def offered(answer: TestResponse) -> str:
    """The lines a preview offers to add."""
    found = re.search(r"<textarea[^>]*name=\"lines\"[^>]*>\s*([^<]*)</textarea>", answer.text)
    assert found is not None
    return found[1]


def test_a_list_is_shown_before_it_is_added(running: Stage, desk: FlaskClient) -> None:
    answer = send(desk, LINES)
    said = ["2 new provinces." in answer.text, "3 new schools." in answer.text]
    assert (answer.status_code, said, queries.tree(running)) == (200, [True, True], {})


def test_what_was_shown_is_added(running: Stage, desk: FlaskClient) -> None:
    assert send(desk, offered(send(desk, LINES)), sure="yes").status_code == 302
    assert queries.tree(running) == {"Hà Nội": ["Trường A", "Trường B"], "Huế": ["Trường A"]}


def test_the_same_list_twice_is_there_once(running: Stage, desk: FlaskClient) -> None:
    for _time in range(2):
        send(desk, LINES, sure="yes")
    assert queries.tree(running) == {"Hà Nội": ["Trường A", "Trường B"], "Huế": ["Trường A"]}
    assert "Everything in these lines is in the tree already." in send(desk, LINES).text


def test_a_file_and_pasted_lines_are_taken_together(running: Stage, desk: FlaskClient) -> None:
    file = (io.BytesIO("Tỉnh;Trường\nHuế;Trường A".encode("utf-16")), "schools.csv")
    assert offered(send(desk, "Hà Nội; Trường B", file=file)).split("\n") == ["Huế\tTrường A", "Hà Nội\tTrường B"]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("Hà Nội; Trường A\nHuế", "Line 2 needs a province and a school, with a semicolon between."),
        ("  ", "There is no line yet: please paste some or choose a file."),
    ],
)
def test_a_list_that_is_not_whole_adds_nothing_and_stays(
    running: Stage, desk: FlaskClient, lines: str, sentence: str
) -> None:
    answer = send(desk, lines, sure="yes")
    assert (answer.status_code, sentence in answer.text, queries.tree(running)) == (422, True, {})
    assert lines.splitlines()[0] in answer.text


def test_a_list_of_a_whole_country_is_added_in_seconds(running: Stage, desk: FlaskClient) -> None:
    lines = "\n".join(f"Tỉnh {number % 34}; Trường THCS số {number}" for number in range(12_000))
    began = perf_counter()
    assert send(desk, lines, sure="yes").status_code == 302
    assert perf_counter() - began < 30
    assert sum(count for _province, count in queries.schools_by_province(running)) == 12_000


def test_provinces_and_schools_stand_in_vietnamese_order(running: Stage) -> None:
    for name in ("Vĩnh Long", "Đà Nẵng", "Hà Nội", "An Giang"):
        make.school(running, "Trường", name)
    province = make.school(running, "Trường Đa", "Huế").parent
    make.school(running, "Trường An", "Huế")
    assert province is not None
    assert [unit.name for unit in queries.provinces(running)] == ["An Giang", "Đà Nẵng", "Hà Nội", "Huế", "Vĩnh Long"]
    assert [unit.name for unit in queries.schools_of(province)] == ["Trường An", "Trường Đa"]


def test_a_province_and_a_school_are_added_one_at_a_time(running: Stage, desk: FlaskClient) -> None:
    root = queries.root_unit(running)
    desk.post(f"{URL}/{root.id}/add", data={"new-name": " Hà  Nội "})
    province = queries.provinces(running)[0]
    answer = desk.post(f"{URL}/{province.id}/add", data={"new-name": "Trường A"})
    assert answer.location == f"{URL}/{province.id}"
    assert queries.tree(running) == {"Hà Nội": ["Trường A"]}


def test_a_unit_without_a_name_is_not_added(running: Stage, desk: FlaskClient) -> None:
    province = make.school(running).parent
    assert province is not None
    answers = [
        desk.post(f"{URL}/{unit.id}/add", data={"new-name": " "}, headers=ENGLISH)
        for unit in (queries.root_unit(running), province)
    ]
    assert [(answer.status_code, "Please fill this in." in answer.text) for answer in answers] == [(422, True)] * 2


def test_nothing_hangs_on_a_school(running: Stage, now: datetime) -> None:
    school = make.school(running)
    with pytest.raises(Refused, match="Nothing hangs on a school"), transaction():
        services.add_unit(parent=school, name="Lớp 6A", by=None, now=now)


def test_a_name_is_corrected(running: Stage, desk: FlaskClient) -> None:
    school = make.school(running, "Truong A")
    assert desk.post(f"{URL}/{school.id}/rename", data={"name": "Trường A"}).status_code == 302
    assert school.name == "Trường A"


def test_two_schools_of_a_province_do_not_share_a_name(running: Stage, desk: FlaskClient) -> None:
    make.school(running, "Trường A")
    other = make.school(running, "Trường B")
    answer = desk.post(f"{URL}/{other.id}/rename", data={"name": "Trường A"}, headers=ENGLISH)
    assert (answer.status_code, other.name) == (422, "Trường B")
    assert "There is one of this name already." in answer.text


def test_a_school_nobody_uses_is_removed(running: Stage, desk: FlaskClient) -> None:
    school = make.school(running)
    assert desk.post(f"{URL}/{school.id}/remove").status_code == 302
    assert queries.tree(running) == {"Hà Nội": []}


def in_use(stage: Stage) -> dict[str, Unit]:
    """Units that something hangs on."""
    school = make.school(stage)
    make.entrant(cast.mai(), school, stage)
    assert school.parent is not None
    return {"school": school, "province": school.parent, "country": queries.root_unit(stage)}


@pytest.mark.parametrize(
    ("level", "sentence"),
    [
        ("school", "Somebody is registered there; it cannot be removed."),
        ("province", "Schools hang on this province; remove them first."),
        ("country", "The country itself stays."),
    ],
)
def test_a_unit_in_use_stays_and_the_page_says_why(
    running: Stage, desk: FlaskClient, level: str, sentence: str
) -> None:
    unit = in_use(running)[level]
    answer = desk.post(f"{URL}/{unit.id}/remove", headers=ENGLISH)
    assert (answer.status_code, sentence in answer.text, queries.unit(unit.id)) == (422, True, unit)


def test_a_unit_of_another_stage_is_not_found_here(running: Stage, desk: FlaskClient) -> None:
    elsewhere = make.school(make.stage(54))
    assert desk.get(f"{URL}/{elsewhere.id}").status_code == 404


def test_the_province_of_a_school_and_of_itself(running: Stage) -> None:
    school = make.school(running)
    assert queries.province_of(school) == queries.province_of(queries.provinces(running)[0]) == school.parent
    assert queries.province_of(queries.root_unit(running)) is None
