"""Decisions about one year of the contest: is it open, is a child of the right age. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from accounts.rules import is_organiser
from core.errors import Refused

FIRST_YEAR = 1972
# What an organiser sets of a stage; its criteria, prizes and units are lists of their own.
SETTINGS = (
    "theme_vi",
    "theme_en",
    "theme_fr",
    "youngest",
    "oldest",
    "reference_day",
    "word_limit",
    "opens_at",
    "closes_at",
    "takes_typed",
    "takes_handwritten",
)


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


def reference_day(year: int) -> date:
    """The day on which age is usually counted: when national entries are due in Berne, 5 May since 2017."""
    return date(year, 5, 5)


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


def refuse_settings(values: Mapping[str, Any]) -> None:
    """Refuse settings that contradict each other, naming the field."""
    if values["youngest"] > values["oldest"]:
        raise Refused("The youngest age is above the oldest.", field="oldest")
    if values["opens_at"] >= values["closes_at"]:
        raise Refused("The close must come after the opening.", field="closes_at")
    if not (values["takes_typed"] or values["takes_handwritten"]):
        raise Refused("Letters must be taken typed or handwritten, or both.", field="takes_typed")


def days_until(day: date, *, today: date) -> int:
    """How many days are left; 0 on the day itself and after it."""
    return max((day - today).days, 0)


def needs_reason(*, opens_at: datetime, now: datetime) -> bool:
    """Once letters are taken, whoever changes a setting owes everybody the reason."""
    return now >= opens_at


def written(value: object) -> str:
    """A setting's value as the history keeps it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """Which settings differ: name → (before, after), as the history keeps them."""
    pairs = {name: (written(before[name]), written(value)) for name, value in after.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


PERMISSIONS: Mapping[str, Any] = {
    "stage.open": [[is_organiser]],
    "stage.manage": [[is_organiser]],
}
