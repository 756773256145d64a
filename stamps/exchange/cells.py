"""The 39 cells of a stamp as we know it, from rows read in bulk; and their short form, by which changes are found. Pure."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.countries import country_name
from stamps.exchange.columns import COLNECT, OWN
from stamps.kinds import Emission, Part, StampKind
from stamps.reading.numbers import WNS

# What is said of the stamp itself; the rest is of the collector.
ITEM_COLUMNS = tuple(column for column in COLNECT if column not in OWN)
_FORMATS = {
    StampKind.STAMP: "Stamp",
    StampKind.SOUVENIR_SHEET: "Souvenir Sheet",
    StampKind.SHEETLET: "Mini Sheet",
    StampKind.SE_TENANT: "Se-tenant",
    StampKind.BOOKLET: "Booklet",
    StampKind.BOOKLET_PANE: "Booklet Pane",
    StampKind.COIL: "Coil",
    StampKind.FIRST_DAY_COVER: "First Day Cover",
    StampKind.MAXIMUM_CARD: "Maximum Card",
    StampKind.STATIONERY: "Postal Stationery",
    StampKind.PACK: "Presentation Pack",
}
_EMISSIONS = {
    Emission.SEMI_POSTAL: "Semi-Postal",
    Emission.AIR_POST_SEMI_POSTAL: "Air Post Semi-Postal",
    Emission.AGENCY: "Agency Issue",
}
_SHORT = 6
_NOTHING = "0" * _SHORT


@dataclass(slots=True)
class Known:
    """What is known of one stamp, its issue's words where it has none of its own.

    `names` and `issue_names` are those in Vietnamese, English, French, and as the post printed it.
    """

    id: int
    key: str = ""
    issue_id: int = 0
    name: str = ""
    country: str = ""
    issuer: str = ""
    series: str = ""
    issue_name: str = ""
    date: str = ""
    validity_end: str = ""
    width: Decimal | None = None
    height: Decimal | None = None
    watermark: str = ""
    kind: StampKind = StampKind.STAMP
    emission: Emission | None = None
    perforation: str = ""
    printing: str = ""
    paper: str = ""
    gum: str = ""
    currency: str = ""
    face_value: str = ""
    print_run: str = ""
    colours: str = ""
    note: str = ""
    position: str = ""
    year: int | None = None
    names: tuple[str, ...] = ()
    issue_names: tuple[str, ...] = ()
    numbers: list[str] = field(default_factory=list)
    credits: list[tuple[Part, str]] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)


def item_cells(known: Known, *, link: str = "") -> dict[str, str]:
    """The cells of a stamp, by Colnect's names of columns; what we do not know is empty."""
    names = [f"{name} (E)" if part is Part.ENGRAVER else name for part, name in known.credits if part in _DRAWN]
    return dict.fromkeys(ITEM_COLUMNS, "") | {
        "Name": known.name,
        "Country": country_name(known.country, "en") if known.country else known.issuer,
        "Series": known.series,
        "Catalog Codes": ", ".join(_code(number) for number in known.numbers),
        "Issued on": known.date,
        "Expiry date": known.validity_end,
        "Width": _plain(known.width),
        "Height": _plain(known.height),
        "Watermark": known.watermark,
        "Format": _FORMATS[known.kind],
        "Emission": _emission(known.emission),
        "Perforation": known.perforation,
        "Printing": known.printing,
        "Paper": known.paper,
        "Gum": known.gum,
        "Currency": known.currency,
        "FaceValue": known.face_value,
        "Print run": known.print_run,
        "Colors": known.colours,
        "Designers": ",".join(names),
        "Printers": ",".join(name for part, name in known.credits if part is Part.PRINTER),
        "Issuers": ",".join(name for part, name in known.credits if part is Part.ISSUER),
        "Themes": ",".join(known.topics),
        "Description": known.note,
        "Link": link,
    }


_DRAWN = (Part.DESIGNER, Part.ARTIST, Part.PHOTOGRAPHER, Part.ENGRAVER)


def short(cells: Mapping[str, str], columns: Sequence[str] = COLNECT) -> str:
    """A few signs for each cell: equal cells have equal signs."""
    get = cells.get
    return "".join([_short_of(cell) if (cell := get(column)) else _NOTHING for column in columns])


def changed(seen: str, cells: Mapping[str, str], columns: Sequence[str] = COLNECT) -> set[str]:
    """Columns whose cells are others than when they were last seen."""
    now = short(cells, columns)
    if len(seen) != len(now):
        return set()
    return {
        column
        for at, column in enumerate(columns)
        if seen[at * _SHORT : (at + 1) * _SHORT] != now[at * _SHORT : (at + 1) * _SHORT]
    }


def _short_of(cell: str) -> str:
    return f"{zlib.crc32(cell.encode()) & 0xFFFFFF:06x}"


def _code(normal: str) -> str:
    """A number as lists write it: WNS numbers are marked WAD there."""
    return f"WAD:{normal.partition(':')[2]}" if normal.startswith(f"{WNS}:") else normal


def _plain(side: Decimal | None) -> str:
    return "" if side is None else f"{side.normalize():f}"


def _emission(emission: Emission | None) -> str:
    if emission is None:
        return ""
    return _EMISSIONS.get(emission) or emission.value.replace("_", " ").title()
