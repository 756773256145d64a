"""Remarks: written beside marks, read by an organiser, seen by the child after the hour, and by nobody else."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from accounts.models import Person
from contest.judging import queries as judged
from contest.judging import services as judging
from contest.judging.models import Assignment
from contest.judging.terms import Sees
from contest.letters.models import Letter
from contest.remarks import queries, services
from contest.remarks.rules import Answer, Reader
from core import journal
from core.db import db, transaction
from core.errors import Refused
from tests import cast, make
from tests.contest.addresses import TOKEN
from tests.make import NOW

Browse = Callable[[Person], FlaskClient]
KIND = "Your lamp in the dark house is beautiful."
FRANK = "Strong start, weak end."


def write(read: Assignment, child: str = KIND, jury: str = FRANK) -> None:
    with transaction():
        services.save_remarks(assignment=read, words={Reader.CHILD: child, Reader.JURY: jury}, now=NOW)


def let_pass(read: Assignment, by: Person) -> None:
    with transaction():
        services.pass_remark(remark=queries.remarks_of(read)[Reader.CHILD], by=by, now=NOW)


def words_of(read: Assignment) -> dict[Reader, str]:
    db.session.expire_all()
    return {reader: remark.words for reader, remark in queries.remarks_of(read).items()}


def publish(read: Assignment) -> None:
    with transaction():
        read.round.stage.published_at = NOW


def test_both_remarks_are_saved_from_the_form(read: Assignment, browser: Browse) -> None:
    desk = browser(read.judge.person)
    answer = desk.post(f"/judging/desk/{read.id}/remarks", data={"child": KIND, "jury": FRANK}, follow_redirects=True)
    shown = [words in answer.text for words in ("Your remarks are saved.", KIND, FRANK)]
    assert (words_of(read), shown) == ({Reader.CHILD: KIND, Reader.JURY: FRANK}, [True] * 3)


def test_both_remarks_are_saved_from_the_script(read: Assignment, browser: Browse) -> None:
    body = {"child": KIND, "jury": "", "key": "key-of-the-browser"}
    answers = [browser(read.judge.person).post(f"/judging/desk/{read.id}/remarks", json=body) for _time in range(2)]
    said = [(answer.status_code, answer.get_json()["said"]) for answer in answers]
    assert (said, words_of(read)) == ([(200, "Your remarks are saved.")] * 2, {Reader.CHILD: KIND})


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"3", b"\xff"])
def test_what_is_no_remark_is_no_error(read: Assignment, browser: Browse, body: bytes) -> None:
    address = f"/judging/desk/{read.id}/remarks"
    answer = browser(read.judge.person).post(address, data=body, content_type="application/json")
    assert (answer.status_code, words_of(read)) == (200, {})


def test_a_remark_that_is_too_long_is_refused(read: Assignment, browser: Browse) -> None:
    body = {"child": "x" * 1001, "jury": ""}
    answer = browser(read.judge.person).post(f"/judging/desk/{read.id}/remarks", json=body)
    assert (answer.status_code, answer.get_json()) == (422, {"said": "At most 1000 characters, please."})


def test_a_remark_sent_again_late_does_not_overwrite_a_newer_one(read: Assignment) -> None:
    def save(words: str, key: str) -> None:
        with transaction():
            services.save_remarks(assignment=read, words={Reader.CHILD: words}, now=NOW, key=key)

    save("first", "key-one-")
    save("second", "key-two-")
    save("first", "key-one-")
    assert words_of(read) == {Reader.CHILD: "second"}


def test_no_words_take_a_remark_away(read: Assignment) -> None:
    write(read)
    write(read, child=" ")
    assert words_of(read) == {Reader.JURY: FRANK}


def test_a_closed_round_takes_no_remark(read: Assignment, hoa: Person) -> None:
    make.closed(read.round, hoa)
    with pytest.raises(Refused):
        write(read)


def test_another_judge_can_say_nothing_about_the_letter(read: Assignment, browser: Browse) -> None:
    dung = make.judge(read.round.stage, cast.dung()).person
    acts = [browser(dung).post(f"/judging/desk/{read.id}/{act}").status_code for act in ("remarks", "concern")]
    assert acts == [404, 404]


def test_the_child_reads_what_was_let_pass_and_only_after_the_hour(
    read: Assignment, letter: Letter, mai: Person, hoa: Person, browser: Browse
) -> None:
    def seen() -> list[bool]:
        page = browser(mai).get(f"/letters/{letter.id}").text
        return [words in page for words in (KIND, FRANK)]

    write(read)
    let_pass(read, hoa)
    before = seen()
    publish(read)
    assert (before, seen()) == ([False, False], [True, False])


def test_the_child_does_not_read_what_nobody_let_pass(
    read: Assignment, letter: Letter, mai: Person, browser: Browse
) -> None:
    write(read)
    publish(read)
    assert KIND not in browser(mai).get(f"/letters/{letter.id}").text


def test_words_changed_after_they_were_let_pass_wait_again(read: Assignment, hoa: Person) -> None:
    write(read)
    let_pass(read, hoa)
    write(read, child=KIND + " Yes.")
    assert (queries.count_to_pass(read.round.stage), queries.remarks_to_child(read.letter)) == (1, [])


def test_saving_the_same_words_leaves_them_passed(read: Assignment, hoa: Person) -> None:
    write(read)
    let_pass(read, hoa)
    write(read)
    assert [remark.words for remark in queries.remarks_to_child(read.letter)] == [KIND]


def test_remarks_of_a_judge_who_gave_the_letter_back_do_not_reach_the_child(read: Assignment, hoa: Person) -> None:
    write(read)
    let_pass(read, hoa)
    with transaction():
        judging.recuse(assignment=read, by=read.judge.person, now=NOW)
    assert queries.remarks_to_child(read.letter) == []


CRUEL = "Never write again."
REASON = "It would hurt a child."


def hold_back(read: Assignment, by: Person) -> None:
    with transaction():
        services.hold_back(remark=queries.remarks_of(read)[Reader.CHILD], reason=REASON, by=by, now=NOW)


def take_back(read: Assignment, by: Person) -> None:
    with transaction():
        services.take_answer_back(remark=queries.remarks_of(read)[Reader.CHILD], by=by, now=NOW)


def answer_of(read: Assignment) -> Answer:
    return queries.remarks_of(read)[Reader.CHILD].answer


def test_the_organiser_lets_pass_and_lets_wait_again(read: Assignment, hoa: Person, browser: Browse) -> None:
    write(read)
    remark = queries.remarks_of(read)[Reader.CHILD]
    pages = []
    for act in ("pass", "take-back"):
        page = browser(hoa).post(f"/remarks/{remark.id}/{act}", follow_redirects=True)
        pages.append((page.status_code, "0 remarks wait" in page.text, KIND in page.text, FRANK in page.text))
    assert pages == [(200, True, True, False), (200, False, True, False)]


def test_the_organiser_holds_back_with_a_reason(read: Assignment, hoa: Person, browser: Browse) -> None:
    write(read, child=CRUEL)
    remark = queries.remarks_of(read)[Reader.CHILD]
    address = f"/remarks/{remark.id}/hold-back"
    asked, refused = browser(hoa).get(address), browser(hoa).post(address, data={"reason": " "})
    page = browser(hoa).post(address, data={"reason": REASON}, follow_redirects=True)
    told = [CRUEL in asked.text, "0 remarks wait" in page.text, "Held back" in page.text, REASON in page.text]
    assert (asked.status_code, refused.status_code, page.status_code, told) == (200, 422, 200, [True] * 4)
    db.session.expire_all()
    assert (remark.answer, remark.held_back_reason) == (Answer.HELD_BACK, REASON)


@pytest.mark.parametrize("passed_before", [True, False])
def test_a_child_never_reads_what_is_held_back(
    read: Assignment, letter: Letter, mai: Person, hoa: Person, browser: Browse, passed_before: bool
) -> None:
    write(read, child=CRUEL)
    if passed_before:
        let_pass(read, hoa)
    hold_back(read, hoa)
    publish(read)
    page = browser(mai).get(f"/letters/{letter.id}").text
    assert (queries.remarks_to_child(letter), CRUEL in page, REASON in page) == ([], False, False)


def test_what_was_held_back_waits_again_until_results_are_out(read: Assignment, hoa: Person) -> None:
    write(read)
    hold_back(read, hoa)
    take_back(read, hoa)
    before = answer_of(read)
    hold_back(read, hoa)
    publish(read)
    for act in (take_back, let_pass):
        with pytest.raises(Refused, match="what was held back stays with you"):
            act(read, hoa)
    assert (before, answer_of(read)) == (Answer.WAITING, Answer.HELD_BACK)


def test_what_was_let_pass_can_be_held_back_even_after_the_hour(read: Assignment, hoa: Person) -> None:
    write(read)
    let_pass(read, hoa)
    publish(read)
    hold_back(read, hoa)
    assert queries.remarks_to_child(read.letter) == []


def test_words_changed_after_they_were_held_back_wait_again(read: Assignment, hoa: Person) -> None:
    write(read, child=CRUEL)
    hold_back(read, hoa)
    write(read, child=CRUEL)
    same = answer_of(read)
    write(read, child=KIND)
    assert (same, answer_of(read)) == (Answer.HELD_BACK, Answer.WAITING)


def test_the_journal_notes_what_was_held_back_and_taken_back_once(read: Assignment, hoa: Person) -> None:
    write(read)
    for act in (hold_back, hold_back, take_back, take_back):
        act(read, hoa)
    acts = [line for line in journal.lines_about("stage", read.round.stage_id) if line.act.startswith("remark.")]
    told = [(line.act, line.who, line.details.get("reason")) for line in acts]
    assert told == [("remark.held_back", hoa.id, REASON), ("remark.answer_taken_back", hoa.id, None)]


def test_the_judge_learns_nothing_of_what_came_of_a_remark(read: Assignment, hoa: Person, browser: Browse) -> None:
    write(read)
    before = browser(read.judge.person).get(f"/judging/desk/{read.id}").text
    hold_back(read, hoa)
    after = browser(read.judge.person).get(f"/judging/desk/{read.id}").text
    assert TOKEN.sub(b"", before.encode()) == TOKEN.sub(b"", after.encode())


@pytest.mark.parametrize("who", [cast.nam, cast.dung, cast.khoa])
def test_nobody_else_lets_pass(who: Callable[[], Person], read: Assignment, browser: Browse) -> None:
    write(read)
    remark = queries.remarks_of(read)[Reader.CHILD]
    someone = browser(who())
    statuses = [someone.post(f"/remarks/{remark.id}/{act}").status_code for act in ("pass", "hold-back", "take-back")]
    statuses += [
        someone.get(address).status_code for address in ("/stages/55/remarks", f"/remarks/{remark.id}/hold-back")
    ]
    assert statuses == [404] * 5


def test_the_organiser_reads_all_remarks_beside_the_prize(
    read: Assignment, letter: Letter, hoa: Person, browser: Browse
) -> None:
    write(read)
    make.marks(read, "7")
    make.closed(read.round, hoa)
    page = browser(hoa).get(f"/letters/{letter.id}/award").text
    assert [words in page for words in (KIND, FRANK)] == [True, True]


@pytest.fixture
def later(read: Assignment, letter: Letter, hoa: Person) -> Callable[..., Assignment]:
    """`later(sees=…)`: the letter on Lan's desk in a second round, after the first was closed."""

    def opened(**terms: object) -> Assignment:
        make.marks(read, "7")
        make.closed(read.round, hoa)
        make.decided(read.round, hoa, letter)
        round_ = make.open_round(read.round.stage, **terms)
        return judged.desk_of(read.judge.person, round_)[0]

    return opened


SHOWS = frozenset({Sees.REMARKS_BEFORE})


@pytest.mark.parametrize(("sees", "shown"), [(frozenset(), False), (SHOWS, True)])
def test_remarks_to_the_jury_are_seen_in_later_rounds_that_say_so_and_those_to_the_child_never(
    read: Assignment, later: Callable[..., Assignment], browser: Browse, sees: frozenset[Sees], shown: bool
) -> None:
    write(read)
    page = browser(read.judge.person).get(f"/judging/desk/{later(sees=sees).id}").text
    assert (FRANK in page, KIND in page) == (shown, False)


def test_what_is_said_in_a_round_is_not_seen_in_the_same(read: Assignment, later: Callable[..., Assignment]) -> None:
    again = later(sees=SHOWS)
    write(again)
    assert queries.said_before(again.letter_id, again.round) == []


def test_what_was_said_before_a_letter_was_given_back_is_not_seen(
    read: Assignment, letter: Letter, later: Callable[..., Assignment]
) -> None:
    dung = make.judge(read.round.stage, cast.dung())
    with transaction():
        db.session.add(Assignment(round=read.round, letter=letter, judge=dung, position=2, dealt_at=NOW))
    [of_dung] = judged.desk_of(dung.person)
    write(of_dung, jury="I know this child, it is Mai.")
    write(read)
    with transaction():
        judging.recuse(assignment=of_dung, by=dung.person, now=NOW)
    again = later(sees=SHOWS)
    assert [each.words for each in queries.said_before(letter.id, again.round)] == [FRANK]
