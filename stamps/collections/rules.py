"""Decisions about collections: whose a copy is, what satisfies a want, when two clicks are one, who may be found. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from accounts.rules import is_organiser, is_signed_in
from stamps.collections.kinds import By, Condition, CopyFormat, Disposition, ListSource, Priority, Status

__all__ = ["By", "Condition", "CopyFormat", "Disposition", "ListSource", "Priority", "Status"]

# The same copy once more within this time is a second click, not a second copy.
SECOND_CLICK = timedelta(seconds=10)
LONGEST_NOTE = 500
LONGEST_NAME = 80
MOST_LISTS = 200
MOST_ON_LIST = 10_000
MOST_OF_ONE = 100_000
# So many stamps are marked at once.
MOST_MARKED = 500
MOST_SHOWN = 200
LONGEST_ABOUT = 1000
LONGEST_MESSAGE = 2000
# So many collectors one may begin to write to in a day.
MOST_BEGUN = 20
A_DAY = timedelta(days=1)
DEAREST = 1_000_000_000
# What was marked can be taken back that long.
UNDO_WITHIN = timedelta(days=7)
# So long pages offer it without being asked.
UNDO_SHOWN = timedelta(minutes=30)


@dataclass(frozen=True)
class Noted:
    """Everything that may be noted of a copy, by the names of its columns; what is empty is not noted."""

    condition: Condition | None = None
    format: CopyFormat | None = None
    grade: str = ""
    place: str = ""
    acquired_on: str = ""
    acquired_from: str = ""
    price: Decimal | None = None
    price_currency: str = ""
    certificate_expert: str = ""
    certificate_number: str = ""
    certificate_date: str = ""
    public_note: str = ""
    private_note: str = ""
    to_swap: bool = False
    disposition: Disposition = Disposition.KEPT
    parted_on: str = ""
    parted_with: str = ""

    @property
    def certified(self) -> bool:
        """Whether an expert has looked at it."""
        return bool(self.certificate_expert or self.certificate_number)


@dataclass(frozen=True)
class Accepted:
    """What somebody who wants a stamp would take. Nothing named is everything accepted."""

    conditions: Collection[Condition] = ()
    formats: Collection[CopyFormat] = ()
    certificate_needed: bool = False


@dataclass(frozen=True)
class Shown:
    """What a collector shows of themselves, by the names of its columns; nothing unless they chose so."""

    name: str
    about: str = ""
    shows_counts: bool = False
    shows_haves: bool = False
    shows_swaps: bool = False
    shows_wants: bool = False


@dataclass(frozen=True)
class Cells:
    """What a list says of a stamp on it, beside that it is there."""

    quantity: int | None = None
    condition: Condition | None = None
    public_note: str = ""
    private_note: str = ""


NOTHING_NOTED = Noted()
ANYTHING = Accepted()


def satisfies(accepted: Accepted, *, condition: Condition | None, format_: CopyFormat | None, certified: bool) -> bool:
    """Whether a copy is one that is looked for. What is not noted of a copy cannot be counted on, but for the single form."""
    return (
        (not accepted.conditions or condition in accepted.conditions)
        and (not accepted.formats or (format_ or CopyFormat.SINGLE) in accepted.formats)
        and (certified or not accepted.certificate_needed)
    )


def status_of(*, copies: int, to_swap: int, wanted: bool) -> Status | None:
    """The one thing to say of a stamp in a list; None where the person has nothing to do with it."""
    if to_swap:
        return Status.SWAP
    if copies:
        return Status.HAVE
    return Status.WANT if wanted else None


def years_in(text: str) -> tuple[int, int] | None:
    """The years in `1976` or `1976-1985`, first and last; None for anything else."""
    first, _dash, last = text.replace("–", "-").partition("-")
    if not all(
        len(part.strip()) == 4 and part.strip().isascii() and part.strip().isdecimal()
        for part in (first, last or first)
    ):
        return None
    years = (int(first), int(last or first))
    return years if years[0] <= years[1] else None


def is_owner(person: Any, thing: Any) -> bool:
    """The copy, want or list is this person's."""
    return bool(person.is_authenticated and thing.person_id == person.id)


def is_of_the_two(person: Any, conversation: Any) -> bool:
    """The conversation is this person's."""
    return bool(person.is_authenticated and person.id in (conversation.first_id, conversation.second_id))


def is_reported(_person: Any, conversation: Any) -> bool:
    """One of the two has asked an organiser to look."""
    return conversation.reported_at is not None


PERMISSIONS: Mapping[str, Any] = {
    "collection.own": [[is_signed_in]],
    "collection.mark": [[is_signed_in]],
    "copy.edit": [[is_owner]],
    "want.edit": [[is_owner]],
    "list.edit": [[is_owner]],
    "act.undo": [[is_owner]],
    "conversation.read": [[is_of_the_two]],
    "conversation.settle": [[is_organiser, is_reported]],
    "collector.reported": [[is_organiser]],
}
