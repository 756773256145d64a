"""Acts of a desk that may be sent twice, late or after a pause; and what a browser may fetch ahead."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from contest.editions.models import Stage, Unit
from contest.judging import queries, rules, services
from contest.judging.models import Assignment, Judge
from contest.judging.rules import Pile
from contest.judging.terms import RoundMethod
from core import clock
from core.db import db, transaction
from tests import cast, make
from tests.make import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def reads(stage: Stage, school: Unit, lan: Judge) -> list[Assignment]:
    """Twelve letters on Lan's desk, in desk order."""
    for _letter in range(12):
        make.child(stage, school)
    make.open_round(stage)
    return queries.desk_of(lan.person)


def mark(desk: FlaskClient, read: Assignment, points: str, **act: object) -> tuple[int, str, list[str]]:
    body = {"criterion": read.round.stage.criteria[0].id, "points": points, **act}
    answer = desk.post(f"/judging/desk/{read.id}/mark", json=body)
    return answer.status_code, answer.get_json()["said"], list(answer.get_json()["points"].values())


def test_an_act_sent_again_is_answered_alike_and_leaves_no_second_trace(
    lans: FlaskClient, reads: list[Assignment]
) -> None:
    answers = [mark(lans, reads[0], "7", key="key-of-act-1") for _time in range(2)]
    assert (answers, len(queries.changes_of(reads[0]))) == ([(200, "Saved: Content 7", ["7"])] * 2, 1)


def test_an_old_act_sent_again_does_not_undo_a_newer_one(lans: FlaskClient, reads: list[Assignment]) -> None:
    mark(lans, reads[0], "5", key="key-of-act-1")
    mark(lans, reads[0], "8", key="key-of-act-2")
    assert mark(lans, reads[0], "5", key="key-of-act-1")[2] == ["8"]


def test_what_was_saved_before_the_close_is_not_refused_after_it(lans: FlaskClient, reads: list[Assignment]) -> None:
    mark(lans, reads[0], "7", key="key-of-act-1")
    make.closed(reads[0].round, cast.hoa())
    answers = [mark(lans, reads[0], "7", key=f"key-of-act-{number}")[0] for number in (1, 2)]
    assert answers == [200, 422]


def test_the_same_key_on_another_letter_is_another_act(lans: FlaskClient, reads: list[Assignment]) -> None:
    assert [mark(lans, read, "7", key="key-of-act-1")[2] for read in reads[:2]] == [["7"], ["7"]]


@pytest.mark.parametrize("key", [None, "", "short", "x" * 37, 7, ["key-of-act-1"], "key of act 1"])
def test_a_key_that_is_none_does_not_keep_a_mark_from_being_saved(
    lans: FlaskClient, reads: list[Assignment], key: object
) -> None:
    assert [mark(lans, reads[0], points, key=key)[2] for points in ("5", "6")] == [["5"], ["6"]]


def test_the_clock_of_reading_only_goes_forward(lans: FlaskClient, reads: list[Assignment]) -> None:
    for seconds in (40, 95, 60, -3, "x", None, True, 1e9):
        mark(lans, reads[0], "7", seconds=seconds)
    assert queries.seconds_of(reads[0]) == 95


def test_the_pace_is_that_of_the_clock_so_that_a_pause_does_not_count(
    lans: FlaskClient, reads: list[Assignment]
) -> None:
    for place, read in enumerate(reads[:2]):
        make.marks(read, "7", at=NOW + 20 * MINUTE * place)
        with transaction():
            services.note_reading(assignment=read, seconds=180)
    assert queries.pile_on_desk(reads[0]) == Pile(done=2, total=12, minutes=30)


def test_a_mark_kept_for_a_while_counts_from_when_it_was_given(lans: FlaskClient, reads: list[Assignment]) -> None:
    with transaction():
        reads[0].dealt_at = clock.now() - timedelta(hours=3)
    mark(lans, reads[0], "7", key="key-of-act-1", kept_for=3600)
    [change] = queries.changes_of(reads[0])
    assert timedelta(minutes=59) < clock.now() - change.at < timedelta(minutes=61)


@pytest.mark.parametrize(("kept_for", "ago"), [(0.0, 0), (600.0, 10), (86_400.0, 60)])
def test_no_mark_is_older_than_its_dealing(kept_for: float, ago: int) -> None:
    given = rules.given_at(kept_for=kept_for, dealt_at=NOW - 60 * MINUTE, now=NOW)
    assert NOW - given == ago * MINUTE


def test_a_read_without_a_clock_counts_from_the_one_before() -> None:
    reads = [(NOW, None), (NOW + 5 * MINUTE, None), (NOW + 25 * MINUTE, 90)]
    assert rules.own_paces(reads) == [0.0, 5.0, 1.5]


def test_ahead_are_this_letter_and_an_hour_of_those_that_wait_after_it(
    lans: FlaskClient, reads: list[Assignment]
) -> None:
    make.marks(reads[1], "7")
    found = lans.get(f"/judging/desk/{reads[0].id}/ahead").get_json()
    assert found == {
        "fresh": ["/judging", "/judging/offline", f"/judging/desk/{reads[0].id}"],
        "pages": [f"/judging/desk/{read.id}" for read in reads[2:12]],
        "sheets": [],
    }


@pytest.mark.parametrize(
    ("method", "minutes", "enough"),
    [
        (RoundMethod.SCREENING, [], 40),
        (RoundMethod.MARKS, [], 20),
        (RoundMethod.MARKS, [2.0, 2.5, 30.5], 27),
        (RoundMethod.SCREENING, [0.1], 80),
        (RoundMethod.PAIRS, [25.0], 10),
    ],
)
def test_an_hour_is_read_at_the_own_pace_within_what_a_browser_should_keep(
    method: RoundMethod, minutes: list[float], enough: int
) -> None:
    assert rules.reads_in_an_hour(method, spent=minutes) == enough


def test_ahead_goes_round_to_letters_left_for_later(lans: FlaskClient, reads: list[Assignment]) -> None:
    assert queries.waiting_after(reads[10], most=3) == [reads[place].id for place in (11, 0, 1)]


def test_ahead_of_the_desk_are_its_first_letters(lans: FlaskClient, reads: list[Assignment]) -> None:
    make.marks(reads[0], "7")
    assert lans.get("/judging/ahead").get_json()["pages"][0] == f"/judging/desk/{reads[1].id}"


def test_a_letter_taken_back_is_neither_next_nor_fetched_ahead(reads: list[Assignment]) -> None:
    with transaction():
        reads[1].letter.entrant.consent.withdrawn_at = NOW
    assert (queries.after(reads[0]), queries.before(reads[2])) == (reads[2].id, reads[0].id)
    assert queries.pile_on_desk(reads[0]).total == 11


def test_among_many_letters_one_taken_back_is_counted_along_until_few_are_left(
    reads: list[Assignment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contest.judging.queries.desk.ASKED_ONE_BY_ONE", 11)
    with transaction():
        reads[1].letter.entrant.consent.withdrawn_at = NOW
    many = queries.pile_on_desk(reads[0])
    make.marks(reads[0], "7")
    few = queries.pile_on_desk(reads[0])
    assert [(pile.done, pile.total) for pile in (many, few)] == [(0, 12), (1, 11)]


def test_who_has_marked_everything_goes_on_in_the_order_of_the_desk(reads: list[Assignment]) -> None:
    for read in reads:
        make.marks(read, "7")
    assert [queries.after(read) for read in (reads[0], reads[11])] == [reads[1].id, None]


@pytest.mark.parametrize("path", ["/judging/ahead", "/judging/offline", "/judging/worker.js"])
def test_nobody_but_judges_is_served_ahead(
    path: str, reads: list[Assignment], as_: Callable[..., FlaskClient], lans: FlaskClient
) -> None:
    assert [browser.get(path, buffered=True).status_code for browser in (lans, as_(cast.hoa()))] == [200, 404]


def test_another_judge_fetches_nothing_ahead(
    reads: list[Assignment], dung: Judge, as_: Callable[..., FlaskClient]
) -> None:
    assert as_(dung.person).get(f"/judging/desk/{reads[0].id}/ahead").status_code == 404


def test_the_worker_is_allowed_on_the_desk_and_asked_for_anew(lans: FlaskClient, reads: list[Assignment]) -> None:
    with lans.get("/judging/worker.js") as answer:
        headers = {name: answer.headers[name] for name in ("Service-Worker-Allowed", "Cache-Control")}
        kind = answer.mimetype
    assert (headers, kind) == (
        {"Service-Worker-Allowed": "/judging", "Cache-Control": "private, no-store"},
        "text/javascript",
    )


def test_a_judges_browser_forgets_what_it_kept_at_sign_out(lans: FlaskClient, as_: Callable[..., FlaskClient]) -> None:
    leaving = [browser.post("/account/sign-out") for browser in (lans, as_(cast.mai()))]
    assert [answer.headers.get("Clear-Site-Data") for answer in leaving] == ['"storage"', None]


def test_marks_that_were_not_sent_yet_stay_in_the_browser_at_sign_out(lans: FlaskClient) -> None:
    assert "Clear-Site-Data" not in lans.post("/account/sign-out", data={"keeps": "unsent"}).headers


def test_the_desk_knows_the_newer_of_two_states(lans: FlaskClient, reads: list[Assignment]) -> None:
    versions = []
    for points in ("5", "6"):
        mark(lans, reads[0], points)
        db.session.expire_all()
        versions.append(queries.newest_changes(reads[0]).version)
    assert 0 < versions[0] < versions[1]
