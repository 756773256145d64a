"""Anonymity as a property: whoever wrote a letter, every byte that a judge can fetch is the same."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageDraw, ImageFont

from accounts.models import Person
from accounts.rules import NameShown
from archive import services as archive
from contest.editions.models import Stage, Unit
from contest.judging import queries
from contest.judging.models import Assignment, Judge, Round
from contest.judging.terms import RoundMethod, Sees
from contest.letters import pictures, sheets
from contest.letters import services as letter_services
from contest.letters.models import Letter
from contest.letters.rules import LetterForm, corners_suggested, word_count
from contest.letters.sheets import KeptSheet
from contest.remarks import services as remarks
from contest.remarks.rules import Reader
from core.db import transaction
from tests import cast, make, searching
from tests.contest.addresses import TOKEN, Answer, every_address, everything
from tests.kept import kept
from tests.make import NOW

BODY = """Hà Nội, ngày 5 tháng 1 năm 2026

Bạn thân mến,

Mình là {name}, học ở {school}. Hôm nay cả nhà ngồi kể chuyện cho nhau nghe.

Thân ái,
{name}"""
MAI = "Trần Ngọc Mai"
PHUC = "Lê Hoàng Minh Phúc"


# On 5 May 2026 the child of the tests is twelve; so is who was born on this day.
AS_OLD = date(2013, 5, 6)
Write = Callable[[Letter], None]


def photograph(name: str) -> KeptSheet:
    """A sheet whose top left corner says who wrote it."""
    paper = Image.new("RGB", (600, 800), "white")
    pen = ImageDraw.Draw(paper)
    pen.text((20, 20), name.encode("ascii", "ignore").decode(), fill="black", font=ImageFont.load_default(size=18))
    pen.text((60, 400), "Ban than men", fill="black")
    out = io.BytesIO()
    paper.save(out, "PNG")
    [picture] = pictures.sheets_of(out.getvalue(), name="thu.png")
    return sheets.keep(picture, corners_suggested(position=1, last=True))


@pytest.fixture
def typed(stage: Stage, school: Unit) -> Letter:
    """Mai's letter, in which she says who she is."""
    mai = make.entrant(cast.mai(), school, stage)
    return make.handed_in(make.letter(mai, BODY.format(name=MAI, school=school.name)))


@pytest.fixture
@kept
def handwritten(stage: Stage, school: Unit, hoa: Person) -> Letter:
    """Another letter, photographed, and cleared."""
    child = make.entrant(make.person("chau", full_name=MAI), school, stage)
    letter = make.letter(child, form=LetterForm.HANDWRITTEN)
    kept = photograph(MAI)
    with transaction():
        sheets.add_sheets(letter=letter, sheets=[kept], now=NOW)
        letter_services.set_word_count(letter=letter, words=120, now=NOW)
    make.handed_in(letter)
    with transaction():
        letter_services.clear_letter(letter=letter, by=hoa, now=NOW)
    return letter


@pytest.fixture
def reads(stage: Stage, typed: Letter, handwritten: Letter, lan: Judge) -> list[Assignment]:
    """Both letters on Lan's desk, one of them marked."""
    searching.rebuild()
    make.prize(stage)
    make.open_round(stage)
    found = queries.desk_of(lan.person)
    make.marks(found[0], "7.5")
    return found


def somebody_else_wrote(letter: Letter, far: Unit, born: date = date(2011, 5, 4)) -> None:
    """The same letter of another child: other name, account, e-mail, school, province, class, birthday, consent."""
    entrant, person = letter.entrant, letter.entrant.person
    kept = photograph(PHUC)
    with transaction():
        person.user_name, person.full_name = f"{person.user_name}-khac", PHUC
        person.email = f"{person.user_name}@example.org"
        entrant.full_name, entrant.given_name = PHUC, "Phúc"
        entrant.school, entrant.class_name, entrant.born = far, "9B", born
        entrant.consent.guardian_name, entrant.consent.name_shown = "Lê Phụ Huynh", NameShown.HIDDEN
        letter.body = BODY.format(name=PHUC, school=far.name)
        if letter.form is LetterForm.TYPED:
            letter.blind_body, letter.word_count = letter_services.jury_copy(letter), word_count(letter.body)
        for sheet in letter.sheets:
            sheet.file_id, sheet.blind_file_id = kept.file_id, kept.blind_file_id


def after(browser: FlaskClient, before: dict[str, Answer], letters: list[Letter], write: Write) -> dict[str, Answer]:
    """What the same addresses answer once somebody else has written the letters."""
    for letter in letters:
        write(letter)
    return everything(browser, before)


def differing(
    browser: FlaskClient, before: dict[str, Answer], letters: list[Letter], far: Unit, **given: date
) -> list[str]:
    """Addresses that answer otherwise than before once somebody else has written the letters."""
    now = after(browser, before, letters, lambda letter: somebody_else_wrote(letter, far, **given))
    return [address for address, answer in before.items() if answer != now[address]]


@pytest.fixture
def far(stage: Stage, school: Unit) -> Unit:
    """A school elsewhere."""
    return make.school(stage, "Trường THCS Nguyễn Huệ", "Huế")


def test_every_byte_a_judge_can_fetch_is_the_same_whoever_wrote_the_letter(
    app: Flask, lans: FlaskClient, reads: list[Assignment], far: Unit
) -> None:
    before = everything(lans, every_address(app))
    assert differing(lans, before, [read.letter for read in reads], far) == []


@pytest.mark.parametrize("method", [RoundMethod.SCREENING, RoundMethod.PAIRS, RoundMethod.RANKING])
def test_so_it_is_in_rounds_without_marks(
    app: Flask, lans: FlaskClient, stage: Stage, typed: Letter, handwritten: Letter, far: Unit, method: RoundMethod
) -> None:
    archive.rebuild()
    make.open_round(stage, method=method)
    text, picture = "ngồi kể chuyện", "/sheets/1.jpg"
    seen = everything(lans, every_address(app))
    pages = [address for address, answer in seen.items() if answer[0] == 200 and text.encode() in answer[2]]
    pictures = [address for address, answer in seen.items() if answer[0] == 200 and address.endswith(picture)]
    assert (bool(pages), bool(pictures), differing(lans, seen, [typed, handwritten], far)) == (True, True, [])


@pytest.fixture
def seen_before(stage: Stage, typed: Letter, handwritten: Letter, lan: Judge, dung: Judge, hoa: Person) -> Round:
    """A round that is over, with remarks to the jury, from which both letters went on."""
    searching.rebuild()
    return _seen_before(stage, typed, handwritten, [lan, dung], hoa)


@kept
def _seen_before(stage: Stage, typed: Letter, handwritten: Letter, judges: list[Judge], hoa: Person) -> Round:
    made = make.open_round(stage, reads=2)
    for judge in judges:
        for read in queries.desk_of(judge.person):
            make.marks(read, "7")
            with transaction():
                remarks.save_remarks(assignment=read, words={Reader.JURY: f"A word of {judge.id}."}, now=NOW)
    make.closed(made, hoa)
    make.decided(made, hoa, typed, handwritten)
    return made


@pytest.mark.parametrize("method", list(RoundMethod))
def test_so_it_is_in_a_round_that_shows_everything_it_may_if_the_children_are_as_old(
    app: Flask,
    lans: FlaskClient,
    seen_before: Round,
    typed: Letter,
    handwritten: Letter,
    far: Unit,
    method: RoundMethod,
) -> None:
    make.open_round(seen_before.stage, method=method, sees=frozenset(Sees))
    before = everything(lans, every_address(app))
    assert differing(lans, before, [typed, handwritten], far, born=AS_OLD) == []


@pytest.mark.parametrize("method", [RoundMethod.MARKS, RoundMethod.PAIRS])
def test_the_age_is_all_of_the_child_that_a_round_may_show(
    app: Flask,
    lans: FlaskClient,
    seen_before: Round,
    typed: Letter,
    handwritten: Letter,
    far: Unit,
    method: RoundMethod,
) -> None:
    make.open_round(seen_before.stage, method=method, sees=frozenset(Sees))
    before = everything(lans, every_address(app))
    then = after(lans, before, [typed, handwritten], lambda letter: somebody_else_wrote(letter, far))
    ageless = [
        {
            address: (status, body.replace(b"12 years old", b"").replace(b"15 years old", b""))
            for address, (status, _headers, body) in each.items()
        }
        for each in (before, then)
    ]
    desks = [address for address in before if before[address] != then[address]]
    assert (bool(desks), all(each.startswith("/judging/") for each in desks)) == (True, True)
    assert ageless[0] == ageless[1]


@pytest.mark.parametrize("method", list(RoundMethod))
def test_remarks_of_earlier_rounds_stand_there_without_anybodys_name(
    lans: FlaskClient, seen_before: Round, dung: Judge, method: RoundMethod
) -> None:
    make.open_round(seen_before.stage, method=method, sees=frozenset(Sees))
    pages = [lans.get(address).text for address in lans.get("/judging/ahead").get_json()["pages"]]
    told = [f"A word of {dung.id}." in page for page in pages]
    names = (dung.person.user_name, dung.person.full_name)
    assert (told, [name for page in pages for name in names if name in page]) == ([True] * len(pages), [])


def test_another_judge_gets_nothing_of_a_pair(
    stage: Stage, typed: Letter, handwritten: Letter, lan: Judge, dung: Judge, as_: Callable[..., FlaskClient]
) -> None:
    make.open_round(stage, method=RoundMethod.PAIRS)
    [pair] = queries.pairs_on_desk(lan.person) or queries.pairs_on_desk(dung.person)
    other = as_(dung.person if pair.judge == lan else lan.person)
    sheet = f"/judging/pairs/{pair.id}/{'left' if pair.left_id == handwritten.id else 'right'}/sheets/1.jpg"
    statuses = [other.get(f"/judging/pairs/{pair.id}").status_code, other.get(sheet).status_code]
    statuses += [other.post(f"/judging/pairs/{pair.id}{act}").status_code for act in ("", "/undo", "/recuse")]
    assert statuses == [404] * 5


def test_the_same_walk_finds_differences_for_who_may_see_names(
    app: Flask, hoas: FlaskClient, reads: list[Assignment], far: Unit, hoa: Person
) -> None:
    """So that the test above can fail."""
    make.closed(reads[0].round, hoa)
    letters = [read.letter for read in reads]
    expected = {f"/letters/{letter.id}/award" for letter in letters}
    before = everything(hoas, every_address(app))
    assert expected <= set(differing(hoas, before, letters, far))


def test_the_walk_of_a_judge_sees_the_letters_it_is_about(
    app: Flask, lans: FlaskClient, reads: list[Assignment]
) -> None:
    """Or it would prove nothing: the desk shows text and picture, with names covered."""
    found = everything(lans, every_address(app))
    typed, sheet = sorted((read for read in reads), key=lambda read: read.letter.form is LetterForm.HANDWRITTEN)
    text = found[f"/judging/desk/{typed.id}"][2].decode()
    picture = found[f"/judging/desk/{sheet.id}/sheets/1.jpg"]
    assert (MAI in typed.letter.body, "ngồi kể chuyện" in text, MAI in text) == (True, True, False)
    assert picture[0] == 200


def test_answers_to_marks_are_the_same_too(lans: FlaskClient, reads: list[Assignment], far: Unit) -> None:
    read = reads[1]
    criterion = read.round.stage.criteria[0].id

    def answers() -> list[bytes]:
        body = {"criterion": criterion, "points": "6"}
        given = lans.post(f"/judging/desk/{read.id}/mark", json=body).data
        refused = lans.post(f"/judging/desk/{read.id}", data={f"criterion-{criterion}": "99"}).data
        return [given, TOKEN.sub(b"", refused)]

    answers()  # the mark is there from now on
    before = answers()
    somebody_else_wrote(read.letter, far)
    assert answers() == before


def test_another_judge_gets_nothing_of_a_letter(
    reads: list[Assignment], dung: Judge, as_: Callable[..., FlaskClient]
) -> None:
    dungs = as_(dung.person)
    addresses = [f"/judging/desk/{read.id}" for read in reads]
    addresses += [f"/judging/desk/{read.id}/sheets/1.jpg" for read in reads if read.letter.sheets]
    assert [dungs.get(address).status_code for address in addresses] == [404] * 3


def test_sheets_are_counted_within_their_letter_so_that_no_number_tells_what_was_handed_in_together(
    lans: FlaskClient, reads: list[Assignment]
) -> None:
    typed, sheet = sorted(reads, key=lambda read: read.letter.form is LetterForm.HANDWRITTEN)
    found = [lans.get(f"/judging/desk/{sheet.id}/sheets/{place}.jpg", buffered=True).status_code for place in (0, 1, 2)]
    assert (found, lans.get(f"/judging/desk/{typed.id}/sheets/1.jpg").status_code) == ([404, 200, 404], 404)


def test_a_sheet_does_not_tell_when_it_was_made_nor_its_files_name(lans: FlaskClient, reads: list[Assignment]) -> None:
    sheet = next(read for read in reads if read.letter.sheets)
    with lans.get(f"/judging/desk/{sheet.id}/sheets/1.jpg") as answer:
        told = {"Last-Modified", "ETag", "Expires", "Content-Disposition"} & set(answer.headers.keys())
        kept = answer.headers["Cache-Control"]
    assert (told, kept) == (set(), "private, no-store")
