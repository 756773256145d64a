"""Pairs say how far they can be trusted: both reliabilities, letters with errors, judges with their fit."""

import pytest
from flask.testing import FlaskClient

from contest.editions.models import Stage
from contest.judging import queries, services
from contest.judging.models import Judge, Round
from contest.judging.terms import RoundMethod
from contest.judging.trusting import Answer, trust
from contest.letters.models import Letter
from core.db import transaction
from tests import make
from tests.contest.judging.severity.made import published
from tests.make import NOW


def answers(*, contrary: bool = False) -> list[Answer]:
    """Four judges choose between six letters, the lower number being better; the last one perhaps the other way round."""
    pairs = [(better, worse) for better in range(1, 7) for worse in range(better + 1, 7)]
    return [
        Answer(judge, worse, better) if contrary and judge == 4 else Answer(judge, better, worse)
        for judge in range(1, 5)
        for better, worse in pairs
    ]


def test_the_published_pairs_have_their_published_reliability() -> None:
    rows = [(row["judgeName"], row["chosen"], row["notChosen"]) for row in published("pairs-nmm.csv")]
    names = sorted({name for row in rows for name in row})
    given = [Answer(*(names.index(name) for name in row)) for row in rows]
    found = trust(given, seed="")
    assert found is not None
    assert (found.ssr, found.decisions) == (pytest.approx(0.8013069, abs=1e-4), 81)


def test_letters_come_best_first_with_what_they_won() -> None:
    found = trust(answers(), seed="")
    assert found is not None
    assert [(each.letter_id, each.pairs, each.won) for each in found.letters] == [
        (letter, 20, 4 * (6 - letter)) for letter in range(1, 7)
    ]


def test_a_judge_who_chooses_against_all_others_is_named_first() -> None:
    found = trust(answers(contrary=True), seed="")
    assert found is not None
    assert [(each.judge_id, each.is_erratic) for each in found.judges] == [
        (4, True),
        (1, False),
        (2, False),
        (3, False),
    ]


def test_without_a_choice_nothing_is_said() -> None:
    assert trust([], seed="") is None


def test_the_page_shows_both_reliabilities(
    hoas: FlaskClient, stage: Stage, letters: list[Letter], lan: Judge, dung: Judge
) -> None:
    round_ = make.open_round(stage, reads=3, method=RoundMethod.PAIRS)
    before = hoas.get(f"/rounds/{round_.id}/trust").text
    _choose_all(round_)
    page = hoas.get(f"/rounds/{round_.id}/trust").text
    assert ("Nobody has chosen yet." in before, "Agreement of two halves" in page, 'class="plot"' in page) == (
        True,
    ) * 3


def _choose_all(round_: Round) -> None:
    with transaction():
        for pair in queries.comparisons_of(round_):
            services.choose(pair=pair, letter_id=min(pair.left_id, pair.right_id), now=NOW)


def test_rounds_without_pairs_have_no_such_page(
    hoas: FlaskClient, stage: Stage, letters: list[Letter], lan: Judge
) -> None:
    round_ = make.open_round(stage)
    assert hoas.get(f"/rounds/{round_.id}/trust").status_code == 404
