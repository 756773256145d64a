"""What a careless number names: `Mi VN 2910`, `vn2910`, `VN 2910a`, `wad:VN001.02`, `2910`, `VN bộ 779`. Reads only."""

from collections.abc import Sequence
from dataclasses import replace

from stamps import queries
from stamps.models import Stamp, StampIssue
from stamps.reading.numbers import WNS, Number, likely, read_number

# The letter of a variety that nobody has described yet; its stamp is meant.
LONGEST_SUFFIX = 2


def things_named(text: str) -> list[StampIssue | Stamp]:
    """Issues and items with this number, the likeliest first; a variety that is not here is looked for as its stamp."""
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
