"""What rows become in the catalogue: keys, columns, what an item lacks. No table is read or written here."""

import hashlib
import secrets
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from archive.text import fold
from stamps.exchange.cells import Known
from stamps.exchange.facts import Facts
from stamps.exchange.rules import compared_name
from stamps.kinds import MakerKind, Part
from stamps.reading.numbers import Number
from stamps.services import key_of_name
from stamps.services.describing import LONGEST_KEY

NO_COUNTRY = "xx"
Group = tuple[str, str, str]
slug = lru_cache(maxsize=20_000)(key_of_name)
EMPTY_NAMES = dict.fromkeys(("name_vi", "name_en", "name_fr", "name_local", "local_language"), "")
FIRMS = (Part.PRINTER, Part.ISSUER)
# Texts of an item that an import may fill, by their names in `Facts` and in `Known`.
_TEXTS = (
    "watermark",
    "paper",
    "gum",
    "printing",
    "print_run",
    "colours",
    "face_value",
    "perforation",
    "validity_end",
    "note",
)


def lacking(stamp: Known, facts: Facts) -> dict[str, Any]:
    """What a row says that is not known of an item; whatever follows from it goes with it."""
    filled = {name: getattr(facts, name) for name in _TEXTS if getattr(facts, name) and not getattr(stamp, name)}
    if "face_value" in filled:
        filled |= {"face_kind": facts.face_kind, "face_amount": facts.face_amount, "surcharge_amount": facts.surcharge}
        filled["face_value"] = facts.face_value[:80]
        filled |= {} if stamp.currency else {"currency": facts.currency}
    if "perforation" in filled:
        filled |= {"perforation": facts.perforation[:120], "perforation_kind": facts.perforation_kind}
        filled |= {"perforation_across": facts.across, "perforation_down": facts.down}
    if "printing" in filled:
        filled["processes"] = facts.processes
    if stamp.width is None and stamp.height is None and facts.width and facts.height:
        filled |= {"width_mm": facts.width, "height_mm": facts.height}
    if stamp.emission is None and facts.emission is not None:
        filled["emission"] = facts.emission
    return filled


def group_of(facts: Facts) -> Group:
    """What rows of one issue have in common: country, day, the name of the set."""
    return (
        facts.country or facts.country_printed,
        facts.date or facts.date_printed,
        compared_name(facts.series or facts.name),
    )


def key_of(facts: Facts, thing: str) -> str:
    """A key of the country, the year, the name and what tells it from others of that name."""
    place = fold(facts.country) or NO_COUNTRY
    name = slug(facts.name)[:36].strip("-")
    return "-".join(filter(None, (place, str(facts.year or ""), name, thing.rpartition(":")[2][:10])))


def issue_key_of(facts: Facts) -> str:
    """A key of the country, the day and the name of the set."""
    place = fold(facts.country) or NO_COUNTRY
    day = facts.date or "undated"
    return "-".join((place, day, slug(facts.series or facts.name)[:40].strip("-")))


def way_to_call(key: str, told: object, turn: int) -> str:
    """The key; where it is taken one with a short sum of what tells it apart; then any."""
    if turn == 0:
        return key
    if turn == 1:
        return f"{key[: LONGEST_KEY - 9]}-{hashlib.blake2b(repr(told).encode(), digest_size=4).hexdigest()}"
    return f"{key[: LONGEST_KEY - 9]}-{secrets.token_hex(4)}"


def different(numbers: Iterable[Number]) -> Iterable[Number]:
    """Each number once."""
    return {number.normal: number for number in numbers}.values()


def missing(stamp: Known, facts: Facts) -> list[Number]:
    """Numbers that an item has not yet."""
    return [number for number in different(facts.numbers) if number.normal not in stamp.numbers]


def maker_of(key: str, part: Part, name: str) -> dict[str, Any]:
    """A maker that nobody knew; a name in brackets behind is an employer."""
    firm = part in FIRMS
    called = name if firm else name.partition(" (")[0].strip()
    return {"key": key, "kind": MakerKind.FIRM if firm else MakerKind.PERSON, "name": called[:200]}
