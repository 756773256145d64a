"""Printing methods, formats and purposes as sources name them, understood. Pure; unknown names stay as printed."""

from archive.text import fold
from stamps.kinds import Emission, Process, StampKind

_PROCESSES = {
    Process.RECESS: ("recess", "intaglio", "engrav", "taille-douce", "khac", "line-engraved"),
    Process.OFFSET: ("offset", "op-xet", "opxet"),
    Process.PHOTOGRAVURE: ("gravure", "heliogravure", "huecograbado", "rotogravure", "photograv"),
    Process.TYPOGRAPHY: ("typography", "letterpress", "typograph"),
    Process.EMBOSSED: ("emboss", "dap noi"),
    Process.SILK_SCREEN: ("silk", "screen", "serigraph"),
    Process.DIGITAL: ("digital", "laser", "inkjet"),
    Process.FOIL: ("foil", "hot stamping"),
}
_FORMATS = {
    "stamp": StampKind.STAMP,
    "souvenir sheet": StampKind.SOUVENIR_SHEET,
    "mini sheet": StampKind.SHEETLET,
    "sheetlet": StampKind.SHEETLET,
    "booklet": StampKind.BOOKLET,
    "booklet pane": StampKind.BOOKLET_PANE,
    "se-tenant": StampKind.SE_TENANT,
    "coil": StampKind.COIL,
}
_EMISSIONS = {
    "air post": Emission.AIR_POST,
    "air mail": Emission.AIR_POST,
    "atm label": Emission.LABEL,
    "agency issue": Emission.AGENCY,
}


def read_processes(printed: str) -> tuple[Process, ...]:
    """The printing methods a text names, in our order: `Photogravure and Recess` is both."""
    folded = fold(printed)
    found = [process for process, words in _PROCESSES.items() if any(word in folded for word in words)]
    if "lithograph" in folded and Process.OFFSET not in found:
        found.append(Process.LITHOGRAPHY)
    # "Photogravure" ends like "gravure en taille-douce" and begins like nothing else; engraving alone is recess.
    return tuple(found)


def read_format(printed: str) -> StampKind | None:
    """The kind of item an exchange file names; None for one we do not know."""
    return _FORMATS.get(fold(printed.strip()))


def read_emission(printed: str) -> Emission | None:
    """The purpose an exchange file names; None for one we do not know."""
    folded = fold(printed.strip())
    named = folded.replace(" ", "_").replace("-", "_")
    return _EMISSIONS.get(folded) or next((one for one in Emission if one.value == named), None)
