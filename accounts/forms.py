"""Shapes of what people type about themselves."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, Regexp

from accounts.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from core.forms import PrintableText, at_least, at_most, required, stripped

LANGUAGES = [
    SelectChoice("", _l("as the browser says")),
    SelectChoice("vi", "Tiếng Việt"),
    SelectChoice("en", "English"),
    SelectChoice("fr", "Français"),
]


def email_field() -> EmailField:
    """Optional everywhere: most children have none."""
    shape = Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("This does not look like an e-mail address."))
    return EmailField(_l("E-mail"), [Optional(), at_most(254), PrintableText(), shape], filters=[stripped])


def new_password_field(label: str) -> PasswordField:
    """A password somebody makes up now."""
    return PasswordField(label, [required(), at_least(SHORTEST_PASSWORD), at_most(LONGEST_PASSWORD)])


class SignInForm(FlaskForm):
    """Name and password."""

    user_name = StringField(_l("User name"), [required(), at_most(64)], filters=[stripped])
    password = PasswordField(_l("Password"), [required(), at_most(LONGEST_PASSWORD)])


class RegisterForm(FlaskForm):
    """A new account; the e-mail may stay empty."""

    user_name = StringField(_l("User name"), [required(), at_most(40)], filters=[stripped])
    password = new_password_field(_l("Password"))
    email = email_field()


class ProfileForm(FlaskForm):
    """What people may change of themselves."""

    full_name = StringField(_l("Name"), [at_most(120), PrintableText()], filters=[stripped])
    email = email_field()
    language = SelectField(_l("Language of the pages"), choices=LANGUAGES)


class PasswordForm(FlaskForm):
    """The password of now, and the one to come."""

    current = PasswordField(_l("Password of now"), [required(), at_most(LONGEST_PASSWORD)])
    password = new_password_field(_l("New password"))


class PersonForm(FlaskForm):
    """Whose password an organiser sets anew."""

    user_name = StringField(_l("User name"), [required(), at_most(64)], filters=[stripped])


class ConsentTextForm(FlaskForm):
    """The wording guardians agree to, in three languages."""

    text_vi = TextAreaField(_l("In Vietnamese"), [required(), at_most(5000), PrintableText()])
    text_en = TextAreaField(_l("In English"), [required(), at_most(5000), PrintableText()])
    text_fr = TextAreaField(_l("In French"), [required(), at_most(5000), PrintableText()])
