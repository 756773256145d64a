"""Shapes of what curators type: a whole set on one screen, a suggestion and its answer, what to merge."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from core.countries import FORMER, by_name, known
from core.evidence import Confidence
from core.forms import PrintableText, at_most, chosen, required, stripped
from stamps import fieldwords, kindwords
from stamps.curating.rules import (
    LONGEST_REMARK,
    LONGEST_SOURCE,
    LONGEST_VALUE,
    MOST_ROWS,
    NamedKind,
    Naming,
)
from stamps.kinds import Difference, Emission, Shape, StampKind

# The cells of a row in the order of the issuer's sheet; what a set seldom needs stands folded below them.
CELLS = ("kind", "position", "number", "face_value", "name_vi", "name_en", "size", "numbers", "members")
MORE_CELLS = (
    *("name_fr", "name_local", "local_language", "emission", "currency", "perforation", "shape", "colours", "paper"),
    *(
        "watermark",
        "gum",
        "printing",
        "print_run",
        "designer",
        "engraver",
        "photographer",
        "artist",
        "printer",
        "topics",
    ),
    *("parent", "difference", "variety", "base", "date", "sales_end", "validity_end", "confidence", "note"),
)
FACTS = ("country", "date", "number", "name_vi", "name_en", "currency", "size", "perforation", "designer", "topics")
MORE_FACTS = (
    *("name_fr", "name_local", "local_language", "issuer", "printer", "printing", "engraver", "print_run", "fdc_size"),
    *("numbers", "series", "joint", "n_stamps", "n_sheets", "face_values", "sales_end", "validity_end", "note"),
)
_KINDS: dict[str, type[StrEnum]] = {"kind": StampKind, "emission": Emission, "difference": Difference, "shape": Shape}


def _text() -> StringField:
    return StringField(validators=[at_most(LONGEST_VALUE), PrintableText()], filters=[stripped])


class RowForm(Form):
    """One item of a set; every cell may be left empty."""

    key = HiddenField()


for _name in (*CELLS, *MORE_CELLS):
    _made = SelectField(default="") if _name in (*_KINDS, "confidence") else _text()
    setattr(RowForm, _name, _made)


class SetForm(FlaskForm):
    """A whole set: the facts of its issue, its items, and where that is from."""

    source = StringField(_l("Source of what you enter"), [at_most(LONGEST_SOURCE), PrintableText()], filters=[stripped])
    reason = StringField(_l("Reason, for the history"), [at_most(LONGEST_REMARK), PrintableText()], filters=[stripped])
    sure_of = SelectField(_l("How sure is that source?"), default=Confidence.MEDIUM.value)
    seen = HiddenField(default="0")
    rows = FieldList(FormField(RowForm), max_entries=MOST_ROWS)
    sure = BooleanField(_l("It is none of these; save it"))

    def __init__(self, *given: Any, **named: Any) -> None:
        """Labels and choices in the reader's language."""
        super().__init__(*given, **named)
        self.sure_of.choices = confidences()
        for name in (*FACTS, *MORE_FACTS):
            self[f"fact_{name}"].label.text = fieldwords.label(name)
        self["fact_country"].choices = [SelectChoice("", "–"), *(SelectChoice(*pair) for pair in by_name(_countries()))]
        for row in self.rows:
            dress(row.form)

    def facts(self) -> dict[str, str]:
        """What was typed of the issue, by field."""
        return {name: self[f"fact_{name}"].data or "" for name in (*FACTS, *MORE_FACTS)}

    def typed_rows(self) -> list[dict[str, str]]:
        """What was typed of the items, by field; rows left empty are none."""
        return [typed for row in self.rows if (typed := typed_of(row.form)) and (typed["key"] or is_filled(typed))]

    def add_row(self, typed: Mapping[str, str]) -> None:
        """One more row at the end."""
        self.rows.append_entry(dict(typed))
        dress(self.rows[-1].form)


for _name in (*FACTS, *MORE_FACTS):
    if _name == "country":
        _made = SelectField(validate_choice=True, validators=[chosen()])
    else:
        _made = TextAreaField(filters=[stripped]) if _name in ("face_values", "note") else _text()
    setattr(SetForm, f"fact_{_name}", _made)


def typed_of(row: RowForm) -> dict[str, str]:
    """What stands in a row, by field."""
    return {name: row[name].data or "" for name in ("key", *CELLS, *MORE_CELLS)}


def is_filled(typed: Mapping[str, str]) -> bool:
    """Whether anything was typed into a row besides what every row begins with."""
    return any(text for name, text in typed.items() if name not in ("key", "kind", "confidence", "currency")) or (
        typed.get("kind") not in ("", StampKind.STAMP.value)
    )


def blank_row() -> RowForm:
    """The pattern of a row, for the script."""
    row = RowForm(prefix="rows-__n__-")
    dress(row)
    return row


def dress(row: RowForm) -> None:
    """Labels and choices of a row in the reader's language."""
    for name in (*CELLS, *MORE_CELLS):
        row[name].label.text = fieldwords.label(name)
    for name, kind in _KINDS.items():
        row[name].choices = choices(kind, none=name != "kind")
    row.confidence.choices = [SelectChoice("", _("as the source")), *confidences()]
    row.kind.data = row.kind.data or StampKind.STAMP.value


def choices(kind: Iterable[StrEnum], *, none: bool) -> list[Any]:
    """Members of an enum by their words."""
    first = [SelectChoice("", "–")] if none else []
    return [*first, *(SelectChoice(one.value, kindwords.word(one)) for one in kind)]


def confidences() -> list[Any]:
    """How sure a source is."""
    words = {
        Confidence.HIGH: _("well attested"),
        Confidence.MEDIUM: _("likely"),
        Confidence.LOW: _("doubtful"),
        Confidence.UNKNOWN: _("not checked"),
    }
    return [SelectChoice(one.value, word) for one, word in words.items()]


class SuggestForm(FlaskForm):
    """A correction that anybody may suggest."""

    field = SelectField(_l("What is wrong or missing?"), [chosen()])
    value = TextAreaField(
        _l("What should it say?"), [required(), at_most(LONGEST_VALUE), PrintableText()], filters=[stripped]
    )
    source = StringField(
        _l("Where do you know it from? A book, a page on the web, the stamp itself"),
        [at_most(LONGEST_SOURCE), PrintableText()],
        filters=[stripped],
    )
    remark = TextAreaField(_l("Anything else"), [at_most(LONGEST_REMARK), PrintableText()], filters=[stripped])
    naming = RadioField(_l("If it is taken over"), default=Naming.NOT.value)

    def __init__(self, fields: Iterable[str], *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        every = fieldwords.labels()
        offered = set(fields)
        self.field.choices = [SelectChoice(name, word) for name, word in every.items() if name in offered]
        self.naming.choices = [
            (Naming.NOT.value, _("do not name me")),
            (Naming.USER_NAME.value, _("name me by my user name in the history")),
        ]


class AnswerForm(FlaskForm):
    """A curator's answer to a suggestion; declining needs a reason."""

    value = TextAreaField(_l("Value to take over"), [at_most(LONGEST_VALUE), PrintableText()], filters=[stripped])
    sure_of = SelectField(_l("How sure is that source?"), default=Confidence.MEDIUM.value)
    answer = TextAreaField(
        _l("Words to whoever suggested it"), [at_most(LONGEST_REMARK), PrintableText()], filters=[stripped]
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        self.sure_of.choices = confidences()


class NameForm(FlaskForm):
    """A new series, joint issue or topic."""

    kind = RadioField(_l("What"), [chosen()], default=NamedKind.SERIES.value)
    name_vi = StringField(_l("Name in Vietnamese"), [at_most(LONGEST_SOURCE), PrintableText()], filters=[stripped])
    name_en = StringField(_l("Name in English"), [at_most(LONGEST_SOURCE), PrintableText()], filters=[stripped])
    name_fr = StringField(_l("Name in French"), [at_most(LONGEST_SOURCE), PrintableText()], filters=[stripped])
    above = StringField(_l("Wider topic"), [at_most(LONGEST_SOURCE), PrintableText()], filters=[stripped])

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        words = {NamedKind.SERIES: _("Series"), NamedKind.JOINT: _("Joint issue"), NamedKind.TOPIC: _("Topic")}
        self.kind.choices = [(one.value, word) for one, word in words.items()]


class ReasonForm(FlaskForm):
    """Why something is taken back or taken out."""

    reason = StringField(_l("Reason, for the history"), [at_most(LONGEST_REMARK), PrintableText()], filters=[stripped])


class MergeForm(ReasonForm):
    """Which record is the same as this one."""

    other = StringField(
        _l("The record that stays: its address, key or our number"), [required(), at_most(200)], filters=[stripped]
    )
    sure = BooleanField(_l("They are the same; merge them"))


def _countries() -> list[str]:
    return [code for code in (*map(str, Locale.parse("en").territories), *FORMER) if known(code)]
