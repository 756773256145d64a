"""Shapes of what collectors say of a copy."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from core.forms import PrintableText, at_most, stripped
from stamps.collections import words
from stamps.collections.rules import LONGEST_NOTE, Condition, CopyFormat, Noted

Kind = TypeVar("Kind", bound=StrEnum)


class CopyForm(FlaskForm):
    """A copy: everything may be left open."""

    condition = SelectField(_l("Condition"), default="")
    format = SelectField(_l("Form"), default="")
    to_swap = BooleanField(_l("I would swap it"))
    private_note = StringField(_l("Note, for you alone"), [at_most(LONGEST_NOTE), PrintableText()], filters=[stripped])

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        self.condition.choices = _choices(Condition, words.condition)
        self.format.choices = _choices(CopyFormat, words.format_)

    def said(self) -> Noted:
        """What services take."""
        return Noted(
            condition=Condition(self.condition.data) if self.condition.data else None,
            format=CopyFormat(self.format.data) if self.format.data else None,
            to_swap=bool(self.to_swap.data),
            private_note=self.private_note.data or "",
        )


def _choices(kinds: Iterable[Kind], word: Callable[[Kind], str]) -> list[Any]:
    return [SelectChoice("", _l("not noted")), *(SelectChoice(kind.value, word(kind)) for kind in kinds)]
