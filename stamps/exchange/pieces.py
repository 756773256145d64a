"""The pieces of one stamp as JSON holds them, each with everything noted of it: written, and read again. Pure.

What is not understood of a piece stays in its private note, as it was written.
"""

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from stamps.collections.models import Copy
from stamps.collections.reading import SHORT, read_condition, read_format
from stamps.collections.rules import DEAREST, Noted
from stamps.rules import first_day

# What is noted of a piece in words, by the names of its columns, and how much of it is kept.
WORDED = {
    "grade": 200,
    "place": 120,
    "acquired_from": 120,
    "price_currency": 16,
    "certificate_expert": 120,
    "certificate_number": 60,
    "public_note": 100_000,
    "private_note": 100_000,
}
DATED = ("acquired_on", "certificate_date")
# The order in which they are written.
NOTED = (
    *("grade", "place", "acquired_on", "acquired_from", "price_currency", "certificate_expert", "certificate_number"),
    *("certificate_date", "public_note", "private_note"),
)
# A copy, or what is to become one.
Piece = Copy | Noted


def told(piece: Piece) -> dict[str, object]:
    """Everything noted of one piece; what is empty is left out."""
    said: dict[str, object] = {
        "condition": SHORT[piece.condition] if piece.condition else "",
        "format": piece.format.value if piece.format else "",
        "price": f"{piece.price.normalize():f}" if piece.price is not None else "",
        "to_swap": piece.to_swap,
        **{name: getattr(piece, name) for name in NOTED},
    }
    return {name: value for name, value in said.items() if value}


def in_short(pieces: Sequence[Piece]) -> int:
    """A number that is another one when anything else is noted of these pieces."""
    return zlib.crc32("\n".join(sorted(json.dumps(told(piece)) for piece in pieces)).encode())


def pieces_of(cell: str) -> tuple[list[Noted], bool]:
    """The pieces in a cell of JSON, and whether all of it was understood."""
    if not cell:
        return [], True
    try:
        given = json.loads(cell)
    except (ValueError, RecursionError):
        return [], False
    if not isinstance(given, list) or not all(isinstance(piece, dict) for piece in given):
        return [], False
    read = [_read(piece) for piece in given]
    return [noted for noted, _sure in read], all(sure for _noted, sure in read)


def _read(given: Mapping[str, Any]) -> tuple[Noted, bool]:
    found: dict[str, Any] = {}
    unread = []
    for name, value in given.items():
        understood = _READERS[name](value) if name in _READERS else None
        if understood is None:
            unread.append(f"{name}: {value}")
        else:
            found[name] = understood
    if unread:
        found["private_note"] = " · ".join(filter(None, (found.get("private_note", ""), *unread)))
    return Noted(**found), not unread


def _words(most: int) -> Callable[[Any], str | None]:
    return lambda value: value.strip() if isinstance(value, str) and len(value) <= most else None


def _date(value: Any) -> str | None:
    return value if isinstance(value, str) and first_day(value) is not None else None


def _price(value: Any) -> Decimal | None:
    try:
        price = Decimal(str(value))
    except InvalidOperation:
        return None
    return price if price.is_finite() and 0 <= price <= DEAREST else None


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "condition": lambda value: read_condition(value) if isinstance(value, str) else None,
    "format": lambda value: read_format(value) if isinstance(value, str) else None,
    "price": _price,
    "to_swap": lambda value: value if isinstance(value, bool) else None,
    **dict.fromkeys(DATED, _date),
    **{name: _words(most) for name, most in WORDED.items()},
}
