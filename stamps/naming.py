"""What a careless number names: `Mi VN 2910`, `vn2910`, `VN 2910a`, `wad:VN001.02`, `2910`, `VN bộ 779`, our own `1000011`.

Reads only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stamps import queries
from stamps.models import Stamp, StampIssue
from stamps.reading.numbers import WNS, Number, likely, read_number

# The letter of a variety that nobody has described yet; its stamp is meant.
LONGEST_SUFFIX = 2
# Our own number, as pages print it; four figures alone are a year.
_PERMANENT = re.compile(r"(?:#|(?!\d{4}$))(\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class NamedElsewhere:
    """A thing that has the number asked for, but from another catalogue than the one asked for."""

    thing: StampIssue | Stamp
    number: str


def things_named(text: str) -> list[StampIssue | Stamp]:
    """Issues and items with this number, the likeliest first; a variety that is not here is looked for as its stamp."""
    return list(dict.fromkeys([*_of_catalogues(text), *_of_ours(text)]))


def things_named_elsewhere(text: str) -> list[NamedElsewhere]:
    """Where the catalogue that was said knows no such number: what has it in another one, each with the number it has."""
    read = read_number(text)
    if read is None or read.number is None or not read.catalogue or read.catalogue == WNS:
        return []
    bare = read_number(read.code)
    wanted = _ways(bare, read.code) if bare and bare.number is not None else []
    return [
        NamedElsewhere(thing, next(row.normal for row in thing.numbers if row.normal in wanted))
        for thing in queries.numbered(wanted)
    ]


def _of_catalogues(text: str) -> list[StampIssue | Stamp]:
    read = read_number(text)
    if read is None or read.number is None:
        return []
    found = queries.numbered(_ways(read, text))
    if not found and read.suffix.isalpha() and len(read.suffix) <= LONGEST_SUFFIX and read.catalogue != WNS:
        whole = replace(read, suffix="")
        found = queries.numbered(_ways(whole, whole.normal.removeprefix(":")))
    return found


def _ways(read: Number, text: str) -> Sequence[str]:
    """Figures alone are a number that a post itself gives; the rest says more."""
    if read.catalogue or read.area or read.prefix:
        return list(likely(text))
    return [f"{catalogue.key}:{read.code}" for catalogue in queries.catalogues() if catalogue.country]


def _of_ours(text: str) -> list[StampIssue | Stamp]:
    """The issue or item of our own permanent number: figures, behind a `#` where they may be a year."""
    found = _PERMANENT.fullmatch(text.strip())
    if found is None:
        return []
    numbered = queries.permanent_number(int(found[1]))
    if numbered is None or numbered.kind not in ("stamp", "stamp_issue"):
        return []
    thing = queries.stamp(numbered.key) if numbered.kind == "stamp" else queries.issue(numbered.key)
    return [thing] if thing else []
