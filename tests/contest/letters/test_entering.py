"""Entering: province, then the child and the guardian."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from accounts import services as accounts
from contest.editions import services as editions
from contest.editions.models import Stage, Unit
from contest.letters import queries
from contest.letters.models import Entrant
from core import clock
from core.db import db, transaction
from tests import cast, make


@pytest.fixture
def school(open_stage: Stage) -> Unit:
    with transaction():
        accounts.ensure_consent_text(now=clock.now())
    return make.school(open_stage)


@pytest.fixture
def nam(open_stage: Stage, as_: Callable[..., FlaskClient]) -> FlaskClient:
    return as_(cast.nam())


def answers(at: Unit, **given: str) -> dict[str, str]:
    """What a child fills in; the year makes fourteen on the reference day of edition 55."""
    return {
        "full_name": "Lê Hoài Nam",
        "given_name": "",
        "day": "29",
        "month": "2",
        "year": "2012",
        "school": str(at.id),
        "other_school": "",
        "class_name": "7A2",
        "guardian_name": "Lê Hoài",
        "relation": "father",
        "name_shown": "given",
        "consent": "y",
    } | given


def address(school: Unit) -> str:
    return f"/stages/55/enter/child?province={school.parent_id}"


def entered() -> Entrant | None:
    return db.session.scalar(select(Entrant))


def test_the_first_step_leads_to_the_provinces_schools(nam: FlaskClient, school: Unit) -> None:
    assert "Hà Nội" in nam.get("/stages/55/enter").text
    answer = nam.post("/stages/55/enter", data={"province": str(school.parent_id)})
    assert (answer.status_code, answer.location) == (302, address(school))
    assert "Trường THCS Lê Lợi" in nam.get(address(school)).text


def test_a_child_enters_with_a_guardians_consent(nam: FlaskClient, school: Unit) -> None:
    answer = nam.post(address(school), data=answers(school))
    assert (answer.status_code, answer.location) == (302, "/letters")
    mine = entered()
    assert mine
    assert (mine.given_name, mine.class_name, mine.school_id) == ("Nam", "7A2", school.id)
    assert (mine.consent.relation.value, mine.consent.name_shown.value, mine.consent.version) == ("father", "given", 1)


def test_sending_the_page_again_enters_once(nam: FlaskClient, school: Unit) -> None:
    for _click in range(2):
        assert nam.post(address(school), data=answers(school)).location == "/letters"
    assert db.session.scalar(select(func.count()).select_from(Entrant)) == 1


def test_a_school_that_is_not_in_the_list_is_added(nam: FlaskClient, school: Unit) -> None:
    nam.post(address(school), data=answers(school, school="", other_school=" Trường  Kim Đồng "))
    mine = entered()
    assert mine
    assert (mine.school.name, mine.school.parent_id) == ("Trường Kim Đồng", school.parent_id)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"consent": ""}, "Without a guardian’s consent nobody can take part."),
        ({"school": ""}, "Please pick your school, or write its name."),
        ({"day": "30"}, "There is no such day in the calendar."),
        ({"day": "hai"}, "A whole number, please."),
        ({"full_name": "  "}, "Please fill this in."),
        ({"full_name": "a" * 121}, "At most 120 characters, please."),
        ({"month": "3", "year": "2018"}, "On May 5, 2026 you will be 8;"),
        ({"year": "2008"}, "On May 5, 2026 you will be 18;"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    nam: FlaskClient, school: Unit, given: dict[str, str], sentence: str
) -> None:
    answer = nam.post(address(school), data=answers(school, **given), headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Lê Hoài" in answer.text
    assert entered() is None


@pytest.mark.parametrize("province", ["", "0", "abc", "9" * 40, "-1"])
def test_a_province_that_is_none_leads_back_to_the_choice(nam: FlaskClient, school: Unit, province: str) -> None:
    answer = nam.get(f"/stages/55/enter/child?province={province}")
    assert (answer.status_code, answer.location) == (302, "/stages/55/enter")


def test_a_school_is_no_province(nam: FlaskClient, school: Unit) -> None:
    assert nam.get(f"/stages/55/enter/child?province={school.id}").status_code == 302


def test_before_the_opening_a_sentence_says_when(as_: Callable[..., FlaskClient]) -> None:
    now = clock.now()
    make.stage(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2))
    answer = as_(cast.nam()).get("/stages/55/enter", headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert "Letters are taken from" in answer.text


def test_only_students_enter(open_stage: Stage, client: FlaskClient, as_: Callable[..., FlaskClient]) -> None:
    assert client.get("/stages/55/enter").status_code == 302
    assert as_(cast.lan()).get("/stages/55/enter").status_code == 404
    assert as_(cast.nam()).get("/stages/54/enter").status_code == 404


def test_my_letter_leads_to_entering_first(nam: FlaskClient, school: Unit) -> None:
    assert "/stages/55/enter" in nam.get("/letters").text
    assert nam.post("/stages/55/letters/typed").location == "/stages/55/enter"


def test_a_double_click_begins_one_letter(browser: FlaskClient, mai: Entrant) -> None:
    places = {browser.post("/stages/55/letters/typed").location for _click in range(2)}
    living = queries.living_letter(mai)
    assert living
    assert places == {f"/letters/{living.id}/write"}


@pytest.mark.parametrize("path", ["/stages/55/letters/sung", "/stages/54/letters/typed"])
def test_what_does_not_exist_is_not_begun(browser: FlaskClient, path: str) -> None:
    assert browser.post(path).status_code == 404


def test_a_withdrawn_consent_can_be_given_again(browser: FlaskClient, mai: Entrant) -> None:
    with transaction():
        accounts.withdraw_consent(consent=mai.consent, by=mai.person, now=clock.now())
    assert "/stages/55/consent" in browser.get("/letters").text
    data = {"guardian_name": "Trần Thu", "relation": "mother", "name_shown": "hidden", "consent": "y"}
    assert browser.post("/stages/55/consent", data=data).location == "/letters"
    assert (mai.consent.withdrawn_at, mai.consent.name_shown.value) == (None, "hidden")


def test_in_a_province_without_schools_a_child_writes_the_name(
    open_stage: Stage, school: Unit, nam: FlaskClient
) -> None:
    with transaction():
        province = editions.add_province(stage=open_stage, name="Hà Giang")
    place = f"/stages/55/enter/child?province={province.id}"
    assert '<input type="hidden" name="school" value="">' in nam.get(place).text
    nam.post(place, data=answers(school, school="", other_school="Trường Kim Đồng"))
    mine = entered()
    assert mine
    assert (mine.school.name, mine.school.parent_id) == ("Trường Kim Đồng", province.id)
