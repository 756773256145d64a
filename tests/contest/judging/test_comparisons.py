"""Pairs: drawn from the seed, laid beside each other, chosen between; given back as a pair."""

from fractions import Fraction

import pytest
from flask.testing import FlaskClient

from accounts.models import Person
from contest.editions.models import Stage, Unit
from contest.judging import log, preparing, queries, services, standing
from contest.judging.comparing import scores_of_choices
from contest.judging.models import Comparison, Judge
from contest.judging.rules import AssignmentState
from contest.judging.terms import Pairing, RoundMethod
from contest.letters.models import Letter
from core.db import transaction
from core.errors import Refused
from tests import make
from tests.make import NOW


@pytest.fixture
def desk(stage: Stage, letters: list[Letter], lan: Judge) -> list[Comparison]:
    """Four letters, each in two pairs, on Lan's desk."""
    make.open_round(stage, reads=2, method=RoundMethod.PAIRS)
    return queries.pairs_on_desk(lan.person)


def choose(pair: Comparison, letter_id: int | None) -> None:
    with transaction():
        services.choose(pair=pair, letter_id=letter_id, now=NOW)


def address(pair: Comparison, act: str = "") -> str:
    return f"/judging/pairs/{pair.id}{act}"


@pytest.mark.parametrize("pairing", list(Pairing))
def test_every_letter_is_in_so_many_pairs(stage: Stage, letters: list[Letter], lan: Judge, pairing: Pairing) -> None:
    round_ = make.open_round(stage, reads=2, method=RoundMethod.PAIRS, pairing=pairing)
    held = [letter for pair in queries.comparisons_of(round_) for letter in (pair.left_id, pair.right_id)]
    assert sorted(held) == sorted([letter.id for letter in letters] * 2)


def test_opening_lays_on_desks_what_the_preview_showed(stage: Stage, letters: list[Letter], lan: Judge) -> None:
    round_ = make.planned_round(stage, reads=2, method=RoundMethod.PAIRS)
    shown = [(pair.left, pair.right, pair.judge_id) for pair in preparing.paired(round_)]
    with transaction():
        services.open_round(round_=round_, by=None, now=NOW)
    laid = [(pair.left_id, pair.right_id, pair.judge_id) for pair in queries.comparisons_of(round_)]
    assert (len(laid), laid) == (4, shown)


def test_no_judge_gets_a_pair_with_a_letter_of_the_own_school(
    stage: Stage, school: Unit, letters: list[Letter], lan: Judge, dung: Judge, hoa: Person
) -> None:
    with transaction():
        services.set_limits(judge=lan, capacity=None, units=[], home=school, by=hoa, now=NOW)
    make.open_round(stage, reads=2, method=RoundMethod.PAIRS)
    assert (queries.pairs_on_desk(lan.person), len(queries.pairs_on_desk(dung.person))) == ([], 4)


def test_the_page_shows_both_letters_and_a_choice_goes_on(lans: FlaskClient, desk: list[Comparison]) -> None:
    numbers = queries.numbers([desk[0].left_id, desk[0].right_id])
    page = lans.get(address(desk[0])).text
    answer = lans.post(address(desk[0]), data={"chosen": "right"})
    assert ([number in page for number in numbers.values()], answer.location) == ([True, True], address(desk[1]))
    assert (desk[0].chosen_id, desk[0].state) == (desk[0].right_id, AssignmentState.MARKED)


@pytest.mark.parametrize("chosen", ["", "both"])
def test_anything_but_one_of_the_two_is_refused(lans: FlaskClient, desk: list[Comparison], chosen: str) -> None:
    answer = lans.post(address(desk[0]), data={"chosen": chosen})
    assert (answer.status_code, desk[0].chosen_id) == (422, None)


def test_a_choice_is_taken_back_once_by_two_clicks(lans: FlaskClient, stage: Stage, desk: list[Comparison]) -> None:
    choose(desk[0], desk[0].left_id)
    for _click in range(2):
        lans.post(address(desk[0], "/undo"))
    lines = [line.payload["after"] for line in log.lines_of(stage.id) if line.kind == "chosen"]
    assert (desk[0].chosen_id, desk[0].state, lines) == (None, AssignmentState.WAITING, [desk[0].left_id, None])


def test_a_pair_given_back_goes_to_another_judge_at_once(
    lans: FlaskClient, desk: list[Comparison], dung: Judge
) -> None:
    for _click in range(2):
        lans.post(address(desk[0], "/recuse"))
    [taken] = queries.pairs_on_desk(dung.person)
    assert (desk[0].state, {taken.left_id, taken.right_id}) == (
        AssignmentState.RECUSED,
        {desk[0].left_id, desk[0].right_id},
    )
    assert lans.get(address(desk[0])).status_code == 404


def test_a_pair_nobody_could_take_waits_for_the_top_up(
    stage: Stage, lan: Judge, desk: list[Comparison], hoa: Person, request: pytest.FixtureRequest
) -> None:
    with transaction():
        services.recuse_pair(pair=desk[0], by=lan.person, now=NOW)
    dung = request.getfixturevalue("dung")
    with transaction():
        services.top_up(round_=desk[0].round, by=hoa, now=NOW)
    assert [(pair.left_id, pair.right_id) for pair in queries.pairs_on_desk(dung.person)] == [
        (desk[0].left_id, desk[0].right_id)
    ]


def test_pairs_of_a_judge_who_leaves_go_to_others(lan: Judge, dung: Judge, desk: list[Comparison], hoa: Person) -> None:
    choose(desk[0], desk[0].left_id)
    with transaction():
        services.dismiss_judge(judge=lan, by=hoa, now=NOW)
    assert (queries.pairs_on_desk(lan.person), len(queries.pairs_on_desk(dung.person))) == ([desk[0]], 3)


def test_the_desk_leads_to_the_first_pair_that_waits(lans: FlaskClient, desk: list[Comparison]) -> None:
    choose(desk[0], desk[0].left_id)
    assert f'href="{address(desk[1])}"' in lans.get("/judging").text


def test_a_letter_chosen_always_stands_above_one_never_chosen(desk: list[Comparison]) -> None:
    best = desk[0].left_id
    for pair in desk:
        choose(pair, best if best in (pair.left_id, pair.right_id) else max(pair.left_id, pair.right_id))
    assert standing.ranking_of(desk[0].round)[0].letter_id == best


def test_scores_are_ten_times_the_chance_beside_the_average_letter() -> None:
    """Two letters, each chosen once: equal, and as good as the average."""
    found = scores_of_choices([(1, 2), (2, 1)])
    assert {letter: (score.mean, score.reads) for letter, score in found.items()} == {
        1: (Fraction(5), 2),
        2: (Fraction(5), 2),
    }


def test_a_choice_kept_by_a_browser_is_saved_once_even_after_the_close(
    lans: FlaskClient, desk: list[Comparison], hoa: Person
) -> None:
    sent = {"chosen": "left", "key": "of-the-tests", "kept_for": 60}
    first = lans.post(address(desk[0]), json=sent).status_code
    choose(desk[0], desk[0].right_id)
    make.closed(desk[0].round, hoa)
    again = [
        lans.post(address(desk[0]), json=sent | {"key": key}).status_code for key in ("of-the-tests", "another-key")
    ]
    assert (first, again, desk[0].chosen_id) == (200, [200, 422], desk[0].right_id)


@pytest.mark.parametrize("sent", [{}, {"chosen": "both"}, [], {"chosen": None}, {"chosen": ["left"]}])
def test_a_choice_that_is_none_is_refused(lans: FlaskClient, desk: list[Comparison], sent: object) -> None:
    assert (lans.post(address(desk[0]), json=sent).status_code, desk[0].chosen_id) == (422, None)


def test_pairs_that_wait_are_fetched_ahead(lans: FlaskClient, desk: list[Comparison]) -> None:
    choose(desk[1], desk[1].left_id)
    from_desk, from_pair = (lans.get(path).get_json() for path in ("/judging/ahead", address(desk[2], "/ahead")))
    assert from_desk["pages"] == [address(pair) for pair in (desk[0], desk[2], desk[3])]
    assert (from_pair["fresh"][2:], from_pair["pages"]) == ([address(desk[2])], [address(desk[3]), address(desk[0])])


def test_who_has_left_chooses_nothing_more(lan: Judge, dung: Judge, desk: list[Comparison], hoa: Person) -> None:
    choose(desk[0], desk[0].left_id)
    with transaction():
        services.dismiss_judge(judge=lan, by=hoa, now=NOW)
    with pytest.raises(Refused, match="no longer judge"):
        choose(desk[0], desk[0].right_id)


def test_pairs_with_letters_barred_later_leave_the_desk_at_once(
    desk: list[Comparison], lan: Judge, dung: Judge, school: Unit, hoa: Person
) -> None:
    choose(desk[0], desk[0].left_id)
    with transaction():
        gone = services.set_limits(judge=lan, capacity=None, units=[], home=school, by=hoa, now=NOW)
    assert (gone, queries.pairs_on_desk(lan.person), len(queries.pairs_on_desk(dung.person))) == (3, [desk[0]], 3)


def test_pairs_with_a_letter_declared_later_leave_the_desk_at_once(
    desk: list[Comparison], lan: Judge, dung: Judge, letters: list[Letter], hoa: Person
) -> None:
    choose(
        next(pair for pair in desk if pair.left_id == letters[0].id or pair.right_id == letters[0].id), letters[0].id
    )
    with transaction():
        gone = services.exclude_letter(judge=lan, letter=letters[0], by=hoa, now=NOW)
    with_it = [letters[0].id in (pair.left_id, pair.right_id) for pair in queries.pairs_on_desk(dung.person)]
    assert (gone, with_it, len(queries.pairs_on_desk(lan.person))) == (2, [True, True], 2)
