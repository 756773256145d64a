"""What the cells of a row say of a stamp, understood; what is in doubt is named and stays as printed. Pure, no tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale

from archive.text import fold
from core.countries import LANGUAGES, known
from stamps.exchange.columns import LANGUAGE, PAGE, YEAR
from stamps.exchange.languages import language_named
from stamps.exchange.rules import identity_of, is_link
from stamps.exchange.several import numbers_of, topics_of
from stamps.kinds import Emission, Part, PerforationKind, Process, StampKind, ValueKind
from stamps.reading.dates import read_date
from stamps.reading.methods import read_emission, read_format, read_processes
from stamps.reading.numbers import Number
from stamps.reading.perforations import plain, read_perforation
from stamps.reading.values import Value, read_value

LONGEST_SIDE = 2000
_LINK_NUMBER = re.compile(r"/(\d{1,12})(?:[/?#-].*)?$")
_ENGRAVER = re.compile(r"\s*\(E\)\s*$")
# Old countries as lists name them, that CLDR calls otherwise.
_ALSO_CALLED = {
    "viet nam": "VN",
    "vietnam": "VN",
    "viet nam, socialist republic": "VN",
    "russian federation": "RU",
    "russia": "RU",
    "ussr": "SU",
    "soviet union, ussr": "SU",
    "great britain": "GB",
    "united states of america": "US",
    "usa": "US",
    "korea, south": "KR",
    "korea, north": "KP",
    "germany, federal republic": "DE",
    "germany, democratic republic": "DD",
    "german democratic republic": "DD",
    "czech republic": "CZ",
    "china, people's republic": "CN",
    "taiwan": "TW",
    "hong kong": "HK",
    "macau": "MO",
    "vatican city": "VA",
    "ivory coast": "CI",
    "cape verde": "CV",
}


@dataclass(slots=True)
class Facts:
    """What a row says of a stamp. Texts are as printed; `doubts` names the columns that somebody should look at."""

    name: str = ""
    country: str = ""
    country_printed: str = ""
    series: str = ""
    numbers: tuple[Number, ...] = ()
    date: str = ""
    date_printed: str = ""
    validity_end: str = ""
    width: Decimal | None = None
    height: Decimal | None = None
    watermark: str = ""
    kind: StampKind = StampKind.STAMP
    emission: Emission | None = None
    perforation: str = ""
    perforation_kind: PerforationKind | None = None
    across: Decimal | None = None
    down: Decimal | None = None
    printing: str = ""
    processes: tuple[Process, ...] = ()
    paper: str = ""
    gum: str = ""
    currency: str = ""
    face_value: str = ""
    face_kind: ValueKind | None = None
    face_amount: Decimal | None = None
    surcharge: Decimal | None = None
    print_run: str = ""
    colours: str = ""
    credits: tuple[tuple[Part, str], ...] = ()
    themes: tuple[str, ...] = ()
    note: str = ""
    link: str = ""
    page: str = ""
    language: str = ""
    own_id: str = ""
    parent: str = ""
    base: str = ""
    doubts: list[str] = field(default_factory=list)

    @property
    def year(self) -> int | None:
        """The year of issue."""
        return int(self.date[:4]) if self.date else None


def facts_of(cells: Mapping[str, str], *, this_year: int) -> Facts:
    """What the cells of one row say, by Colnect's names of columns; no year of two digits lies behind `this_year`."""
    given = cells.get

    def said(column: str) -> str:
        return given(column, "").strip()

    facts = Facts(
        name=said("Name"),
        series=said("Series"),
        watermark=said("Watermark"),
        printing=said("Printing"),
        paper=said("Paper"),
        gum=said("Gum"),
        print_run=said("Print run"),
        colours=said("Colors"),
        note=said("Description"),
        link=said("Link"),
        page=said(PAGE),
        parent=_reference(said("Parent Item")),
        base=_reference(said("Overprint Variant")),
        credits=_credits(cells),
    )
    facts.link = facts.link or (facts.page if is_link(identity_of(facts.page, ())) else "")
    _language(facts, said(LANGUAGE))
    _several_of(facts, said("Catalog Codes"), said("Themes"), this_year)
    found = _LINK_NUMBER.search(facts.link)
    facts.own_id = found[1] if found else ""
    facts.processes = _processes(facts.printing)
    _country(facts, said("Country"))
    _dates(facts, said("Issued on"), said("Expiry date"))
    _year(facts, said(YEAR))
    _size(facts, said("Width"), said("Height"))
    _kinds(facts, said("Format"), said("Emission"))
    _perforation(facts, said("Perforation"))
    _value(facts, said("FaceValue"), said("Currency"))
    return facts


def _several_of(facts: Facts, numbers: str, topics: str, latest: int) -> None:
    facts.numbers, sure = numbers_of(numbers, latest=latest)
    if not sure:
        facts.doubts.append("Catalog Codes")
    facts.themes, sure = topics_of(topics)
    if not sure:
        facts.doubts.append("Themes")


def _reference(text: str) -> str:
    return text if text.isdigit() and text != "0" else ""


def _country(facts: Facts, printed: str) -> None:
    facts.country_printed = printed
    areas = {number.area[:2] for number in facts.numbers if number.area}
    area = areas.pop() if len(areas) == 1 else ""
    facts.country = country_of(printed) or (area if known(area) else "")
    if printed and not facts.country:
        facts.doubts.append("Country")


@lru_cache(maxsize=4096)
def country_of(printed: str) -> str:
    """The code of a country named in a language of ours, or given as a code; "" for one we do not know."""
    if known(printed):
        return printed
    folded = fold(printed)
    return _ALSO_CALLED.get(folded) or _by_name().get(folded) or _by_name().get(folded.partition(",")[0].strip(), "")


@lru_cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if known(str(code)):
                found.setdefault(fold(name), str(code))
    return found


def _dates(facts: Facts, issued: str, expiry: str) -> None:
    facts.date = _date(issued)
    if issued and not facts.date:
        facts.date_printed = issued[:40]
        facts.doubts.append("Issued on")
    facts.validity_end = _date(expiry)
    if expiry and not facts.validity_end:
        facts.doubts.append("Expiry date")


def _year(facts: Facts, printed: str) -> None:
    """A column of its own for the year: it dates what has no other date, and may not gainsay one."""
    if not printed or facts.date_printed:
        return
    year = _date(printed) if len(printed) == len("1992") else ""
    if not year or (facts.date and not facts.date.startswith(year)):
        facts.doubts.append(YEAR)
    facts.date = facts.date or year


def _language(facts: Facts, printed: str) -> None:
    facts.language = language_named(printed)
    if printed and not facts.language:
        facts.doubts.append(LANGUAGE)


@lru_cache(maxsize=4096)
def _date(printed: str) -> str:
    return read_date(printed)


def _size(facts: Facts, width: str, height: str) -> None:
    facts.width, facts.height = _side(width), _side(height)
    for column, printed, side in (("Width", width, facts.width), ("Height", height, facts.height)):
        if printed and side is None:
            facts.doubts.append(column)


@lru_cache(maxsize=4096)
def _side(printed: str) -> Decimal | None:
    """Millimetres; no more places than three, and nothing beyond what paper is."""
    try:
        side = Decimal(printed.replace(",", ".").removesuffix("mm").strip())
    except InvalidOperation:
        return None
    fits = side.is_finite() and 0 < side <= LONGEST_SIDE and side == round(side, 3)
    return side if fits else None


def _kinds(facts: Facts, format_: str, emission: str) -> None:
    kind = _format(format_)
    facts.kind = kind or StampKind.STAMP
    if format_ and kind is None:
        facts.doubts.append("Format")
    facts.emission = _emission(emission)
    if emission and facts.emission is None:
        facts.doubts.append("Emission")


_format = lru_cache(maxsize=1024)(read_format)
_emission = lru_cache(maxsize=1024)(read_emission)
_processes = lru_cache(maxsize=1024)(read_processes)
_holes = lru_cache(maxsize=4096)(read_perforation)


def _perforation(facts: Facts, printed: str) -> None:
    facts.perforation = plain(printed) if "<" in printed else printed
    holes = _holes(printed)
    if holes is None:
        return
    facts.perforation_kind, facts.across, facts.down = holes.kind, holes.across, holes.down
    if not holes.understood or holes.measured:
        facts.doubts.append("Perforation")


def _value(facts: Facts, printed: str, currency: str) -> None:
    facts.currency = currency_of(currency)
    facts.face_value = printed
    if currency and not facts.currency and printed:
        facts.face_value = f"{printed} {currency}"
    value = _read_value(facts.face_value, facts.currency)
    if value is None:
        return
    facts.face_kind, facts.face_amount, facts.surcharge = value.kind, value.amount, value.surcharge
    if value.in_doubt:
        facts.doubts.append("FaceValue")


@lru_cache(maxsize=4096)
def _read_value(printed: str, currency: str) -> Value | None:
    return read_value(printed, currency=currency)


@lru_cache(maxsize=1024)
def currency_of(printed: str) -> str:
    """The code of a currency that has one (`öS - Austrian schilling` is ATS), else its sign if it is short; else ""."""
    sign, dash, name = printed.partition(" - ")
    if code := _currencies().get(fold(name if dash else printed)):
        return code
    if len(printed) == 3 and printed.isupper():
        return printed
    return sign if dash and len(sign) <= 16 else printed if len(printed) <= 16 else ""


@lru_cache
def _currencies() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in Locale.parse("en").currencies.items():
        found.setdefault(fold(name), str(code))
    return found


def _credits(cells: Mapping[str, str]) -> tuple[tuple[Part, str], ...]:
    told = []
    for name in _several(cells.get("Designers", "")):
        engraver = _ENGRAVER.search(name)
        told.append((Part.ENGRAVER if engraver else Part.DESIGNER, _ENGRAVER.sub("", name)))
    told += [(Part.PRINTER, name) for name in (cells.get("Printers", "").strip(),) if name]
    told += [(Part.ISSUER, name) for name in (cells.get("Issuers", "").strip(),) if name]
    return tuple(dict.fromkeys((part, name[:200]) for part, name in told))


def _several(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(",") if name.strip()]
