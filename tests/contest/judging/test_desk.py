"""The judge's desk: one letter at a time, marks saved as they are given, nobody else's business."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from accounts import services as accounts
from accounts.rules import Role
from contest.editions.models import Stage, Unit
from contest.judging import queries, services
from contest.judging.models import Assignment, Judge
from contest.judging.rules import AssignmentState
from core.db import db, transaction
from tests import cast, make
from tests.make import NOW


@pytest.fixture
def reads(stage: Stage, school: Unit, lan: Judge) -> list[Assignment]:
    """Three letters on Lan's desk, in desk order."""
    for _letter in range(3):
        make.child(stage, school)
    make.open_round(stage)
    return queries.desk_of(lan.person)


@pytest.fixture
def desk(lans: FlaskClient, reads: list[Assignment]) -> FlaskClient:
    """Lan's browser in English."""
    lans.get("/language/en")
    return lans


def address(read: Assignment, act: str = "") -> str:
    return f"/judging/desk/{read.id}{act}"


def fields(read: Assignment, *points: str) -> dict[str, str]:
    criteria = read.round.stage.criteria
    return {f"criterion-{criterion.id}": given for criterion, given in zip(criteria, points, strict=False)}


def points_of(read: Assignment) -> list[str]:
    db.session.expire_all()
    return [str(mark.points) for _criterion, mark in sorted(queries.marks_of(read).items())]


def mark(desk: FlaskClient, read: Assignment, points: object, criterion: int = 0) -> tuple[int, dict[str, object]]:
    body = {"criterion": read.round.stage.criteria[criterion].id, "points": points}
    answer = desk.post(address(read, "/mark"), json=body)
    return answer.status_code, answer.get_json()


def test_the_desk_lists_letters_by_number_and_leads_to_the_first_that_waits(
    desk: FlaskClient, reads: list[Assignment]
) -> None:
    make.marks(reads[0], "7")
    page = desk.get("/judging").text
    missing = [read.letter.number for read in reads if str(read.letter.number) not in page]
    assert (missing, f'class="btn btn-primary" href="{address(reads[1])}"' in page) == ([], True)


def test_the_desk_says_how_far_and_how_long(desk: FlaskClient, reads: list[Assignment]) -> None:
    for minute, read in enumerate(reads[:2]):
        make.marks(read, "7", at=NOW + timedelta(minutes=5 * minute))
    assert "2 of 3, about 5 min left" in desk.get("/judging").text


def test_an_empty_desk_says_so(lans: FlaskClient) -> None:
    lans.get("/language/en")
    assert "No letter waits here." in lans.get("/judging").text


@pytest.mark.parametrize("who", [cast.mai, cast.hoa, cast.khoa, cast.stranger])
def test_nobody_else_finds_a_desk(
    who: Callable[[], object], reads: list[Assignment], as_: Callable[..., FlaskClient]
) -> None:
    browser = as_(who())
    found = [browser.get(path).status_code for path in ("/judging", address(reads[0]))]
    acts = [browser.post(address(reads[0], act)).status_code for act in ("", "/mark", "/undo", "/recuse")]
    assert (found, acts) == ([404] * 2, [404] * 4)


def test_another_judge_can_do_nothing_to_the_letter(
    reads: list[Assignment], dung: Judge, as_: Callable[..., FlaskClient]
) -> None:
    dungs = as_(dung.person)
    acts = [dungs.post(address(reads[0], act)).status_code for act in ("", "/mark", "/undo", "/recuse")]
    assert (dungs.get(address(reads[0])).status_code, acts) == (404, [404] * 4)


def test_who_is_not_signed_in_is_led_to_the_door(client: FlaskClient, reads: list[Assignment]) -> None:
    assert "/account/sign-in" in client.get(address(reads[0])).location


def test_the_letter_shows_its_marks_and_its_neighbours(desk: FlaskClient, reads: list[Assignment]) -> None:
    make.marks(reads[1], "7.5")
    page = desk.get(address(reads[1])).text
    assert page.count('value="7.5" checked') == 2
    assert (
        f'href="{address(reads[0])}">To the letter before' in page,
        f'href="{address(reads[2])}">To the next' in page,
    ) == (
        True,
        True,
    )


def test_the_word_count_is_shown_only_if_the_round_says_so(desk: FlaskClient, reads: list[Assignment]) -> None:
    shown = " words</p>" in desk.get(address(reads[0])).text
    with transaction():
        reads[0].round.shows_words = False
    assert (shown, " words</p>" in desk.get(address(reads[0])).text) == (True, False)


def test_a_mark_is_saved_as_it_is_given(desk: FlaskClient, reads: list[Assignment]) -> None:
    status, said = mark(desk, reads[0], "7.5")
    criterion = str(reads[0].round.stage.criteria[0].id)
    assert (status, said["said"], said["points"], points_of(reads[0])) == (
        200,
        "Saved: Content 7.5",
        {criterion: "7.5"},
        ["7.5"],
    )


@pytest.mark.parametrize("points", ["11", "7.3", "", "many", None, [7], "-1", True, {"a": 1}, 1e400])
def test_a_mark_that_is_none_is_refused_with_the_sentence_and_what_is_saved(
    desk: FlaskClient, reads: list[Assignment], points: object
) -> None:
    mark(desk, reads[0], "6")
    status, said = mark(desk, reads[0], points)
    assert (status, said["said"], list(said["points"].values())) == (422, "Points go from 0 to 10 in halves.", ["6"])


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'{"criterion": "x"}', b'{"criterion": [1]}', b"\xff"])
def test_a_mark_for_no_criterion_is_not_found(desk: FlaskClient, reads: list[Assignment], body: bytes) -> None:
    answer = desk.post(address(reads[0], "/mark"), data=body, content_type="application/json")
    assert answer.status_code == 404


def test_a_criterion_of_another_stage_is_not_found(desk: FlaskClient, reads: list[Assignment]) -> None:
    foreign = make.criterion(make.stage(54))
    body = {"criterion": foreign.id, "points": "5"}
    assert desk.post(address(reads[0], "/mark"), json=body).status_code == 404


def test_undo_gives_back_what_was_and_names_the_change_before(desk: FlaskClient, reads: list[Assignment]) -> None:
    mark(desk, reads[0], "5")
    undo = mark(desk, reads[0], "8")[1]["undo"]
    said = desk.post(undo, json={}).get_json()
    assert (list(said["points"].values()), said["undo"] != undo, points_of(reads[0])) == (["5"], True, ["5.0"])


def test_undo_without_a_script_goes_back_to_the_letter(desk: FlaskClient, reads: list[Assignment]) -> None:
    undo = mark(desk, reads[0], "5")[1]["undo"]
    page = desk.post(undo, follow_redirects=True)
    assert ("The last mark is taken back." in page.text, points_of(reads[0])) == (True, [])


def test_undo_goes_back_step_by_step_until_nothing_is_marked(desk: FlaskClient, reads: list[Assignment]) -> None:
    undo = [mark(desk, reads[0], points)[1]["undo"] for points in ("5", "6", "7")][-1]
    shown = []
    for _step in range(3):
        said = desk.post(undo, json={}).get_json()
        shown.append(list(said["points"].values()))
        undo = said["undo"]
    assert shown == [["6"], ["5"], []]


def test_two_clicks_on_undo_take_back_one_mark(desk: FlaskClient, reads: list[Assignment]) -> None:
    undo = [mark(desk, reads[0], points)[1]["undo"] for points in ("5", "6")][-1]
    statuses = [desk.post(undo).status_code for _click in range(2)]
    assert (statuses, points_of(reads[0])) == ([302, 302], ["5.0"])


def test_nothing_to_undo_is_said(desk: FlaskClient, reads: list[Assignment]) -> None:
    page = desk.post(address(reads[0], "/undo"), follow_redirects=True)
    assert (page.status_code, "There is nothing to take back." in page.text) == (200, True)


def test_without_a_script_all_marks_are_saved_and_the_next_letter_follows(
    desk: FlaskClient, reads: list[Assignment]
) -> None:
    answer = desk.post(address(reads[0]), data=fields(reads[0], "6", "7.5") | {"next": "yes"})
    assert (answer.status_code, answer.location, points_of(reads[0])) == (302, address(reads[1]), ["6.0", "7.5"])


def test_a_mark_may_be_left_for_later(desk: FlaskClient, reads: list[Assignment]) -> None:
    answer = desk.post(address(reads[0]), data=fields(reads[0], "", "8"))
    kept = (answer.location, points_of(reads[0]), reads[0].state)
    assert kept == (address(reads[0]), ["8.0"], AssignmentState.WAITING)


def test_the_answer_to_the_last_mark_counts_the_letter_as_read(desk: FlaskClient, reads: list[Assignment]) -> None:
    piles = [mark(desk, reads[0], "5", criterion)[1]["pile"] for criterion in (0, 1)]
    assert piles == ["0 of 3, about 12 min left", "1 of 3, about 8 min left"]


def test_the_same_form_sent_twice_leaves_one_trace(desk: FlaskClient, reads: list[Assignment]) -> None:
    for _click in range(2):
        desk.post(address(reads[0]), data=fields(reads[0], "6", "7.5"))
    assert len(queries.changes_of(reads[0])) == 2


def test_one_bad_mark_saves_none_and_keeps_what_was_chosen(desk: FlaskClient, reads: list[Assignment]) -> None:
    answer = desk.post(address(reads[0]), data=fields(reads[0], "6", "99"))
    assert (answer.status_code, "Points go from 0 to 10" in answer.text, points_of(reads[0])) == (422, True, [])
    assert 'value="6" checked' in answer.text


def test_after_the_last_letter_comes_the_desk_with_its_thanks(desk: FlaskClient, reads: list[Assignment]) -> None:
    for read in reads[:2]:
        make.marks(read, "7")
    page = desk.post(address(reads[2]), data=fields(reads[2], "6", "6") | {"next": "yes"}, follow_redirects=True)
    assert (page.request.path, "You have read every letter" in page.text) == ("/judging", True)


def test_a_judge_who_knows_the_child_gives_the_letter_to_another(
    desk: FlaskClient, reads: list[Assignment], dung: Judge
) -> None:
    answers = [desk.post(address(reads[0], "/recuse")).location for _click in range(2)]
    page = desk.get("/judging").text
    assert (answers, str(reads[0].letter.number) in page) == (["/judging"] * 2, False)
    assert [each.letter for each in queries.desk_of(dung.person)] == [reads[0].letter]


def test_a_letter_half_marked_is_named_when_going_on_and_in_the_list(
    desk: FlaskClient, reads: list[Assignment]
) -> None:
    page = desk.post(address(reads[0]), data=fields(reads[0], "6") | {"next": "yes"}, follow_redirects=True).text
    assert "1 of 2 criteria are marked; the letter waits." in page
    assert desk.get("/judging").text.count("begun") == 1


def test_recognising_a_child_can_be_sent_later_like_a_mark(
    desk: FlaskClient, reads: list[Assignment], dung: Judge
) -> None:
    sent = [desk.post(address(reads[0], "/recuse"), json={"key": "12345678"}) for _once_more in range(2)]
    said = "Thank you. The letter has left your desk and goes to another judge."
    assert [(answer.status_code, answer.get_json()) for answer in sent] == [(200, {"said": said})] * 2
    assert [each.letter for each in queries.desk_of(dung.person)] == [reads[0].letter]


def test_recognising_a_child_after_the_closing_is_answered_with_the_reason(
    desk: FlaskClient, reads: list[Assignment]
) -> None:
    make.closed(reads[0].round, cast.hoa())
    answer = desk.post(address(reads[0], "/recuse"), json={"key": "12345678"})
    assert (answer.status_code, answer.get_json()["said"]) == (422, "This round is closed; its marks stay as they are.")


def test_a_closed_round_shows_its_marks_and_takes_no_more(desk: FlaskClient, reads: list[Assignment]) -> None:
    make.marks(reads[0], "7.5")
    make.closed(reads[0].round, cast.hoa())
    page = desk.get(address(reads[0])).text
    assert (page.count('value="7.5" checked'), "This round is closed" in page, "I recognise" in page) == (
        2,
        True,
        False,
    )
    status, said = mark(desk, reads[0], "9")
    assert (status, said["said"]) == (422, "This round is closed; its marks stay as they are.")
    assert desk.post(address(reads[0]), data=fields(reads[0], "9")).status_code == 422
    assert desk.post(address(reads[0], "/recuse")).status_code == 422
    assert points_of(reads[0]) == ["7.5", "7.5"]


def test_a_closed_round_takes_nothing_back(desk: FlaskClient, reads: list[Assignment]) -> None:
    undo = mark(desk, reads[0], "5")[1]["undo"]
    make.closed(reads[0].round, cast.hoa())
    answer = desk.post(undo, json={})
    assert (answer.status_code, points_of(reads[0])) == (422, ["5.0"])


def test_a_round_that_is_planned_lies_on_no_desk(lans: FlaskClient, stage: Stage, school: Unit, lan: Judge) -> None:
    make.child(stage, school)
    with transaction():
        services.plan_round(stage=stage, reads_per_letter=1, seed="seed", by=None, now=NOW)
    assert "No letter waits here." in lans.get("/judging").text


def test_the_desk_shows_closed_rounds_apart(desk: FlaskClient, reads: list[Assignment]) -> None:
    make.closed(reads[0].round, cast.hoa())
    page = desk.get("/judging").text
    assert (
        "Rounds that are closed" in page,
        "0 of 3 letters read" in page,
        "btn-primary" in page.split("<main")[1],
    ) == (
        True,
        True,
        False,
    )


def test_a_letter_taken_back_leaves_the_desk(desk: FlaskClient, reads: list[Assignment]) -> None:
    number = str(reads[0].letter.number)
    with transaction():
        reads[0].letter.entrant.consent.withdrawn_at = NOW
    assert (number in desk.get("/judging").text, desk.get(address(reads[0])).status_code) == (False, 404)
    assert mark(desk, reads[0], "7")[0] == 404


def test_who_has_left_reads_that_nothing_is_taken_any_more(desk: FlaskClient, reads: list[Assignment]) -> None:
    make.marks(reads[0], "7")
    hoa = cast.hoa()
    with transaction():
        services.dismiss_judge(judge=reads[0].judge, by=hoa, now=NOW)
    page = desk.get(f"/judging/desk/{reads[0].id}").text
    assert ("You no longer judge in this stage." in page, "Save and next letter" in page) == (True, False)


def test_who_becomes_an_organiser_finds_no_desk_any_more(desk: FlaskClient, reads: list[Assignment]) -> None:
    with transaction():
        accounts.add_role(person=reads[0].judge.person, role=Role.ORGANISER, by=None, now=NOW)
    opened = [desk.get(path).status_code for path in ("/judging", f"/judging/desk/{reads[0].id}")]
    body = {"criterion": reads[0].round.stage.criteria[0].id, "points": "7"}
    assert (opened, desk.post(f"/judging/desk/{reads[0].id}/mark", json=body).status_code) == ([404, 404], 404)
