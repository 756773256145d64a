"""Shapes of words beside marks, and of the person named for children in distress."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import StringField, TextAreaField

from contest.remarks.rules import LONGEST_REMARK
from core.forms import PrintableText, at_most, required, stripped


class RemarksForm(FlaskForm):
    """Remarks of one read."""

    child = TextAreaField(_l("To the child"), [at_most(LONGEST_REMARK), PrintableText()], filters=[stripped])
    jury = TextAreaField(_l("To the jury"), [at_most(LONGEST_REMARK), PrintableText()], filters=[stripped])


class ConcernForm(FlaskForm):
    """A concern; words may be left out."""

    words = TextAreaField(_l("What made you think so"), [at_most(LONGEST_REMARK), PrintableText()], filters=[stripped])

    @classmethod
    def of_letter(cls, letter_id: int, formdata: MultiDict[str, str] | None) -> "ConcernForm":
        """The form of one letter where two lie on a page: its fields have names of their own."""
        return cls(formdata=formdata, prefix=f"letter-{letter_id}")


class SettleForm(FlaskForm):
    """What was done about a concern, or why it is taken up again."""

    words = TextAreaField(_l("What was done, or why"), [required(), at_most(4000), PrintableText()], filters=[stripped])


class HoldBackForm(FlaskForm):
    """Why a remark does not go to the child."""

    reason = TextAreaField(_l("Reason"), [required(), at_most(LONGEST_REMARK), PrintableText()], filters=[stripped])


class SafeguardForm(FlaskForm):
    """Who looks after children in distress."""

    user_name = StringField(_l("User name"), [at_most(40)], filters=[stripped])
