"""The page of judges and the kind note: for organisers, and each note for one judge alone."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from accounts.models import Person
from contest.editions.models import Stage, Unit
from contest.judging import panel, queries, services
from contest.judging.models import Judge, Round
from contest.judging.runs import JudgeNote
from contest.judging.terms import GoingOn, RankedBy, RoundMethod
from contest.letters.models import Letter
from core import journal
from core.db import db, transaction
from tests import make
from tests.make import NOW


@pytest.fixture
def judged(stage: Stage, school: Unit, lan: Judge, dung: Judge) -> Round:
    """Eight anchors that both have read; Lan has become sterner on the last ones."""
    for _number in range(8):
        make.child(stage, school)
    round_ = make.open_round(stage, anchors=8, ranked_by=RankedBy.FAIR, going_on=GoingOn.TOP, cut=Decimal(3))
    order: list[int] = []
    for judge in (lan, dung):
        for read in queries.desk_of(judge.person, round_):
            order = [*order, *([] if read.letter_id in order else [read.letter_id])]
            worth = 6 + order.index(read.letter_id) % 3
            late = judge is lan and queries.pile_on_desk(read).done >= 4
            make.marks(read, str(worth - (3 if late else 0)))
    return round_


def test_drift_is_seen_on_anchors(judged: Round, lan: Judge, dung: Judge) -> None:
    seats = {seat.judge.id: seat for seat in panel.panel_of(judged).seats}
    drifts = [seats[judge.id].drift for judge in (lan, dung)]
    assert [len(drift.deviations) for drift in drifts] == [8, 8]
    assert drifts[0].now > 0.5 > drifts[1].now


def test_the_page_shows_figures_plots_and_agreement(judged: Round, hoas: FlaskClient) -> None:
    page = hoas.get(f"/rounds/{judged.id}/judges").text
    words = ("everybody can be compared with everybody", "Krippendorff", "lan", "dung", "Takes, in marks")
    assert ([word in page for word in words], page.count("<svg"), 'class="plot"' in page) == (
        [True] * 5,
        page.count("</svg>"),
        True,
    )


def test_judges_whom_no_letter_connects_are_named(
    stage: Stage, school: Unit, lan: Judge, dung: Judge, hoas: FlaskClient
) -> None:
    for _number in range(2):
        make.child(stage, school)
    round_ = make.open_round(stage, ranked_by=RankedBy.FAIR)
    for judge in (lan, dung):
        for read in queries.desk_of(judge.person, round_):
            make.marks(read, "7")
    page = " ".join(hoas.get(f"/rounds/{round_.id}/judges").text.split())
    assert ("2 groups that share no letter" in page, "dung and lan" in page or "lan and dung" in page) == (True, True)


def test_before_anything_is_read_the_page_says_so(
    stage: Stage, letters: list[Letter], lan: Judge, hoas: FlaskClient
) -> None:
    round_ = make.open_round(stage)
    answers = [hoas.get(f"/rounds/{round_.id}/judges{more}") for more in ("", f"/{lan.id}")]
    assert [(each.status_code, "there is nothing to measure" in each.text) for each in answers] == [(200, True)] * 2


def test_rounds_without_marks_have_no_such_page(
    stage: Stage, letters: list[Letter], lan: Judge, hoas: FlaskClient
) -> None:
    round_ = make.open_round(stage, method=RoundMethod.SCREENING)
    planned = make.planned_round(stage)
    assert [hoas.get(f"/rounds/{each.id}/judges").status_code for each in (round_, planned)] == [404, 404]


def test_a_judge_of_another_stage_is_not_there(judged: Round, hoas: FlaskClient, hoa: Person) -> None:
    elsewhere = make.judge(make.stage(54), make.person("elsewhere"))
    assert hoas.get(f"/rounds/{judged.id}/judges/{elsewhere.id}").status_code == 404


def test_judges_see_nobodys_figures_not_even_their_own(judged: Round, lan: Judge, lans: FlaskClient) -> None:
    addresses = [f"/rounds/{judged.id}/judges", f"/rounds/{judged.id}/judges/{lan.id}"]
    assert [lans.get(address).status_code for address in addresses] == [404, 404]


def test_a_note_begins_with_kind_words_about_what_was_seen(judged: Round, lan: Judge, hoas: FlaskClient) -> None:
    page = hoas.get(f"/rounds/{judged.id}/judges/{lan.id}").text
    assert ("your marks have lately become a little lower" in page, "Dear Phạm Thị Lan," in page) == (True, True)


def write(
    browser: FlaskClient, round_: Round, judge: Judge, words: str = "Cô Lan thân mến, xin cô nghỉ một lát."
) -> int:
    return browser.post(f"/rounds/{round_.id}/judges/{judge.id}", data={"words": words}).status_code


def test_a_note_lies_on_that_judges_desk_alone_until_it_is_read(
    judged: Round, lan: Judge, dung: Judge, hoas: FlaskClient, lans: FlaskClient, as_: Callable[..., FlaskClient]
) -> None:
    assert write(hoas, judged, lan) == 302
    [note] = queries.notes_to(lan, judged)
    desks = ["xin cô nghỉ một lát" in browser.get("/judging").text for browser in (lans, as_(dung.person))]
    read = lans.post(f"/judging/notes/{note.id}/read").status_code
    db.session.refresh(note)
    page = hoas.get(f"/rounds/{judged.id}/judges/{lan.id}").text
    assert (desks, read, note.read_at is not None, "read on" in page) == ([True, False], 302, True, True)


def test_nobody_else_marks_a_note_as_read(
    judged: Round, lan: Judge, dung: Judge, hoas: FlaskClient, as_: Callable[..., FlaskClient]
) -> None:
    write(hoas, judged, lan)
    [note] = queries.notes_to(lan, judged)
    statuses = [browser.post(f"/judging/notes/{note.id}/read").status_code for browser in (as_(dung.person), hoas)]
    db.session.refresh(note)
    assert (statuses, note.read_at) == ([404, 404], None)


def test_the_same_note_twice_is_one_and_it_is_in_the_journal(judged: Round, lan: Judge, hoas: FlaskClient) -> None:
    answers = [write(hoas, judged, lan) for _click in range(2)]
    acts = [line.act for line in journal.lines_about("stage", judged.stage_id)]
    assert (answers, len(queries.notes_to(lan, judged)), acts.count("judge.note_written")) == ([302, 302], 1, 1)


def test_an_empty_note_is_none(judged: Round, lan: Judge, hoas: FlaskClient) -> None:
    assert (write(hoas, judged, lan, "   "), queries.notes_to(lan, judged)) == (422, [])


def test_reading_twice_is_once(judged: Round, lan: Judge, hoa: Person) -> None:
    with transaction():
        note: JudgeNote = services.write_note(round_=judged, judge=lan, words="Cảm ơn cô.", by=hoa, now=NOW)
    for _click in range(2):
        with transaction():
            services.read_note(written=note, by=lan.person, now=NOW)
    acts = [line.act for line in journal.lines_about("stage", judged.stage_id)]
    assert acts.count("judge.note_read") == 1
