"""Decisions of judging, without a database."""

from datetime import timedelta
from decimal import Decimal

import pytest

from contest.judging import rules
from contest.judging.rules import AssignmentState, Pile, RoundState
from core.errors import Refused
from tests.make import NOW


@pytest.mark.parametrize(
    ("typed", "points"),
    [("0", "0"), ("10", "10"), ("7.5", "7.5"), (" 7,5 ", "7.5"), ("0.50", "0.5"), ("1e1", "10")],
)
def test_points_are_halves_however_they_are_typed(typed: str, points: str) -> None:
    assert rules.points_of(typed, most=10) == Decimal(points)


@pytest.mark.parametrize("typed", ["", "-0.5", "10.5", "7.25", "seven", "NaN", "Infinity", "9" * 999, "1e-99999999"])
def test_what_is_no_mark_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="Points go from 0"):
        rules.points_of(typed, most=10)


def test_a_judge_who_has_not_finished_two_letters_is_given_the_usual_pace() -> None:
    assert rules.minutes_left(waiting=3, spent=[]) == 12


def test_the_pace_is_the_median_so_that_lunch_does_not_count() -> None:
    assert rules.minutes_left(waiting=10, spent=[2, 3, 4, 29, 500]) == 35


def test_what_is_left_takes_a_minute_at_least_and_nothing_left_none() -> None:
    assert (rules.minutes_left(waiting=1, spent=[0.1]), rules.minutes_left(waiting=0, spent=[3])) == (1, 0)


def test_a_pile_counts_what_is_marked_and_forgets_what_was_given_back() -> None:
    ends = [NOW + timedelta(minutes=3 * number) for number in range(12)]
    reads = [(AssignmentState.MARKED, end) for end in ends]
    reads += [(AssignmentState.RECUSED, NOW)] * 5
    waiting = [(AssignmentState.WAITING, None)] * 28
    assert rules.pile([*reads, *waiting]) == Pile(done=12, total=40, minutes=84)


@pytest.mark.parametrize(
    ("state", "read", "published", "has_left", "sentence"),
    [
        (RoundState.CLOSED, AssignmentState.WAITING, False, False, "This round is closed"),
        (RoundState.OPEN, AssignmentState.WAITING, True, False, "This round is closed"),
        (RoundState.OPEN, AssignmentState.RECUSED, False, False, "You gave this letter back"),
        (RoundState.OPEN, AssignmentState.MARKED, False, True, "You no longer judge in this stage"),
    ],
)
def test_marks_are_given_while_the_round_is_open_by_those_who_judge(
    state: RoundState, read: AssignmentState, published: bool, has_left: bool, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        rules.refuse_marking(round_state=state, state=read, published=published, has_left=has_left)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"state": RoundState.CLOSED}, "opened already"),
        ({"another_open": True}, "Another round is open"),
        ({"waits_for": 1}, "First decide who goes on from round"),
        ({"letters": 0}, "No letter may be judged"),
        ({"judges": 1}, "judges appointed so far"),
    ],
)
def test_a_round_opens_once_alone_with_letters_and_judges(given: dict[str, object], sentence: str) -> None:
    fine = {
        "state": RoundState.PLANNED, "another_open": False, "waits_for": None, "letters": 9, "judges": 2, "reads": 2,
    }  # fmt: skip
    rules.refuse_opening(**fine)
    with pytest.raises(Refused, match=sentence):
        rules.refuse_opening(**(fine | given))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"is_last": False}, "another one has followed"),
        ({"hour_set": True}, "hour of publication"),
        ({"decided": True}, "Take the decision back first"),
    ],
)
def test_a_round_is_opened_again_while_it_is_the_last_and_nothing_is_promised(
    given: dict[str, bool], sentence: str
) -> None:
    fine = {"state": RoundState.CLOSED, "is_last": True, "hour_set": False, "decided": False}
    rules.refuse_reopening(**fine)
    with pytest.raises(Refused, match=sentence):
        rules.refuse_reopening(**(fine | given))
