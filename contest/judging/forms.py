"""Shapes of what organisers and judges type. Points are understood by rules.points_of, half steps and commas and all."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField

from core.forms import PrintableText, at_most, required, stripped, whole_number


class JudgeForm(FlaskForm):
    """Who is to judge: somebody with an account, or a user name for a new one."""

    user_name = StringField(_l("User name"), [required(), at_most(40)], filters=[stripped])
    full_name = StringField(_l("Name, for a new account"), [at_most(120), PrintableText()], filters=[stripped])


class LimitsForm(FlaskForm):
    """How much a judge reads, and what never."""

    capacity = whole_number(_l("At most so many letters in a round"), 1, 100_000, optional=True)
    units = SelectMultipleField(_l("Never letters from"), coerce=int)


class RoundForm(FlaskForm):
    """A round to come."""

    reads_per_letter = whole_number(_l("Judges who read each letter"), 1, 20)
    seed = StringField(_l("Seed of the dealing"), [required(), at_most(64), PrintableText()], filters=[stripped])
    shows_word_count = BooleanField(_l("Judges see the number of words"))


class ActForm(FlaskForm):
    """A button: nothing but its protection."""
