"""Shapes of what organisers type about results."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from core.forms import PrintableText, at_most, required

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"]


class AwardForm(FlaskForm):
    """A prize, and what the jury says of the letter."""

    prize = SelectField(_l("Prize"), coerce=int)
    citation_vi = TextAreaField(_l("What the jury says, in Vietnamese"), [at_most(2000), PrintableText()])
    citation_en = TextAreaField(_l("What the jury says, in English"), [at_most(2000), PrintableText()])
    citation_fr = TextAreaField(_l("What the jury says, in French"), [at_most(2000), PrintableText()])


class HourForm(FlaskForm):
    """When everybody may know."""

    hour = DateTimeLocalField(
        _l("Hour of publication"), [InputRequired(_l("Please give a day and a time."))], format=FORMATS
    )


class WithdrawAwardForm(FlaskForm):
    """Why a published award is withdrawn."""

    reason = TextAreaField(_l("Reason, shown to everybody"), [required(), at_most(1000), PrintableText()])
