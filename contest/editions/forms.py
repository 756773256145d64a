"""Shapes of what organisers type about a stage. Times are typed in the program's zone."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FileField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from core.forms import PrintableText, at_most, between, required, stripped


def moment_field(label: str) -> DateTimeLocalField:
    """A day and a time, as browsers and people write them."""
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"]
    return DateTimeLocalField(label, [InputRequired(_l("Please give a day and a time."))], format=formats)


def theme_field(label: str) -> TextAreaField:
    """A theme, in one language."""
    return TextAreaField(label, [required(), at_most(1000), PrintableText()], filters=[stripped])


class SettingsForm(FlaskForm):
    """Everything an organiser may set, and why it is changed."""

    theme_vi = theme_field(_l("Theme in Vietnamese"))
    theme_en = theme_field(_l("Theme in English"))
    theme_fr = theme_field(_l("Theme in French"))
    youngest = IntegerField(_l("Youngest age"), [required(), between(4, 25)])
    oldest = IntegerField(_l("Oldest age"), [required(), between(4, 25)])
    reference_day = DateField(
        _l("Day on which age is counted"),
        [InputRequired(_l("Please give a day."))],
        format=["%Y-%m-%d", "%d/%m/%Y"],
    )
    word_limit = IntegerField(_l("Most words"), [required(), between(50, 5000)])
    opens_at = moment_field(_l("Letters are taken from"))
    closes_at = moment_field(_l("Letters are taken until"))
    takes_typed = BooleanField(_l("Typed letters are taken"))
    takes_handwritten = BooleanField(_l("Handwritten letters are taken, as photographs or scans"))
    reason = TextAreaField(_l("Reason of the change, shown to everybody"), [at_most(1000), PrintableText()])


class OpenForm(SettingsForm):
    """A stage that begins."""

    number = IntegerField(_l("Number of the edition"), [required(), between(1, 200)])


class ReasonedForm(FlaskForm):
    """A change that owes a reason once letters are taken."""

    reason = StringField(_l("Reason of the change, shown to everybody"), [at_most(1000), PrintableText()])


class CriterionForm(ReasonedForm):
    """One criterion."""

    name_vi = StringField(_l("Name in Vietnamese"), [required(), at_most(80), PrintableText()], filters=[stripped])
    name_en = StringField(_l("Name in English"), [required(), at_most(80), PrintableText()], filters=[stripped])
    name_fr = StringField(_l("Name in French"), [required(), at_most(80), PrintableText()], filters=[stripped])
    description_vi = TextAreaField(_l("Description in Vietnamese"), [at_most(1000), PrintableText()])
    description_en = TextAreaField(_l("Description in English"), [at_most(1000), PrintableText()])
    description_fr = TextAreaField(_l("Description in French"), [at_most(1000), PrintableText()])
    weight = IntegerField(_l("Weight"), [required(), between(1, 100)])
    most = IntegerField(_l("Most points"), [required(), between(1, 20)])


class PrizeForm(ReasonedForm):
    """One row of the prize table."""

    name_vi = StringField(_l("Name in Vietnamese"), [required(), at_most(80), PrintableText()], filters=[stripped])
    name_en = StringField(_l("Name in English"), [required(), at_most(80), PrintableText()], filters=[stripped])
    name_fr = StringField(_l("Name in French"), [required(), at_most(80), PrintableText()], filters=[stripped])
    places = IntegerField(_l("How many"), [required(), between(1, 10_000)])
    worth = StringField(_l("Worth, as printed"), [at_most(80), PrintableText()], filters=[stripped])


class SchoolsForm(FlaskForm):
    """Many schools at once, pasted or as a file."""

    lines = TextAreaField(_l("One school a line: province; school"), [at_most(1_000_000)])
    file = FileField(_l("Or a text file (CSV) of such lines"))


class UnitForm(FlaskForm):
    """The name of a province or school."""

    name = StringField(_l("Name"), [required(), at_most(160), PrintableText()], filters=[stripped])
