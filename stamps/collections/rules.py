"""Decisions about collections: in what condition and form a copy is, whose it is, when two clicks are one. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from accounts.rules import is_signed_in

# The same copy once more within this time is a second click, not a second copy.
SECOND_CLICK = timedelta(seconds=10)
LONGEST_NOTE = 500


class Condition(StrEnum):
    """How a copy is preserved, by the words of catalogues."""

    MNH = "mnh"
    MH = "mh"
    MNG = "mng"
    USED = "used"
    CTO = "cto"
    DAMAGED = "damaged"


class CopyFormat(StrEnum):
    """In what form a stamp is kept."""

    SINGLE = "single"
    PAIR = "pair"
    BLOCK = "block"
    SHEET = "sheet"
    COVER = "cover"
    FIRST_DAY_COVER = "first_day_cover"
    MAXIMUM_CARD = "maximum_card"


class Status(StrEnum):
    """What a person has to do with a stamp; the first that holds is the one to say."""

    SWAP = "swap"
    HAVE = "have"
    WANT = "want"


def status_of(*, copies: int, to_swap: int, wanted: bool) -> Status | None:
    """The one thing to say of a stamp in a list; None where the person has nothing to do with it."""
    if to_swap:
        return Status.SWAP
    if copies:
        return Status.HAVE
    return Status.WANT if wanted else None


def is_owner(person: Any, thing: Any) -> bool:
    """The copy is this person's."""
    return bool(person.is_authenticated and thing.person_id == person.id)


PERMISSIONS: Mapping[str, Any] = {
    "collection.own": [[is_signed_in]],
    "collection.mark": [[is_signed_in]],
    "copy.edit": [[is_owner]],
}
