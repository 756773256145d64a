"""Decisions about letters and their writers: who may write, what may be handed in and taken back. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from accounts.rules import Role, is_organiser
from contest.editions.rules import age_on
from core.errors import Refused

MOST_SHEETS = 6
WORD = re.compile(r"\w+(?:['’\-.]\w+)*")


class LetterState(StrEnum):
    """A letter is written, handed in, and perhaps taken back before the close."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class LetterForm(StrEnum):
    """Typed on the page, or written by hand and photographed."""

    TYPED = "typed"
    HANDWRITTEN = "handwritten"


class Corner(StrEnum):
    """Parts of a sheet that can be covered, where children write their name or sign."""

    TOP_LEFT = "top_left"
    TOP_RIGHT = "top_right"
    BOTTOM_LEFT = "bottom_left"
    BOTTOM_RIGHT = "bottom_right"


@dataclass(frozen=True)
class Window:
    """When letters are taken, both moments inclusive."""

    opens_at: datetime
    closes_at: datetime


def word_count(text: str) -> int:
    """Words of a text: runs of letters and digits; what a hyphen, a dot or an apostrophe joins is one.

    In Vietnamese each syllable stands alone and counts, as the contest's own rules count.
    """
    return len(WORD.findall(unicodedata.normalize("NFC", text)))


def given_name_of(full_name: str) -> str:
    """The name a child is called by, where the family name comes first: the last word."""
    words = full_name.split()
    return words[-1] if words else ""


def refuse_age(*, born: date, youngest: int, oldest: int, reference_day: date) -> None:
    """Refuse who is too young or too old on the reference day."""
    age = age_on(born=born, day=reference_day)
    if age < youngest:
        raise Refused(
            "On %(day)s you will be %(age)s; the contest is for children from %(youngest)s on. Come back soon.",
            field="born",
            day=reference_day,
            age=max(age, 0),
            youngest=youngest,
        )
    if age > oldest:
        raise Refused(
            "On %(day)s you will be %(age)s; the contest is for children up to %(oldest)s.",
            field="born",
            day=reference_day,
            age=age,
            oldest=oldest,
        )


def refuse_outside(window: Window, *, now: datetime) -> None:
    """Refuse what comes before the opening or after the close."""
    if now < window.opens_at:
        raise Refused("Letters are taken from %(moment)s on.", moment=window.opens_at)
    if now > window.closes_at:
        raise Refused("The contest closed on %(moment)s.", moment=window.closes_at)


def refuse_form(form: LetterForm, *, takes: frozenset[LetterForm]) -> None:
    """Refuse a form of letter that the stage does not take."""
    if form not in takes:
        raise Refused("Letters of this kind are not taken this year.")


def refuse_to_submit(
    *, form: LetterForm, words: int, word_limit: int, sheets: int, consent_holds: bool, takes: frozenset[LetterForm]
) -> None:
    """Refuse to take a letter that is empty, too long, of a form not taken, or without a guardian's consent."""
    if not consent_holds:
        raise Refused("Your guardian has withdrawn the consent. Without it no letter can be handed in.")
    refuse_form(form, takes=takes)
    if form is LetterForm.TYPED and words == 0:
        raise Refused("The letter is still empty.")
    if form is LetterForm.HANDWRITTEN and sheets == 0:
        raise Refused("There is no sheet yet. Please add a photograph of each page.")
    if words > word_limit:
        raise Refused(
            "The letter has %(words)s words; at most %(limit)s are taken. Please shorten it.",
            words=words,
            limit=word_limit,
        )


def refuse_to_withdraw(*, state: LetterState, closes_at: datetime, now: datetime) -> None:
    """A letter can be taken back until the close."""
    if state is not LetterState.SUBMITTED:
        raise Refused("This letter is not handed in.")
    if now > closes_at:
        raise Refused("The contest closed on %(moment)s; the letter stays.", moment=closes_at)


def refuse_sheets(*, present: int, added: int) -> None:
    """No more sheets than anybody writes within the word limit."""
    if present + added > MOST_SHEETS:
        raise Refused("At most %(most)s sheets make a letter.", field="pictures", most=MOST_SHEETS)


def corners_suggested(*, position: int, last: bool) -> list[Corner]:
    """Where a name is likely to stand: the first sheet's top left, as Vietnamese rules ask; the end of the last."""
    corners = [Corner.TOP_LEFT] if position == 1 else []
    return [*corners, Corner.BOTTOM_RIGHT] if last else corners


def is_student(person: Any, _thing: Any) -> bool:
    """Takes part."""
    return bool(person.is_authenticated and person.has_role(Role.STUDENT))


def is_author(person: Any, letter: Any) -> bool:
    """Wrote this letter."""
    return bool(person.is_authenticated and letter.entrant.person_id == person.id)


def is_authors_sheet(person: Any, sheet: Any) -> bool:
    """Wrote the letter this sheet belongs to."""
    return is_author(person, sheet.letter)


PERMISSIONS: Mapping[str, Any] = {
    "entrant.create": [[is_student]],
    "letter.own": [[is_student]],
    "letter.see": [[is_author], [is_organiser]],
    "letter.write": [[is_author]],
    "letter.submit": [[is_author]],
    "letter.withdraw": [[is_author]],
    "letter.clear": [[is_organiser]],
    "sheet.see": [[is_authors_sheet], [is_organiser]],
    "sheet.write": [[is_authors_sheet]],
    "sheet.clear": [[is_organiser]],
}
