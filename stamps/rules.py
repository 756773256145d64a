"""Decisions about stamps: dates that are known in part, kinds of stamps, which issues speak of the post. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

# Topics of the world this platform is about; their issues come first on a year of the contest.
OF_THE_POST = ("letter-writing", "upu", "world-post-day", "postal-unions", "post")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# Numbers alone, a surcharge (4000+2000), a remark behind (15000 (block)).
_BARE = re.compile(r"[\d.,+]+( \(.*\))?")

PERMISSIONS: Mapping[str, Any] = {}


class StampKind(StrEnum):
    """What was issued: a single stamp, or a sheet that contains stamps and is an item of its own."""

    STAMP = "stamp"
    SOUVENIR_SHEET = "souvenir_sheet"


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
