"""How collectors write conditions and forms: `**`, `MNH`, `UM`, `o`, `block of 4`. What is not understood is None. Pure."""

from collections.abc import Mapping

from stamps.collections.kinds import Condition, CopyFormat

# The one short form in which we write a condition, as price lists and lists of wants do.
SHORT: Mapping[Condition, str] = {
    Condition.MNH: "MNH",
    Condition.MVLH: "MVLH",
    Condition.MLH: "MLH",
    Condition.MH: "MH",
    Condition.OG: "OG",
    Condition.MNG: "MNG",
    Condition.NGAI: "NGAI",
    Condition.VFU: "VFU",
    Condition.FU: "FU",
    Condition.USED: "U",
    Condition.CTO: "CTO",
    Condition.ON_PIECE: "on piece",
    Condition.ON_COVER: "on cover",
    Condition.FDC: "FDC",
    Condition.SPECIMEN: "SPECIMEN",
    Condition.DAMAGED: "damaged",
}
# The signs of printed catalogues; several conditions share one, and some have none.
SIGNS: Mapping[Condition, str] = {
    Condition.MNH: "**",
    Condition.MVLH: "*",
    Condition.MLH: "*",
    Condition.MH: "*",
    Condition.OG: "*",
    Condition.MNG: "(*)",
    Condition.NGAI: "(*)",
    Condition.VFU: "○",
    Condition.FU: "○",
    Condition.USED: "○",
    Condition.CTO: "○",
    Condition.FDC: "FDC",
    Condition.ON_PIECE: "△",
    Condition.ON_COVER: "✉",
}
# Other ways to write them, in small letters.
_WAYS: Mapping[Condition, tuple[str, ...]] = {
    Condition.MNH: ("**", "um", "nh", "xx", "unmounted mint", "mint never hinged", "never hinged", "postfrisch"),
    Condition.MLH: ("lh", "lightly hinged", "mint lightly hinged"),
    Condition.MVLH: ("vlh", "very lightly hinged"),
    Condition.MH: ("*", "mm", "m", "x", "h", "hinged", "mounted mint", "mint hinged", "mint"),
    Condition.OG: ("original gum",),
    Condition.MNG: ("(*)", "ng", "no gum", "mint no gum", "unused no gum"),
    Condition.NGAI: ("no gum as issued",),
    Condition.VFU: ("very fine used",),
    Condition.FU: ("fine used",),
    Condition.USED: ("u", "used", "o", "°", "○", "⊙", "◉", "ø", "gu", "good used", "postally used"),
    Condition.CTO: ("cancelled to order", "canceled to order", "to order"),
    Condition.ON_PIECE: ("△", "piece", "op"),
    Condition.ON_COVER: ("✉", "cover", "letter"),
    Condition.FDC: ("first day cover",),
    Condition.SPECIMEN: ("spec",),
    Condition.DAMAGED: ("damage", "faulty", "defective", "spacefiller", "space filler"),
}
_FORMATS: Mapping[CopyFormat, tuple[str, ...]] = {
    CopyFormat.SINGLE: ("single", "stamp"),
    CopyFormat.PAIR: ("pair",),
    CopyFormat.STRIP: ("strip",),
    CopyFormat.BLOCK_OF_FOUR: ("block of four", "block of 4", "block4", "b4"),
    CopyFormat.BLOCK: ("block",),
    CopyFormat.GUTTER_PAIR: ("gutter pair",),
    CopyFormat.SHEET: ("sheet", "full sheet", "whole sheet"),
    CopyFormat.COVER: ("cover", "on cover"),
    CopyFormat.FIRST_DAY_COVER: ("first day cover", "fdc"),
    CopyFormat.MAXIMUM_CARD: ("maximum card", "maxicard", "mc"),
}
_CONDITION_OF = {way: each for each, ways in _WAYS.items() for way in (*ways, each.value, SHORT[each].lower())}
_FORMAT_OF = {way: each for each, ways in _FORMATS.items() for way in (*ways, each.value)}


def read_condition(text: str) -> Condition | None:
    """The condition that somebody wrote, in capitals or not; None when it is none we know."""
    return _CONDITION_OF.get(_plain(text))


def read_format(text: str) -> CopyFormat | None:
    """The form that somebody wrote; None when it is none we know."""
    return _FORMAT_OF.get(_plain(text))


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").split()) if text.strip("_ ") else ""
