"""Words of collections: conditions, forms, what a person has to do with a stamp. No page and no rule."""

from flask_babel import format_decimal
from flask_babel import gettext as _

from stamps.collections.models import Copy, Want
from stamps.collections.queries import Progress
from stamps.collections.reading import SHORT
from stamps.collections.rules import By, Condition, CopyFormat, Disposition, ListSource, Priority, Status


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


def progress(value: Progress) -> str:
    """How much of a set somebody has."""
    if value.owned == value.total:
        return str(_("I have the whole set"))
    return str(_("I have %(owned)s of %(total)s", owned=format_decimal(value.owned), total=format_decimal(value.total)))


def disposition(value: Disposition) -> str:
    """What became of a copy."""
    words = {
        Disposition.KEPT: _("I have it still"),
        Disposition.SWAPPED: _("swapped away"),
        Disposition.SOLD: _("sold"),
        Disposition.GIVEN: _("given away"),
        Disposition.LOST: _("lost"),
    }
    return str(words[value])


def priority(value: Priority) -> str:
    """How much a stamp is wanted."""
    words = {Priority.HIGH: _("very much"), Priority.NORMAL: _("as others"), Priority.LOW: _("not so much")}
    return str(words[value])


def list_source(value: ListSource) -> str:
    """Where the stamps of a list come from."""
    words = {
        ListSource.HAND: _("what I put on it by hand"),
        ListSource.ISSUE: _("one issue"),
        ListSource.SERIES: _("a series"),
        ListSource.COUNTRY: _("a country, perhaps some years of it"),
        ListSource.TOPIC: _("a topic"),
        ListSource.SEARCH: _("what a search finds"),
    }
    return str(words[value])


def by(value: By) -> str:
    """By what completeness is looked at."""
    words = {
        By.COUNTRY: _("By country"),
        By.YEAR: _("By year"),
        By.SERIES: _("By series"),
        By.TOPIC: _("By topic"),
        By.ISSUE: _("Sets begun"),
    }
    return str(words[value])


def copy_line(copy: Copy) -> str:
    """A copy in a few words."""
    went = "" if copy.disposition is Disposition.KEPT else disposition(copy.disposition)
    parts = (
        went,
        condition(copy.condition) if copy.condition else "",
        format_(copy.format) if copy.format else "",
        copy.grade,
        _("with certificate") if copy.certified else "",
        _("to swap") if copy.to_swap else "",
        copy.place,
    )
    return " · ".join(filter(None, parts)) or _("nothing is noted of it")


def public_line(copy: Copy) -> str:
    """What others may know of a copy."""
    parts = (
        condition(copy.condition) if copy.condition else "",
        format_(copy.format) if copy.format else "",
        _("with certificate") if copy.certified else "",
    )
    return " · ".join(filter(None, parts))


def want_line(want: Want) -> str:
    """What somebody would take, in a few words."""
    parts = (
        ", ".join(SHORT[kind] for kind in want.conditions) or _("any condition"),
        ", ".join(format_(kind) for kind in want.formats),
        _("with certificate") if want.certificate_needed else "",
    )
    return " · ".join(filter(None, parts))
