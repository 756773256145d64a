"""Shapes of what organisers and judges type. Points are understood by rules.points_of, half steps and commas and all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf
from wtforms.widgets import CheckboxInput, ListWidget

from contest.judging.rules import Verdict
from contest.judging.terms import (
    MOST_ANCHORS,
    MOST_LETTERS,
    OF_ROUNDS_BEFORE,
    Counting,
    GoingOn,
    Pairing,
    Parting,
    RankedBy,
    RoundMethod,
    Sees,
    SeverityModel,
    Terms,
    Ties,
    cut_of,
    quotas_of,
)
from core.forms import PrintableText, at_most, chosen, number_field, required, stripped, whole_number


def numbers(value: object) -> list[int]:
    """Numbers between blanks; whatever else stands there is passed over."""
    return [int(part) for part in str(value or "").split() if part.isascii() and part.isdigit()]


KEY = re.compile(r"[A-Za-z0-9-]{8,36}")
A_DAY = 24 * 60 * 60


class JudgeForm(FlaskForm):
    """Who is to judge: somebody with an account, or a user name for a new one."""

    user_name = StringField(_l("User name"), [required(), at_most(40)], filters=[stripped])
    full_name = StringField(_l("Name, for a new account"), [at_most(120), PrintableText()], filters=[stripped])


class LimitsForm(FlaskForm):
    """How much a judge reads, and what never; which letters are known to leave the desk for it."""

    seen = HiddenField()
    capacity = whole_number(_l("At most so many letters in a round"), 1, 100_000, optional=True)
    home = SelectField(_l("Own school or province"), coerce=int)
    units = SelectMultipleField(
        _l("Never letters from"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class ExclusionForm(FlaskForm):
    """A letter a judge never reads."""

    letter = StringField(_l("Number of the letter"), [required(), at_most(40)], filters=[stripped])


class RoundForm(FlaskForm):
    """A round to come: how it is judged, by how many, and who goes on."""

    method = RadioField(
        _l("How letters are judged"),
        coerce=RoundMethod,
        choices=[
            SelectChoice(RoundMethod.SCREENING.value, _l("Yes, unsure or no")),
            SelectChoice(RoundMethod.MARKS.value, _l("Marks by criteria")),
            SelectChoice(RoundMethod.PAIRS.value, _l("Two letters beside each other, one is chosen")),
            SelectChoice(RoundMethod.RANKING.value, _l("A shortlist that every judge puts in order")),
        ],
        validators=[chosen()],
    )
    reads_per_letter = whole_number(_l("Judges who read each letter"), 1, 20)
    going_on = RadioField(
        _l("Who goes on"),
        coerce=GoingOn,
        choices=[
            SelectChoice(GoingOn.TOP.value, _l("The best letters, so many")),
            SelectChoice(GoingOn.SHARE.value, _l("The best letters, so many percent")),
            SelectChoice(GoingOn.LEAST.value, _l("Letters of this mark or better, from 0 to 10")),
            SelectChoice(GoingOn.UNITS.value, _l("The best letters of each province, so many")),
            SelectChoice(GoingOn.BY_HAND.value, _l("The organiser chooses by hand")),
        ],
        validators=[chosen()],
    )
    cut = StringField(_l("How many, how many percent, or which mark"), [at_most(12)], filters=[stripped])
    ties = RadioField(
        _l("When equal letters do not all fit"),
        coerce=Ties,
        choices=[
            SelectChoice(Ties.ALL_GO_ON.value, _l("All of them go on")),
            SelectChoice(Ties.BY_HAND.value, _l("The organiser chooses among them by hand")),
        ],
        validators=[chosen()],
    )
    parting = RadioField(
        _l("What parts letters of equal marks"),
        coerce=Parting,
        choices=[
            SelectChoice(Parting.NOTHING.value, _l("Nothing: they share the rank")),
            SelectChoice(Parting.CRITERION.value, _l("The mark for the criterion that weighs most")),
            SelectChoice(Parting.MAJORITY.value, _l("More judges who placed one before the other")),
        ],
    )
    quotas = TextAreaField(
        _l("Other numbers for single provinces"), [at_most(4000), PrintableText()], filters=[stripped]
    )
    pairing = RadioField(
        _l("How pairs are drawn"),
        coerce=Pairing,
        choices=[
            SelectChoice(Pairing.CHAINED.value, _l("Chained: each pair keeps one letter of the pair before")),
            SelectChoice(Pairing.RANDOM.value, _l("At random")),
        ],
    )
    counting = RadioField(
        _l("How orders of a shortlist are counted"),
        coerce=Counting,
        choices=[
            SelectChoice(Counting.BORDA.value, _l("Borda: points for each place")),
            SelectChoice(Counting.KEMENY.value, _l("Kemeny: the order that contradicts the judges least")),
            SelectChoice(Counting.STV.value, _l("Transferable votes: so many equal prizes")),
        ],
    )
    anchors = whole_number(_l("Letters that every judge reads"), 0, MOST_ANCHORS)
    ranked_by = RadioField(
        _l("What a round of marks ranks by"),
        coerce=RankedBy,
        choices=[
            SelectChoice(RankedBy.FAIR.value, _l("Fair marks: what a judge of average sternness would have given")),
            SelectChoice(RankedBy.RAW.value, _l("Raw means: the plain mean of the marks")),
        ],
        validators=[chosen()],
    )
    severity_model = RadioField(
        _l("How sternness is found"),
        coerce=SeverityModel,
        choices=[
            SelectChoice(SeverityModel.AUTOMATIC.value, _l("As the reads allow")),
            SelectChoice(SeverityModel.ADDITIVE.value, _l("Additive: letter less sternness, easy to explain")),
            SelectChoice(SeverityModel.RASCH.value, _l("Rasch: criterion by criterion, for many reads")),
        ],
        validators=[chosen()],
    )
    bars_province = BooleanField(_l("No judge reads letters of the own province"))
    sees = SelectMultipleField(
        _l("What judges see beside the letter"),
        coerce=Sees,
        choices=[
            SelectChoice(Sees.WORDS.value, _l("The number of its words")),
            SelectChoice(Sees.AGE.value, _l("The child’s age in whole years on the reference day")),
            SelectChoice(Sees.MARK_BEFORE.value, _l("Its mark in the last round of marks before this one")),
            SelectChoice(Sees.REMARKS_BEFORE.value, _l("Remarks to the jury from earlier rounds, without names")),
        ],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    seed = StringField(_l("Seed of the dealing"), [required(), at_most(64), PrintableText()], filters=[stripped])

    def terms_in(self, provinces: Mapping[str, int]) -> Terms:
        """What was typed, as terms, in a stage with these provinces (ids by name). Refuses a number that is none."""
        by_hand = self.going_on.data is GoingOn.BY_HAND
        return Terms(
            method=self.method.data,
            going_on=self.going_on.data,
            cut=None if by_hand else cut_of(self.cut.data or ""),
            ties=self.ties.data,
            quotas=quotas_of(self.quotas.data or "", provinces),
            anchors=self.anchors.data,
            bars_province=self.bars_province.data,
            pairing=self.pairing.data,
            counting=self.counting.data,
            parting=self.parting.data,
            ranked_by=self.ranked_by.data,
            severity_model=self.severity_model.data,
            sees=frozenset(self.sees.data or ()),
        )

    def offer(self, *, is_first: bool) -> None:
        """Offer nothing of earlier rounds to the judges of a round that has none before it."""
        if is_first:
            self.sees.choices = [each for each in self.sees.choices if each.value not in OF_ROUNDS_BEFORE]


class DecisionForm(FlaskForm):
    """Who goes on: letters chosen by hand, where the rule leaves it to a hand, of the standings that were looked at."""

    seen = HiddenField()
    chosen = SelectMultipleField(_l("Letters that go on"), coerce=int, validate_choice=False)


class NoteForm(FlaskForm):
    """A private word to a judge."""

    words = TextAreaField(_l("Your words"), [required(), at_most(4000)], filters=[stripped])


class NetForm(FlaskForm):
    """What is left for reading again: hours of all judges together, minutes a letter; which letters were looked at."""

    seen = HiddenField()
    hours = number_field(_l("Hours of all judges together that are left"), 0, 100_000)
    minutes = whole_number(_l("Minutes for one read"), 1, 120)


class PlannerForm(FlaskForm):
    """What a plan is made from; nothing is saved."""

    class Meta:
        """Asked by an address, which changes nothing."""

        csrf = False

    letters = whole_number(_l("Letters"), 2, MOST_LETTERS)
    judges = whole_number(_l("Judges"), 1, 100_000)
    minutes = whole_number(_l("Minutes for one read"), 1, 120)
    reliability = whole_number(_l("Reliability of one read, in percent"), 5, 99)


class VerdictForm(FlaskForm):
    """Yes, unsure or no: the buttons themselves."""

    verdict = StringField(validators=[AnyOf([each.value for each in Verdict], message=_l("Please choose one."))])


class ChoiceForm(FlaskForm):
    """One of two letters: the buttons themselves."""

    chosen = StringField(validators=[AnyOf(["left", "right"], message=_l("Please choose one."))])


class OrderForm(FlaskForm):
    """Letters in order, best first, by the ids of their reads; and perhaps one to be moved: `12 up`."""

    order = StringField(filters=[numbers])
    move = StringField()


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
