"""Words on the pages of stamps: dates known in part, sizes, kinds. No page and no rule."""

from decimal import Decimal

from babel.dates import format_skeleton
from flask_babel import format_date, format_decimal, get_locale
from flask_babel import gettext as _

from core.countries import country_name
from core.pages import in_language
from stamps.models import Stamp, StampIssue
from stamps.rules import StampKind, first_day, in_currency


def partial_date(text: str) -> str:
    """A date as exactly as it is known: the day, the month or the year. Nothing for nothing."""
    day = first_day(text)
    if day is None:
        return text
    if len(text) == 10:
        return str(format_date(day, "long"))
    return text if len(text) == 4 else format_skeleton("yMMMM", day, locale=get_locale())


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
    """What a stamp is."""
    return str(_("Souvenir sheet") if stamp.kind is StampKind.SOUVENIR_SHEET else _("Stamp"))


def issue_facts(issue: StampIssue) -> list[tuple[str, object]]:
    """Everything known of an issue, in the order of an issuer's notice; empty values are shown as not known."""
    return [
        (_("First day of issue"), partial_date(issue.date)),
        (_("End of sale"), partial_date(issue.sales_end)),
        (_("Country"), country_name(issue.country)),
        *([(_("Issuer"), issue.issuer)] if issue.issuer else []),
        (_("Set number"), issue.national_code),
        (_("Catalogue numbers"), "; ".join(issue.catalogue_numbers.splitlines())),
        (_("Stamps"), _counted(issue.n_stamps)),
        (_("Souvenir sheets"), _counted(issue.n_sheets)),
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
    """Everything known of a stamp."""
    return [
        (_("Kind"), kind(stamp)),
        (_("Stamp number"), stamp.number),
        (_("Position in the set"), "" if stamp.kind is StampKind.SOUVENIR_SHEET else stamp.position),
        (_("Face value"), face_value(stamp)),
        (_("Size"), size(stamp.width_mm, stamp.height_mm)),
        (_("First day of issue"), partial_date(stamp.issue.date)),
        (_("Set number"), stamp.issue.national_code),
        (_("Country"), country_name(stamp.issue.country)),
    ]


def field_names() -> dict[str, str]:
    """What the fields that claims are about are called."""
    return {
        "sales_end": _("End of sale"),
        "n_sheets": _("Souvenir sheets"),
        "print_run": _("Print run"),
        "date": _("First day of issue"),
        "perforation": _("Perforation"),
        "designer": _("Designer"),
        "face_values": _("Face values"),
    }


def claimed(field: str, value: str) -> str:
    """A claimed value in the reader's words."""
    return partial_date(value) if field in ("date", "sales_end") else value


def name_of(thing: StampIssue | Stamp) -> str:
    """The name in the reader's language, else in one that is known, else its key."""
    return in_language(thing, "name") or thing.key


def _counted(number: int | None) -> str:
    """Zero is known; None is not."""
    return "" if number is None else str(format_decimal(number))
