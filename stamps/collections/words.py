"""Words of collections: conditions, forms, what a person has to do with a stamp. No page and no rule."""

from flask_babel import gettext as _

from stamps.collections.models import Copy
from stamps.collections.rules import Condition, CopyFormat, Status


def condition(value: Condition) -> str:
    """How a copy is preserved, with the letters and the sign of catalogues."""
    words: dict[Condition, str] = {
        Condition.MNH: _("mint, never hinged (MNH, **)"),
        Condition.MVLH: _("mint, very lightly hinged (MVLH, *)"),
        Condition.MLH: _("mint, lightly hinged (MLH, *)"),
        Condition.MH: _("mint, hinged (MH, *)"),
        Condition.OG: _("mint, original gum (OG)"),
        Condition.MNG: _("mint, no gum (MNG, (*))"),
        Condition.NGAI: _("no gum as issued (NGAI)"),
        Condition.VFU: _("very fine used (VFU)"),
        Condition.FU: _("fine used (FU)"),
        Condition.USED: _("used (U)"),
        Condition.CTO: _("cancelled to order (CTO)"),
        Condition.ON_PIECE: _("on a piece of the letter"),
        Condition.ON_COVER: _("on the whole letter"),
        Condition.FDC: _("first day postmark (FDC)"),
        Condition.SPECIMEN: _("specimen"),
        Condition.DAMAGED: _("damaged"),
    }
    return words[value]


def format_(value: CopyFormat) -> str:
    """In what form a stamp is kept."""
    words: dict[CopyFormat, str] = {
        CopyFormat.SINGLE: _("single stamp"),
        CopyFormat.PAIR: _("pair"),
        CopyFormat.STRIP: _("strip"),
        CopyFormat.BLOCK_OF_FOUR: _("block of four"),
        CopyFormat.BLOCK: _("block"),
        CopyFormat.GUTTER_PAIR: _("gutter pair"),
        CopyFormat.SHEET: _("whole sheet"),
        CopyFormat.COVER: _("on a letter"),
        CopyFormat.FIRST_DAY_COVER: _("first day cover"),
        CopyFormat.MAXIMUM_CARD: _("maximum card"),
    }
    return words[value]


def status(value: Status) -> str:
    """What a person has to do with a stamp, as the person says it."""
    words = {Status.HAVE: _("I have it"), Status.SWAP: _("I have it to swap"), Status.WANT: _("I want it")}
    return str(words[value])


def list_name(value: Status) -> str:
    """A list of a collection."""
    return str({Status.HAVE: _("My stamps"), Status.SWAP: _("To swap"), Status.WANT: _("Wanted")}[value])


def copy_line(copy: Copy) -> str:
    """A copy in a few words."""
    parts = (
        condition(copy.condition) if copy.condition else "",
        format_(copy.format) if copy.format else "",
        _("to swap") if copy.to_swap else "",
    )
    return " · ".join(filter(None, parts)) or _("nothing is noted of it")
