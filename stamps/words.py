"""Words on the pages of stamps: dates known in part, sizes, kinds. No page and no rule."""

from decimal import Decimal
from zlib import crc32

from babel.dates import format_skeleton
from flask_babel import format_date, format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from archive.text import words as folded_words
from core.countries import LANGUAGES, country_name
from core.pages import in_language
from stamps import fieldwords, kindwords
from stamps.kinds import Part, StampKind
from stamps.models import Credit, Named, Stamp, StampIssue
from stamps.rules import CONTAINERS, first_day, in_currency

# So many times as wide as high is a wide one.
WIDE = Decimal("1.1")
# What drawn stamps show, and in how many colours they are drawn.
MOTIFS = ("envelope", "dove", "quill", "globe", "horn", "lotus")
COLOURS = 6


def partial_date(text: str) -> str:
    """A date as exactly as it is known: the day, the month or the year. Nothing for nothing."""
    day = first_day(text)
    if day is None:
        return text
    if len(text) == 10:
        return str(format_date(day, "long"))
    return text if len(text) == 4 else format_skeleton("yMMMM", day, locale=get_locale())


def first_day_of(thing: StampIssue | Stamp) -> str:
    """The first day as exactly as it is known; a date that was not understood as it is printed, which is said."""
    if day := own_date(thing):
        return partial_date(day)
    printed = printed_date(thing)
    return str(_("%(text)s (as printed, not understood)", text=printed)) if printed else ""


def own_date(thing: StampIssue | Stamp) -> str:
    """The first day of an issue, or of an item: its own, unless a date of its own was not understood, or its issue's."""
    if isinstance(thing, StampIssue) or thing.date_printed:
        return thing.date
    return thing.date or thing.issue.date


def printed_date(thing: StampIssue | Stamp) -> str:
    """A first day that was not understood, as it is printed; of an item its own or its issue's."""
    if own_date(thing):
        return ""
    return thing.date_printed or (thing.issue.date_printed if isinstance(thing, Stamp) else "")


def size(width: Decimal | None, height: Decimal | None) -> str:
    """Width before height, as the posts write it."""
    if width is None or height is None:
        return ""
    return str(_("%(width)s × %(height)s mm", width=format_decimal(width), height=format_decimal(height)))


def face_values(issue: StampIssue) -> str:
    """The face values as printed, with their currency."""
    return "; ".join(in_currency(value, issue.currency) for value in issue.face_values.splitlines())


def one_value(issue: StampIssue) -> str:
    """The face value of an issue that has only one, for a small drawing."""
    return face_values(issue) if len(issue.face_values.splitlines()) == 1 else ""


def face_value(stamp: Stamp) -> str:
    """One face value with its currency."""
    return in_currency(stamp.face_value, stamp.currency)


def kind(stamp: Stamp) -> str:
    """What an item is."""
    return kindwords.word(stamp.kind)


def own_or_issues(stamp: Stamp, field: str) -> str:
    """A printed text of an item, or what its issue says of all of them."""
    return str(getattr(stamp, field) or getattr(stamp.issue, field, ""))


def size_of(stamp: Stamp) -> str:
    """The size of an item; a stamp without one has that of its issue, a sheet has not."""
    if stamp.width_mm or stamp.kind is not StampKind.STAMP:
        return size(stamp.width_mm, stamp.height_mm)
    return size(stamp.issue.width_mm, stamp.issue.height_mm)


def set_number(issue: StampIssue) -> str:
    """The number of the set as the issuing country counts them, or nothing."""
    return next((row.code for row in issue.numbers if row.catalogue.key == f"{issue.country}-set"), "")


def national_number(stamp: Stamp) -> str:
    """The running number that the issuing country gives to a stamp, or nothing."""
    return next((row.code for row in stamp.numbers if row.catalogue.key == stamp.issue.country), "")


def catalogue_numbers(thing: StampIssue | Stamp) -> str:
    """What catalogues call it, each with its mark; the country's own numbers stand apart."""
    country = thing.country if isinstance(thing, StampIssue) else thing.issue.country
    own = (country, f"{country}-set")
    return "; ".join(row.normal for row in thing.numbers if row.catalogue.key not in own)


def credits_of(stamp: Stamp) -> list[Credit]:
    """Who made an item: its own credits, and those of its issue in parts that it says nothing of."""
    said = {each.part for each in stamp.credits}
    return [*stamp.credits, *(each for each in stamp.issue.credits if each.part not in said)]


def made_by(told: list[Credit], part: Part) -> str:
    """Those who had a part, as printed."""
    return "; ".join(each.printed or each.maker.name for each in told if each.part is part)


def issue_facts(issue: StampIssue) -> list[tuple[str, object]]:
    """Everything known of an issue, in the order of an issuer's notice; empty values are shown as not known."""
    return [
        (_("First day of issue"), first_day_of(issue)),
        (_("End of sale"), partial_date(issue.sales_end)),
        *([(_("End of validity"), partial_date(issue.validity_end))] if issue.validity_end else []),
        (_("Country"), country_name(issue.country)),
        *([(_("Issuer"), issue.issuer)] if issue.issuer else []),
        (_("Set number"), set_number(issue)),
        (_("Catalogue numbers"), catalogue_numbers(issue)),
        (_("Stamps"), _counted(issue.n_stamps) or _listed(issue, StampKind.STAMP)),
        (_("Souvenir sheets"), _counted(issue.n_sheets) or _listed(issue, StampKind.SOUVENIR_SHEET)),
        (_("Face values"), face_values(issue)),
        (_("Size"), size(issue.width_mm, issue.height_mm)),
        (_("Perforation"), issue.perforation),
        (_("Designer"), issue.designer),
        (_("Printer"), issue.printer),
        (_("Printing"), issue.printing),
        (_("Print run"), issue.print_run),
        (_("First day cover (mm)"), issue.fdc_size),
    ]


def stamp_facts(stamp: Stamp) -> list[tuple[str, object]]:
    """Everything known of an item, in the order of a catalogue; what belongs to stamps only is asked of stamps only."""
    issue, of_stamp = stamp.issue, stamp.kind is StampKind.STAMP
    told: list[tuple[str, object]] = [
        (_("Kind"), kind(stamp)),
        *_if_said((_("Purpose"), kindwords.word(stamp.emission))),
        *_if_said((_("Variety"), variety(stamp))),
        (_("Stamp number"), national_number(stamp)),
        *_if_said((_("Catalogue numbers"), catalogue_numbers(stamp))),
        *([] if stamp.kind in CONTAINERS else [(_("Position in the set"), stamp.position)]),
        (_("Face value"), face_value(stamp)),
        (_("Size"), size_of(stamp)),
        *_if_said((_("Shape"), kindwords.word(stamp.shape))),
        (_("Perforation"), own_or_issues(stamp, "perforation") if of_stamp else stamp.perforation),
    ]
    return [*told, *_made(stamp), *_days(stamp), (_("Set number"), set_number(issue)), _country(issue)]


def _made(stamp: Stamp) -> list[tuple[str, object]]:
    told = credits_of(stamp)
    return [
        (_("Designer"), made_by(told, Part.DESIGNER)),
        *_if_said((_("Engraver"), made_by(told, Part.ENGRAVER))),
        (_("Printer"), made_by(told, Part.PRINTER)),
        (_("Printing"), own_or_issues(stamp, "printing")),
        *_if_said((_("Paper"), stamp.paper), (_("Watermark"), stamp.watermark), (_("Gum"), stamp.gum)),
        *_if_said((_("Colours"), stamp.colours)),
        (_("Print run"), own_or_issues(stamp, "print_run")),
    ]


def _days(stamp: Stamp) -> list[tuple[str, object]]:
    return [
        (_("First day of issue"), first_day_of(stamp)),
        (_("End of sale"), partial_date(own_or_issues(stamp, "sales_end"))),
        *_if_said((_("End of validity"), partial_date(own_or_issues(stamp, "validity_end")))),
    ]


def _country(issue: StampIssue) -> tuple[str, object]:
    return (_("Country"), country_name(issue.country))


def _if_said(*told: tuple[str, str]) -> list[tuple[str, object]]:
    """Rows that many items have no use for are shown where something is known."""
    return [(label, value) for label, value in told if value]


def variety(stamp: Stamp) -> str:
    """In what a variety differs, in a word and as printed."""
    return " · ".join(filter(None, (kindwords.word(stamp.difference), stamp.variety)))


def field_names() -> dict[str, str]:
    """What the fields that claims are about are called."""
    return fieldwords.labels()


def claimed(field: str, value: str) -> str:
    """A claimed value in the reader's words."""
    return partial_date(value) if field in ("date", "sales_end", "validity_end") else fieldwords.spoken(field, value)


def name_of(thing: Named) -> str:
    """The name in the reader's language, else in one that is known; an item without one is called as its issue."""
    if name := in_language(thing, "name") or thing.name_local:
        return name
    return name_of(thing.issue) if isinstance(thing, Stamp) else str(getattr(thing, "key", ""))


def _counted(number: int | None) -> str:
    """Zero is known; None is not."""
    return "" if number is None else str(format_decimal(number))


def _listed(issue: StampIssue, kind: StampKind) -> str:
    """Where no source says how many there are, how many are listed here; varieties are no further ones."""
    number = sum(item.kind is kind and item.parent_id is None for item in issue.stamps)
    return ngettext("%(num)d listed here", "%(num)d listed here", number) if number else ""


def other_names(issue: StampIssue) -> list[tuple[str, str]]:
    """Its names in the languages that the reader is not reading, each with its language."""
    names = (*((code, getattr(issue, f"name_{code}")) for code in LANGUAGES), (issue.local_language, issue.name_local))
    return [(code, name) for code, name in names if name and name != name_of(issue)]


def part(credit: Credit) -> str:
    """The part of a maker."""
    return kindwords.word(credit.part)


def all_numbers(stamp: Stamp) -> str:
    """Every number of an item, its own country's first."""
    return "; ".join(filter(None, (national_number(stamp), catalogue_numbers(stamp))))


def short_number(stamp: Stamp) -> str:
    """What a collector calls an item in a list: its number and its place in the set."""
    first = national_number(stamp) or next((row.normal for row in stamp.numbers), "")
    place = stamp.position if stamp.kind is StampKind.STAMP else kind(stamp)
    return " · ".join(filter(None, (first, place)))


def step_name(thing: StampIssue | Stamp) -> str:
    """What a step to a neighbour says."""
    if isinstance(thing, StampIssue):
        return f"{name_of(thing)} ({thing.year})" if thing.year else name_of(thing)
    return " · ".join(filter(None, (thing.position if thing.kind is StampKind.STAMP else kind(thing), name_of(thing))))


def branch_name(stamp: Stamp) -> str:
    """What an item is called among its varieties."""
    return variety(stamp) or step_name(stamp)


def look_of(thing: StampIssue | Stamp) -> str:
    """How the paper of a drawn stamp lies, from its size: wide, square, a sheet, or upright as most are."""
    if isinstance(thing, Stamp) and thing.kind in CONTAINERS:
        return "sheet"
    of_issue = isinstance(thing, Stamp) and not thing.width_mm
    sized = thing.issue if isinstance(thing, Stamp) and of_issue else thing
    if not sized.width_mm or not sized.height_mm:
        return "upright"
    proportion = sized.width_mm / sized.height_mm
    return "wide" if proportion > WIDE else "square" if proportion > 1 / WIDE else "upright"


def drawing_of(thing: StampIssue | Stamp) -> tuple[str, int]:
    """Motif and colour of a drawn stamp, from its issue: the same in whatever language it is read."""
    number = crc32((thing.issue if isinstance(thing, Stamp) else thing).key.encode())
    return MOTIFS[number // COLOURS % len(MOTIFS)], number % COLOURS


def key_beginning(text: str) -> str:
    """How the keys of makers begin whose name begins so."""
    return "-".join(folded_words(text))[:64]
