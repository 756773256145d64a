"""Shapes of what collectors bring and choose."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from core.errors import Refused
from core.forms import PrintableText, at_most, stripped, whole_number
from stamps.collections.rules import LONGEST_NAME
from stamps.exchange import words
from stamps.exchange.rules import LARGEST_FILE, Meaning

PAPERS = [SelectChoice("a4", "A4"), SelectChoice("us-letter", "Letter"), SelectChoice("a5", "A5")]


class FileForm(FlaskForm):
    """One file."""

    file = FileField(_l("A list from Colnect, a CSV, XLSX or JSON file"), [InputRequired(_l("Please choose a file."))])

    def content(self) -> tuple[bytes, str]:
        """The bytes and the name of what was chosen; refuses too much."""
        upload = self.file.data
        content = upload.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise Refused(
                "The file is larger than %(most)s MB; please hand it in in parts.",
                field="file",
                most=LARGEST_FILE >> 20,
            )
        return content, upload.filename or ""


class OptionsForm(FlaskForm):
    """Where rows that name no list go; whether new stamps are suggested."""

    into = SelectField(_l("Stamps that stand in no list are"), default=Meaning.LIST.value)
    into_name = StringField(_l("Name of that list"), [at_most(LONGEST_NAME), PrintableText()], filters=[stripped])
    offer = BooleanField(
        _l("Suggest stamps that the catalogue does not know to the curators (nothing of my own goes with them)")
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        self.into.choices = [SelectChoice(meaning.value, words.meaning(meaning)) for meaning in Meaning]


class PaperForm(FlaskForm):
    """What is printed, and on what paper."""

    of = SelectField(_l("Which stamps"), default="have")
    country = SelectField(_l("Country"), default="")
    first = whole_number(_l("From year"), 1840, 2100, optional=True)
    last = whole_number(_l("To year"), 1840, 2100, optional=True)
    title = StringField(_l("Title"), [at_most(80), PrintableText()], filters=[stripped])
    paper = SelectField(_l("Paper"), default="a4", choices=PAPERS)


class AlbumForm(PaperForm):
    """And how mounts stand on it, in millimetres."""

    margin = whole_number(_l("Margin (mm)"), 5, 40)
    binding = whole_number(_l("More at the left, for the holes (mm)"), 0, 40)
    border = whole_number(_l("Room around a stamp in its mount, on each side (mm)"), 0, 10)
    gap = whole_number(_l("Room between mounts (mm)"), 1, 40)
