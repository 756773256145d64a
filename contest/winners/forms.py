"""Input about the record: how a person is to be shown."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from accounts.rules import NameShown
from core.forms import chosen


class ShowForm(FlaskForm):
    """How much of a laureate's name everybody sees."""

    shown_as = RadioField(
        _l("How this person is shown"),
        choices=[
            SelectChoice(NameShown.FULL.value, _l("By full name")),
            SelectChoice(NameShown.GIVEN.value, _l("By given name and country")),
            SelectChoice(NameShown.HIDDEN.value, _l("Not at all")),
        ],
        validators=[chosen()],
    )
