"""Settings in words: their names, and their values as people write them."""

from datetime import date, datetime

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.pages import moment

LABELS = {
    "theme_vi": _l("Theme in Vietnamese"),
    "theme_en": _l("Theme in English"),
    "theme_fr": _l("Theme in French"),
    "youngest": _l("Youngest age"),
    "oldest": _l("Oldest age"),
    "reference_day": _l("Day on which age is counted"),
    "word_limit": _l("Most words"),
    "opens_at": _l("Letters are taken from"),
    "closes_at": _l("Letters are taken until"),
    "takes_typed": _l("Typed letters are taken"),
    "takes_handwritten": _l("Handwritten letters are taken"),
    "criteria": _l("Criteria"),
    "prizes": _l("Prizes"),
    "results_at": _l("Hour of publication"),
}
MOMENTS = {"opens_at", "closes_at", "results_at"}
FIELDS = {
    "name_vi": _l("Name in Vietnamese"),
    "name_en": _l("Name in English"),
    "name_fr": _l("Name in French"),
    "description_vi": _l("Description in Vietnamese"),
    "description_en": _l("Description in English"),
    "description_fr": _l("Description in French"),
    "weight": _l("Weight"),
    "most": _l("Most points"),
    "places": _l("How many"),
    "worth": _l("Worth, as printed"),
}


def label(setting: str) -> str:
    """The name of a setting, e.g. of `closes_at` or, for a field of one of a list, `criteria.weight`."""
    name, _dot, field = setting.partition(".")
    return str(_("%(list)s: %(field)s", list=LABELS[name], field=FIELDS[field]) if field else LABELS[name])


def value(text: str, setting: str) -> str:
    """A value of the history, the reader's way; nothing stays nothing."""
    if not text:
        return "–"
    if setting in MOMENTS:
        return moment(datetime.fromisoformat(text))
    if setting == "reference_day":
        return str(format_date(date.fromisoformat(text), "long"))
    if setting.startswith("takes_"):
        return str(_("yes") if text == "yes" else _("no"))
    return text
