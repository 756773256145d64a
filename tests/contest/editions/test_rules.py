"""Ages, windows, reasons, days left: decided without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contest.editions import rules
from contest.editions.rules import StagePhase
from core.errors import Refused

OPENS, CLOSES = datetime(2025, 12, 18, 17, tzinfo=UTC), datetime(2026, 3, 5, 16, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2011, 5, 5), 15),
        (date(2011, 5, 6), 14),
        (date(2010, 5, 6), 15),
        (date(2010, 5, 5), 16),
        (date(2017, 5, 5), 9),
        (date(2017, 5, 6), 8),
    ],
)
def test_age_is_counted_in_whole_years_on_the_reference_day(born: date, age: int) -> None:
    assert rules.age_on(born=born, day=date(2026, 5, 5)) == age


def test_who_is_born_on_29_february_is_a_year_older_on_1_march() -> None:
    ages = [rules.age_on(born=date(2012, 2, 29), day=day) for day in (date(2026, 2, 28), date(2026, 3, 1))]
    assert ages == [13, 14]


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (OPENS - SECOND, StagePhase.ANNOUNCED),
        (OPENS, StagePhase.OPEN),
        (CLOSES, StagePhase.OPEN),
        (CLOSES + SECOND, StagePhase.CLOSED),
    ],
)
def test_both_ends_of_the_window_are_open(now: datetime, phase: StagePhase) -> None:
    assert rules.phase(opens_at=OPENS, closes_at=CLOSES, published_at=None, now=now) is phase


def test_a_published_stage_stays_published() -> None:
    assert rules.phase(opens_at=OPENS, closes_at=CLOSES, published_at=CLOSES, now=CLOSES) is StagePhase.PUBLISHED


def test_the_55th_edition_is_of_2026_and_the_first_of_1972() -> None:
    assert (rules.number_of_year(2026), rules.number_of_year(1972)) == (55, 1)


def test_age_is_usually_counted_on_the_day_entries_are_due_in_berne() -> None:
    assert rules.reference_day(2026) == date(2026, 5, 5)


@pytest.mark.parametrize(
    ("day", "left"), [(date(2026, 3, 5), 4), (date(2026, 3, 2), 1), (date(2026, 3, 1), 0), (date(2026, 2, 1), 0)]
)
def test_days_left_are_counted_by_the_calendar_and_never_below_none(day: date, left: int) -> None:
    assert rules.days_until(day, today=date(2026, 3, 1)) == left


GOOD = {
    "youngest": 9,
    "oldest": 15,
    "opens_at": OPENS,
    "closes_at": CLOSES,
    "takes_typed": True,
    "takes_handwritten": False,
}


def test_good_settings_are_not_refused() -> None:
    rules.refuse_settings(GOOD)
    rules.refuse_settings(GOOD | {"youngest": 15})


@pytest.mark.parametrize(
    ("given", "field"),
    [({"youngest": 16}, "oldest"), ({"closes_at": OPENS}, "closes_at"), ({"takes_typed": False}, "takes_typed")],
)
def test_settings_that_contradict_each_other_are_refused_at_their_field(given: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.refuse_settings(GOOD | given)
    assert refused.value.field == field


def test_a_reason_is_owed_from_the_moment_letters_are_taken() -> None:
    assert [rules.needs_reason(opens_at=OPENS, now=now) for now in (OPENS - SECOND, OPENS)] == [False, True]


def test_only_what_differs_is_a_change_and_is_kept_as_the_history_writes_it() -> None:
    before = {"word_limit": 800, "takes_typed": True, "reference_day": date(2026, 5, 5), "closes_at": CLOSES}
    after = {"word_limit": 900, "takes_typed": False, "reference_day": date(2026, 5, 5), "closes_at": CLOSES + SECOND}
    assert rules.changes(before, after) == {
        "word_limit": ("800", "900"),
        "takes_typed": ("yes", "no"),
        "closes_at": ("2026-03-05T16:59:00+00:00", "2026-03-05T16:59:01+00:00"),
    }
