"""Shapes of what organisers type about a stage. Times are typed in the program's zone."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from core.forms import PrintableText, at_most, moment_field, required, stripped, whole_number

# As many as there can be until the year 2171.
MOST_EDITIONS = 200
# About 15 000 schools.
LONGEST_LIST = 1_000_000


def theme_field(label: str) -> TextAreaField:
    """A theme, in one language."""
    return TextAreaField(label, [required(), at_most(1000), PrintableText()], filters=[stripped])


def number_or_none(value: object) -> int | None:
    """What a hidden field carries, as a number."""
    return int(str(value)) if str(value).isascii() and str(value).isdigit() else None


class SettingsForm(FlaskForm):
    """Everything an organiser may set, and why it is changed."""

    theme_vi = theme_field(_l("Theme in Vietnamese"))
    theme_en = theme_field(_l("Theme in English"))
    theme_fr = theme_field(_l("Theme in French"))
    youngest = whole_number(_l("Youngest age"), 4, 25)
    oldest = whole_number(_l("Oldest age"), 4, 25)
    reference_day = DateField(
        _l("Day on which age is counted"),
        [InputRequired(_l("Please give a day."))],
        format=["%Y-%m-%d", "%d/%m/%Y"],
        invalid_value_message=_l("Please give a day."),
    )
    word_limit = whole_number(_l("Most words"), 50, 5000)
    opens_at = moment_field(_l("Letters are taken from"))
    closes_at = moment_field(_l("Letters are taken until"))
    takes_typed = BooleanField(_l("Typed letters are taken"))
    takes_handwritten = BooleanField(_l("Handwritten letters are taken, as photographs or scans"))
    reason = TextAreaField(_l("Reason of the change, shown to everybody"), [at_most(1000), PrintableText()])
    seen = HiddenField(filters=[number_or_none])


class ExtendForm(FlaskForm):
    """A later close; its reason is asked for at any time."""

    closes_at = moment_field(_l("Letters are taken until"))
    reason = TextAreaField(
        _l("Reason of the change, shown to everybody"), [required(), at_most(1000), PrintableText()], filters=[stripped]
    )


class OpenForm(SettingsForm):
    """A stage that begins."""

    number = whole_number(_l("Number of the edition"), 1, MOST_EDITIONS)


class ReasonedForm(FlaskForm):
    """A change that owes a reason once letters are taken."""

    reason = StringField(_l("Reason of the change, shown to everybody"), [at_most(1000), PrintableText()])


def ask_for_reason(form: SettingsForm | ReasonedForm, *, owed: bool) -> None:
    """Show the reason as one that may be left out, or not. Whether it is owed in the end, the service says."""
    form.reason.flags.required = owed


class CriterionForm(ReasonedForm):
    """One criterion."""

    name_vi = StringField(_l("Name in Vietnamese"), [required(), at_most(80), PrintableText()], filters=[stripped])
    name_en = StringField(_l("Name in English"), [required(), at_most(80), PrintableText()], filters=[stripped])
    name_fr = StringField(_l("Name in French"), [required(), at_most(80), PrintableText()], filters=[stripped])
    description_vi = TextAreaField(_l("Description in Vietnamese"), [at_most(1000), PrintableText()])
    description_en = TextAreaField(_l("Description in English"), [at_most(1000), PrintableText()])
    description_fr = TextAreaField(_l("Description in French"), [at_most(1000), PrintableText()])
    weight = whole_number(_l("Weight"), 1, 100)
    most = whole_number(_l("Most points"), 1, 20)


class PrizeForm(ReasonedForm):
    """One row of the prize table."""

    name_vi = StringField(_l("Name in Vietnamese"), [required(), at_most(80), PrintableText()], filters=[stripped])
    name_en = StringField(_l("Name in English"), [required(), at_most(80), PrintableText()], filters=[stripped])
    name_fr = StringField(_l("Name in French"), [required(), at_most(80), PrintableText()], filters=[stripped])
    places = whole_number(_l("How many"), 1, 10_000)
    worth = StringField(_l("Worth, as printed"), [at_most(80), PrintableText()], filters=[stripped])


class SchoolsForm(FlaskForm):
    """Many schools at once, pasted or as a file."""

    lines = TextAreaField(_l("One school a line: province; school"), [at_most(LONGEST_LIST)])
    sure = BooleanField(_l("Add them"))
    file = FileField(_l("Or a text file (CSV) of such lines"))


class UnitForm(FlaskForm):
    """The name of a province or school."""

    name = StringField(_l("Name"), [required(), at_most(160), PrintableText()], filters=[stripped])
