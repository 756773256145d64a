"""Input about the record: how a person is to be shown, and how much of a letter may be read."""

from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from accounts.rules import NameShown
from contest.winners.rights import LetterRights, LetterText, Permission
from core.forms import PrintableText, at_most, chosen, stripped

# Languages in which letters have won, and those of countries that take part.
_CODES = (
    "vi en fr ar az be bg bn bs cs da de el es et fa fi hi hr hu hy id is it ja ka kk km ko ky lo lt lv mk mn ms my ne "
    "nl no pl pt ro ru si sk sl sq sr sv sw ta th tr uk ur uz zh"
)
LETTER_LANGUAGES = _CODES.split()
LONGEST_LETTER, LONGEST_EXCERPT = 20_000, 6_000


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


class PermissionForm(FlaskForm):
    """How much of a letter everybody may read, and who has permitted that."""

    rights = RadioField(
        _l("What everybody may read"),
        choices=[
            SelectChoice(LetterRights.NONE.value, _l("Nothing of it")),
            SelectChoice(LetterRights.EXCERPT.value, _l("An excerpt")),
            SelectChoice(LetterRights.WHOLE.value, _l("The whole letter")),
        ],
        validators=[chosen()],
    )
    language = SelectField(_l("Language of the letter"), [chosen()])
    excerpt = TextAreaField(_l("Excerpt"), [at_most(LONGEST_EXCERPT), PrintableText()], filters=[stripped])
    permitted_by = StringField(_l("Who permitted it"), [at_most(160), PrintableText()], filters=[stripped])
    permitted_on = DateField(
        _l("Day of the permission"),
        [Optional()],
        format=["%Y-%m-%d", "%d/%m/%Y"],
        invalid_value_message=_l("A day, please, for example 2026-05-05."),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        names = {code: str(Locale.parse(code).get_display_name(get_locale()) or code) for code in LETTER_LANGUAGES}
        ours, others = LETTER_LANGUAGES[:3], sorted(LETTER_LANGUAGES[3:], key=names.__getitem__)
        self.language.choices = [SelectChoice(code, names[code]) for code in (*ours, *others)]

    @property
    def permission(self) -> Permission:
        """What was permitted."""
        return Permission(LetterRights(self.rights.data), self.permitted_by.data or "", self.permitted_on.data)


class LetterForm(PermissionForm):
    """The letter of a laureate."""

    body = TextAreaField(_l("The letter"), [at_most(LONGEST_LETTER), PrintableText()], filters=[stripped])

    @property
    def letter(self) -> LetterText:
        """What was typed."""
        return LetterText(self.language.data, self.body.data or "", self.excerpt.data or "")
