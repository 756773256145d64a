"""Shapes of what organisers type about results."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField

from contest.winners.forms import PermissionForm
from contest.winners.rights import LetterText
from core.forms import PrintableText, at_most, chosen, moment_field, required


class AwardForm(FlaskForm):
    """A prize, and what the jury says of the letter."""

    prize = SelectField(_l("Prize"), [chosen()], coerce=int)
    citation_vi = TextAreaField(_l("What the jury says, in Vietnamese"), [at_most(2000), PrintableText()])
    citation_en = TextAreaField(_l("What the jury says, in English"), [at_most(2000), PrintableText()])
    citation_fr = TextAreaField(_l("What the jury says, in French"), [at_most(2000), PrintableText()])


class HourForm(FlaskForm):
    """When everybody may know."""

    hour = moment_field(_l("Hour of publication"))


class WithdrawAwardForm(FlaskForm):
    """Why a published award is withdrawn."""

    reason = TextAreaField(_l("Reason, shown to everybody"), [required(), at_most(1000), PrintableText()])


class OfferForm(PermissionForm):
    """How much of a letter of the stage everybody is to read from the hour on."""

    @property
    def letter(self) -> LetterText:
        """What was chosen; the text itself is the jury's copy."""
        return LetterText(self.language.data, excerpt=self.excerpt.data or "")
