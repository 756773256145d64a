"""Words for the kinds of the catalogue: what an item, a variety, a value, a part of a maker is called. No page and no rule."""

from enum import StrEnum
from functools import lru_cache

from flask_babel import get_locale
from flask_babel import gettext as _

from stamps.kinds import (
    Difference,
    Emission,
    Jointness,
    MakerKind,
    Part,
    PerforationKind,
    Process,
    Shape,
    StampKind,
    ValueKind,
    View,
)


def word(value: StrEnum | None) -> str:
    """The word for a kind in the reader's language; nothing for nothing."""
    return "" if value is None else words_of(type(value), str(get_locale()))[value]


def joined(values: tuple[StrEnum, ...]) -> str:
    """Several kinds in a row."""
    return ", ".join(word(value) for value in values)


@lru_cache(maxsize=256)
def words_of(kind: type[StrEnum], _language: str) -> dict[StrEnum, str]:
    """The words of every member in the language that is read; put together once, for lists ask for them again and again."""
    words = {
        StampKind: _kinds,
        Difference: _differences,
        Emission: _emissions,
        ValueKind: _values,
        PerforationKind: _perforations,
        Process: _processes,
        Shape: _shapes,
        Part: _parts,
        MakerKind: _maker_kinds,
        Jointness: _jointness,
        View: _views,
    }[kind]()
    return {member: str(word) for member, word in words.items()}


def _kinds() -> dict[StrEnum, str]:
    return {
        StampKind.STAMP: _("Stamp"),
        StampKind.SOUVENIR_SHEET: _("Souvenir sheet"),
        StampKind.SHEETLET: _("Sheetlet"),
        StampKind.SE_TENANT: _("Se-tenant"),
        StampKind.BOOKLET: _("Booklet"),
        StampKind.BOOKLET_PANE: _("Booklet pane"),
        StampKind.COIL: _("Coil"),
        StampKind.FIRST_DAY_COVER: _("First day cover"),
        StampKind.MAXIMUM_CARD: _("Maximum card"),
        StampKind.STATIONERY: _("Postal stationery"),
        StampKind.PACK: _("Presentation pack"),
    }


def _differences() -> dict[StrEnum, str]:
    return {
        Difference.PERFORATION: _("other perforation"),
        Difference.WATERMARK: _("other watermark"),
        Difference.PAPER: _("other paper"),
        Difference.GUM: _("other gum"),
        Difference.COLOUR: _("other colour"),
        Difference.PRINTING: _("other printing"),
        Difference.TYPE: _("other type"),
        Difference.FLAW: _("plate flaw"),
        Difference.OVERPRINT: _("overprint"),
        Difference.OTHER: _("another difference"),
    }


def _emissions() -> dict[StrEnum, str]:
    return {
        Emission.COMMEMORATIVE: _("Commemorative"),
        Emission.TOPICAL: _("Topical"),
        Emission.DEFINITIVE: _("Definitive"),
        Emission.AIR_POST: _("Air post"),
        Emission.AIR_POST_OFFICIAL: _("Air post, official"),
        Emission.AIR_POST_SEMI_POSTAL: _("Air post, with surcharge for charity"),
        Emission.SEMI_POSTAL: _("With surcharge for charity"),
        Emission.POSTAGE_DUE: _("Postage due"),
        Emission.OFFICIAL: _("Official"),
        Emission.PARCEL_POST: _("Parcel post"),
        Emission.POSTAL_TAX: _("Postal tax"),
        Emission.POSTAL_FISCAL: _("Postal fiscal"),
        Emission.PRECANCELLED: _("Precancelled"),
        Emission.PERSONALIZED: _("Personalized"),
        Emission.LABEL: _("Machine label"),
        Emission.OFFICIAL_REPRINT: _("Official reprint"),
        Emission.CINDERELLA: _("Cinderella"),
        Emission.AGENCY: _("Agency issue"),
        Emission.ILLEGAL: _("Illegal issue"),
    }


def _values() -> dict[StrEnum, str]:
    return {
        ValueKind.AMOUNT: _("an amount"),
        ValueKind.SURCHARGE: _("an amount and a surcharge"),
        ValueKind.SUM: _("the sum of several stamps"),
        ValueKind.RATE: _("a letter rate"),
        ValueKind.NONE: _("no face value is printed"),
        ValueKind.UNREAD: _("not understood"),
    }


def _perforations() -> dict[StrEnum, str]:
    return {
        PerforationKind.COMB: _("comb"),
        PerforationKind.LINE: _("line"),
        PerforationKind.HARROW: _("harrow"),
        PerforationKind.ROULETTE: _("rouletted"),
        PerforationKind.DIE_CUT: _("die-cut"),
        PerforationKind.IMPERFORATE: _("imperforate"),
    }


def _processes() -> dict[StrEnum, str]:
    return {
        Process.RECESS: _("recess"),
        Process.OFFSET: _("offset"),
        Process.LITHOGRAPHY: _("lithography"),
        Process.PHOTOGRAVURE: _("photogravure"),
        Process.TYPOGRAPHY: _("typography"),
        Process.EMBOSSED: _("embossing"),
        Process.SILK_SCREEN: _("silk-screen"),
        Process.DIGITAL: _("digital printing"),
        Process.FOIL: _("foil"),
    }


def _shapes() -> dict[StrEnum, str]:
    return {
        Shape.RECTANGLE: _("rectangle"),
        Shape.SQUARE: _("square"),
        Shape.ROUND: _("round"),
        Shape.OVAL: _("oval"),
        Shape.TRIANGLE: _("triangle"),
        Shape.DIAMOND: _("diamond"),
        Shape.OTHER: _("another shape"),
    }


def _parts() -> dict[StrEnum, str]:
    return {
        Part.DESIGNER: _("Designer"),
        Part.ENGRAVER: _("Engraver"),
        Part.PHOTOGRAPHER: _("Photographer"),
        Part.ARTIST: _("Artist"),
        Part.PRINTER: _("Printer"),
        Part.ISSUER: _("Issuer"),
    }


def _maker_kinds() -> dict[StrEnum, str]:
    return {MakerKind.PERSON: _("a person"), MakerKind.FIRM: _("a firm")}


def _jointness() -> dict[StrEnum, str]:
    return {
        Jointness.TWIN: _("one design for all"),
        Jointness.CONCERTED: _("one subject, designs of their own"),
        Jointness.SE_TENANT: _("both posts on one sheet"),
        Jointness.OMNIBUS: _("printed centrally for many posts"),
    }


def _views() -> dict[StrEnum, str]:
    return {View.FACE: _("Face"), View.BACK: _("Back"), View.DETAIL: _("Detail"), View.COVER: _("Cover")}
