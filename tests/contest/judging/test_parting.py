"""Equal letters are parted by the published rule alone; what it leaves equal shares the rank."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from flask import Flask

from accounts.models import Person
from contest.editions.models import Stage
from contest.judging import queries, ranking, services, standing
from contest.judging.deciding import Rule, outcome, standings
from contest.judging.measuring import Marks
from contest.judging.models import Judge
from contest.judging.parting import can_part, parted_by_marks, parted_by_orders
from contest.judging.ranking import Score, Scores, Weighing
from contest.judging.terms import GoingOn, Parting, RankedBy, RoundMethod, Ties
from contest.letters.models import Letter
from core.db import transaction
from tests import make
from tests.contest.judging.test_replay import replay

# Letters 1 and 2 are equal: judges 7 and 8 prefer the first, judge 9 the second by more. Criterion 5 weighs most.
ROWS = [
    (1, 7, 4, 7), (1, 7, 5, 6), (1, 8, 4, 7), (1, 8, 5, 6), (1, 9, 4, 5), (1, 9, 5, 4),
    (2, 7, 4, 5), (2, 7, 5, 6), (2, 8, 4, 5), (2, 8, 5, 6), (2, 9, 4, 6), (2, 9, 5, 7),
    (3, 7, 4, 1), (3, 7, 5, 1),
]  # fmt: skip
WEIGHINGS = [Weighing(4, 1, 10), Weighing(5, 3, 10)]
EQUAL: Scores = {1: Score(Fraction(6), 3), 2: Score(Fraction(6), 3), 3: Score(Fraction(1), 1)}


def marks() -> Marks:
    table = np.array(ROWS, dtype=np.int64)
    return Marks(table[:, 0], table[:, 1], table[:, 2], 2 * table[:, 3])


def ranks(scores: Scores) -> list[tuple[int, int]]:
    return [(each.letter_id, each.rank) for each in ranking.placed(scores)]


def test_without_a_rule_equal_letters_share_the_rank() -> None:
    assert ranks(EQUAL) == [(1, 1), (2, 1), (3, 3)]


@pytest.mark.parametrize(("parting", "first"), [(Parting.CRITERION, 2), (Parting.MAJORITY, 1)])
def test_each_rule_parts_them_in_its_way(parting: Parting, first: int) -> None:
    found = ranks(parted_by_marks(EQUAL, marks(), WEIGHINGS, parting))
    assert found == [(first, 1), (3 - first, 2), (3, 3)]


def test_a_duel_is_decided_by_judges_who_read_both() -> None:
    orders = [[1, 3, 2], [2, 3], [3, 2]]
    scores = {letter: Score(Fraction(5), 2) for letter in (1, 2)}
    assert ranks(parted_by_orders(scores, orders)) == [(1, 1), (2, 2)]


def test_a_circle_of_duels_shares_the_rank() -> None:
    orders = [[1, 2, 3], [2, 3, 1], [3, 1, 2]]
    scores = {letter: Score(Fraction(5), 3) for letter in (1, 2, 3)}
    assert ranks(parted_by_orders(scores, orders)) == [(1, 1), (2, 1), (3, 1)]


def test_a_letter_of_another_mean_is_never_moved() -> None:
    scores = {**EQUAL, 3: Score(Fraction(9), 1)}
    assert ranks(parted_by_marks(scores, marks(), WEIGHINGS, Parting.CRITERION))[0] == (3, 1)


@pytest.mark.parametrize(
    ("parting", "methods"),
    [
        (Parting.NOTHING, set()),
        (Parting.CRITERION, {RoundMethod.MARKS}),
        (Parting.MAJORITY, {RoundMethod.MARKS, RoundMethod.RANKING}),
    ],
)
def test_a_rule_speaks_only_where_it_can(parting: Parting, methods: set[RoundMethod]) -> None:
    assert {method for method in RoundMethod if can_part(parting, method)} == methods


def test_a_cut_between_letters_that_a_rule_has_parted_is_no_tie() -> None:
    parted = parted_by_marks(EQUAL, marks(), WEIGHINGS, Parting.MAJORITY)
    found = outcome(standings(parted, {}), Rule(GoingOn.TOP, Decimal(1), Ties.BY_HAND))
    assert (found.going_on, found.ties) == (frozenset({1}), ())


def test_a_round_is_parted_by_its_terms_and_the_replay_agrees(
    app: Flask, stage: Stage, letters: list[Letter], lan: Judge, hoa: Person
) -> None:
    with transaction():
        stage.criteria[1].weight = 2
    round_ = make.open_round(stage, parting=Parting.CRITERION, ranked_by=RankedBy.RAW)
    desk = queries.desk_of(lan.person)
    with transaction():
        for read in desk:
            for criterion, points in zip(stage.criteria, ("8", "5") if read is desk[0] else ("4", "7"), strict=True):
                services.save_mark(assignment=read, criterion=criterion, points=Decimal(points), now=make.NOW)
    make.closed(round_, hoa)
    found = [(each.letter_id == desk[0].letter_id, each.rank) for each in standing.ranking_of(round_)]
    assert (sorted(found, key=lambda each: each[1]), replay(app)[0]) == ([(False, 1)] * 3 + [(True, 4)], 0)
