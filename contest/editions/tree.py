"""The tree of units as people hand it in and read it: lines of provinces and schools, and the order of names. Pure.

Knows no table; who may change the tree, and saving it, is elsewhere.
"""

import csv
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from core.errors import Refused

LONGEST_NAME = 160
SEPARATORS = ("\t", ";", ",")
# What the first column is called in lists that begin with names of columns.
HEADINGS = frozenset({"province", "tỉnh", "tỉnh/thành", "tỉnh/thành phố", "tỉnh, thành phố", "tỉnh thành"})
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"

Line = tuple[str, str]


@dataclass(frozen=True)
class Additions:
    """What lines would add to a tree: new provinces, new schools of (province, name), and how many are there already."""

    provinces: list[str]
    schools: list[Line]
    there: int


def text_of(content: bytes) -> str:
    """The text of a file as spreadsheets write it: UTF-8 or UTF-16 by its mark, else the old Vietnamese code page."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1258", errors="replace")


def clean(name: str) -> str:
    """A name in one spelling: single blanks, accents in one piece with their letters, nothing that cannot be seen."""
    seen = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def school_lines(text: str) -> list[Line]:
    """Province and school of each line: `province; school`, with semicolon, tab or comma between, quoted or not.

    Blank lines and a first line of column names are skipped. Refuses the first line that is not whole, by its number.
    """
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        province, school = _cells(line)
        if number == 1 and province.casefold() in HEADINGS:
            continue
        _refuse_line(number, province, school)
        yield province, school


def _cells(line: str) -> Line:
    sign = next((sign for sign in SEPARATORS if sign in line), ";")
    province, *others = next(csv.reader([line], delimiter=sign, skipinitialspace=True))
    return clean(province), clean(sign.join(others).strip(sign + " "))


def _refuse_line(number: int, province: str, school: str) -> None:
    if not province or not school:
        raise Refused(
            "Line %(line)s needs a province and a school, with a semicolon between.", field="lines", line=number
        )
    if not (province + school).isprintable():
        raise Refused("Line %(line)s holds signs that cannot be printed.", field="lines", line=number)
    if max(len(province), len(school)) > LONGEST_NAME:
        raise Refused(
            "Line %(line)s is too long: a name has at most %(most)s characters.",
            field="lines",
            line=number,
            most=LONGEST_NAME,
        )


def written(lines: list[Line]) -> str:
    """Lines as `school_lines` reads them; a tab stands in no name."""
    return "\n".join(f"{province}\t{school}" for province, school in lines)


def additions(lines: list[Line], *, known: Mapping[str, Collection[str]]) -> Additions:
    """What lines would add to provinces with their schools that are known; capitals make no other school."""
    named = {name.casefold(): name for name in known}
    there = {(province.casefold(), school.casefold()) for province, schools in known.items() for school in schools}
    provinces, schools, met = [], [], set(there)
    for province, school in lines:
        if province.casefold() not in named:
            named[province.casefold()] = province
            provinces.append(province)
        key = (province.casefold(), school.casefold())
        if key not in met:
            met.add(key)
            schools.append((named[province.casefold()], school))
    return Additions(provinces, schools, there=len(lines) - len(schools))


def by_province(schools: list[Line]) -> list[tuple[str, list[str]]]:
    """Schools under their provinces, both in the order of names."""
    ordered = sorted(schools, key=lambda line: (alphabetical(line[0]), alphabetical(line[1])))
    return [
        (province, [name for _province, name in lines]) for province, lines in groupby(ordered, lambda line: line[0])
    ]


def alphabetical(name: str) -> tuple[list[int], str]:
    """The place of a name in Vietnamese order: letters as the alphabet has them (a ă â … d đ e ê …), then tones."""
    apart = unicodedata.normalize("NFD", name.casefold())
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in TONES))
    return [_place(sign) for sign in bare], apart


def _place(sign: str) -> int:
    """Blanks, points and digits come before letters, other scripts after them."""
    return (
        ord("a") + LETTERS.index(sign) if sign in LETTERS else ord(sign) + (len(LETTERS) if ord(sign) > ord("z") else 0)
    )
