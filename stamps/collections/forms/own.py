"""Shapes of what collectors say of copies, wants and lists."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DecimalField, Form, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.countries import by_name
from core.forms import PrintableText, at_most, between, required, stripped, whole_number
from core.pages import in_language
from stamps import queries as stamps
from stamps.collections import words
from stamps.collections.models import Copy, ListEntry, Want
from stamps.collections.queries import every_series
from stamps.collections.rules import (
    DEAREST,
    LONGEST_NAME,
    LONGEST_NOTE,
    MOST_OF_ONE,
    Accepted,
    Cells,
    Condition,
    CopyFormat,
    Disposition,
    ListSource,
    Noted,
    Priority,
    years_in,
)
from stamps.rules import is_partial_date

Kind = TypeVar("Kind", bound=StrEnum)


class PartialDate:
    """A year, a month or a day, as far as one remembers."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Refuse what is no date."""
        if field.data and not is_partial_date(field.data):
            raise ValidationError(_l("A year, a month or a day, please: 2021, 2021-10 or 2021-10-09."))


def _line(label: str, most: int = 120) -> StringField:
    return StringField(label, [at_most(most), PrintableText()], filters=[stripped])


def _date(label: str) -> StringField:
    return StringField(label, [at_most(10), PartialDate()], filters=[stripped])


def _note(label: str) -> TextAreaField:
    return TextAreaField(label, [at_most(LONGEST_NOTE), PrintableText()], filters=[stripped])


def _several(label: str) -> SelectMultipleField:
    return SelectMultipleField(
        label, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validate_choice=True
    )


class QuickCopyForm(FlaskForm):
    """What is asked on the stamp's page; everything may be left open."""

    condition = SelectField(_l("Condition"), default="")
    format = SelectField(_l("Form"), default="")
    place = _line(_l("Where it is kept (album, page)"))
    to_swap = BooleanField(_l("I would swap it"))
    private_note = StringField(_l("Note, for you alone"), [at_most(LONGEST_NOTE), PrintableText()], filters=[stripped])

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        self.condition.choices = _choices(Condition, words.condition)
        self.format.choices = _choices(CopyFormat, words.format_)

    def said(self) -> Noted:
        """What services take."""
        return Noted(**self._said())

    def _said(self) -> dict[str, Any]:
        texts = {name: field.data or "" for name, field in self._fields.items() if _is_text(field)}
        return texts | {
            "condition": Condition(self.condition.data) if self.condition.data else None,
            "format": CopyFormat(self.format.data) if self.format.data else None,
            "to_swap": bool(self.to_swap.data),
        }


class CopyForm(QuickCopyForm):
    """All that may be noted of a copy; everything may be left open."""

    grade = _line(_l("Grade, faults"), 200)
    acquired_on = _date(_l("Since when"))
    acquired_from = _line(_l("From whom"))
    price = DecimalField(
        _l("Price paid"),
        [Optional(), between(0, DEAREST)],
        places=None,
    )
    price_currency = _line(_l("Currency"), 16)
    certificate_expert = _line(_l("Certificate by"))
    certificate_number = _line(_l("Number of the certificate"), 60)
    certificate_date = _date(_l("Date of the certificate"))
    public_note = _note(_l("Note that others may read, if you show your stamps"))
    disposition = SelectField(_l("What became of it"), default=Disposition.KEPT.value)
    parted_on = _date(_l("When it went"))
    parted_with = _line(_l("To whom"))

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        self.disposition.choices = [SelectChoice(kind.value, words.disposition(kind)) for kind in Disposition]

    def validate_price(self, field: Field) -> None:
        """Prices are kept to the thousandth."""
        if field.data is not None and field.data != round(field.data, 3):
            raise ValidationError(_l("At most three digits after the point, please."))

    def _said(self) -> dict[str, Any]:
        price: Decimal | None = self.price.data
        return super()._said() | {"price": price, "disposition": Disposition(self.disposition.data)}

    @classmethod
    def of(cls, copy: Copy) -> "CopyForm":
        """Filled with what is noted of a copy."""
        return cls(data={name: getattr(copy, name) for name in vars(Noted()) if name not in _KINDS} | _values_of(copy))


_KINDS = ("condition", "format", "disposition")


def _values_of(copy: Copy) -> dict[str, str]:
    kinds = {name: getattr(copy, name) for name in _KINDS}
    return {name: kind.value if kind else "" for name, kind in kinds.items()}


class PictureForm(FlaskForm):
    """One picture of a copy."""

    picture = FileField(_l("Picture (JPEG or PNG)"), [FileRequired(_l("Please choose a picture first."))])


class WantForm(FlaskForm):
    """What somebody who looks for a stamp would take; nothing chosen is everything accepted."""

    conditions = _several(_l("Conditions you would take"))
    formats = _several(_l("Forms you would take"))
    certificate_needed = BooleanField(_l("Only with a certificate"))
    priority = SelectField(_l("How much you want it"))
    public_note = _note(_l("Note that others may read, if you show your wants"))
    private_note = _note(_l("Note, for you alone"))

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        self.conditions.choices = [SelectChoice(kind.value, words.condition(kind)) for kind in Condition]
        self.formats.choices = [SelectChoice(kind.value, words.format_(kind)) for kind in CopyFormat]
        self.priority.choices = [SelectChoice(kind.value, words.priority(kind)) for kind in Priority]

    def said(self) -> dict[str, Any]:
        """What services take."""
        accepted = Accepted(
            conditions=tuple(map(Condition, self.conditions.data or ())),
            formats=tuple(map(CopyFormat, self.formats.data or ())),
            certificate_needed=bool(self.certificate_needed.data),
        )
        return {
            "accepted": accepted,
            "priority": Priority(self.priority.data),
            "public_note": self.public_note.data or "",
            "private_note": self.private_note.data or "",
        }

    @classmethod
    def of(cls, want: Want) -> "WantForm":
        """Filled with what is said of a want."""
        return cls(
            data={
                "conditions": [kind.value for kind in want.conditions],
                "formats": [kind.value for kind in want.formats],
                "certificate_needed": want.certificate_needed,
                "priority": want.priority.value,
                "public_note": want.public_note,
                "private_note": want.private_note,
            }
        )


class ListForm(FlaskForm):
    """Name and note of a list."""

    name = StringField(_l("Name"), [required(), at_most(LONGEST_NAME), PrintableText()], filters=[stripped])
    note = _note(_l("Note"))


class NewListForm(ListForm):
    """A new list, and what to put on it."""

    source = SelectField(_l("What is on it"), default=ListSource.HAND.value)
    country = SelectField(_l("Country"), default="")
    years = _line(_l("Years (1976 or 1976-1985)"), 9)
    topic = SelectField(_l("Topic"), default="")
    series = SelectField(_l("Series"), default="")
    words = _line(_l("Words to search for"), 200)

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        offered = [kind for kind in ListSource if kind is not ListSource.ISSUE]
        self.source.choices = [SelectChoice(kind.value, words.list_source(kind)) for kind in offered]
        none = SelectChoice("", _l("none"))
        self.country.choices = [none, *(SelectChoice(code, name) for code, name in by_name(stamps.countries()))]
        self.topic.choices = [none, *(SelectChoice(one.key, in_language(one, "name")) for one in stamps.topics())]
        self.series.choices = [
            none,
            *(SelectChoice(one.key, in_language(one, "name") or one.key) for one in every_series()),
        ]

    def validate_years(self, field: Field) -> None:
        """One year or two."""
        if field.data and years_in(field.data) is None:
            raise ValidationError(_l("A year or two, please: 1976 or 1976-1985."))

    def validate_country(self, field: Field) -> None:
        """A list by country needs one."""
        self._refuse_empty(field, ListSource.COUNTRY, _l("Please choose a country."))

    def validate_topic(self, field: Field) -> None:
        """A list by topic needs one."""
        self._refuse_empty(field, ListSource.TOPIC, _l("Please choose a topic."))

    def validate_series(self, field: Field) -> None:
        """A list by series needs one."""
        self._refuse_empty(field, ListSource.SERIES, _l("Please choose a series."))

    def validate_words(self, field: Field) -> None:
        """A list by words needs some."""
        self._refuse_empty(field, ListSource.SEARCH, _l("Please type what to search for."))

    def _refuse_empty(self, field: Field, source: ListSource, sentence: str) -> None:
        if self.source.data == source.value and not field.data:
            raise ValidationError(sentence)

    def key(self) -> str:
        """What the list's source is called (`CollectorList.source_key`)."""
        keys = {
            ListSource.COUNTRY: f"{self.country.data} {self.years.data or ''}".strip() if self.country.data else "",
            ListSource.TOPIC: self.topic.data,
            ListSource.SERIES: self.series.data,
            ListSource.SEARCH: self.words.data,
        }
        return keys.get(ListSource(self.source.data)) or ""


class EntryForm(FlaskForm):
    """What a list says of a stamp on it."""

    quantity = whole_number(_l("How many"), 0, MOST_OF_ONE, optional=True)
    condition = SelectField(_l("Condition"), default="")
    public_note = _note(_l("Note that goes with the list"))
    private_note = _note(_l("Note, for you alone"))

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        self.condition.choices = _choices(Condition, words.condition)

    def said(self) -> Cells:
        """What services take."""
        return Cells(
            quantity=self.quantity.data,
            condition=Condition(self.condition.data) if self.condition.data else None,
            public_note=self.public_note.data or "",
            private_note=self.private_note.data or "",
        )

    @classmethod
    def of(cls, entry: ListEntry) -> "EntryForm":
        """Filled with what the list says now."""
        kept = {name: getattr(entry, name) for name in ("quantity", "public_note", "private_note")}
        return cls(data=kept | {"condition": entry.condition.value if entry.condition else ""})


def _is_text(field: Field) -> bool:
    return isinstance(field, StringField | TextAreaField) and field.short_name in vars(Noted())


def _choices(kinds: Iterable[Kind], word: Callable[[Kind], str]) -> list[Any]:
    return [SelectChoice("", _l("not noted")), *(SelectChoice(kind.value, word(kind)) for kind in kinds)]
