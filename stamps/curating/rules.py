"""Decisions of curating: what a save is, what may be taken back, how numbers count on, what looks like a duplicate. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from accounts.rules import is_curator, is_signed_in
from archive.text import words
from core.errors import Refused

ISSUE, STAMP = "stamp_issue", "stamp"
# The field of a change that says whether the record is there at all; its value is what the record hangs on.
RECORD = "record"
# So much may one person suggest in a day, and have waiting.
MOST_SUGGESTED = 20
MOST_WAITING = 60
A_DAY = timedelta(days=1)
# The same suggestion again within this time is a second click.
SECOND_CLICK = timedelta(minutes=1)
LONGEST_VALUE, LONGEST_REMARK, LONGEST_SOURCE = 2000, 1000, 500
MOST_ROWS = 120
# Titles that share so much of their words are alike.
ALIKE = Decimal("0.6")
_LAST_NUMBER = re.compile(r"(\d+)(\D*)$")
_DATED = re.compile(r"(.*\d)(\.(?:19|20)?\d\d)")
_POSITION = re.compile(r"(\d+)-(\d+)")


class Act(StrEnum):
    """What a save did."""

    ENTERED = "entered"
    EDITED = "edited"
    TAKEN_OVER = "taken_over"
    UNDONE = "undone"
    MERGED = "merged"
    RETIRED = "retired"


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    WAITING = "waiting"
    TAKEN = "taken"
    DECLINED = "declined"


class Naming(StrEnum):
    """How somebody who suggests wants to be named in the history: not at all, or by user name."""

    NOT = "not"
    USER_NAME = "user_name"


class NamedKind(StrEnum):
    """What issues may belong to, and curators add: series, joint issues, topics."""

    SERIES = "series"
    JOINT = "joint"
    TOPIC = "topic"


class Likeness(StrEnum):
    """Why a record may be the same as one that is there."""

    NUMBER = "number"
    TITLE = "title"
    SIZE_AND_VALUE = "size_and_value"


@dataclass(frozen=True)
class Traits:
    """What two records are compared by; `fits` pairs size and face value, one for each stamp that has both."""

    country: str
    year: int | None
    titles: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    fits: frozenset[str] = frozenset()


def likenesses(mine: Traits, other: Traits) -> tuple[Likeness, ...]:
    """Why these may be the same; nothing when they are of other countries, or only a number of a catalogue is shared."""
    found = [Likeness.NUMBER] if mine.numbers & other.numbers else []
    if mine.country == other.country and mine.year is not None and mine.year == other.year:
        found += [Likeness.TITLE] if any_alike(mine.titles, other.titles) else []
        found += [Likeness.SIZE_AND_VALUE] if mine.fits & other.fits else []
    return tuple(found)


def any_alike(mine: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a title of one is like a title of the other: most words the same, however they are accented."""
    theirs = [frozenset(words(title)) for title in others if title]
    return any(_alike(frozenset(words(title)), other) for title in mine if title for other in theirs)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    every = one | other
    return bool(every) and Decimal(len(one & other)) / len(every) >= ALIKE


def counted_on(number: str) -> str:
    """The number after this one: `2910` is `2911`, `Mi:VN 2910` is `Mi:VN 2911`; a suffix is not carried on.

    What ends in a year counts before it: `WNS:VN001.2026` is `WNS:VN002.2026`.
    """
    if dated := _DATED.fullmatch(number):
        return f"{counted_on(dated[1])}{dated[2]}"
    found = _LAST_NUMBER.search(number)
    if found is None:
        return ""
    following = str(int(found[1]) + 1).zfill(len(found[1]))
    return number[: found.start()] + following + ("" if found[2].strip().isalpha() else found[2])


def next_position(position: str) -> str:
    """`4-1` is `4-2`; after the last one, and after what is no position, nothing."""
    found = _POSITION.fullmatch(position.strip())
    if found is None or int(found[2]) >= int(found[1]):
        return ""
    return f"{found[1]}-{int(found[2]) + 1}"


def copied(row: Mapping[str, str]) -> dict[str, str]:
    """The row after this one in a set: numbers and position counted on, the face value free, the rest the same."""
    numbers = ", ".join(counted_on(part) for part in row.get("numbers", "").split(", ") if part)
    counted = {
        "number": counted_on(row.get("number", "")),
        "numbers": numbers,
        "position": next_position(row.get("position", "")),
    }
    return {**row, **counted, "face_value": "", "key": ""}


def size_text(width: Decimal | None, height: Decimal | None) -> str:
    """A size as a form holds it: `37 x 37`."""
    return f"{width.normalize():f} x {height.normalize():f}" if width is not None and height is not None else ""


def read_size(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Width and height in millimetres, width first; nothing for nothing."""
    found = re.fullmatch(
        r"\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*[x×*]\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:mm)?\s*", text, re.IGNORECASE
    )
    if found is None:
        if text.strip():
            raise Refused("“%(text)s” is no size such as 37 x 37.", text=text)
        return None, None
    width, height = (Decimal(side.replace(",", ".")) for side in found.groups())
    return width, height


def refuse_stale(*, seen: int, latest: int) -> None:
    """Nobody saves over what somebody else saved while the page was open."""
    if latest > seen:
        raise Refused("Somebody saved this after you had opened it. Open it again, so that nothing of theirs is lost.")


def refuse_undo(*, now_is: str, left_at: str, field: object) -> None:
    """What was changed again since cannot be taken back without losing the later change."""
    if now_is != left_at:
        raise Refused("“%(name)s” was changed again since; take the later change back first.", name=field)


def refuse_too_many(*, today: int, waiting: int) -> None:
    """Whoever suggests very much in a day is asked to wait, so that curators can follow."""
    if today >= MOST_SUGGESTED:
        raise Refused("You have suggested a lot today, thank you. Please come back tomorrow.")
    if waiting >= MOST_WAITING:
        raise Refused("Many of your suggestions are still waiting. Please let us look at them first.")


def refuse_decided(state: SuggestionState) -> None:
    """A suggestion is decided once."""
    if state is not SuggestionState.WAITING:
        raise Refused("This suggestion has been decided already.")


def refuse_leaving_collectors(*, holders: int) -> None:
    """A record that collectors have in their lists is not taken out; it may be merged into another one."""
    if holders:
        raise Refused("Collectors have this in their lists. If it is the same as another record, merge the two.")


def refuse_ring(*, closes: bool) -> None:
    """Nothing is a variety of itself, not even by a detour."""
    if closes:
        raise Refused("That would make an item a variety of itself.")


def differing(
    before: Mapping[str, str], after: Mapping[str, str], *, only: Collection[str] = ()
) -> dict[str, tuple[str, str]]:
    """Fields whose text differs: (before, after)."""
    return {
        field: (before.get(field, ""), text)
        for field, text in after.items()
        if text != before.get(field, "") and (not only or field in only)
    }


def is_own(person: Any, suggestion: Any) -> bool:
    """The suggestion is this person's."""
    return bool(person.is_authenticated and suggestion.person_id == person.id)


PERMISSIONS: Mapping[str, Any] = {
    "catalogue.edit": [[is_curator]],
    "suggestion.make": [[is_signed_in]],
    "suggestion.own": [[is_signed_in]],
    "suggestion.see": [[is_own], [is_curator]],
    "suggestion.decide": [[is_curator]],
}
