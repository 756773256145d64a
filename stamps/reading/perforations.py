"""Perforations as printed, understood: how stamps part, and holes in two centimetres across and down. Pure.

One number is meant for all sides; of two the first is across (horizontal). Quarters and halves are usual; other fractions
are measured ones (the WNS measures for itself), which is said. Numbers that no machine makes are not understood.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from archive.text import fold
from stamps.kinds import PerforationKind

_KINDS = {
    PerforationKind.IMPERFORATE: ("imperf", "non dentele", "khong rang", "ungezahnt"),
    PerforationKind.COMB: ("comb", "peigne", "luoc"),
    PerforationKind.LINE: ("line", "ligne"),
    PerforationKind.HARROW: ("harrow",),
    PerforationKind.ROULETTE: ("roulette", "rouletted"),
    PerforationKind.DIE_CUT: ("die cut", "die-cut", "serpentine"),
}
_TAG = re.compile(r"<[^<>]{0,20}>")
_FRACTIONS = (("¼", ".25"), ("½", ".5"), ("¾", ".75"), (" 1/4", ".25"), (" 1/2", ".5"), (" 3/4", ".75"))
_SIDES = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)(?:\s*[x×:]\s*(\d{1,2}(?:[.,]\d{1,3})?))?", re.ASCII)
_ONE_SIDED = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s*([VH])", re.ASCII)
_QUARTER = Decimal("0.25")
FEWEST_HOLES, MOST_HOLES = 5, 20


@dataclass(frozen=True)
class Perforation:
    """What is known of it; all None when it was not understood."""

    kind: PerforationKind | None = None
    across: Decimal | None = None
    down: Decimal | None = None

    @property
    def understood(self) -> bool:
        """Whether anything could be read."""
        return any(part is not None for part in (self.kind, self.across, self.down))

    @property
    def measured(self) -> bool:
        """Not in quarters, as catalogues write it, hence measured: worth a second look."""
        return any(side is not None and side % _QUARTER for side in (self.across, self.down))


def plain(printed: str) -> str:
    """The text without the tags that exchange files carry: `comb<i> 13 x 12½</i>` is `comb 13 x 12½`."""
    return " ".join(_TAG.sub(" ", printed).split())


def read_perforation(printed: str) -> Perforation | None:
    """What is printed, in one of the usual forms; None for nothing."""
    text = plain(printed)
    if not text:
        return None
    folded = fold(text)
    kind = next((kind for kind, words in _KINDS.items() if any(word in folded for word in words)), None)
    for sign, digits in _FRACTIONS:
        text = text.replace(sign, digits)
    if one_sided := _ONE_SIDED.fullmatch(text):
        holes = _holes(one_sided[1])
        return _possible(Perforation(kind, down=holes) if one_sided[2] == "V" else Perforation(kind, across=holes))
    rest = re.sub(r"[^\d.,x×:]+", " ", re.sub(r"[^\W\dx]+", " ", text)).strip()
    sides = _SIDES.fullmatch(rest)
    if sides is None:
        return Perforation(kind) if not re.search(r"\d", rest) else Perforation()
    if kind is PerforationKind.IMPERFORATE:  # with holes or without: it was not said which
        return Perforation()
    across = _holes(sides[1])
    return _possible(Perforation(kind, across, _holes(sides[2]) if sides[2] else across))


def _possible(read: Perforation) -> Perforation:
    sides = [side for side in (read.across, read.down) if side is not None]
    return read if all(FEWEST_HOLES <= side <= MOST_HOLES for side in sides) else Perforation()


def _holes(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
