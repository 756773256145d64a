"""What copies may be and what people have to do with stamps: conditions, forms, ends, states. Enums only; pure.

Words for them are in `words.py`; how collectors write them is read by `reading.py`.
"""

from enum import StrEnum


class Condition(StrEnum):
    """How a copy is preserved, by the terms of the trade. They are no scale: nothing here is better than the next."""

    MNH = "mnh"
    MVLH = "mvlh"
    MLH = "mlh"
    MH = "mh"
    OG = "og"
    MNG = "mng"
    NGAI = "ngai"
    VFU = "vfu"
    FU = "fu"
    USED = "used"
    CTO = "cto"
    ON_PIECE = "on_piece"
    ON_COVER = "on_cover"
    FDC = "fdc"
    SPECIMEN = "specimen"
    DAMAGED = "damaged"


class CopyFormat(StrEnum):
    """In what form a stamp is kept. A copy of which nothing is noted is a single stamp."""

    SINGLE = "single"
    PAIR = "pair"
    STRIP = "strip"
    BLOCK_OF_FOUR = "block_of_four"
    BLOCK = "block"
    GUTTER_PAIR = "gutter_pair"
    SHEET = "sheet"
    COVER = "cover"
    FIRST_DAY_COVER = "first_day_cover"
    MAXIMUM_CARD = "maximum_card"


class Disposition(StrEnum):
    """What became of a copy: it is here, or how it went; what went stays in the collector's own history."""

    KEPT = "kept"
    SWAPPED = "swapped"
    SOLD = "sold"
    GIVEN = "given"
    LOST = "lost"


class Priority(StrEnum):
    """How much somebody wants a stamp."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Status(StrEnum):
    """What a person has to do with a stamp; the first that holds is the one to say."""

    SWAP = "swap"
    HAVE = "have"
    WANT = "want"


class ListSource(StrEnum):
    """Where the stamps of a list came from; such a list can be filled again when the catalogue has grown."""

    HAND = "hand"
    ISSUE = "issue"
    SERIES = "series"
    COUNTRY = "country"
    TOPIC = "topic"
    SEARCH = "search"


class By(StrEnum):
    """By what one may look at how complete a collection is."""

    COUNTRY = "country"
    YEAR = "year"
    SERIES = "series"
    TOPIC = "topic"
    ISSUE = "issue"
