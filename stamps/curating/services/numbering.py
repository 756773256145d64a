"""Numbers of a record as people type them: the one its country gave, and those of catalogues. Read and written as one text."""

import re
from dataclasses import replace

from core.errors import Refused
from stamps.curating.finding import PARTED
from stamps.models import CatalogueNumber, Stamp, StampIssue
from stamps.reading.numbers import Number, read_number
from stamps.services.describing import known_catalogues, number_thing

Thing = StampIssue | Stamp
# Catalogues whose numbers begin anew in every country.
_BY_COUNTRY = ("Mi", "Sn", "Sg", "Yt")


def country_of(thing: Thing) -> str:
    """The country of an issue, or of an item's issue."""
    return thing.country if isinstance(thing, StampIssue) else thing.issue.country


def _mark(thing: Thing) -> str:
    """The mark of the numbers that the issuing country itself gives: to sets, to stamps."""
    return f"{thing.country}-set" if isinstance(thing, StampIssue) else thing.issue.country


def read_own(thing: Thing, _field: str) -> str:
    """The number that the issuing country gave."""
    return next((row.code for row in thing.numbers if row.catalogue.key == _mark(thing)), "")


def read_others(thing: Thing, _field: str) -> str:
    """What catalogues call it."""
    return ", ".join(row.normal for row in thing.numbers if row.catalogue.key != _mark(thing))


def _as_read(row: CatalogueNumber) -> Number:
    return Number(row.catalogue.key, row.area, row.prefix, row.number, row.suffix, row.printed)


def write_own(thing: Thing, _field: str, text: str) -> None:
    """The number that the issuing country gave, however it is typed."""
    own = own_number(text, country=country_of(thing), mark=_mark(thing))
    others = [_as_read(row) for row in thing.numbers if row.catalogue.key != _mark(thing)]
    number_thing(thing, [*([own] if own else []), *others], known_catalogues())


def write_others(thing: Thing, _field: str, text: str) -> None:
    """The numbers of catalogues, however they are typed."""
    own = [_as_read(row) for row in thing.numbers if row.catalogue.key == _mark(thing)]
    number_thing(thing, [*own, *numbers_typed(text, country=country_of(thing))], known_catalogues())


def own_number(text: str, *, country: str, mark: str) -> Number | None:
    """The country's own number, however it is typed: `2910`, `vn2910`, `VN 2910`."""
    bare = re.sub(rf"^{re.escape(country)}(-set)?[\s:.]*(?=\d)", "", text.strip(), flags=re.IGNORECASE)
    found = read_number(bare, catalogue=mark) if bare else None
    if text and (found is None or found.number is None):
        raise Refused("There is no number in “%(text)s”.", text=text)
    return replace(found, printed=text[:80]) if found else None


def numbers_typed(text: str, *, country: str) -> list[Number]:
    """Numbers of other catalogues, parted by commas, however they are typed: `mi vn2910, Michel 2910, wad:VN001.02`."""
    found = []
    for part in filter(None, (each.strip() for each in PARTED.split(text))):
        number = read_number(part)
        if number is None or number.number is None:
            raise Refused("There is no number in “%(text)s”.", text=part)
        if not number.catalogue:
            raise Refused("Which catalogue is “%(text)s” of? Write it before the number, as in Mi:VN 2910.", text=part)
        found.append(_in_country(number, country))
    return found


def _in_country(number: Number, country: str) -> Number:
    """A number of a catalogue that counts by country has its country code, also where it was left out or glued on."""
    if number.area or number.catalogue not in _BY_COUNTRY:
        return number
    prefix = "" if number.prefix.upper() == country else number.prefix
    return replace(number, area=country, prefix=prefix)
