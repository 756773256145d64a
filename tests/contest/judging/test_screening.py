"""Screening: one key a letter, undo, the next letter at once; what was said counts and is in the log."""

import pytest
from flask.testing import FlaskClient

from contest.editions.models import Stage
from contest.judging import log, queries, services, standing
from contest.judging.models import Assignment, Judge
from contest.judging.rules import AssignmentState, Verdict
from contest.judging.terms import RoundMethod
from contest.letters.models import Letter
from core.db import transaction
from core.errors import Refused
from tests import make
from tests.make import NOW


@pytest.fixture
def desk(stage: Stage, letters: list[Letter], lan: Judge) -> list[Assignment]:
    """Four letters to screen on Lan's desk."""
    make.open_round(stage, method=RoundMethod.SCREENING)
    return queries.desk_of(lan.person)


def say(read: Assignment, verdict: Verdict | None) -> None:
    with transaction():
        services.save_verdict(assignment=read, verdict=verdict, now=NOW)


def address(read: Assignment, act: str = "") -> str:
    return f"/judging/screening/{read.id}{act}"


def logged(stage: Stage) -> list[tuple[object, object]]:
    lines = [line.payload for line in log.lines_of(stage.id) if line.kind == "verdict"]
    return [(line["before"], line["after"]) for line in lines]


def test_the_desk_leads_to_the_screening_page(lans: FlaskClient, desk: list[Assignment]) -> None:
    assert lans.get(f"/judging/desk/{desk[0].id}").location == address(desk[0])


def test_a_verdict_goes_on_to_the_next_letter_that_waits(lans: FlaskClient, desk: list[Assignment]) -> None:
    answer = lans.post(address(desk[0]), data={"verdict": "yes"})
    said = (queries.verdict_of(desk[0]), desk[0].state)
    assert (answer.location, said) == (
        f"{address(desk[1])}?last={desk[0].id}",
        (Verdict.YES, AssignmentState.MARKED),
    )


def test_after_the_last_letter_the_judge_is_thanked(lans: FlaskClient, desk: list[Assignment]) -> None:
    for read in desk[:-1]:
        say(read, Verdict.NO)
    answer = lans.post(address(desk[-1]), data={"verdict": "no"}, follow_redirects=True)
    assert "You have read every letter on your desk." in answer.text


@pytest.mark.parametrize("verdict", ["", "maybe"])
def test_anything_but_a_verdict_is_refused(lans: FlaskClient, desk: list[Assignment], verdict: str) -> None:
    answer = lans.post(address(desk[0]), data={"verdict": verdict})
    assert (answer.status_code, queries.verdict_of(desk[0])) == (422, None)


def test_a_verdict_is_taken_back_once_by_two_clicks(lans: FlaskClient, stage: Stage, desk: list[Assignment]) -> None:
    say(desk[0], Verdict.YES)
    answers = [lans.post(address(desk[0], "/undo")).status_code for _click in range(2)]
    assert (answers, queries.verdict_of(desk[0]), desk[0].state) == ([302, 302], None, AssignmentState.WAITING)
    assert logged(stage) == [(None, "yes"), ("yes", None)]


def test_the_same_verdict_again_leaves_no_line(stage: Stage, desk: list[Assignment]) -> None:
    for verdict in (Verdict.YES, Verdict.YES, Verdict.UNSURE):
        say(desk[0], verdict)
    assert logged(stage) == [(None, "yes"), ("yes", "unsure")]


def test_letters_stand_by_their_verdicts(desk: list[Assignment]) -> None:
    for read, verdict in zip(desk, [Verdict.NO, Verdict.YES, Verdict.UNSURE], strict=False):
        say(read, verdict)
    found = [(each.letter_id, each.score) for each in standing.standings_of(desk[0].round)]
    assert found == [(desk[1].letter_id, 10), (desk[2].letter_id, 5), (desk[0].letter_id, 0)]


def test_a_screening_round_takes_no_marks(desk: list[Assignment]) -> None:
    with pytest.raises(Refused, match="judged in another way"):
        make.marks(desk[0], "5")


def test_a_round_of_marks_takes_no_verdict(read: Assignment) -> None:
    with pytest.raises(Refused, match="judged in another way"):
        say(read, Verdict.YES)


def test_a_verdict_sent_again_by_its_key_is_given_once(lans: FlaskClient, desk: list[Assignment], stage: Stage) -> None:
    sent = {"verdict": "yes", "key": "of-the-tests", "kept_for": 60}
    first = lans.post(address(desk[0]), json=sent).status_code
    say(desk[0], Verdict.NO)
    again = lans.post(address(desk[0]), json=sent).status_code
    assert (first, again, queries.verdict_of(desk[0]), logged(stage)) == (
        200,
        200,
        Verdict.NO,
        [(None, "yes"), ("yes", "no")],
    )


@pytest.mark.parametrize("sent", [{}, {"verdict": "maybe"}, [], {"verdict": None}])
def test_a_verdict_that_is_none_is_refused(lans: FlaskClient, desk: list[Assignment], sent: object) -> None:
    answer = lans.post(address(desk[0]), json=sent)
    assert (answer.status_code, queries.verdict_of(desk[0])) == (422, None)


def test_letters_to_screen_are_fetched_ahead_where_they_lie(lans: FlaskClient, desk: list[Assignment]) -> None:
    found = lans.get(f"/judging/desk/{desk[0].id}/ahead").get_json()
    assert [*found["fresh"][2:], *found["pages"]] == [address(read) for read in desk]


def test_the_desk_names_the_place_itself_since_nothing_leads_on_without_network(
    lans: FlaskClient, desk: list[Assignment]
) -> None:
    page = lans.get("/judging").text
    assert [f'href="{address(read)}"' in page for read in desk] == [True] * 4
    assert 'href="/judging/desk/' not in page
