"""Words of issues to come: how sure, what is reserved, by which rule, when. No page and no rule."""

from flask_babel import gettext as _
from flask_babel import ngettext

from stamps import words as stamps_words
from stamps.coming.queries import Coming
from stamps.coming.rules import Allotment, Certainty, Goods
from stamps.kinds import StampKind
from stamps.models import StampIssue
from stamps.rules import CONTAINERS


def certainty(value: Certainty) -> str:
    """How sure an issue is."""
    words = {
        Certainty.ANNOUNCED: _("announced"),
        Certainty.CONFIRMED: _("confirmed"),
        Certainty.CANCELLED: _("cancelled"),
    }
    return str(words[value])


def goods(value: Goods) -> str:
    """What is reserved."""
    words = {
        Goods.SET: _("Set of stamps"),
        Goods.SHEET: _("Souvenir sheet"),
        Goods.FIRST_DAY_COVER: _("First day cover"),
    }
    return str(words[value])


def rule(value: Allotment) -> str:
    """How it is decided who gets what, in full."""
    words = {
        Allotment.ROUNDS: _(
            "If more is asked for than there is, everybody gets one, then everybody who wants more a second one, and so on. "
            "Who is served first in the last round is drawn by lot."
        ),
        Allotment.ARRIVAL: _("If more is asked for than there is, who asked earlier is served first, in full."),
    }
    return str(words[value])


def contents(issue: StampIssue) -> str:
    """What comes out: stamps, sheets, first day cover."""
    stamps = issue.n_stamps
    if stamps is None:
        stamps = sum(item.kind is StampKind.STAMP and item.parent_id is None for item in issue.stamps)
    sheets = issue.n_sheets or sum(item.kind in CONTAINERS for item in issue.stamps)
    covers = any(item.kind is StampKind.FIRST_DAY_COVER for item in issue.stamps) or bool(issue.fdc_size)
    told = (
        ngettext("%(num)d stamp", "%(num)d stamps", stamps) if stamps else "",
        ngettext("%(num)d sheet", "%(num)d sheets", sheets) if sheets else "",
        _("first day cover") if covers else "",
    )
    return ", ".join(filter(None, told))


def when(coming: Coming) -> str:
    """The first day as exactly as it is known."""
    text = stamps_words.partial_date(coming.issue.date)
    return text if len(coming.issue.date) == 10 else str(_("%(when)s, the day is not known yet", when=text))


def former(coming: Coming) -> str:
    """Where it stood before it was moved."""
    days = ", ".join(stamps_words.partial_date(text) for text in coming.former)
    return str(_("moved from %(when)s", when=days)) if days else ""
