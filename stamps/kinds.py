"""What things of the catalogue are: kinds of items, of varieties, of values, of people's parts in them. Enums only; pure.

Words for them are in `stamps/words`; what follows from them is in `stamps/rules.py`.
"""

from enum import StrEnum


class StampKind(StrEnum):
    """What was issued: a stamp, something that contains stamps, or a product that belongs to an issue."""

    STAMP = "stamp"
    SOUVENIR_SHEET = "souvenir_sheet"
    SHEETLET = "sheetlet"
    SE_TENANT = "se_tenant"
    BOOKLET = "booklet"
    BOOKLET_PANE = "booklet_pane"
    COIL = "coil"
    FIRST_DAY_COVER = "first_day_cover"
    MAXIMUM_CARD = "maximum_card"
    STATIONERY = "stationery"
    PACK = "pack"


class Difference(StrEnum):
    """In what a variety differs from the item it is a variety of."""

    PERFORATION = "perforation"
    WATERMARK = "watermark"
    PAPER = "paper"
    GUM = "gum"
    COLOUR = "colour"
    PRINTING = "printing"
    TYPE = "type"
    FLAW = "flaw"
    OVERPRINT = "overprint"
    OTHER = "other"


class Emission(StrEnum):
    """What for an item was issued. `topical` is the Vietnamese class `chuyên đề`."""

    COMMEMORATIVE = "commemorative"
    TOPICAL = "topical"
    DEFINITIVE = "definitive"
    AIR_POST = "air_post"
    AIR_POST_OFFICIAL = "air_post_official"
    AIR_POST_SEMI_POSTAL = "air_post_semi_postal"
    SEMI_POSTAL = "semi_postal"
    POSTAGE_DUE = "postage_due"
    OFFICIAL = "official"
    PARCEL_POST = "parcel_post"
    POSTAL_TAX = "postal_tax"
    POSTAL_FISCAL = "postal_fiscal"
    PRECANCELLED = "precancelled"
    PERSONALIZED = "personalized"
    LABEL = "label"
    OFFICIAL_REPRINT = "official_reprint"
    CINDERELLA = "cinderella"
    AGENCY = "agency"
    ILLEGAL = "illegal"


class ValueKind(StrEnum):
    """How a face value is to be read: an amount, one with a surcharge, a sum, a letter rate, none at all, or not understood."""

    AMOUNT = "amount"
    SURCHARGE = "surcharge"
    SUM = "sum"
    RATE = "rate"
    NONE = "none"
    UNREAD = "unread"


class PerforationKind(StrEnum):
    """How stamps were made to part."""

    COMB = "comb"
    LINE = "line"
    HARROW = "harrow"
    ROULETTE = "roulette"
    DIE_CUT = "die_cut"
    IMPERFORATE = "imperforate"


class Process(StrEnum):
    """A printing method; an item may have several."""

    RECESS = "recess"
    OFFSET = "offset"
    LITHOGRAPHY = "lithography"
    PHOTOGRAVURE = "photogravure"
    TYPOGRAPHY = "typography"
    EMBOSSED = "embossed"
    SILK_SCREEN = "silk_screen"
    DIGITAL = "digital"
    FOIL = "foil"


class Shape(StrEnum):
    """The outline of an item."""

    RECTANGLE = "rectangle"
    SQUARE = "square"
    ROUND = "round"
    OVAL = "oval"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    OTHER = "other"


class MakerKind(StrEnum):
    """Who made something: a person or a firm."""

    PERSON = "person"
    FIRM = "firm"


class Part(StrEnum):
    """The part somebody has in an issue or item."""

    DESIGNER = "designer"
    ENGRAVER = "engraver"
    PHOTOGRAPHER = "photographer"
    ARTIST = "artist"
    PRINTER = "printer"
    ISSUER = "issuer"


class Jointness(StrEnum):
    """How posts issued together: the same design, different designs, one sheet for both, printed centrally for many."""

    TWIN = "twin"
    CONCERTED = "concerted"
    SE_TENANT = "se_tenant"
    OMNIBUS = "omnibus"


class View(StrEnum):
    """What a picture shows of a thing."""

    FACE = "face"
    BACK = "back"
    DETAIL = "detail"
    COVER = "cover"
