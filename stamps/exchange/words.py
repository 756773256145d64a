"""Words on the pages of imports: findings, columns, states, faults. No page and no rule."""

from flask_babel import gettext as _

from stamps.exchange.cells import Known
from stamps.exchange.columns import COPIES, LANGUAGE, YEAR
from stamps.exchange.rules import Finding, ImportState, Meaning


def finding(value: Finding) -> str:
    """What a row turned out to be."""
    words = {
        Finding.UNCHANGED: _("unchanged"),
        Finding.KNOWN: _("in the catalogue"),
        Finding.LIKELY: _("probably in the catalogue"),
        Finding.NEAR: _("near something known"),
        Finding.NEW: _("new"),
        Finding.UNREADABLE: _("not readable"),
        Finding.FRAME: _("no stamp"),
    }
    return str(words[value])


def tone(value: Finding) -> str:
    """The colour that goes with it."""
    tones = {
        Finding.KNOWN: "green",
        Finding.LIKELY: "gold",
        Finding.NEAR: "gold",
        Finding.NEW: "blue",
        Finding.UNREADABLE: "red",
    }
    return tones.get(value, "neutral")


def state(value: ImportState) -> str:
    """Where an import is."""
    words = {
        ImportState.READING: _("is being read"),
        ImportState.READY: _("waits for you to look at it"),
        ImportState.WORKING: _("is being brought in"),
        ImportState.DONE: _("brought in"),
        ImportState.UNDOING: _("is being undone"),
        ImportState.UNDONE: _("undone"),
        ImportState.FAILED: _("could not be read"),
    }
    return str(words[value])


def meaning(value: Meaning) -> str:
    """What a list stands for."""
    words = {
        Meaning.HAVE: _("stamps I have"),
        Meaning.WANT: _("stamps I look for"),
        Meaning.SWAP: _("stamps I would swap"),
        Meaning.LIST: _("a list of this name"),
    }
    return str(words[value])


def column(name: str) -> str:
    """A column of the list in the reader's language; the name itself for the others."""
    words = {
        "Issued on": _("First day of issue"),
        "Expiry date": _("End of validity"),
        "Width": _("Width"),
        "Height": _("Height"),
        "Format": _("Kind"),
        "Emission": _("Purpose"),
        "Perforation": _("Perforation"),
        "FaceValue": _("Face value"),
        "Country": _("Country"),
        "List": _("Lists"),
        "Quantity": _("Quantity"),
        "Catalog Codes": _("Catalogue numbers"),
        "Themes": _("Topics"),
        YEAR: _("Year"),
        LANGUAGE: _("Language"),
        COPIES: _("Copies"),
    }
    return str(words.get(name, name))


def encoding(writing: dict[str, object]) -> str:
    """How the text is written, in a few words."""
    names = {
        "utf-8": "UTF-8",
        "utf-16-le": "UTF-16",
        "utf-16-be": "UTF-16",
        "cp1252": "Windows-1252",
        "latin-1": "ISO 8859-1",
    }
    return names.get(str(writing.get("encoding")), str(writing.get("encoding")))


def candidate(known: Known) -> str:
    """A stamp of the catalogue in one line."""
    value = f"{known.face_value} {known.currency}".strip()
    return " · ".join(
        filter(None, (known.name, known.country, str(known.year or ""), value, ", ".join(known.numbers[:2])))
    )
