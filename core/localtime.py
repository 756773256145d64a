"""Times as people here type and read them, against the UTC that is kept. The zone is a setting of the program."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from flask import current_app
from flask_babel import get_locale


def zone() -> ZoneInfo:
    """The zone in which people type times."""
    return ZoneInfo(current_app.config["TIMEZONE"])


def city() -> str:
    """The town whose time it is, in the reader's language."""
    return get_timezone_location(zone(), locale=get_locale(), return_city=True)


def from_local(typed: datetime) -> datetime:
    """The instant somebody means who types a time without a zone."""
    return typed.replace(tzinfo=zone()).astimezone(UTC)


def local_day(moment: datetime) -> date:
    """The day it is here at an instant."""
    return moment.astimezone(zone()).date()


def to_local(moment: datetime | None) -> datetime | None:
    """What stands in a form for an instant: local time without a zone."""
    return moment.astimezone(zone()).replace(tzinfo=None) if moment else None
