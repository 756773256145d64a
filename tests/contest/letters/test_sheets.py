"""Photographed letters: adding, ordering, turning and covering sheets, and the desk that clears them."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from contest.letters import pictures, queries
from contest.letters import sheets as services
from contest.letters.models import Entrant, Letter
from contest.letters.pictures import COVER
from contest.letters.rules import LetterForm
from core import clock, files, journal
from tests import cast, make
from tests.contest.letters.conftest import Sheet


@pytest.fixture
def letter(mai: Entrant) -> Letter:
    return make.letter(mai, form=LetterForm.HANDWRITTEN, at=clock.now())


@pytest.fixture
def two(browser: FlaskClient, letter: Letter, sheet: Sheet) -> Letter:
    """A letter of a red and a blue sheet."""
    assert add(browser, letter, sheet("red"), sheet("blue")).status_code == 302
    return letter


def add(browser: FlaskClient, letter: Letter, *uploads: object) -> TestResponse:
    data = {"pictures": list(uploads)}
    return browser.post(f"/letters/{letter.id}/sheets", data=data, content_type="multipart/form-data")


def kept(app: Flask) -> int:
    """Files on the disk."""
    return sum(path.is_file() for path in Path(app.config["UPLOADS"]).rglob("*"))


def colour(file_id: str | None, place: tuple[float, float] = (0.5, 0.5)) -> str:
    """What one sees at a place of a picture."""
    image = Image.open(files.path_of(file_id or ""))
    red, _green, blue = image.getpixel((int(place[0] * image.width), int(place[1] * image.height)))  # type: ignore[misc]
    return "red" if red > 200 else "blue" if blue > 200 else "covered" if abs(red - COVER[0]) < 15 else "other"


def colours(letter: Letter) -> list[str]:
    return [colour(sheet.file_id) for sheet in letter.sheets]


def test_sheets_are_kept_in_order_with_names_corners_covered(two: Letter) -> None:
    first, second = two.sheets
    assert colours(two) == ["red", "blue"]
    assert [sheet.position for sheet in two.sheets] == [1, 2]
    assert (first.covered, second.covered) == (["top_left"], ["bottom_right"])
    assert (colour(first.blind_file_id, (0.05, 0.05)), colour(first.file_id, (0.05, 0.05))) == ("covered", "red")


def test_the_same_photograph_sent_twice_is_one_sheet(
    app: Flask, browser: FlaskClient, two: Letter, sheet: Sheet
) -> None:
    add(browser, two, sheet("red"), sheet("blue"))
    assert (colours(two), kept(app)) == (["red", "blue"], 4)


def test_a_seventh_sheet_is_refused_and_its_files_removed(
    app: Flask, browser: FlaskClient, two: Letter, sheet: Sheet
) -> None:
    answer = add(browser, two, *(sheet(name) for name in ("green", "black", "white", "gray", "pink")))
    assert answer.status_code == 422
    assert (colours(two), kept(app)) == (["red", "blue"], 4)


@pytest.mark.parametrize("count", [0, 7])
def test_no_file_or_too_many_are_refused(browser: FlaskClient, letter: Letter, sheet: Sheet, count: int) -> None:
    answer = add(browser, letter, *(sheet() for _each in range(count)))
    assert answer.status_code == 422


def test_one_bad_file_refuses_all_and_is_named(app: Flask, browser: FlaskClient, letter: Letter, sheet: Sheet) -> None:
    answer = add(browser, letter, sheet("red"), (io.BytesIO(b"MZ\x90 not a picture"), "<b>thư</b>.jpg"))
    assert answer.status_code == 422
    assert "&lt;b&gt;thư&lt;/b&gt;.jpg" in answer.text
    assert (letter.sheets, kept(app)) == ([], 0)


def test_sheets_change_places(browser: FlaskClient, two: Letter) -> None:
    second = two.sheets[1].id
    browser.post(f"/letters/sheets/{second}/move/up")
    assert colours(two) == ["blue", "red"]
    browser.post(f"/letters/sheets/{second}/move/up")
    assert colours(two) == ["blue", "red"]
    browser.post(f"/letters/sheets/{second}/move/down")
    assert colours(two) == ["red", "blue"]


def test_a_sheet_is_removed_with_its_files_and_a_second_click_finds_it_gone(
    app: Flask, browser: FlaskClient, two: Letter
) -> None:
    first = two.sheets[0].id
    for _click in range(2):
        answer = browser.post(f"/letters/{two.id}/sheets/remove?sheet={first}")
        assert answer.location == f"/letters/{two.id}/sheets"
    assert (colours(two), [sheet.position for sheet in two.sheets], kept(app)) == (["blue"], [1], 2)


@pytest.mark.parametrize("sheet_id", ["", "abc", "0", "9" * 30])
def test_removing_what_is_not_there_changes_nothing(browser: FlaskClient, two: Letter, sheet_id: str) -> None:
    assert browser.post(f"/letters/{two.id}/sheets/remove?sheet={sheet_id}").status_code == 302
    assert colours(two) == ["red", "blue"]


def test_turning_makes_both_pictures_anew(app: Flask, browser: FlaskClient, two: Letter) -> None:
    first = two.sheets[0]
    browser.post(f"/letters/sheets/{first.id}/turn")
    assert (first.width, first.height, first.covered) == (600, 400, ["top_left"])
    assert (colour(first.blind_file_id, (0.05, 0.05)), kept(app)) == ("covered", 4)


def test_other_corners_are_covered_and_the_sheet_itself_stays(browser: FlaskClient, two: Letter) -> None:
    first = two.sheets[0]
    browser.post(f"/letters/sheets/{first.id}/cover", data={f"sheet-{first.id}-corners": ["bottom_left", "nonsense"]})
    assert first.covered == ["bottom_left"]
    assert [colour(first.blind_file_id, place) for place in ((0.05, 0.05), (0.05, 0.95))] == ["red", "covered"]
    assert colour(first.file_id, (0.05, 0.95)) == "red"


def test_pictures_are_served_to_author_and_organiser_only(
    two: Letter, browser: FlaskClient, client: FlaskClient, as_: Callable[..., FlaskClient]
) -> None:
    paths = [f"/letters/sheets/{two.sheets[0].id}.jpg", f"/letters/sheets/{two.sheets[0].id}/jury.jpg"]
    people = {"author": browser, "organiser": as_(cast.hoa()), "judge": as_(cast.lan()), "other": as_(cast.nam())}
    seen = {name: [status(person, path) for path in paths] for name, person in people.items()}
    assert seen == {"author": [200, 200], "organiser": [200, 200], "judge": [404, 404], "other": [404, 404]}
    assert client.get(paths[0]).status_code == 302
    with browser.get(paths[0]) as answer:
        headers = answer.headers
    assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert headers["Content-Type"] == "image/jpeg"


def status(person: FlaskClient, path: str) -> int:
    with person.get(path) as answer:
        return answer.status_code


def test_other_peoples_sheets_are_not_there(two: Letter, as_: Callable[..., FlaskClient]) -> None:
    nam, first = as_(cast.nam()), two.sheets[0].id
    acts = [f"/letters/sheets/{first}/{act}" for act in ("cover", "turn", "move/up", "cover-more")]
    assert {nam.post(act).status_code for act in acts} == {404}


@pytest.mark.parametrize(("typed", "words"), [("250", 250), ("", 0)])
def test_a_child_may_say_how_many_words(browser: FlaskClient, two: Letter, typed: str, words: int) -> None:
    answer = browser.post(f"/letters/{two.id}/words", data={"words": typed})
    assert answer.location == f"/letters/{two.id}/hand-in"
    assert two.word_count == words


def test_words_that_are_no_number_are_refused_on_the_page(browser: FlaskClient, two: Letter) -> None:
    answer = browser.post(f"/letters/{two.id}/words", data={"words": "nhiều"})
    assert answer.status_code == 422
    assert 'value="nhiều"' in answer.text


def hand_in(browser: FlaskClient, letter: Letter) -> None:
    assert browser.post(f"/letters/{letter.id}/hand-in", data={"own_work": "y"}).status_code == 302


def test_a_photographed_letter_is_judged_once_somebody_has_looked(
    browser: FlaskClient, two: Letter, as_: Callable[..., FlaskClient]
) -> None:
    hand_in(browser, two)
    first = two.sheets[0]
    waiting = queries.blind_letter(two.id), queries.blind_sheet(two.id, 1), queries.judgeable(two.stage_id)
    assert waiting == (None, None, [])
    hoa = as_(cast.hoa())
    assert two.number
    assert two.number in hoa.get("/stages/55/clearing").text
    hoa.post(f"/letters/sheets/{first.id}/cover-more", data={f"sheet-{first.id}-corners": ["top_left", "top_right"]})
    assert hoa.post(f"/letters/{two.id}/clear").location == "/stages/55/clearing"
    copy = queries.blind_letter(two.id)
    assert copy
    assert (copy.sheets, copy.body) == (2, "")
    assert colour(queries.blind_sheet(two.id, 1), (0.95, 0.05)) == "covered"
    acts = [line.act for line in journal.lines_about("letter", two.id)]
    assert acts == ["letter.begun", "sheets.added", "letter.submitted", "sheet.covered", "letter.cleared"]


def test_the_clearing_desk_is_the_organisers(
    two: Letter, browser: FlaskClient, as_: Callable[..., FlaskClient]
) -> None:
    hand_in(browser, two)
    seen = [person.get("/stages/55/clearing").status_code for person in (browser, as_(cast.lan()), as_(cast.hoa()))]
    assert seen == [404, 404, 200]
    assert browser.post(f"/letters/{two.id}/clear").status_code == 403


def test_sheets_of_a_letter_handed_in_stay(browser: FlaskClient, two: Letter, sheet: Sheet) -> None:
    hand_in(browser, two)
    first = two.sheets[0].id
    answers = [
        add(browser, two, sheet("green")),
        browser.post(f"/letters/{two.id}/sheets/remove?sheet={first}"),
        browser.post(f"/letters/sheets/{first}/turn"),
        browser.post(f"/letters/sheets/{first}/cover"),
        browser.post(f"/letters/sheets/{first}/move/down"),
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert colours(two) == ["red", "blue"]


def test_sheets_of_a_letter_typed_after_all_never_reach_the_jury(browser: FlaskClient, two: Letter) -> None:
    browser.post(f"/letters/{two.id}/form/typed")
    browser.post(f"/letters/{two.id}/save", json={"body": "Bạn Lan thân mến,", "revision": "0"})
    hand_in(browser, two)
    copy = queries.blind_letter(two.id)
    assert copy
    assert (copy.body, copy.sheets) == ("Bạn Lan thân mến,", 0)
    assert queries.blind_sheet(two.id, 1) is None


def test_files_of_what_failed_are_removed(app: Flask, letter: Letter, sheet: Sheet) -> None:
    picture = pictures.sheets_of(sheet()[0].read(), name="thư")[0]
    mine = services.keep(picture, [])
    before = kept(app)
    with pytest.raises(ZeroDivisionError), services.or_forget([mine]):
        raise ZeroDivisionError
    assert (before, kept(app)) == (2, 0)
