"""Catalogue numbers, in whatever form people and files write them: `Mi:VN 2910a`, `vn2910`, `wad:VN001.02`. Pure.

A number is the mark of its catalogue, the catalogue's country code, prefix, whole number, suffix. WNS numbers have a year of
two digits or of four, and `MS` for miniature sheets; we write four (Wikipedia and the WNS site, both forms are in use). Two
digits that would be a year to come, or one before the system began, are no number that we understand: kept as printed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from archive.text import fold

WNS = "WNS"
# Viet Nam's two running numbers: of the stamp (mã số) and of the set (mã số bộ).
VIETNAM_STAMP, VIETNAM_SET = "VN", "VN-set"
# Marks in use, folded; whatever else stands before a colon is a mark of its own.
_MARKS = {
    "Mi": ("mi", "michel"),
    "Sn": ("sn", "sc", "scott"),
    "Sg": ("sg", "gibbons", "stanley gibbons"),
    "Yt": ("yt", "yv", "yvert", "yvert et tellier"),
    WNS: ("wns", "wad", "wadp"),
    "AFA": ("afa",),
    "Fac": ("fac", "facit"),
    "Edi": ("edi", "edifil"),
    "Un": ("un", "unificato"),
    "ANK": ("ank",),
    VIETNAM_SET: ("vn-set", "vn bo", "vn set"),
}
_MARK_OF = {written: mark for mark, forms in _MARKS.items() for written in forms}
# Further ways to write a mark, for whoever searches.
_ALSO = {mark: forms[1:] for mark, forms in _MARKS.items()}
_ALSO[WNS] = ("wad",)
_FIRST_WNS_YEAR = 2002
# Two digits stand for no later year than this, where nobody says which year it is; 69 and more are usually read as 1969.
_LATEST = 2068

_WNS_NUMBER = re.compile(r"([A-Z]{2})\s*(\d{3})(MS)?\s*\.\s*(\d{4}|\d{2})", re.IGNORECASE)
_MARKED = re.compile(r"\s*([^\W\d][^:,]{0,18}?)\s*:\s*(.*\S)\s*", re.DOTALL)
_SPACED_MARK = re.compile(r"\s*([^\W\d]+(?: [^\W\d]+)*)\s+(\S.*)")
_NUMBER = re.compile(
    r"(?:(?P<area>[A-Za-z]{2}(?:-[A-Za-z]{2,3})?)\s+(?=\S))?(?P<prefix>[^\W\d]{0,8})[\s.]*(?P<number>\d{1,12})\s?(?P<suffix>\S{0,20})"
)
_NEXT_CODE = re.compile(r",\s*(?=[^\W\d][^:,]{0,18}?\s*:)")


@dataclass(frozen=True)
class Number:
    """A catalogue number taken apart. `number` is None where there are no digits; `printed` is what was written."""

    catalogue: str
    area: str
    prefix: str
    number: int | None
    suffix: str
    printed: str

    @property
    def normal(self) -> str:
        """The one form we write: `Mi:VN 2910a`, `WNS:VN001.2002`, `VN:2910`."""
        return f"{self.catalogue}:{self.code}"

    @property
    def code(self) -> str:
        """The same without the mark: country code, one blank, the rest without any."""
        if self.number is None:
            return self.printed
        if self.catalogue == WNS:
            return f"{self.area}{self.number:03}{self.prefix}{self.suffix}"
        return f"{self.area} {self.prefix}{self.number}{self.suffix}".strip()

    @property
    def sort(self) -> str:
        """Orders numbers of one catalogue as collectors do: country, prefix, number by its size, suffix."""
        if self.catalogue == WNS:
            return f"{self.area}{self.suffix}{self.number or 0:06}{self.prefix}"
        return f"{self.area} {self.prefix} {self.number or 0:012} {self.suffix}"[:80]


def read_number(text: str, *, catalogue: str = "", latest: int = _LATEST) -> Number | None:
    """One number as a file or a person writes it, the mark before it (`Mi:`, `Michel `) or told; None without digits.

    `latest` is the year that a year of two digits cannot lie behind.
    """
    printed = " ".join(text.split())[:80]
    mark, rest = (catalogue, printed) if catalogue else _parted(printed)
    if mark != WNS:
        return _read(mark, rest, printed)
    found = _WNS_NUMBER.fullmatch(rest)
    return _wns(found, printed, latest) if found else Number(WNS, "", "", None, "", rest) if rest else None


def _parted(printed: str) -> tuple[str, str]:
    """The mark of a catalogue, "" for none, and the rest."""
    if marked := _MARKED.fullmatch(printed):
        return mark_of(marked[1]), marked[2]
    if _WNS_NUMBER.fullmatch(printed):
        return WNS, printed
    spaced = _SPACED_MARK.fullmatch(printed)
    if spaced and fold(spaced[1]) in _MARK_OF:
        return mark_of(spaced[1]), spaced[2]
    if spaced and fold(spaced[1].split(" ")[0]) in _MARK_OF:
        mark, _blank, rest = printed.partition(" ")
        return mark_of(mark), rest
    return "", printed


def read_numbers(text: str, *, latest: int = _LATEST) -> list[Number]:
    """Several numbers in one cell, as exchange files write them: `Mi:AR 681, Sn:AR 675, Gz :AR 758`."""
    found = (read_number(part, latest=latest) for part in parts_of(text))
    return [number for number in found if number]


def parts_of(text: str) -> list[str]:
    """What stands for a number each in a cell of several."""
    return [part for part in _NEXT_CODE.split(text) if part.strip()]


@lru_cache(maxsize=4096)
def mark_of(text: str) -> str:
    """The mark of a catalogue as we write it: `michel` is `Mi`; an unknown one as it is written."""
    return _MARK_OF.get(fold(text.strip()), text.strip()[:16])


def ways_to_write(number: Number) -> tuple[str, ...]:
    """What somebody might type to find a number, beyond its normal form."""
    forms = [number.normal.replace(":", " "), *(f"{also} {number.code}" for also in _ALSO.get(number.catalogue, ()))]
    if number.catalogue == WNS and number.number is not None:
        short = f"{number.area}{number.number:03}{number.prefix}.{number.suffix[-2:]}"
        forms += [f"wad {short}", f"wns {short}"]
    if number.catalogue == VIETNAM_SET:
        forms += [f"vn bộ {number.code}"]
    return tuple(dict.fromkeys(forms))


def likely(text: str) -> Iterable[str]:
    """Normal forms that a careless number may stand for, likeliest first: `vn2910` is `VN:2910` or `Mi:VN 2910`."""
    read = read_number(text)
    if read is None or read.number is None:
        return ()
    if read.catalogue:
        return _without_area(read)
    area = (read.area or read.prefix).upper()
    own = (f"{area}:{read.number}{read.suffix}", f"{area}-set:{read.number}") if len(area) == 2 else ()
    return tuple(
        dict.fromkeys((*own, *(f"{mark}:{area} {read.number}{read.suffix}".replace(": ", ":") for mark in _MARKS)))
    )


def _without_area(read: Number) -> tuple[str, ...]:
    """A mark with a number: the country code may have been typed together with the number."""
    if read.area or not re.fullmatch(r"[A-Za-z]{2}", read.prefix):
        return (read.normal,)
    apart = Number(read.catalogue, read.prefix.upper(), "", read.number, read.suffix, read.printed)
    return (apart.normal, read.normal)


def _read(mark: str, rest: str, printed: str) -> Number | None:
    found = _NUMBER.fullmatch(rest)
    if found is None:
        return Number(mark, "", "", None, "", rest) if mark and rest else None
    area, prefix = found["area"] or "", found["prefix"]
    return Number(mark, area.upper(), prefix, int(found["number"]), found["suffix"], printed)


def _wns(found: re.Match[str], printed: str, latest: int) -> Number:
    year = int(found[4])
    if len(found[4]) == 2:  # the system began in 2002: no other century has numbers of it
        year += _FIRST_WNS_YEAR // 100 * 100
        if not _FIRST_WNS_YEAR <= year <= latest:
            return Number(WNS, "", "", None, "", found[0])
    return Number(WNS, found[1].upper(), (found[3] or "").upper(), int(found[2]), f".{year}", printed)
