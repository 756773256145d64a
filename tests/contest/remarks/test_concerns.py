"""A child in distress: one click, seen at once by who looks after it, handled with a note; the desk stays blind."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from accounts.models import Person
from contest.editions.models import Stage
from contest.judging import queries as judging
from contest.judging.models import Assignment, Judge
from contest.judging.terms import RoundMethod
from contest.letters.models import Letter
from contest.remarks import queries, services
from contest.remarks.models import Concern
from core import journal
from core.db import db, transaction
from core.errors import Refused
from tests import cast, make
from tests.make import NOW

Browse = Callable[[Person], FlaskClient]
WORDS = "She writes that she does not want to go home."


def raised(read: Assignment, words: str = WORDS) -> Concern:
    with transaction():
        return services.raise_concern(letter=read.letter, judge=read.judge, words=words, by=read.judge.person, now=NOW)


def named(stage: Stage, person: Person | None, hoa: Person) -> None:
    with transaction():
        services.name_safeguard(stage=stage, person=person, by=hoa, now=NOW)


def settled(concern: Concern, by: Person, *, handles: bool = True) -> None:
    with transaction():
        services.settle(concern=concern, handles=handles, words="Spoke with the school.", by=by, now=NOW)


def test_one_click_raises_it(read: Assignment, hoa: Person, browser: Browse) -> None:
    answer = browser(read.judge.person).post(f"/judging/desk/{read.id}/concern", follow_redirects=True)
    assert ("has been told" in answer.text, queries.open_concerns(hoa)) == (True, 1)


def test_two_clicks_raise_it_once(read: Assignment, hoa: Person, browser: Browse) -> None:
    desk = browser(read.judge.person)
    answers = [desk.post(f"/judging/desk/{read.id}/concern", json={"words": WORDS}) for _click in range(2)]
    acts = [line.act for line in journal.lines_about("stage", read.round.stage_id) if line.act.startswith("concern")]
    assert ([each.status_code for each in answers], acts, queries.open_concerns(hoa)) == (
        [200, 200],
        ["concern.raised"],
        1,
    )


def test_it_can_be_raised_when_the_round_is_closed(read: Assignment, hoa: Person, browser: Browse) -> None:
    make.closed(read.round, hoa)
    answer = browser(read.judge.person).post(f"/judging/desk/{read.id}/concern", json={"words": WORDS})
    assert (answer.status_code, queries.open_concerns(hoa)) == (200, 1)


def test_more_words_are_added_and_open_it_again(read: Assignment, hoa: Person) -> None:
    concern = raised(read)
    settled(concern, hoa)
    raised(read, "And that nobody knows.")
    assert (concern.words, concern.handled_at) == (f"{WORDS}\nAnd that nobody knows.", None)


def test_the_same_words_again_do_not_open_it_again(read: Assignment, hoa: Person) -> None:
    concern = raised(read)
    settled(concern, hoa)
    raised(read)
    assert (concern.words, concern.handled_at) == (WORDS, NOW)


def test_an_organiser_sees_it_at_sign_in_and_in_every_header(read: Assignment, hoa: Person, browser: Browse) -> None:
    raised(read)
    pages = [browser(hoa).get(path).text for path in ("/", "/stamps")]
    assert [
        "1 child may be in distress" in pages[0],
        *("Children to look after (1)" in page for page in pages),
    ] == [True] * 3


def test_the_page_shows_the_letter_and_who_wrote_it(
    read: Assignment, letter: Letter, hoa: Person, browser: Browse
) -> None:
    concern = raised(read)
    page = browser(hoa).get(f"/concerns/{concern.id}").text
    told = (WORDS, "Trần Ngọc Mai", letter.entrant.school.name, "con phố nhỏ", "Phạm Thị Lan")
    assert [words in page for words in told] == [True] * 5


def test_the_person_named_sees_it_in_place_of_the_organisers(
    read: Assignment, stage: Stage, hoa: Person, carer: Person, browser: Browse
) -> None:
    concern = raised(read)
    named(stage, carer, hoa)
    seen = [browser(who).get(f"/concerns/{concern.id}").status_code for who in (carer, hoa, read.judge.person)]
    counts = [queries.open_concerns(who) for who in (carer, hoa)]
    assert (seen, counts, "Bùi Thanh An" in browser(hoa).get("/stages/55").text) == ([200, 404, 404], [1, 0], True)


def test_who_judges_in_the_stage_cannot_be_named(read: Assignment, stage: Stage, hoa: Person) -> None:
    with pytest.raises(Refused):
        named(stage, read.judge.person, hoa)


def test_a_person_named_who_becomes_a_judge_is_passed_over(
    read: Assignment, stage: Stage, hoa: Person, carer: Person, browser: Browse
) -> None:
    concern = raised(read)
    named(stage, carer, hoa)
    make.judge(stage, carer)
    seen = [browser(who).get(f"/concerns/{concern.id}").status_code for who in (carer, hoa)]
    assert (seen, [queries.open_concerns(who) for who in (carer, hoa)]) == ([404, 200], [0, 1])


def test_handled_with_a_note_it_waits_no_more_and_can_be_taken_up_again(
    read: Assignment, hoa: Person, browser: Browse
) -> None:
    address, counts = f"/concerns/{raised(read).id}", []
    for act in ("handled", "again"):
        browser(hoa).post(address, data={"words": "Spoke with the school.", "act": act})
        counts.append(queries.open_concerns(hoa))
    db.session.expire_all()
    notes = [(note.handles, note.words) for note in db.session.query(Concern).one().notes]
    assert (counts, notes) == ([0, 1], [(True, "Spoke with the school."), (False, "Spoke with the school.")])


def test_nothing_is_settled_without_a_word(read: Assignment, hoa: Person, browser: Browse) -> None:
    answer = browser(hoa).post(f"/concerns/{raised(read).id}", data={"words": " ", "act": "handled"})
    assert (answer.status_code, queries.open_concerns(hoa)) == (422, 1)


def test_the_desk_does_not_tell_what_came_of_it(read: Assignment, hoa: Person, browser: Browse) -> None:
    desk = browser(read.judge.person)
    concern = raised(read)
    before = desk.get(f"/judging/desk/{read.id}").text
    settled(concern, hoa)
    after = desk.get(f"/judging/desk/{read.id}").text
    assert ("You have said so" in before, before == after) == (True, True)


def test_the_setting_names_somebody_by_user_name_and_takes_the_name_back(
    stage: Stage, hoa: Person, carer: Person, browser: Browse
) -> None:
    found = []
    for name in (carer.user_name, ""):
        browser(hoa).post("/stages/55/safeguard", data={"user_name": name})
        db.session.expire_all()
        found.append(queries.entrusted(stage))
    assert found == [carer.id, None]


def test_a_name_nobody_has_is_refused(stage: Stage, hoa: Person, browser: Browse) -> None:
    answer = browser(hoa).post("/stages/55/safeguard", data={"user_name": "nobody"})
    assert (answer.status_code, "Nobody has this user name." in answer.text) == (422, True)


@pytest.mark.parametrize("who", [cast.nam, cast.dung, cast.khoa])
def test_nobody_else_finds_concerns(who: Callable[[], Person], read: Assignment, browser: Browse) -> None:
    concern = raised(read)
    someone = browser(who())
    assert [someone.get(path).status_code for path in ("/concerns", f"/concerns/{concern.id}")] == [404, 404]


def test_it_can_be_raised_of_either_letter_of_a_pair(
    stage: Stage, letter: Letter, lan: Judge, hoa: Person, browser: Browse
) -> None:
    make.child(stage, letter.entrant.school)
    make.open_round(stage, method=RoundMethod.PAIRS)
    [pair] = judging.pairs_on_desk(lan.person)
    desk = browser(lan.person)
    answers = [
        desk.post(f"/judging/pairs/{pair.id}/concern/{each}", data={f"letter-{each}-words": WORDS}).status_code
        for each in (pair.left_id, pair.right_id, 999)
    ]
    said = [(concern.letter_id, concern.words) for concern in queries.concerns_of([stage.id])]
    assert (answers, sorted(said)) == ([302, 302, 404], sorted((each, WORDS) for each in (pair.left_id, pair.right_id)))


@pytest.mark.parametrize("method", [RoundMethod.SCREENING, RoundMethod.RANKING])
def test_every_desk_has_the_flag(
    stage: Stage, letter: Letter, lan: Judge, browser: Browse, method: RoundMethod
) -> None:
    make.open_round(stage, method=method)
    [read] = judging.desk_of(lan.person)
    place = "screening" if method is RoundMethod.SCREENING else "reading"
    page = browser(lan.person).get(f"/judging/{place}/{read.id}").text
    assert f'action="/judging/desk/{read.id}/concern"' in page
