"""The organiser's pages: judges, rounds, what dealing would do, how far everybody is."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from accounts import queries as accounts
from accounts.models import Person
from contest.editions.models import Stage, Unit
from contest.judging import queries, services
from contest.judging.models import Judge, Round
from contest.judging.rules import RoundState
from contest.judging.terms import Counting, GoingOn, Pairing, RoundMethod, Terms, Ties
from core.db import db, transaction
from tests import cast, make
from tests.make import NOW


@pytest.fixture
def desk(hoas: FlaskClient) -> FlaskClient:
    """The organiser's browser in English."""
    hoas.get("/language/en")
    return hoas


@pytest.fixture
def planned(stage: Stage, school: Unit, lan: Judge) -> Round:
    """A round of three letters, not opened yet."""
    for _letter in range(3):
        make.child(stage, school)
    return plan(stage)


def plan(stage: Stage, reads: int = 1) -> Round:
    with transaction():
        return services.plan_round(stage=stage, reads_per_letter=reads, seed="seed", by=None, now=NOW)


PLAN = {
    "method": "marks",
    "reads_per_letter": "2",
    "going_on": "top",
    "cut": "100",
    "ties": "all_go_on",
    "anchors": "0",
    "ranked_by": "fair",
    "severity_model": "automatic",
    "seed": "rút thăm",
}


def address(round_: Round, act: str = "") -> str:
    return f"/rounds/{round_.id}{act}"


def deal(desk: FlaskClient, round_: Round, act: str) -> TestResponse:
    """Press a button of the page of a round as it is now, which says what was seen."""
    seen = re.search(r'name="seen" value="(\w+)"', desk.get(address(round_)).text)
    return desk.post(address(round_, act), data={"seen": seen[1] if seen else ""})


@pytest.mark.parametrize("who", [cast.mai, cast.dung, cast.khoa, cast.stranger])
def test_only_organisers_find_these_pages(
    who: Callable[[], Person], planned: Round, lan: Judge, as_: Callable[..., FlaskClient]
) -> None:
    browser = as_(who())
    pages = ["/stages/55/judges", f"/judges/{lan.id}", f"/judges/{lan.id}/letters", "/stages/55/rounds/plan"]
    pages += [address(planned, part) for part in ("", "/change", "/decision")]
    acts = [address(planned, act) for act in ("/open", "/cancel", "/top-up", "/close", "/reopen", "/decision/undo")]
    acts.append(f"/judges/{lan.id}/dismiss")
    found = {path: browser.get(path).status_code for path in pages} | {
        path: browser.post(path).status_code for path in acts
    }
    assert set(found.values()) == {404}


def test_a_judge_with_an_account_is_appointed_by_user_name(desk: FlaskClient, stage: Stage) -> None:
    lan = cast.lan()
    answer = desk.post("/stages/55/judges", data={"user_name": "Lan"}, follow_redirects=True)
    assert (answer.status_code, [judge.person for judge in queries.judges_of(stage)]) == (200, [lan])


def test_a_new_judge_gets_an_account_whose_password_is_shown_once(desk: FlaskClient, stage: Stage) -> None:
    page = desk.post("/stages/55/judges", data={"user_name": "Cô Vân", "full_name": "Cô Vân"}).text
    person = accounts.person_by_name("co.van")
    assert [judge.person for judge in queries.judges_of(stage)] == [person]
    assert "<strong>co.van</strong>" in page
    assert ('<code class="secret">' in page, '<code class="secret">' in desk.get("/stages/55/judges").text) == (
        True,
        False,
    )


def test_a_user_name_that_cannot_be_one_is_kept_and_explained(desk: FlaskClient, stage: Stage) -> None:
    answer = desk.post("/stages/55/judges", data={"user_name": "a/b"})
    assert (answer.status_code, 'value="a/b"' in answer.text, queries.judges_of(stage)) == (422, True, [])


def test_an_organiser_is_not_appointed(desk: FlaskClient, stage: Stage) -> None:
    answer = desk.post("/stages/55/judges", data={"user_name": "hoa"})
    assert (answer.status_code, "cannot judge it too" in answer.text) == (422, True)


def test_limits_are_kept(desk: FlaskClient, lan: Judge, school: Unit) -> None:
    answer = desk.post(
        f"/judges/{lan.id}",
        data={"capacity": "12", "home": str(school.id), "units": [str(school.id), str(school.parent_id)]},
    )
    db.session.expire_all()
    kept = (lan.capacity, lan.home, {barrier.unit_id for barrier in lan.barriers})
    assert (answer.status_code, kept) == (302, (12, school, {school.id, school.parent_id}))


@pytest.mark.parametrize("given", [{"capacity": "-1"}, {"capacity": "many"}, {"units": "999999"}])
def test_limits_that_make_no_sense_are_refused(desk: FlaskClient, lan: Judge, given: dict[str, str]) -> None:
    answer = desk.post(f"/judges/{lan.id}", data=given)
    assert (answer.status_code, lan.capacity, lan.barriers) == (422, None, [])


def test_a_judge_without_letters_can_be_dismissed(desk: FlaskClient, stage: Stage, lan: Judge) -> None:
    desk.post(f"/judges/{lan.id}/dismiss")
    assert queries.judges_of(stage) == []


def test_a_round_is_planned_with_its_seed(desk: FlaskClient, stage: Stage) -> None:
    given = PLAN | {"reads_per_letter": "3", "seed": "rút thăm 2026"}
    answer = desk.post("/stages/55/rounds/plan", data=given)
    made = db.session.scalars(select(Round)).one()
    assert (answer.location, made.reads_per_letter, made.seed) == (address(made), 3, "rút thăm 2026")


@pytest.mark.parametrize(
    "given",
    [
        {"reads_per_letter": "0"},
        {"seed": ""},
        {"reads_per_letter": "x"},
        {"method": "coin"},
        {"cut": ""},
        {"cut": "0"},
        {"cut": "2,5"},
        {"cut": "many"},
        {"going_on": "share", "cut": "101"},
        {"going_on": "least", "cut": "10.5"},
        {"anchors": "-1"},
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_kept(desk: FlaskClient, stage: Stage, given: dict[str, str]) -> None:
    answer = desk.post("/stages/55/rounds/plan", data=PLAN | given)
    assert (answer.status_code, queries.rounds_of(stage)) == (422, [])


def test_before_opening_the_page_shows_what_dealing_would_do(desk: FlaskClient, planned: Round) -> None:
    page = desk.get(address(planned)).text
    assert ("3 reads would be dealt." in page, "lan: 3 letters" in page) == (True, True)


def test_before_opening_the_page_says_which_letters_lack_readers_and_why(
    desk: FlaskClient, stage: Stage, planned: Round, lan: Judge, hoa: Person
) -> None:
    far = make.child(stage, make.school(stage, "Trường THCS Huế", "Huế"))
    with transaction():
        services.set_limits(judge=lan, capacity=None, units=[far.entrant.school], by=hoa, now=NOW)
    page = " ".join(desk.get(address(planned)).text.split())
    assert "1 letter lacks readers" in page
    assert f"{far.number}</span>: 1 reader is missing. 1 judge may not read it." in page


def test_opening_twice_opens_once_and_gives_the_same_answer(desk: FlaskClient, planned: Round) -> None:
    answers = [deal(desk, planned, "/open") for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (len(queries.held_in(planned)), "3 reads are dealt." in desk.get(address(planned)).text) == (3, True)


def test_a_round_with_too_few_judges_is_not_opened(desk: FlaskClient, stage: Stage, lan: Judge, school: Unit) -> None:
    make.child(stage, school)
    answer = deal(desk, plan(stage, reads=2), "/open")
    assert (answer.status_code, "judges appointed so far: 1" in answer.text) == (422, True)


def test_a_planned_round_is_changed(desk: FlaskClient, planned: Round) -> None:
    shown = 'value="seed"' in desk.get(address(planned, "/change")).text
    given = PLAN | {"method": "screening", "going_on": "share", "cut": "12,5", "ties": "by_hand", "anchors": "3"}
    answer = desk.post(address(planned, "/change"), data=given)
    terms = Terms(RoundMethod.SCREENING, GoingOn.SHARE, Decimal("12.50"), Ties.BY_HAND, anchors=3, sees=frozenset())
    assert (shown, answer.status_code, planned.terms, planned.seed) == (True, 302, terms, "rút thăm")


def test_an_open_round_is_neither_changed_nor_cancelled(desk: FlaskClient, planned: Round) -> None:
    deal(desk, planned, "/open")
    answers = [desk.post(address(planned, act), data=PLAN) for act in ("/change", "/cancel")]
    said = ["its terms stay as they are" in answer.text for answer in answers]
    assert ([answer.status_code for answer in answers], said, planned.seed) == ([422, 422], [True, True], "seed")


def test_a_planned_round_is_cancelled_and_later_ones_move_up(desk: FlaskClient, stage: Stage, planned: Round) -> None:
    later = make.planned_round(stage, seed="later")
    desk.post(address(planned, "/cancel"))
    assert (queries.rounds_of(stage), later.position) == ([later], 1)


def test_letters_a_judge_never_reads_are_declared_by_number_and_taken_back(
    desk: FlaskClient, planned: Round, lan: Judge
) -> None:
    number = queries.entries(planned)[0].letter_id
    written = queries.numbers([number])[number]
    wrong = desk.post(f"/judges/{lan.id}/letters", data={"letter": "55-00000000-0"})
    desk.post(f"/judges/{lan.id}/letters", data={"letter": written.lower()})
    page = desk.get(f"/judges/{lan.id}/letters").text
    [exclusion] = lan.exclusions
    desk.post(f"/judges/letters/{exclusion.id}/include")
    assert (wrong.status_code, written in page, lan.exclusions) == (422, True, [])


def test_the_page_shows_how_far_everybody_is(desk: FlaskClient, planned: Round, lan: Judge) -> None:
    deal(desk, planned, "/open")
    make.marks(queries.desk_of(lan.person)[0], "7")
    page = " ".join(desk.get(address(planned)).text.split())
    assert "<td>lan</td> <td>1</td> <td>2</td> <td>8</td> <td>0</td>" in page
    assert "<tr><td>0</td><td>2</td></tr><tr><td>1</td><td>1</td></tr>" in page.replace("> <", "><")


def test_what_is_missing_is_dealt_once(desk: FlaskClient, stage: Stage, school: Unit, planned: Round) -> None:
    deal(desk, planned, "/open")
    make.child(stage, school)
    offered = "1 read is missing and can be dealt now." in desk.get(address(planned)).text
    for _click in range(2):
        deal(desk, planned, "/top-up")
    assert (offered, len(queries.held_in(planned))) == (True, 4)


def test_closing_asks_about_reads_that_are_not_finished(desk: FlaskClient, planned: Round) -> None:
    deal(desk, planned, "/open")
    page = desk.get(address(planned)).text
    assert "3 reads are not finished and will not count. Close the round?" in page


def test_closing_twice_is_once_and_opening_again_is_possible(desk: FlaskClient, planned: Round) -> None:
    deal(desk, planned, "/open")
    answers = [desk.post(address(planned, act)).status_code for act in ("/close", "/close", "/reopen")]
    db.session.expire_all()
    assert (answers, planned.state) == ([302, 302, 302], RoundState.OPEN)


def test_a_planned_round_cannot_be_closed(desk: FlaskClient, planned: Round) -> None:
    assert desk.post(address(planned, "/close")).status_code == 422


def test_the_card_on_the_organisers_desk_leads_to_judges_and_rounds(desk: FlaskClient, planned: Round) -> None:
    page = desk.get("/stages/55").text
    assert ('href="/stages/55/judges"' in page, f'href="{address(planned)}"' in page) == (True, True)


def test_terms_of_every_kind_are_planned_through_the_form(desk: FlaskClient, stage: Stage, school: Unit) -> None:
    given = {"going_on": "units", "cut": "2", "quotas": "Hà Nội: 5", "pairing": "random", "counting": "kemeny"}
    desk.post("/stages/55/rounds/plan", data=PLAN | given)
    [planned] = queries.rounds_of(stage)
    terms = planned.terms
    assert (terms.quotas, terms.pairing, terms.counting) == (
        ((school.parent_id, 5),),
        Pairing.RANDOM,
        Counting.KEMENY,
    )
    page = desk.get(address(planned, "/change")).text
    assert ("Hà Nội: 5" in page, "Hà Nội: 5" in desk.get(address(planned)).text) == (True, True)


def test_a_quota_is_changed_and_taken_away(desk: FlaskClient, stage: Stage, school: Unit) -> None:
    desk.post("/stages/55/rounds/plan", data=PLAN | {"going_on": "units", "cut": "2", "quotas": "Hà Nội: 5"})
    [planned] = queries.rounds_of(stage)
    found = []
    for typed in ("Hà Nội: 3", ""):
        desk.post(address(planned, "/change"), data=PLAN | {"going_on": "units", "cut": "2", "quotas": typed})
        db.session.expire_all()
        found.append(planned.terms.quotas)
    assert found == [((school.parent_id, 3),), ()]


def test_what_is_dealt_is_what_was_looked_at(desk: FlaskClient, stage: Stage, school: Unit, planned: Round) -> None:
    seen = re.search(r'name="seen" value="(\w+)"', desk.get(address(planned)).text)
    make.child(stage, school)
    answers = [desk.post(address(planned, "/open"), data=sent) for sent in ({"seen": seen[1]}, {})]
    refused = ["changed since you looked" in answer.text for answer in answers]
    assert (refused, queries.held_in(planned), planned.state) == ([True, True], [], RoundState.PLANNED)
    deal(desk, planned, "/open")
    make.child(stage, school)
    desk.post(address(planned, "/top-up"), data={"seen": seen[1]})
    assert len(queries.held_in(planned)) == 4


def test_before_a_room_is_lowered_the_page_says_how_many_letters_move(
    desk: FlaskClient, stage: Stage, school: Unit, planned: Round, lan: Judge, dung: Judge
) -> None:
    deal(desk, planned, "/open")
    make.child(stage, school)
    deal(desk, planned, "/top-up")
    held = len(queries.waiting_of(lan, planned))
    sent = {"capacity": "1", "home": "0"}
    asked = desk.post(f"/judges/{lan.id}", data=sent)
    seen = re.search(r'name="seen" type="hidden" value="(\w+)"', asked.text)
    before = lan.capacity
    answer = desk.post(f"/judges/{lan.id}", data=sent | {"seen": seen[1]})
    moved = "would leave this desk for other judges: 1." in asked.text
    assert (held, asked.status_code, moved, before, answer.status_code) == (2, 422, True, None, 302)
    assert (lan.capacity, len(queries.waiting_of(lan, planned))) == (1, 1)


def test_before_a_judge_leaves_the_page_says_how_many_letters_move(
    desk: FlaskClient, stage: Stage, school: Unit, planned: Round, lan: Judge, dung: Judge
) -> None:
    deal(desk, planned, "/open")
    make.child(stage, school)
    deal(desk, planned, "/top-up")
    page = desk.get(f"/judges/{lan.id}").text
    refused = desk.post(f"/judges/{lan.id}/dismiss", data={"waiting": "1"})
    left_at = lan.left_at
    desk.post(f"/judges/{lan.id}/dismiss", data={"waiting": "2"})
    assert ("2 letters or pairs wait on this desk" in page, refused.status_code, left_at) == (True, 422, None)
    assert lan.left_at is not None


def test_a_judge_who_has_left_is_shown_as_such_and_is_no_part_of_later_rounds(
    desk: FlaskClient, stage: Stage, planned: Round, lan: Judge, dung: Judge, hoa: Person
) -> None:
    deal(desk, planned, "/open")
    waiting = len(queries.desk_of(lan.person))
    said = desk.post(f"/judges/{lan.id}/dismiss", data={"waiting": str(waiting)}, follow_redirects=True).text
    assert ("lan no longer judges in this stage." in said, "left on" in said) == (True, True)
    assert re.search(rf"{waiting} of them lies? on", said)
    assert ">1 judge</a>" in desk.get("/stages/55").text
    for read in queries.desk_of(dung.person):
        make.marks(read, "7")
    make.closed(planned, hoa)
    make.decided(planned, hoa, *[read.letter for read in queries.desk_of(dung.person)])
    page = desk.get(address(plan(stage))).text
    assert ("dung: " in page, "lan: " in page) == (True, False)


def test_a_round_before_which_nothing_is_decided_is_not_offered_to_be_opened(
    desk: FlaskClient, stage: Stage, planned: Round
) -> None:
    later = make.planned_round(stage)
    page = desk.get(address(later)).text
    assert ("First decide who goes on from round 1" in page, address(later, "/open") in page) == (True, False)
    assert desk.post(address(later, "/open")).status_code == 422


def test_letters_a_judge_recognised_are_shown_to_the_organiser(
    desk: FlaskClient, stage: Stage, planned: Round, lan: Judge, dung: Judge
) -> None:
    deal(desk, planned, "/open")
    read = queries.desk_of(lan.person)[0]
    with transaction():
        services.recuse(assignment=read, by=lan.person, now=NOW)
    page = desk.get(f"/judges/{lan.id}/letters").text
    assert (str(read.letter.number) in page, "recognised by the judge in round 1" in page) == (True, True)


def test_closing_names_letters_that_nobody_has_read_and_offers_to_deal_them_again(
    desk: FlaskClient, stage: Stage, planned: Round, lan: Judge, dung: Judge
) -> None:
    deal(desk, planned, "/open")
    for read in queries.desk_of(lan.person):
        make.marks(read, "7")
    unread = len(queries.desk_of(dung.person))
    page = desk.get(address(planned)).text
    assert re.search(rf"{unread} letters? ha\w+ been read to the end by nobody and would drop out", page)
    seen = re.search(r'/unread".*?name="seen" value="(\w+)"', page, re.DOTALL)
    assert seen
    answers = [desk.post(address(planned, "/unread"), data={"seen": seen[1]}).status_code for _click in range(2)]
    assert (answers, len(queries.waiting_of(lan, planned))) == ([302, 302], unread)
