"""One ranking of a whole funnel: whoever came farthest stands first."""

from fractions import Fraction

import pytest
from flask.testing import FlaskClient

from accounts.models import Person
from contest.judging import queries as judging
from contest.judging.ranking import Ranked
from contest.judging.terms import RoundMethod
from contest.results import queries, services
from contest.results.funnel import Stretch, funnel
from contest.winners.services import NamesOf
from core import clock
from core.db import transaction
from tests import make
from tests.contest.results.conftest import Year


def ranked(*rows: tuple[int, int]) -> list[Ranked]:
    """(letter, rank), best first."""
    ranks = [rank for _letter, rank in rows]
    return [Ranked(letter, rank, ranks.count(rank) > 1, Fraction(5), 1) for letter, rank in rows]


def shown(*rounds: Stretch) -> list[tuple[int, int, int, bool]]:
    return [(position, each.letter_id, each.rank, each.tied) for position, each in funnel(rounds)]


def test_finalists_stand_first_in_their_order_then_those_who_left_before() -> None:
    first = Stretch(1, ranked((1, 1), (2, 2), (3, 3), (4, 4)), frozenset({1, 2}))
    final = Stretch(2, ranked((2, 1), (1, 2)))
    assert shown(first, final) == [(2, 2, 1, False), (2, 1, 2, False), (1, 3, 3, False), (1, 4, 4, False)]


def test_a_letter_that_went_on_and_was_not_read_stands_before_those_that_stayed() -> None:
    first = Stretch(1, ranked((1, 1), (2, 2), (3, 3)), frozenset({1, 3}))
    final = Stretch(2, ranked((1, 1)))
    assert shown(first, final) == [(2, 1, 1, False), (1, 3, 2, False), (1, 2, 3, False)]


def test_equal_letters_of_one_round_share_a_rank_and_those_of_two_do_not() -> None:
    first = Stretch(1, ranked((1, 1), (2, 1), (3, 1)), frozenset({1}))
    final = Stretch(2, ranked((1, 1)))
    assert shown(first, final) == [(2, 1, 1, False), (1, 2, 2, True), (1, 3, 2, True)]


@pytest.fixture
def final(year: Year, hoa: Person) -> Year:
    """A screening of two of the three letters follows and is open: the worse one of them is liked better."""
    make.decided(year.round_, hoa, *year.letters[:2])
    make.open_round(year.stage, method=RoundMethod.SCREENING)
    return year


def places(year: Year) -> list[tuple[str, int, int]]:
    return [(row.number, row.round.position, row.ranked.rank) for row in queries.ranking_of(year.stage).rows]


def test_opening_a_later_round_empties_no_place(desk: FlaskClient, final: Year) -> None:
    page = desk.get("/stages/55/results").text
    assert [letter for letter in final.letters if str(letter.number) not in page] == []
    assert ("Round 2 is still open" in page, [rank for _number, _round, rank in places(final)]) == (True, [1, 2, 3])


def test_the_last_closed_round_decides_the_place_and_any_letter_read_may_get_a_prize(final: Year, hoa: Person) -> None:
    round_ = judging.last_round(final.stage)
    assert round_
    make.closed(round_, hoa)
    numbers = [str(letter.number) for letter in final.letters]
    assert places(final) == [(numbers[0], 1, 1), (numbers[1], 1, 2), (numbers[2], 1, 3)]
    with transaction():
        award = services.give_prize(
            letter=final.letters[2], prize=final.prizes[0], citations=NamesOf(), by=hoa, now=clock.now()
        )
    assert award.letter is final.letters[2]
