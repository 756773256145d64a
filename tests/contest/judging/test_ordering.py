"""A shortlist is put in order by buttons; every judge reads all of it; Borda's count makes the ranking."""

import pytest
from flask.testing import FlaskClient

from contest.editions.models import Stage
from contest.judging import log, queries, standing
from contest.judging.models import Assignment, Judge
from contest.judging.ordering import known_order, moved
from contest.judging.ranking import worths_of_places
from contest.judging.terms import RoundMethod
from contest.letters.models import Letter
from tests import make


@pytest.fixture
def desk(stage: Stage, letters: list[Letter], lan: Judge, dung: Judge) -> list[Assignment]:
    """Four letters to be put in order, on Lan's desk and on Dũng's."""
    make.open_round(stage, method=RoundMethod.RANKING)
    return queries.desk_of(lan.person)


def send(browser: FlaskClient, desk: list[Assignment], move: str, order: list[int] | None = None) -> int:
    typed = " ".join(str(read) for read in (order or [read.id for read in desk]))
    return browser.post(f"/judging/order/{desk[0].id}", data={"order": typed, "move": move}).status_code


def saved(desk: list[Assignment]) -> list[int]:
    places = queries.places_of(desk[0].judge, desk[0].round)
    return sorted(places, key=lambda read: places[read])


@pytest.mark.parametrize(
    ("wish", "order"),
    [
        ("3 up", [1, 3, 2]),
        ("1 down", [2, 1, 3]),
        ("3 top", [3, 1, 2]),
        ("1 up", [1, 2, 3]),
        ("3 down", [1, 2, 3]),
        ("9 up", [1, 2, 3]),
        ("2 sideways", [1, 2, 3]),
        ("", [1, 2, 3]),
    ],
)
def test_a_button_moves_one_letter(wish: str, order: list[int]) -> None:
    assert moved([1, 2, 3], wish) == order


def test_what_was_not_typed_comes_as_it_was_placed_then_as_it_was_dealt() -> None:
    assert known_order([3, 9, 3], {5: 1, 4: 2}, [1, 2, 3, 4, 5]) == [3, 5, 4, 1, 2]


def test_every_judge_has_the_whole_shortlist(desk: list[Assignment], letters: list[Letter], dung: Judge) -> None:
    assert [len(queries.desk_of(judge.person)) for judge in (desk[0].judge, dung)] == [4, 4]


def test_the_desk_leads_to_the_shortlist(lans: FlaskClient, desk: list[Assignment]) -> None:
    assert lans.get(f"/judging/desk/{desk[0].id}").location == f"/judging/order/{desk[0].id}"


def test_moving_saves_the_order_with_its_line_in_the_log(
    lans: FlaskClient, stage: Stage, desk: list[Assignment]
) -> None:
    ids = [read.id for read in desk]
    status = send(lans, desk, f"{ids[2]} top")
    expected = [ids[2], ids[0], ids[1], ids[3]]
    [line] = [line.payload for line in log.lines_of(stage.id) if line.kind == "placed"]
    assert (status, saved(desk), [read for read, _place in line["places"]]) == (302, expected, expected)


def test_the_same_order_again_leaves_no_line(lans: FlaskClient, stage: Stage, desk: list[Assignment]) -> None:
    for _click in range(2):
        send(lans, desk, "")
    assert len([line for line in log.lines_of(stage.id) if line.kind == "placed"]) == 1


def test_a_page_shows_the_order_as_saved(lans: FlaskClient, desk: list[Assignment]) -> None:
    send(lans, desk, f"{desk[3].id} top")
    numbers = queries.numbers([read.letter_id for read in desk])
    page = lans.get(f"/judging/order/{desk[0].id}").text
    shown = sorted(desk, key=lambda read: page.index(numbers[read.letter_id]))
    assert [read.id for read in shown] == saved(desk)


def test_a_letter_of_the_shortlist_is_read(lans: FlaskClient, desk: list[Assignment]) -> None:
    page = lans.get(f"/judging/reading/{desk[0].id}").text
    assert "con phố nhỏ của mình" in page


def test_bordas_count_gives_ten_to_the_first_and_nothing_to_the_last() -> None:
    assert worths_of_places([[1, 2, 3], [2, 1]]) == {1: [10, 0], 2: [5, 10], 3: [0]}


def test_the_ranking_counts_every_judges_order(lans: FlaskClient, desk: list[Assignment], dung: Judge) -> None:
    send(lans, desk, "")
    assert [each.letter_id for each in standing.ranking_of(desk[0].round)] == [read.letter_id for read in desk]


def test_an_order_kept_by_a_browser_is_saved_once(lans: FlaskClient, desk: list[Assignment]) -> None:
    first, later = ([read.id for read in reads] for reads in (desk[::-1], desk))
    sent = {"order": " ".join(map(str, first)), "key": "of-the-tests", "kept_for": 60}
    answers = [lans.post(f"/judging/order/{desk[0].id}", json=sent).status_code]
    send(lans, desk, "", order=later)
    answers += [lans.post(f"/judging/order/{desk[0].id}", json=sent).status_code]
    assert (answers, saved(desk)) == ([200, 200], later)


def test_an_order_of_other_letters_is_refused(lans: FlaskClient, desk: list[Assignment]) -> None:
    answer = lans.post(f"/judging/order/{desk[0].id}", json={"order": f"{desk[0].id}", "key": "of-the-tests"})
    assert (answer.status_code, answer.get_json()["said"], saved(desk)) == (
        422,
        "The letters on your desk have changed. Please look again.",
        [],
    )


def test_a_shortlist_is_fetched_ahead_as_a_whole(lans: FlaskClient, desk: list[Assignment]) -> None:
    send(lans, desk, "")
    found = lans.get("/judging/ahead").get_json()
    assert (found["fresh"][2:], found["pages"]) == (
        [f"/judging/order/{desk[0].id}"],
        [f"/judging/reading/{read.id}" for read in desk],
    )
