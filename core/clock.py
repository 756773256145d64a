"""The only reader of the clock. Rules and services are given `now`; nothing else asks for it."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)
