"""What the forms of every feature share: validators whose sentences are ours, hence translated.

WTForms brings its own messages, but none in Vietnamese.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, DecimalField, Field, Form, IntegerField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError


def required() -> DataRequired:
    """Something other than blanks must be there."""
    return DataRequired(_l("Please fill this in."))


def chosen() -> InputRequired:
    """One of the options must be picked (zero and false count as picked)."""
    return InputRequired(_l("Please choose one."))


def at_most(characters: int) -> Length:
    """No longer than so many characters."""
    return Length(max=characters, message=_l("At most %(max)d characters, please."))


def at_least(characters: int) -> Length:
    """No shorter than so many characters."""
    return Length(min=characters, message=_l("At least %(min)d characters, please."))


def between(low: float, high: float) -> NumberRange:
    """A number in a closed range."""
    return NumberRange(min=low, max=high, message=_l("A number from %(min)s to %(max)s, please."))


def whole_number(label: str, least: int, most: int, *, optional: bool = False) -> IntegerField:
    """A whole number in a closed range."""
    given = Optional() if optional else InputRequired(_l("Please fill this in."))
    return IntegerField(label, [given, between(least, most)], invalid_value_message=_l("A whole number, please."))


class CommaField(DecimalField):
    """A number as people type it: with a decimal point or comma."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        super().process_formdata([value.strip().replace(",", ".") for value in valuelist])


def number_field(label: str, least: int, most: int) -> CommaField:
    """A number in a closed range, whole or not."""
    given = InputRequired(_l("Please fill this in."))
    return CommaField(label, [given, between(least, most)], places=None, invalid_value_message=_l("A number, please."))


def moment_field(label: str) -> DateTimeLocalField:
    """A day and a time in the program's zone, as browsers and people write them."""
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"]
    asked = _l("Please give a day and a time.")
    return DateTimeLocalField(label, [InputRequired(asked)], format=formats, invalid_value_message=asked)


class PrintableText:
    """Refuse control characters, which arrive by copying from other programs and break pages and files."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Look at what was typed; tabs and line ends are fine."""
        if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in field.data or ""):
            raise ValidationError(_l("This holds signs that cannot be printed."))


def stripped(value: Any) -> Any:
    """Filter for text fields: no blanks around what was typed."""
    return value.strip() if isinstance(value, str) else value
