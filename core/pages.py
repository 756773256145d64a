"""How a view answers: a page with the right status, a refusal on its form, a sentence in the reader's language.

Holds no page of a feature and no rule.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import TracebackType
from typing import Any

from flask import render_template
from flask_babel import format_date, format_decimal, format_time, get_locale, gettext
from flask_wtf import FlaskForm

from core.errors import Refused

Page = tuple[str, int]
# So much of what somebody typed is said back.
LONGEST_SAID = 60


def page(template: str, *, form: FlaskForm | None = None, **context: Any) -> Page:
    """Render a page; 422 when it shows a form that was sent and not accepted, else 200."""
    status = 422 if form is not None and form.is_submitted() else 200
    return render_template(template, form=form, **context), status


class refusals:  # noqa: N801 - reads as a word: `with refusals(form):`
    """Within it, a `Refused` becomes an error of the form: on its field, else above the form."""

    def __init__(self, form: FlaskForm) -> None:
        self.form = form

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Swallow a refusal only."""
        if not isinstance(error, Refused):
            return False
        if error.field and error.field in self.form:
            field = self.form[error.field]
            field.errors = [*field.errors, sentence(error)]
        else:
            self.form.form_errors.append(sentence(error))
        return True


def sentence(refused: Refused) -> str:
    """The refusal in the reader's language, its dates and numbers in the reader's way."""
    return str(gettext(refused.message, **{name: spoken(value) for name, value in refused.values.items()}))


def spoken(value: object) -> str:
    """A value of a sentence as the reader writes it."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return str(format_date(value, "long"))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(format_decimal(value))
    return str(value)


def moment(value: datetime) -> str:
    """A moment as people say it: the day in words and the time without seconds."""
    return str(gettext("%(time)s, %(day)s", time=format_time(value, "short"), day=format_date(value, "long")))


def left_out(given: Mapping[str, str], understood: Mapping[str, object]) -> tuple[str, ...]:
    """What an address asks for that could not be understood, as it was typed; printable, and no longer than a line."""
    texts = (given.get(name, "") for name, value in understood.items() if not value)
    return tuple("".join(filter(str.isprintable, text))[:LONGEST_SAID] for text in texts if text.strip())


def reading_order() -> tuple[str, ...]:
    """The reader's language, then the others in the order the reader is likeliest to understand them."""
    mine = str(get_locale() or "vi").split("_", maxsplit=1)[0]
    return (mine, "en", "vi", "fr") if mine == "fr" else (mine, "vi", "en", "fr")


def in_language(thing: object, name: str) -> str:
    """A text kept in three columns (`name_vi`, `name_en`, `name_fr`): the reader's, else the first that is there."""
    for language in reading_order():
        if text := getattr(thing, f"{name}_{language}", None):
            return str(text)
    return ""
