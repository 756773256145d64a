"""Dates known in part, and topics of the post."""

from datetime import date

import pytest

from stamps.rules import first_day, in_currency, is_partial_date, speaks_of_the_post, year_of


@pytest.mark.parametrize(
    ("text", "day"),
    [("2021", date(2021, 1, 1)), ("2021-10", date(2021, 10, 1)), ("2021-10-09", date(2021, 10, 9))],
)
def test_a_date_may_be_known_to_the_year_the_month_or_the_day(text: str, day: date) -> None:
    assert first_day(text) == day


@pytest.mark.parametrize("text", ["", "21", "2021-13", "2021-02-30", "2021-10-9", "9/10/2021", "0000", "2021-10-09x"])
def test_anything_else_is_no_date(text: str) -> None:
    assert not is_partial_date(text)


def test_a_date_that_is_not_known_has_no_year() -> None:
    assert (year_of(""), year_of("1968-10-07")) == (None, 1968)


def test_an_issue_on_letter_writing_speaks_of_the_post() -> None:
    assert (speaks_of_the_post(["flora", "letter-writing"]), speaks_of_the_post(["flora"])) == (True, False)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("4000", "4000 VND"),
        ("4000+2000", "4000+2000 VND"),
        ("15000 (block)", "15000 (block) VND"),
        ("12 xu", "12 xu"),
        ("no value", "no value"),
        ("", ""),
    ],
)
def test_a_face_value_has_its_currency_unless_it_names_its_unit(value: str, shown: str) -> None:
    assert in_currency(value, "VND") == shown
