"""Decisions about imports: their states, what may be found of a row and done with it, whose they are, when two are one. Pure."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from accounts.rules import is_curator, is_signed_in
from archive.text import words

LARGEST_FILE = 64 * 1024 * 1024
# Files up to this size are read while the person waits; larger ones by the worker.
READ_AT_ONCE = 400_000
# So many rows are written in one transaction: nobody waits longer than that.
BATCH = 500
MOST_COPIES = 200
# So many files of one person may wait to be looked at.
MOST_OPEN = 10
SIMILAR = 0.6
_COLNECT = re.compile(r"colnect\.com/(?:\w\w/)?stamps/stamp/(\d{1,12})")
_OURS = re.compile(r"/stamps/([a-z0-9][a-z0-9-]{0,63})$")


class ImportState(StrEnum):
    """Where an import is: being read, ready to be looked at, at work, done, being undone, undone, or failed."""

    READING = "reading"
    READY = "ready"
    WORKING = "working"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


class Finding(StrEnum):
    """What a row turned out to be, compared with what is here."""

    UNCHANGED = "unchanged"
    KNOWN = "known"
    LIKELY = "likely"
    NEAR = "near"
    NEW = "new"
    UNREADABLE = "unreadable"
    FRAME = "frame"


class RowAct(StrEnum):
    """What is done with a row: it is of a stamp that is here, it becomes a new one, or it is left out."""

    MATCH = "match"
    NEW = "new"
    LEAVE = "leave"


class Proposal(StrEnum):
    """A stamp that the catalogue does not know is for its collector alone, or suggested to the curators."""

    PRIVATE = "private"
    OFFERED = "offered"


class Meaning(StrEnum):
    """What a list of a file stands for here: what somebody has, wants, would swap, or a list by its name."""

    HAVE = "have"
    WANT = "want"
    SWAP = "swap"
    LIST = "list"


# Lists every collector has on Colnect, and how other languages call them.
_MEANINGS = {
    Meaning.HAVE: (
        "collection",
        "my collection",
        "in my collection",
        "bo suu tap",
        "ma collection",
        "sammlung",
        "coleccion",
    ),
    Meaning.WANT: (
        "wish",
        "wish list",
        "wishlist",
        "wants",
        "want list",
        "muon co",
        "souhaits",
        "wunschliste",
        "deseos",
    ),
    Meaning.SWAP: ("swap", "swap list", "swaps", "trao doi", "echange", "echanges", "tauschliste", "cambios"),
}


@dataclass(frozen=True, slots=True)
class Basic:
    """What two records of a stamp are compared by. `names` are folded; `link` is the identity it came with, if any."""

    id: int
    issue_id: int
    names: frozenset[str]
    country: str
    year: int | None
    value: str
    numbers: frozenset[str]
    link: str = ""


def meaning_of(name: str) -> Meaning:
    """What a list of this name usually stands for."""
    folded = " ".join(words(name))
    return next((meaning for meaning, names in _MEANINGS.items() if folded in names), Meaning.LIST)


def identity_of(link: str, told: Collection[str]) -> str:
    """What makes two rows the same thing: the number in their Colnect address, their address, else everything they say."""
    if found := _COLNECT.search(link):
        return f"colnect:{found[1]}"
    text = link or "\x1f".join(told)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def own_key(link: str) -> str:
    """The key of a stamp of ours in its address; "" for another address."""
    found = None if _COLNECT.search(link) else _OURS.search(link)
    return found[1] if found else ""


def is_link(identity: str) -> bool:
    """Whether an identity is a number of Colnect's, which two different stamps never share."""
    return identity.startswith("colnect:")


@lru_cache(maxsize=20_000)
def compared_name(name: str) -> str:
    """A name as it is compared: no case, no diacritics, no signs."""
    return " ".join(words(name))


def grade(row: Basic, other: Basic) -> Finding | None:
    """How sure it is that a row is this stamp: known by a number and nothing against it, likely, near; None for another one."""
    if is_link(row.link) and is_link(other.link):
        return Finding.KNOWN if row.link == other.link else None
    against = _differ(row.country, other.country) or _differ(row.year, other.year)
    same_number = not row.numbers.isdisjoint(other.numbers)
    same_value = not _differ(row.value, other.value)
    if same_number:
        return Finding.KNOWN if not against and same_value else Finding.NEAR
    if against or row.country != other.country or row.year is None or row.year != other.year:
        return None
    if row.numbers and other.numbers and _marks(row.numbers) & _marks(other.numbers):
        return None  # the same catalogue calls them otherwise
    if not row.names.isdisjoint(other.names) and row.names != {""}:
        return Finding.LIKELY if row.value and row.value == other.value else Finding.NEAR if same_value else None
    return Finding.NEAR if same_value and row.value and _similar(row.names, other.names) else None


def _differ(one: object, other: object) -> bool:
    return bool(one and other and one != other)


def _marks(numbers: Collection[str]) -> set[str]:
    return {number.partition(":")[0] for number in numbers}


def _similar(names: Collection[str], others: Collection[str]) -> bool:
    for name in names:
        for other in others:
            mine, theirs = set(name.split()), set(other.split())
            if len(mine & theirs) >= max(2, SIMILAR * len(mine | theirs)):
                return True
    return False


def usual_act(finding: Finding) -> RowAct:
    """What is done with a row unless somebody says otherwise."""
    if finding in (Finding.KNOWN, Finding.LIKELY):
        return RowAct.MATCH
    return RowAct.NEW if finding in (Finding.NEW, Finding.NEAR) else RowAct.LEAVE


def is_importer(person: Any, import_: Any) -> bool:
    """Brought it, and it is about own lists; an import into the catalogue is every curator's business."""
    if import_.person_id is None:
        return is_curator(person, None)
    return bool(person.is_authenticated and import_.person_id == person.id)


PERMISSIONS: Mapping[str, Any] = {
    "exchange.own": [[is_signed_in]],
    "exchange.catalogue": [[is_curator]],
    "import.edit": [[is_importer]],
    "proposal.decide": [[is_curator]],
}
