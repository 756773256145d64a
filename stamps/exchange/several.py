"""Cells that hold several things: catalogue numbers and topics, parted by commas or as JSON. Pure.

What gives no number, or is no JSON though it begins like it, is told as not sure: the row keeps it as printed.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from stamps.reading.numbers import WNS, Number, mark_of, parts_of, read_number

# A code in the exact form that lists use; everything else is read with more patience.
_CODE = re.compile(r"([A-Za-z]{2,4}):([A-Z]{2}(?:-[A-Z]{2,3})?) ([A-Za-z]{0,8})(\d{1,12})(\S{0,20})")
# How programs call a catalogue and a number of it, where each is a thing of its own.
_CATALOGUE, _NUMBER = ("catalogue", "catalog", "system"), ("number", "code", "printed")


def numbers_of(cell: str, *, latest: int) -> tuple[tuple[Number, ...], bool]:
    """The numbers of a cell, and whether all of it was understood; those in the exact form without further thought."""
    if is_json(cell):
        return _numbers_in_json(cell, latest)
    found = []
    for part in cell.split(", ") if cell else ():
        exact = _CODE.fullmatch(part)
        mark = mark_of(exact[1]) if exact else ""
        if exact is None or mark == WNS:
            return _sure(read_number(one, latest=latest) for one in parts_of(cell))
        found.append(Number(mark, exact[2], exact[3], int(exact[4]), exact[5], part[:80]))
    return tuple(found), True


def topics_of(cell: str) -> tuple[tuple[str, ...], bool]:
    """The topics of a cell, and whether all of it was understood."""
    if is_json(cell):
        given = _json(cell)
        said = given if isinstance(given, list) else []
        names = [one.strip() for one in said if isinstance(one, str)]
        return tuple(filter(None, names)), isinstance(given, list) and len(names) == len(said)
    separator = "," if "," in cell else ";"
    return tuple(theme.strip() for theme in cell.split(separator) if theme.strip()), True


def is_json(cell: str) -> bool:
    """Whether a cell begins as a list or a mapping does."""
    return cell[:1] in ("{", "[")


def _numbers_in_json(cell: str, latest: int) -> tuple[tuple[Number, ...], bool]:
    """`{"Michel": "96", "Scott": ["7", "8"]}`, `["Mi:VN 96"]` or `[{"catalogue": "Mi", "number": "VN 96"}]`."""
    given = _json(cell)
    if not isinstance(given, dict | list):
        return (), False
    pairs = list(given.items()) if isinstance(given, dict) else [_pair(one) for one in given]
    each = [(mark, one) for mark, told in pairs for one in (told if isinstance(told, list) else [told])]
    return _sure(_number(str(mark), one, latest) for mark, one in each if one not in ("", None))


def _pair(one: Any) -> tuple[str, Any]:
    """The mark of a catalogue, "" where it stands in the number, and the number."""
    if not isinstance(one, dict):
        return "", one
    return next((str(one[name]) for name in _CATALOGUE if name in one), ""), next(
        (one[name] for name in _NUMBER if name in one), one
    )


def _number(mark: str, said: Any, latest: int) -> Number | None:
    if not isinstance(said, str | int) or isinstance(said, bool):
        return None
    return read_number(str(said), catalogue=mark_of(mark) if mark else "", latest=latest)


def _sure(read: Iterable[Number | None]) -> tuple[tuple[Number, ...], bool]:
    told = list(read)
    return tuple(number for number in told if number), all(number and number.number is not None for number in told)


def _json(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return None
