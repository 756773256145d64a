"""When children may take part, what may be handed in, and how words are counted."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.rules import Role
from contest.letters import rules
from contest.letters.rules import Corner, LetterForm, LetterState, Window
from core.errors import Refused
from core.permissions import allowed, register

OPENS = datetime(2025, 12, 19, tzinfo=UTC)
CLOSES = datetime(2026, 3, 5, 16, 59, tzinfo=UTC)
DAY = date(2026, 5, 5)
MOMENT = timedelta(microseconds=1)
BOTH = frozenset(LetterForm)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("  \n\t ", 0),
        ("Bạn Lan thân mến,", 4),
        ("Thành phố Hồ Chí Minh", 5),
        ("một - hai – ba … !", 3),
        ("Ngày 5/1/2026", 4),
        ("3.500 con tem", 3),
        ("l’été, c'est bien", 3),
        ("well-known", 1),
        ("Ngọc Mai".encode().decode(), 2),
        ("Ngo\u0323c Mai", 2),
        ("2021", 1),
        ("😀 😀", 0),
    ],
)
def test_words_are_what_stands_between_blanks_and_signs(text: str, count: int) -> None:
    assert rules.word_count(text) == count


def age(born: date, *, day: date = DAY) -> str | None:
    try:
        rules.refuse_age(born=born, youngest=9, oldest=15, reference_day=day)
    except Refused as refused:
        return f"{refused.field} {refused.values['age']}"
    return None


@pytest.mark.parametrize(
    ("born", "refusal"),
    [
        (date(2017, 5, 5), None),  # nine on the very day
        (date(2017, 5, 6), "born 8"),
        (date(2010, 5, 6), None),  # sixteen the day after
        (date(2010, 5, 5), "born 16"),
        (date(2012, 2, 29), None),
        (date(2027, 1, 1), "born 0"),
    ],
)
def test_age_counts_on_the_reference_day(born: date, refusal: str | None) -> None:
    assert age(born) == refusal


def test_who_is_born_on_29_february_is_a_year_older_on_1_march() -> None:
    assert [age(date(2008, 2, 29), day=date(2017, 2, 28)), age(date(2008, 2, 29), day=date(2017, 3, 1))] == [
        "born 8",
        None,
    ]


@pytest.mark.parametrize(
    ("now", "message"),
    [
        (OPENS - MOMENT, "Letters are taken from %(moment)s on."),
        (OPENS, None),
        (CLOSES, None),
        (CLOSES + MOMENT, "The contest closed on %(moment)s."),
    ],
)
def test_letters_are_taken_from_the_opening_to_the_close_inclusive(now: datetime, message: str | None) -> None:
    said = None
    try:
        rules.refuse_outside(Window(OPENS, CLOSES), now=now)
    except Refused as refused:
        said = refused.message
    assert said == message


def submit(**given: Any) -> str | None:
    facts: dict[str, Any] = {
        "form": LetterForm.TYPED,
        "words": 300,
        "word_limit": 800,
        "sheets": 0,
        "consent_holds": True,
        "takes": BOTH,
    }
    try:
        rules.refuse_to_submit(**(facts | given))
    except Refused as refused:
        return refused.message
    return None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, None),
        ({"words": 800}, None),
        ({"words": 801}, "The letter has %(words)s words; at most %(limit)s are taken. Please shorten it."),
        ({"words": 0}, "The letter is still empty."),
        ({"form": LetterForm.HANDWRITTEN}, "There is no sheet yet. Please add a photograph of each page."),
        ({"form": LetterForm.HANDWRITTEN, "sheets": 1, "words": 0}, None),
        ({"takes": frozenset([LetterForm.HANDWRITTEN])}, "Letters of this kind are not taken this year."),
        (
            {"consent_holds": False},
            "Your guardian has withdrawn the consent. Without it no letter can be handed in.",
        ),
    ],
)
def test_what_is_not_taken_is_told_why(given: dict[str, Any], message: str | None) -> None:
    assert submit(**given) == message


@pytest.mark.parametrize(
    ("state", "now", "may"),
    [
        (LetterState.SUBMITTED, CLOSES, True),
        (LetterState.SUBMITTED, CLOSES + MOMENT, False),
        (LetterState.DRAFT, OPENS, False),
    ],
)
def test_a_letter_is_taken_back_until_the_close(state: LetterState, now: datetime, may: bool) -> None:
    refused = False
    try:
        rules.refuse_to_withdraw(state=state, closes_at=CLOSES, now=now)
    except Refused:
        refused = True
    assert refused is not may


def test_six_sheets_make_a_letter() -> None:
    rules.refuse_sheets(present=4, added=2)
    with pytest.raises(Refused):
        rules.refuse_sheets(present=4, added=3)


def test_corners_where_names_stand_are_suggested() -> None:
    first, middle, last = (rules.corners_suggested(position=n, last=n == 3) for n in (1, 2, 3))
    assert (first, middle, last) == ([Corner.TOP_LEFT], [], [Corner.BOTTOM_RIGHT])
    assert rules.corners_suggested(position=1, last=True) == [Corner.TOP_LEFT, Corner.BOTTOM_RIGHT]


@pytest.mark.parametrize(("full", "given"), [("Trần Ngọc Mai", "Mai"), ("Mai", "Mai"), ("  ", "")])
def test_a_vietnamese_name_ends_with_the_given_name(full: str, given: str) -> None:
    assert rules.given_name_of(full) == given


def somebody(number: int, *roles: Role) -> Any:
    return SimpleNamespace(id=number, is_authenticated=True, has_role=lambda role: role in roles)


def test_only_its_author_writes_a_letter_and_organisers_see_it() -> None:
    register(rules.PERMISSIONS)
    letter = SimpleNamespace(entrant=SimpleNamespace(person_id=1))
    people = {
        "author": somebody(1, Role.STUDENT),
        "other": somebody(2, Role.STUDENT),
        "judge": somebody(3, Role.JUDGE),
        "organiser": somebody(4, Role.ORGANISER),
        "curator": somebody(5, Role.CURATOR),
        "nobody": SimpleNamespace(is_authenticated=False),
    }
    acts = ("letter.see", "letter.write", "letter.submit", "letter.withdraw")
    may = {act: [name for name, person in people.items() if allowed(person, act, letter)] for act in acts}
    assert may == {
        "letter.see": ["author", "organiser"],
        "letter.write": ["author"],
        "letter.submit": ["author"],
        "letter.withdraw": ["author"],
    }
