"""Deciding who goes on: looked at, confirmed, taken back; a later round takes only letters that went on."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from accounts import services as accounts
from accounts.models import Person
from contest.editions.models import Stage
from contest.judging import queries, services
from contest.judging.models import Judge, Round
from contest.judging.terms import GoingOn, Ties
from contest.letters.models import Letter
from core.db import transaction
from core.errors import Refused
from tests import make
from tests.make import NOW

SEEN = 'name="seen" type="hidden" value="'


@pytest.fixture
def judged(stage: Stage, letters: list[Letter], lan: Judge, hoa: Person) -> Callable[..., Round]:
    """A closed round in which the four letters got these marks, in their order."""

    def judge(*points: str, **terms: object) -> Round:
        round_ = make.open_round(stage, **terms)
        reads = {read.letter_id: read for read in queries.desk_of(lan.person, round_)}
        for letter, mark in zip(letters, points, strict=True):
            make.marks(reads[letter.id], mark)
        return make.closed(round_, hoa)

    return judge


def went_on(round_: Round) -> frozenset[int]:
    decision = queries.decision_of(round_)
    return queries.went_on(decision) if decision else frozenset()


def ids(*letters: Letter) -> set[int]:
    return {letter.id for letter in letters}


def confirm(browser: FlaskClient, round_: Round, *chosen: Letter) -> int:
    """Look at the page and confirm what it shows."""
    address = f"/rounds/{round_.id}/decision"
    seen = browser.get(address).text.split(SEEN)[1].split('"')[0]
    data = {"seen": seen, "chosen": [str(letter.id) for letter in chosen]}
    return browser.post(address, data=data).status_code


def test_the_page_shows_what_the_rule_would_do_and_decides_nothing(
    judged: Callable[..., Round], letters: list[Letter], hoas: FlaskClient
) -> None:
    round_ = judged("9", "8", "8", "5", going_on=GoingOn.TOP, cut=Decimal(2))
    page = " ".join(hoas.get(f"/rounds/{round_.id}/decision").text.split())
    said = ("The best 2 letters go on" in page, "2 letters are equal at the cut. 1 place is left for them." in page)
    assert (said, queries.decision_of(round_)) == ((True, True), None)


def test_confirming_lets_go_on_what_was_shown_and_twice_is_once(
    judged: Callable[..., Round], letters: list[Letter], hoas: FlaskClient
) -> None:
    round_ = judged("9", "8", "7", "5", going_on=GoingOn.TOP, cut=Decimal(2))
    answers = [confirm(hoas, round_) for _click in range(2)]
    assert (answers, went_on(round_)) == ([302, 302], ids(*letters[:2]))


def test_the_organiser_chooses_among_the_tied_by_hand(
    judged: Callable[..., Round], letters: list[Letter], hoas: FlaskClient
) -> None:
    round_ = judged("9", "8", "8", "5", going_on=GoingOn.TOP, cut=Decimal(2), ties=Ties.BY_HAND)
    refused = confirm(hoas, round_, *letters[1:3])
    assert (refused, confirm(hoas, round_, letters[2]), went_on(round_)) == (422, 302, ids(letters[0], letters[2]))


def test_a_look_that_is_out_of_date_decides_nothing(
    judged: Callable[..., Round], letters: list[Letter], hoas: FlaskClient, hoa: Person
) -> None:
    round_ = judged("9", "8", "7", "5", going_on=GoingOn.TOP, cut=Decimal(2))
    seen = hoas.get(f"/rounds/{round_.id}/decision").text.split(SEEN)[1].split('"')[0]
    with transaction():
        accounts.withdraw_consent(consent=letters[0].entrant.consent, by=hoa, now=NOW)
    answer = hoas.post(f"/rounds/{round_.id}/decision", data={"seen": seen})
    assert (answer.status_code, "Please look again" in answer.text, went_on(round_)) == (422, True, frozenset())


def test_provinces_have_their_quotas(
    stage: Stage, judged: Callable[..., Round], letters: list[Letter], hoa: Person
) -> None:
    far = make.school(stage, "Trường THCS Huế", "Huế")
    with transaction():
        letters[3].entrant.school = far
    round_ = judged("9", "8", "7", "5", going_on=GoingOn.UNITS, cut=Decimal(1))
    make.decided(round_, hoa)
    assert went_on(round_) == ids(letters[0], letters[3])


def test_a_later_round_takes_only_letters_that_went_on(
    stage: Stage, judged: Callable[..., Round], letters: list[Letter], lan: Judge, hoa: Person
) -> None:
    round_ = judged("9", "5", "8", "5", going_on=GoingOn.LEAST, cut=Decimal("7.5"))
    make.decided(round_, hoa)
    final = make.open_round(stage, seed="of the final")
    assert {each.letter_id for each in queries.held_in(final)} == ids(letters[0], letters[2])


def test_a_later_round_waits_for_the_decision(stage: Stage, judged: Callable[..., Round]) -> None:
    judged("9", "5", "8", "5", going_on=GoingOn.LEAST, cut=Decimal("7.5"))
    with pytest.raises(Refused, match="First decide who goes on from round"):
        make.open_round(stage, seed="of the final")


def test_an_open_round_is_not_decided(stage: Stage, letters: list[Letter], lan: Judge, hoa: Person) -> None:
    with pytest.raises(Refused, match="Close this round"):
        make.decided(make.open_round(stage), hoa, letters[0])


def test_a_decision_that_lets_nobody_go_on_is_refused(judged: Callable[..., Round], hoa: Person) -> None:
    with pytest.raises(Refused, match="No letter would go on"):
        make.decided(judged("9", "8", "7", "5"), hoa)


def test_a_decision_is_taken_back_and_taken_anew(
    judged: Callable[..., Round], letters: list[Letter], hoas: FlaskClient, hoa: Person
) -> None:
    round_ = judged("9", "8", "7", "5")
    make.decided(round_, hoa, letters[0])
    answers = [hoas.post(f"/rounds/{round_.id}/decision/undo").status_code for _click in range(2)]
    between = went_on(round_)
    make.decided(round_, hoa, letters[3])
    assert (answers, between, went_on(round_)) == ([302, 302], frozenset(), ids(letters[3]))


def test_a_decision_stays_once_the_next_round_is_open(
    stage: Stage, judged: Callable[..., Round], letters: list[Letter], hoas: FlaskClient, hoa: Person
) -> None:
    round_ = judged("9", "8", "7", "5")
    make.decided(round_, hoa, letters[0])
    make.open_round(stage, seed="of the final")
    answer = hoas.post(f"/rounds/{round_.id}/decision/undo")
    assert (answer.status_code, went_on(round_)) == (422, ids(letters[0]))


def test_marks_are_not_changed_under_a_decision(
    judged: Callable[..., Round], letters: list[Letter], hoa: Person
) -> None:
    round_ = judged("9", "8", "7", "5")
    make.decided(round_, hoa, letters[0])
    with pytest.raises(Refused, match="Take the decision back first"), transaction():
        services.reopen_round(round_=round_, by=hoa, now=NOW)
