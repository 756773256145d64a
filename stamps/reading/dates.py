"""Dates as printed, understood as exactly as they say: a year, a month, a day. Pure; what may be two dates is none."""

import re
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})[./-](\d{4})", re.ASCII)


def read_date(printed: str) -> str:
    """`2021`, `2021-10` or `2021-10-09`; "" for nothing and for what is no date or may be two.

    `9/10/2021` is read only where one of the two can be no month, or both are the same.
    """
    text = printed.strip()
    if iso := _ISO.fullmatch(text):
        return _joined(iso[1], iso[2], iso[3])
    if month := _MONTH.fullmatch(text):
        return _joined(month[2], month[1], None)
    if found := _DAY_FIRST.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        if first > 12 or first == second:
            return _joined(found[3], found[2], found[1])
        return _joined(found[3], found[1], found[2]) if second > 12 else ""
    return ""


def _joined(year: str, month: str | None, day: str | None) -> str:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join((year, *(f"{int(part):02}" for part in (month, day) if part)))
