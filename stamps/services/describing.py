"""What is said of an item, kept with what we understand of it: values, perforation, methods, numbers, makers.

Used by whatever brings items: the record's files, imports, curators.
"""

import hashlib
from collections.abc import Iterable

from archive.text import words
from core.db import db
from stamps import queries
from stamps.kinds import MakerKind, Part
from stamps.models import Catalogue, CatalogueNumber, Credit, Maker, Stamp, StampIssue
from stamps.reading.methods import read_processes
from stamps.reading.numbers import Number
from stamps.reading.perforations import read_perforation
from stamps.reading.values import read_value

LONGEST_KEY = 64


def understand(stamp: Stamp) -> None:
    """Fill what follows from the printed texts of an item; an amount that a source gives itself is left as it is."""
    value = read_value(stamp.face_value or "", currency=stamp.currency or "")
    stamp.face_kind = value.kind if value else None
    if stamp.face_amount is None and value:
        stamp.face_amount, stamp.surcharge_amount = value.amount, value.surcharge
    holes = read_perforation(stamp.perforation or "")
    stamp.perforation_kind = holes.kind if holes else None
    stamp.perforation_across, stamp.perforation_down = (holes.across, holes.down) if holes else (None, None)
    stamp.processes = read_processes(stamp.printing or "")


def number_thing(thing: StampIssue | Stamp, numbers: Iterable[Number], catalogues: dict[str, Catalogue]) -> None:
    """Make the catalogue numbers of an issue or item exactly these, in this order; unknown catalogues are added."""
    wanted = list({number.normal: number for number in numbers}.values())
    present = {row.normal: row for row in thing.numbers}
    thing.numbers = [
        present.get(number.normal) or _row(number, catalogue_of(number.catalogue, catalogues)) for number in wanted
    ]


def catalogue_of(mark: str, catalogues: dict[str, Catalogue]) -> Catalogue:
    """The catalogue of a mark, made when it is new; `catalogues` are those known, by mark."""
    found = catalogues.get(mark)
    if found is None:
        found = catalogues[mark] = Catalogue(key=mark)
        db.session.add(found)
    return found


def credit(
    thing: StampIssue | Stamp, told: Iterable[tuple[Part, str]], makers: dict[str, Maker], *, country: str = ""
) -> None:
    """Make the credits of an issue or item exactly these (part, name as printed), in this order.

    One maker however the name is accented; a name in brackets behind (`Nguyễn Du (Vietnam Post)`) is an employer, kept
    as printed only. `makers` are those known, by key.
    """
    present = {(each.part, each.printed): each for each in thing.credits}
    kept = []
    for rank, (part, printed) in enumerate(dict.fromkeys(told)):
        each = present.get((part, printed)) or Credit(
            maker=_maker(part, printed, makers, country), part=part, printed=printed[:200]
        )
        each.rank = rank
        kept.append(each)
    thing.credits = kept


def known_catalogues() -> dict[str, Catalogue]:
    """Every catalogue by its mark."""
    return {catalogue.key: catalogue for catalogue in queries.catalogues()}


def _row(number: Number, catalogue: Catalogue) -> CatalogueNumber:
    return CatalogueNumber(
        catalogue=catalogue,
        area=number.area,
        prefix=number.prefix[:16],
        number=number.number,
        suffix=number.suffix[:24],
        printed=number.printed,
        normal=number.normal[:80],
        sort=number.sort[:80],
    )


def _maker(part: Part, printed: str, makers: dict[str, Maker], country: str) -> Maker:
    firm = part in (Part.PRINTER, Part.ISSUER)
    name = printed if firm else printed.partition(" (")[0].strip()
    key = key_of_name(name)
    found = makers.get(key)
    if found is None:
        kind = MakerKind.FIRM if firm else MakerKind.PERSON
        found = makers[key] = Maker(key=key, kind=kind, name=name[:200], country=country)
        db.session.add(found)
    elif found.name.isascii() and not name.isascii() and words(found.name) == words(name):
        found.name = name[:200]  # the same name with its accents
    return found


def key_of_name(name: str) -> str:
    """A key for addresses made of a name: `Phạm Quang Diệu` is `pham-quang-dieu`; of other scripts it is a short sum."""
    key = "-".join(words(name))
    if not key.isascii():
        latin = "-".join(word for word in words(name) if word.isascii())
        key = f"{latin[: LONGEST_KEY - 12]}-{hashlib.blake2b(key.encode(), digest_size=5).hexdigest()}"
    return key[:LONGEST_KEY].strip("-") or "unnamed"
