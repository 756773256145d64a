"""The safety net and the planner: letters near the cut are read once more; a plan is figures, and nothing is saved."""

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from contest.editions.models import Stage, Unit
from contest.judging import queries, rereading, standing
from contest.judging.models import Judge, Round
from contest.judging.terms import GoingOn, RankedBy
from core.db import transaction
from tests import make

MARKS = [("9", "9"), ("8", "6"), ("6", "6.5"), ("3", "2")]


@pytest.fixture
def near(stage: Stage, school: Unit, lan: Judge, dung: Judge) -> Round:
    """Four letters read twice; the second and third lie close to the cut between them. A third judge is free."""
    letters = [make.child(stage, school) for _number in MARKS]
    round_ = make.open_round(stage, reads=2, going_on=GoingOn.TOP, cut=Decimal(2))
    for place, judge in enumerate((lan, dung)):
        reads = {read.letter_id: read for read in queries.desk_of(judge.person)}
        for letter, marks in zip(letters, MARKS, strict=True):
            make.marks(reads[letter.id], marks[place])
    make.judge(stage, make.person("third"))
    return round_


def test_letters_within_one_and_a_half_errors_of_the_cut_are_named_most_uncertain_first(near: Round) -> None:
    """Pooled variance (0 + 2 + .125 + .5) / 4, so the error of two reads is .573; the line lies at 6.625."""
    found = rereading.net_of(near, hours=1, minutes=4)
    ids = [each.letter_id for each in sorted(queries.entries(near), key=lambda each: each.letter_id)]
    assert (set(found.near), found.to_read, 0 < found.lost < 1) == ({ids[1], ids[2]}, found.near, True)


def test_no_more_letters_are_sent_than_hours_are_left(near: Round) -> None:
    found = rereading.net_of(near, hours=1, minutes=60)
    assert (len(found.near), found.to_read) == (2, found.near[:1])


def seen_on(hoas: FlaskClient, round_: Round) -> str:
    """What the page with an hour left says was seen."""
    found = re.search(r'name="seen" value="(\w+)"', hoas.get(f"/rounds/{round_.id}/net?hours=1&minutes=4").text)
    assert found is not None
    return found[1]


def test_sending_deals_one_further_read_each_and_twice_is_once(hoas: FlaskClient, near: Round) -> None:
    data = {"hours": "1", "minutes": "4", "seen": seen_on(hoas, near)}
    answers = [hoas.post(f"/rounds/{near.id}/net", data=data).status_code for _click in range(2)]
    assert (answers, len(queries.held_in(near))) == ([302, 302], 8 + 2)


def test_letters_that_nobody_has_looked_at_are_not_sent(hoas: FlaskClient, near: Round, lan: Judge) -> None:
    data = {"hours": "1", "minutes": "4", "seen": seen_on(hoas, near)}
    for read in queries.desk_of(lan.person):
        make.marks(read, "5")
    answer = hoas.post(f"/rounds/{near.id}/net", data=data)
    assert (answer.status_code, "changed since you looked" in answer.text) == (422, True)
    assert len(queries.held_in(near)) == 8


def test_agreement_of_all_readers_is_told_apart_from_no_second_read(
    hoas: FlaskClient, stage: Stage, school: Unit, lan: Judge, dung: Judge
) -> None:
    for _letter in range(3):
        make.child(stage, school)
    round_ = make.open_round(stage, reads=2, going_on=GoingOn.TOP, cut=Decimal(1))
    for judge in (lan, dung):
        for read in queries.desk_of(judge.person):
            make.marks(read, str(5 + read.letter_id % 3))
    page = hoas.get(f"/rounds/{round_.id}/net").text
    assert ("have agreed so far" in page, "no letter has been read by two judges" in page) == (True, False)


def test_without_two_reads_of_a_letter_the_page_says_that_nothing_is_known(
    hoas: FlaskClient, stage: Stage, school: Unit, lan: Judge
) -> None:
    make.child(stage, school)
    round_ = make.open_round(stage, going_on=GoingOn.TOP, cut=Decimal(1))
    assert "Nothing can be said yet" in hoas.get(f"/rounds/{round_.id}/net").text


def test_a_closed_round_sends_nothing(hoas: FlaskClient, near: Round) -> None:
    hoas.post(f"/rounds/{near.id}/close")
    answer = hoas.post(f"/rounds/{near.id}/net", data={"hours": "1", "minutes": "4"})
    assert (answer.status_code, len(queries.held_in(near))) == (422, 8)


def test_the_planner_answers_with_reads_hours_and_losses(hoas: FlaskClient, stage: Stage) -> None:
    """A hundred thousand letters, 400 judges, four minutes: one read of each is 16.7 hours for a judge."""
    page = hoas.get("/stages/55/rounds/planner?letters=100000&judges=400&minutes=4&reliability=74").text
    assert ("<td>100,000</td><td>1</td>" in page, "<td>16.7</td>" in page) == (True, True)


@pytest.mark.parametrize("asked", ["letters=1&judges=1&minutes=4&reliability=74", "letters=many", "letters=9&judges=0"])
def test_numbers_that_make_no_plan_are_explained(hoas: FlaskClient, stage: Stage, asked: str) -> None:
    page = hoas.get(f"/stages/55/rounds/planner?{asked}").text
    assert ("Please look at this once more" in page, "The funnel</h2>" in page) == (True, False)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("hours=abc&minutes=4", "A number, please."),
        ("hours=1e9&minutes=4", "A number from 0 to 100000, please."),
        ("hours=-1&minutes=4", "A number from 0 to 100000, please."),
        ("hours=nan&minutes=4", "A number from 0 to 100000, please."),
        ("hours=1&minutes=0", "A number from 1 to 120, please."),
    ],
)
def test_hours_that_make_no_sense_are_explained(hoas: FlaskClient, near: Round, asked: str, said: str) -> None:
    page = hoas.get(f"/rounds/{near.id}/net?{asked}").text
    assert (said in page, "To be read once more" in page) == (True, False)


def test_half_hours_may_be_typed_with_a_comma(hoas: FlaskClient, near: Round) -> None:
    page = hoas.get(f"/rounds/{near.id}/net?hours=0,5&minutes=30").text
    assert page.count('<li class="number">') == 1


def test_the_planner_begins_with_the_stage_itself(hoas: FlaskClient, near: Round) -> None:
    page = hoas.get("/stages/55/rounds/planner").text
    assert ('value="4"' in page, "The funnel</h2>" in page) == (True, True)


def test_under_quotas_every_province_has_its_own_cut(stage: Stage, school: Unit, lan: Judge, dung: Judge) -> None:
    """In each of two provinces two of four letters are nearly equal at the cut."""
    far = make.school(stage, "Trường THCS Nguyễn Huệ", "Huế")
    letters = [make.child(stage, place) for place in (school, far) for _number in range(4)]
    round_ = make.open_round(stage, reads=2, going_on=GoingOn.UNITS, cut=Decimal(2))
    marks = [("9", "9"), ("7", "6.5"), ("6.5", "6.5"), ("2", "2.5"), ("6", "6"), ("4", "4.5"), ("4", "4"), ("1", "1")]
    for place, judge in enumerate((lan, dung)):
        reads = {read.letter_id: read for read in queries.desk_of(judge.person)}
        for letter, given in zip(letters, marks, strict=True):
            make.marks(reads[letter.id], given[place])
    found = rereading.net_of(round_, hours=10, minutes=4)
    near = {letters[place].id for place in (1, 2, 5, 6)}
    assert (set(found.near), found.kept, found.misplaced_after < found.misplaced) == (near, 4, True)


def test_fair_marks_and_their_errors_feed_the_net(near: Round, hoas: FlaskClient, stage: Stage) -> None:
    with transaction():
        near.ranked_by = RankedBy.FAIR
    found = rereading.net_of(near, hours=1, minutes=4)
    errors = {figures.error for figures in standing.fair_marks(near).values()}
    page = " ".join(hoas.get(f"/rounds/{near.id}").text.split())
    assert (len(found.near) > 0, errors == {each.error for each in standing.standings_of(near)}) == (True, True)
    assert f"{len(found.near)} letters lie within one and a half standard errors of the cut" in page
