"""Shapes of what children and their guardians type and send."""

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from accounts.rules import NameShown, Relation
from contest.letters.rules import Corner
from core.forms import PrintableText, at_most, chosen, required, stripped, whole_number

LONGEST_BODY = 40_000
RELATIONS = [
    SelectChoice(Relation.MOTHER.value, _l("mother")),
    SelectChoice(Relation.FATHER.value, _l("father")),
    SelectChoice(Relation.GRANDPARENT.value, _l("grandparent")),
    SelectChoice(Relation.GUARDIAN.value, _l("guardian")),
]
NAMES_SHOWN = [
    SelectChoice(NameShown.FULL.value, _l("the full name")),
    SelectChoice(NameShown.GIVEN.value, _l("only the given name and the country")),
    SelectChoice(NameShown.HIDDEN.value, _l("no name at all")),
]
CORNERS = [
    SelectChoice(Corner.TOP_LEFT.value, _l("top left")),
    SelectChoice(Corner.TOP_RIGHT.value, _l("top right")),
    SelectChoice(Corner.BOTTOM_LEFT.value, _l("bottom left")),
    SelectChoice(Corner.BOTTOM_RIGHT.value, _l("bottom right")),
]


class ProvinceForm(FlaskForm):
    """Where the school is."""

    province = SelectField(_l("Province or city"), [chosen()])


class ChildForm(FlaskForm):
    """A child who enters: name, birth, school. Stands first, as on the page, so that errors are told in that order."""

    full_name = StringField(_l("Your full name"), [required(), at_most(120), PrintableText()], filters=[stripped])
    given_name = StringField(_l("The name you are called by"), [at_most(60), PrintableText()], filters=[stripped])
    day = whole_number(_l("Day"), 1, 31)
    month = whole_number(_l("Month"), 1, 12)
    year = whole_number(_l("Year"), 1990, 2100)
    school = SelectField(_l("Your school"), validate_choice=True)
    other_school = StringField(_l("Name of the school, if it is not in the list"), [at_most(160), PrintableText()])
    class_name = StringField(_l("Your class"), [at_most(40), PrintableText()], filters=[stripped])

    def validate_other_school(self, field: StringField) -> None:
        """A school must be picked or named."""
        if not self.school.data and not (field.data or "").strip():
            raise ValidationError(_l("Please pick your school, or write its name."))

    def validate_year(self, field: IntegerField) -> None:
        """Day, month and year must be a day of the calendar."""
        if None in (self.day.data, self.month.data, field.data):
            return
        try:
            date(field.data, self.month.data, self.day.data)
        except ValueError as error:
            raise ValidationError(_l("There is no such day in the calendar.")) from error

    @property
    def born(self) -> date:
        """The date of birth, once the form is valid."""
        return date(self.year.data, self.month.data, self.day.data)


class ConsentForm(FlaskForm):
    """What a guardian says yes to."""

    guardian_name = StringField(
        _l("Name of the adult"), [required(), at_most(120), PrintableText()], filters=[stripped]
    )
    relation = SelectField(_l("The adult is the child’s"), [chosen()], choices=RELATIONS)
    name_shown = RadioField(
        _l("If the letter wins, everybody may see"), [chosen()], choices=NAMES_SHOWN, default=NameShown.FULL.value
    )
    consent = BooleanField(
        _l("I have read this and agree"), [InputRequired(_l("Without a guardian’s consent nobody can take part."))]
    )


class EnterForm(ChildForm, ConsentForm):
    """A child who enters, and the guardian who agrees."""


class BodyForm(FlaskForm):
    """The text of a typed letter and the revision it started from."""

    body = TextAreaField(_l("Your letter"), [at_most(LONGEST_BODY), PrintableText()])
    revision = HiddenField()


class PicturesForm(FlaskForm):
    """Photographs or scans."""

    pictures = MultipleFileField(_l("Photographs or scans of the sheets"))


class CornersForm(FlaskForm):
    """Parts of a sheet to cover."""

    corners = SelectMultipleField(
        _l("My name or my school stands"),
        choices=CORNERS,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class WordsForm(FlaskForm):
    """How many words are on the sheets, as the child has counted."""

    words = whole_number(_l("About how many words is your letter?"), 1, 20_000, optional=True)


class HandInForm(FlaskForm):
    """The last word before a letter leaves."""

    own_work = BooleanField(
        _l("I wrote this letter myself, and it has not been published before"),
        [InputRequired(_l("Please tick this to hand the letter in."))],
    )


class WithdrawForm(FlaskForm):
    """Why a letter is taken back; nobody must say."""

    reason = TextAreaField(_l("Reason, if you want to give one"), [at_most(500), PrintableText()])


class TrackForm(FlaskForm):
    """A letter number."""

    class Meta:
        """A look-up changes nothing and is sent by GET."""

        csrf = False

    number = StringField(_l("Letter number"), [required(), at_most(40)], filters=[stripped])
