"""Shapes of what organisers and judges type. Points are understood by rules.points_of, half steps and commas and all."""

import re
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField

from core.forms import PrintableText, at_most, required, stripped, whole_number

KEY = re.compile(r"[A-Za-z0-9-]{8,36}")
A_DAY = 24 * 60 * 60


class JudgeForm(FlaskForm):
    """Who is to judge: somebody with an account, or a user name for a new one."""

    user_name = StringField(_l("User name"), [required(), at_most(40)], filters=[stripped])
    full_name = StringField(_l("Name, for a new account"), [at_most(120), PrintableText()], filters=[stripped])


class LimitsForm(FlaskForm):
    """How much a judge reads, and what never."""

    capacity = whole_number(_l("At most so many letters in a round"), 1, 100_000, optional=True)
    units = SelectMultipleField(_l("Never letters from"), coerce=int)


class RoundForm(FlaskForm):
    """A round to come."""

    reads_per_letter = whole_number(_l("Judges who read each letter"), 1, 20)
    seed = StringField(_l("Seed of the dealing"), [required(), at_most(64), PrintableText()], filters=[stripped])
    shows_word_count = BooleanField(_l("Judges see the number of words"))


class ActForm(FlaskForm):
    """A button: nothing but its protection."""


@dataclass(frozen=True)
class Act:
    """What the desk's script says of an act: its key, the seconds the letter was read, and those the act was kept for.

    None and 0 stand for what was not said, or not in this shape: an act never fails for them.
    """

    key: str | None
    seconds: int
    kept_for: float

    @classmethod
    def of(cls, sent: object) -> "Act":
        """Read from JSON as it came."""
        said = sent if isinstance(sent, dict) else {}
        key = said.get("key")
        return cls(
            key=key if isinstance(key, str) and KEY.fullmatch(key) else None,
            seconds=int(_up_to_a_day(said.get("seconds"))),
            kept_for=_up_to_a_day(said.get("kept_for")) if key else 0.0,
        )


def _up_to_a_day(said: object) -> float:
    is_number = isinstance(said, int | float) and not isinstance(said, bool)
    return float(said) if is_number and 0 <= said <= A_DAY else 0.0  # type: ignore[operator, arg-type]
