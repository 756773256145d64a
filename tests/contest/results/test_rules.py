"""Decisions about results, without a database."""

from datetime import timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import NameShown
from contest.results import rules
from contest.results.rules import Border, Suggestion
from core.errors import Refused
from tests.make import NOW

RANKS = st.lists(st.booleans(), max_size=12).map(
    lambda ties: [
        (letter, 1 + max((at for at in range(letter) if not ties[at]), default=0)) for letter in range(len(ties))
    ]
)
PRIZES = st.lists(st.integers(0, 4), max_size=4).map(lambda places: list(enumerate(places, start=1)))


def test_the_ranking_alone_gives_what_it_decides() -> None:
    ranked = [(7, 1), (5, 2), (6, 2), (9, 4)]
    assert rules.suggested(ranked, [(1, 1), (2, 2), (3, 5)]) == Suggestion({7: 1, 5: 2, 6: 2, 9: 3})


def test_a_tie_at_the_border_is_left_to_the_jury_and_so_is_everybody_after() -> None:
    ranked = [(7, 1), (5, 2), (6, 2), (9, 4)]
    assert rules.suggested(ranked, [(1, 1), (2, 1), (3, 5)]) == Suggestion({7: 1}, Border(2, 2, 2, 1))


def test_a_tie_at_the_very_top_decides_nothing() -> None:
    assert rules.suggested([(1, 1), (2, 1)], [(1, 1)]) == Suggestion({}, Border(1, 2, 1, 1))


def test_letters_left_over_get_none_and_prizes_left_over_stay() -> None:
    assert (rules.suggested([(1, 1), (2, 2)], [(1, 1)]), rules.suggested([(1, 1)], [(1, 1), (2, 9)])) == (
        Suggestion({1: 1}),
        Suggestion({1: 1}),
    )


@given(RANKS, PRIZES)
def test_no_prize_is_suggested_more_often_than_it_is_there(
    ranked: list[tuple[int, int]], prizes: list[tuple[int, int]]
) -> None:
    given_ = list(rules.suggested(ranked, prizes).prizes.values())
    assert [prize for prize, places in prizes if given_.count(prize) > places] == []


@given(RANKS, PRIZES)
def test_letters_of_one_rank_are_treated_alike(ranked: list[tuple[int, int]], prizes: list[tuple[int, int]]) -> None:
    suggestion = rules.suggested(ranked, prizes).prizes
    groups = [
        {suggestion.get(letter) for letter, _rank in group}
        for _rank, group in groupby(ranked, key=lambda pair: pair[1])
    ]
    assert [group for group in groups if len(group) > 1] == []


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"final": True}, "The results are published"),
        ({"round_closed": False}, "still open"),
        ({"was_read": False}, "No judge has read"),
        ({"given": 1}, "All %"),
    ],
)
def test_a_prize_is_given_after_the_round_and_while_one_is_left(given_: dict[str, object], sentence: str) -> None:
    fine = {"final": False, "places": 1, "given": 0, "round_closed": True, "was_read": True}
    rules.refuse_award(**fine)
    with pytest.raises(Refused, match=sentence):
        rules.refuse_award(**(fine | given_))


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"final": True}, "The results are published"),
        ({"round_closed": False}, "still open"),
        ({"prizes": [(1, 0), (5, 0)]}, "No prize has been given"),
        ({"prizes": [(1, 2)]}, "More prizes are given"),
        ({"hour": NOW}, "must lie ahead"),
        ({"hour": NOW - timedelta(days=1)}, "must lie ahead"),
    ],
)
def test_the_hour_lies_ahead_of_something_to_tell(given_: dict[str, object], sentence: str) -> None:
    fine = {"hour": NOW + timedelta(minutes=1), "now": NOW, "final": False, "round_closed": True, "prizes": [(1, 1)]}
    rules.refuse_hour(**fine)
    with pytest.raises(Refused, match=sentence):
        rules.refuse_hour(**(fine | given_))


@pytest.mark.parametrize(
    ("hour", "published", "final"),
    [(None, False, False), (NOW + timedelta(seconds=1), False, False), (NOW, False, True), (None, True, True)],
)
def test_results_are_final_from_their_hour_on(hour: object, published: bool, final: bool) -> None:
    assert rules.is_final(hour=hour, published=published, now=NOW) is final


@pytest.mark.parametrize(
    ("given_", "is_it"),
    [
        ({}, True),
        ({"published": True}, False),
        ({"hour_set": None}, False),
        ({"hour_set": NOW + timedelta(hours=1)}, False),
        ({"now": NOW - timedelta(seconds=1)}, False),
        ({"now": NOW + timedelta(days=3)}, True),
    ],
)
def test_a_job_publishes_at_its_own_hour_or_later_and_once(given_: dict[str, object], is_it: bool) -> None:
    fine = {"hour_set": NOW, "hour_of_job": NOW, "published": False, "now": NOW}
    assert rules.is_the_hour(**(fine | given_)) is is_it


@pytest.mark.parametrize("wished", NameShown)
def test_a_name_is_shown_as_wished_and_not_at_all_without_consent(wished: NameShown) -> None:
    shown = [rules.name_shown(wished=wished, consent_holds=holds) for holds in (True, False)]
    assert shown == [wished, NameShown.HIDDEN]
