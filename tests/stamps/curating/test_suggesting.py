"""Suggestions: made by anybody signed in, once for two clicks, bounded, decided once."""

from datetime import timedelta

import pytest
from flask import Flask

from accounts.models import Person
from core.db import transaction
from core.errors import Refused
from core.journal import lines_about
from stamps import queries as stamps
from stamps.curating import queries, services
from stamps.curating.models import Suggestion
from stamps.curating.rules import MOST_SUGGESTED, SuggestionState
from tests import cast, make

KEY = "vn-1998-06-10-world-cup-98-3-1"


@pytest.fixture
def mai(app: Flask) -> Person:
    """A child who knows something, and the record to know it of."""
    make.record()
    return cast.mai()


def suggest(person: Person, value: str = "13", **given: object) -> Suggestion:
    said = {"field": "perforation", "value": value, "now": make.NOW} | given
    with transaction():
        stamp = stamps.stamp(KEY)
        assert stamp is not None
        return services.suggest(person=person, thing=stamp, **said)  # type: ignore[arg-type]


def test_a_suggestion_waits_for_a_curator_and_is_in_the_journal(mai: Person) -> None:
    made = suggest(mai, source=" a book ", remark="I counted them")
    assert (made.state, made.kind, made.key, made.country) == (SuggestionState.WAITING, "stamp", KEY, "VN")
    assert (made.source, queries.waiting()) == ("a book", 1)
    assert [line.act for line in lines_about("stamp_suggestion", made.id)] == ["suggestion.made"]


def test_a_second_click_is_the_same_suggestion(mai: Person) -> None:
    assert suggest(mai).id == suggest(mai, now=make.NOW + timedelta(seconds=5)).id


def test_who_suggests_very_much_is_asked_to_wait_until_tomorrow(mai: Person) -> None:
    for number in range(MOST_SUGGESTED):
        suggest(mai, str(number))
    with pytest.raises(Refused, match="tomorrow"):
        suggest(mai, "one more")
    suggest(mai, "from a file", bounded=False)
    suggest(mai, "next day", now=make.NOW + timedelta(days=1, minutes=1))


def test_a_record_that_is_missing_is_suggested_with_what_is_known(mai: Person) -> None:
    with transaction():
        made = services.suggest_record(
            person=mai, country="VN", title="Hoa sen", details={"face_value": "4000"}, now=make.NOW
        )
    assert (made.key, made.field, made.value, made.details) == ("", "record", "Hoa sen", {"face_value": "4000"})


def test_a_suggestion_is_declined_once_with_a_reason(mai: Person) -> None:
    khoa, made = cast.khoa(), suggest(mai)
    with transaction():
        services.decline(suggestion=made, answer=" Thank you; it was measured. ", by=khoa, now=make.NOW)
    assert (made.state, made.answer) == (SuggestionState.DECLINED, "Thank you; it was measured.")
    with pytest.raises(Refused), transaction():
        services.decline(suggestion=made, answer="again", by=khoa, now=make.NOW)
