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


def label(setting: str) -> str:
    """The name of a setting."""
    return str(LABELS[setting])


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
