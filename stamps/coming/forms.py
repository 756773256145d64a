"""Shapes of what is asked of issues to come: how sure, an offer, a reservation, a standing order."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from core.countries import by_name
from core.forms import PrintableText, at_most, chosen, stripped, whole_number
from core.pages import in_language
from stamps import queries as stamps
from stamps.coming import words
from stamps.coming.rules import LONGEST_NOTE, MOST_OF_ONE, Allotment, Certainty, Goods
from stamps.coming.services import Limits


def _day(label: str, *, optional: bool = False) -> DateField:
    given = Optional() if optional else InputRequired(_l("Please give a day."))
    formats = ["%Y-%m-%d", "%d/%m/%Y"]
    return DateField(label, [given], format=formats, invalid_value_message=_l("Please give a day."))


class AnnouncementForm(FlaskForm):
    """How sure an issue to come is."""

    certainty = RadioField(_l("How sure is it?"), [chosen()])
    note = TextAreaField(
        _l("A word on it, for everybody"), [at_most(LONGEST_NOTE), PrintableText()], filters=[stripped]
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        self.certainty.choices = [(one.value, words.certainty(one)) for one in Certainty]


class OfferForm(FlaskForm):
    """What may be reserved; a kind of goods is offered when how many there are, or how many each may have, is given."""

    last_day = _day(_l("Last day for reserving"))
    rule = RadioField(_l("If more is asked for than there is"), default=Allotment.ROUNDS.value)
    pickup = TextAreaField(
        _l("Where and when it is fetched"), [at_most(LONGEST_NOTE), PrintableText()], filters=[stripped]
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices and labels in the reader's language."""
        super().__init__(*given, **named)
        self.rule.choices = [(one.value, words.rule(one)) for one in Allotment]
        for goods in Goods:
            self[f"offered_{goods.value}"].choices = [
                SelectChoice("", _("not offered")),
                SelectChoice("yes", _("offered")),
            ]
            self[f"offered_{goods.value}"].label.text = words.goods(goods)

    def limits(self) -> dict[Goods, Limits]:
        """What is offered, with its limits."""
        return {
            goods: Limits(self[f"available_{goods.value}"].data, self[f"most_{goods.value}"].data)
            for goods in Goods
            if self[f"offered_{goods.value}"].data
        }


for _goods in Goods:
    setattr(OfferForm, f"offered_{_goods.value}", SelectField(default=""))
    setattr(
        OfferForm,
        f"available_{_goods.value}",
        whole_number(_l("How many there are (empty: enough for everybody)"), 0, 10_000_000, optional=True),
    )
    setattr(
        OfferForm,
        f"most_{_goods.value}",
        whole_number(_l("At most for each collector (empty: no limit)"), 1, MOST_OF_ONE, optional=True),
    )


class ReserveForm(FlaskForm):
    """How many somebody would have; one field for each kind of goods, added by the view."""


class StandingForm(FlaskForm):
    """So many of every issue that fits."""

    country = SelectField(_l("Country"), default="")
    topic = SelectField(_l("Topic"), default="")
    goods = SelectField(_l("What"), [chosen()])
    quantity = whole_number(_l("How many of each issue"), 1, 100)
    since = _day(_l("For issues from"))
    until = _day(_l("Until"), optional=True)

    def __init__(self, *given: Any, **named: Any) -> None:
        """Choices in the reader's language."""
        super().__init__(*given, **named)
        self.country.choices = [SelectChoice("", _("every country")), *_pairs(by_name(stamps.countries()))]
        topics = [(topic.key, in_language(topic, "name")) for topic in stamps.topics()]
        self.topic.choices = [SelectChoice("", _("every topic")), *_pairs(topics)]
        self.goods.choices = [SelectChoice(one.value, words.goods(one)) for one in Goods]


def _pairs(pairs: list[tuple[str, str]]) -> list[Any]:
    return [SelectChoice(value, label) for value, label in pairs]
