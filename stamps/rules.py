"""Decisions about stamps: dates known in part, what contains what, what is in doubt, which issues speak of the post. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from stamps.kinds import StampKind
from stamps.reading.perforations import read_perforation
from stamps.reading.values import read_value

# Topics of the world this platform is about; their issues come first on a year of the contest.
OF_THE_POST = ("letter-writing", "upu", "world-post-day", "postal-unions", "post")
# Ways through the catalogue that somebody has thought of, each by its topics.
PATHS: Mapping[str, tuple[str, ...]] = {"upu-and-letter-writing": ("upu", "letter-writing", "world-post-day")}
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# Numbers alone, a surcharge (4000+2000), a remark behind (15000 (block)).
_BARE = re.compile(r"[\d.,+]+( \(.*\))?")

PERMISSIONS: Mapping[str, Any] = {}


# What contains stamps and is an item of its own; and what belongs to an issue and is no postage stamp.
CONTAINERS = frozenset(
    (
        StampKind.SOUVENIR_SHEET,
        StampKind.SHEETLET,
        StampKind.SE_TENANT,
        StampKind.BOOKLET,
        StampKind.BOOKLET_PANE,
        StampKind.COIL,
    )
)
PRODUCTS = frozenset((StampKind.FIRST_DAY_COVER, StampKind.MAXIMUM_CARD, StampKind.STATIONERY, StampKind.PACK))
# Our own numbers below this one are given in the record's files, the same on every site; above it, by each site.
FIRST_OF_A_SITE = 1_000_001


def fields_in_doubt(*, face_value: str, currency: str, perforation: str, date: str, date_printed: str) -> list[str]:
    """Fields whose printed text was not understood for sure; pages say so, nobody guesses."""
    value, holes = read_value(face_value, currency=currency), read_perforation(perforation)
    doubts = {
        "face_value": value is not None and value.in_doubt,
        "perforation": holes is not None and (not holes.understood or holes.measured),
        "date": bool(date_printed) and not date,
    }
    return [field for field, doubted in doubts.items() if doubted]


def closes_a_ring(parents: Mapping[int, int | None], child: int, parent: int) -> bool:
    """Whether hanging `child` below `parent` would make something its own ancestor; `parents` are those of all concerned."""
    seen: set[int] = set()
    above: int | None = parent
    while above is not None and above not in seen:
        if above == child:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def is_partial_date(text: str) -> bool:
    """Whether this is a year, a month or a day that exists, written `2021`, `2021-10` or `2021-10-09`."""
    return first_day(text) is not None


def first_day(text: str) -> date | None:
    """The first day that a partial date can mean; None when it is no date."""
    found = _PARTIAL.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_of(text: str) -> int | None:
    """The year of a partial date."""
    return int(text[:4]) if text else None


def speaks_of_the_post(topics: Iterable[str]) -> bool:
    """Whether any of these topics is of the world of letters and posts."""
    return not set(OF_THE_POST).isdisjoint(topics)


def in_currency(value: str, currency: str) -> str:
    """A face value with its currency, unless it names its unit itself: `4000 VND`, but `12 xu` and `INR 2.00`."""
    return f"{value} {currency}" if currency and _BARE.fullmatch(value) else value
