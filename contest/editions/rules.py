"""Decisions about one year of the contest: is it open, is a child of the right age. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from accounts.rules import is_organiser

FIRST_YEAR = 1972


class UnitLevel(StrEnum):
    """Levels of the tree of units, from the whole country down to a school."""

    COUNTRY = "country"
    PROVINCE = "province"
    SCHOOL = "school"


class StagePhase(StrEnum):
    """Where a stage is in its year."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


def number_of_year(year: int) -> int:
    """The edition that a year belongs to: the first winner is of 1972."""
    return year - FIRST_YEAR + 1


def phase(*, opens_at: datetime, closes_at: datetime, published_at: datetime | None, now: datetime) -> StagePhase:
    """Where the stage is now. The closing moment itself is still open."""
    if published_at is not None and now >= published_at:
        return StagePhase.PUBLISHED
    if now < opens_at:
        return StagePhase.ANNOUNCED
    return StagePhase.OPEN if now <= closes_at else StagePhase.CLOSED


def age_on(*, born: date, day: date) -> int:
    """Whole years of age on a day. Who is born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


PERMISSIONS: Mapping[str, Any] = {
    "stage.open": [[is_organiser]],
    "stage.manage": [[is_organiser]],
}
