"""Shapes of input: a photograph to ask with, a picture to add."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import FileField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from core.forms import PrintableText, at_most, chosen, required, stripped
from stamps.kinds import View
from stamps.looking.reading import LARGEST_FILE

LICENCES = (
    ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
    ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
    ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
    ("https://rightsstatements.org/vocab/NoC-OKLR/1.0/", _l("free by law in the country of issue")),
    ("https://rightsstatements.org/vocab/InC/1.0/", _l("shown with the permission of whose it is")),
)
VIEWS = (
    (View.FACE.value, _l("the front")),
    (View.BACK.value, _l("the back")),
    (View.DETAIL.value, _l("a detail")),
    (View.COVER.value, _l("on a cover")),
)


def _sent() -> DataRequired:
    return DataRequired(_l("Please choose a picture first."))


class PhotographForm(FlaskForm):
    """A photograph; the country and the year where one knows them."""

    picture = FileField(_l("Photograph of the stamp"), [_sent()])
    country = SelectField(_l("Country"), [Optional()], default="")
    year = SelectField(_l("Year"), [Optional()], default="")

    def validate_picture(self, field: FileField) -> None:
        """Not too large."""
        _refuse_too_large(field)

    def content(self) -> bytes:
        """The bytes sent."""
        return bytes(self.picture.data.read())


class PictureForm(FlaskForm):
    """A picture for a stamp or an issue, with whose it is and by what right it is shown."""

    picture = FileField(_l("Picture"), [_sent()])
    view = RadioField(
        _l("What it shows"), [chosen()], choices=[SelectChoice(*each) for each in VIEWS], default=View.FACE.value
    )
    licence = SelectField(_l("Licence"), [chosen()], choices=[SelectChoice(*each) for each in LICENCES])
    source = StringField(_l("Where it is from"), [required(), at_most(400), PrintableText()], filters=[stripped])
    author = StringField(_l("Who made it"), [at_most(200), PrintableText()], filters=[stripped])

    def validate_picture(self, field: FileField) -> None:
        """Not too large."""
        _refuse_too_large(field)

    def content(self) -> bytes:
        """The bytes sent."""
        return bytes(self.picture.data.read())


def _refuse_too_large(field: FileField) -> None:
    sent = field.data
    if isinstance(sent, FileStorage) and sent.stream.seek(0, 2) > LARGEST_FILE:
        raise ValidationError(_l("The picture is larger than 20 MB."))
    if isinstance(sent, FileStorage):
        sent.stream.seek(0)
