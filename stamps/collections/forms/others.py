"""Shapes of what collectors show of themselves and write to each other."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField

from core.forms import PrintableText, at_most, required, stripped
from stamps.collections.models import Collector
from stamps.collections.rules import LONGEST_ABOUT, LONGEST_MESSAGE, Shown


class CollectorForm(FlaskForm):
    """What is shown to whom. Everything is off until somebody ticks it."""

    name = StringField(
        _l("Name you want to be known by"), [required(), at_most(60), PrintableText()], filters=[stripped]
    )
    about = TextAreaField(
        _l("About you and your stamps"), [at_most(LONGEST_ABOUT), PrintableText()], filters=[stripped]
    )
    swaps = BooleanField(_l("Swap partners may find me; they see my name and what we could swap"))
    published = BooleanField(_l("I want a public page that anybody may open"))
    shows_counts = BooleanField(_l("On it: how many stamps I have"))
    shows_haves = BooleanField(_l("On it: the stamps I have"))
    shows_swaps = BooleanField(_l("On it: the stamps I would swap"))
    shows_wants = BooleanField(_l("On it: the stamps I look for"))
    says_grown_up = BooleanField(_l("I am 18 or older"))

    def said(self) -> dict[str, Any]:
        """What services take."""
        texts: dict[str, Any] = {name: getattr(self, name).data or "" for name in ("name", "about")}
        ticks: dict[str, Any] = {
            name: bool(getattr(self, name).data) for name in vars(Shown("")) if name.startswith("shows_")
        }
        asked = {name: bool(getattr(self, name).data) for name in ("published", "swaps", "says_grown_up")}
        return {"shown": Shown(**texts, **ticks), **asked}

    @classmethod
    def of(cls, collector: Collector | None) -> "CollectorForm":
        """Filled with what is shown now."""
        if collector is None:
            return cls()
        kept: dict[str, Any] = {name: getattr(collector, name) for name in vars(Shown(""))}
        moments = {"published": collector.published_at is not None, "swaps": collector.swaps_since is not None}
        return cls(data=kept | moments | {"says_grown_up": True})


class MessageForm(FlaskForm):
    """What one writes to another."""

    body = TextAreaField(_l("Message"), [required(), at_most(LONGEST_MESSAGE), PrintableText()], filters=[stripped])
