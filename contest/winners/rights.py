"""How much of a laureate's letter everybody may read. Pure: a letter belongs to the child who wrote it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import Refused

# What stands in an excerpt for something left out.
_LEFT_OUT = re.compile(r"\[?\s*(?:…|\.{3,})\s*\]?")


class LetterRights(StrEnum):
    """What somebody who may decide has permitted: nothing, an excerpt, or the whole letter."""

    NONE = "none"
    EXCERPT = "excerpt"
    WHOLE = "whole"


@dataclass(frozen=True)
class LetterText:
    """A letter as written, and the part of it that was chosen to be read; either may be missing."""

    language: str = ""
    body: str = ""
    excerpt: str = ""


@dataclass(frozen=True)
class Permission:
    """What is permitted, by whom, on which day."""

    rights: LetterRights = LetterRights.NONE
    by: str = ""
    on: date | None = None


def readable(letter: LetterText, rights: LetterRights) -> str:
    """The text that everybody may read."""
    return {LetterRights.NONE: "", LetterRights.EXCERPT: letter.excerpt, LetterRights.WHOLE: letter.body}[rights]


def refuse_letter(letter: LetterText, permission: Permission, *, today: date) -> None:
    """What is to be read must be there, in a language, and somebody must have permitted it by now."""
    if permission.rights is LetterRights.WHOLE and not letter.body:
        raise Refused("The text of the letter is missing.", field="body")
    if permission.rights is LetterRights.EXCERPT and not letter.excerpt:
        raise Refused("Please choose the part that may be read.", field="excerpt")
    if letter.body and not is_part_of(letter.excerpt, letter.body):
        raise Refused(
            "The excerpt must stand in the letter word for word; … may stand for what is left out.", field="excerpt"
        )
    if permission.rights is not LetterRights.NONE:
        _refuse_permission(permission, today)


def _refuse_permission(permission: Permission, today: date) -> None:
    if not permission.by:
        raise Refused("Please say who permitted it.", field="permitted_by")
    if permission.on is None:
        raise Refused("Please give the day of the permission.", field="permitted_on")
    if permission.on > today:
        raise Refused("A permission cannot lie in the future.", field="permitted_on")


def is_part_of(excerpt: str, body: str) -> bool:
    """Whether an excerpt stands in a letter, blanks and line ends aside, its parts in order."""
    rest, at = " ".join(body.split()), 0
    for part in _LEFT_OUT.split(excerpt):
        said = " ".join(part.split())
        found = rest.find(said, at)
        if found < 0:
            return False
        at = found + len(said)
    return True
