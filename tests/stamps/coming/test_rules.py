"""Who gets what, when an issue is, whom a standing order serves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from stamps.coming import rules
from stamps.coming.rules import Allotment, Ask, Span, allot, lot, seal, span_of, wants

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def asks(*quantities: int) -> list[Ask]:
    return [Ask(number, quantity, NOON + timedelta(minutes=number)) for number, quantity in enumerate(quantities, 1)]


def test_everybody_gets_all_while_there_is_enough() -> None:
    assert allot(asks(3, 1, 2), available=6, rule=Allotment.ROUNDS, seed="x") == {1: 3, 2: 1, 3: 2}
    assert allot(asks(3, 1, 2), available=None, rule=Allotment.ARRIVAL, seed="x") == {1: 3, 2: 1, 3: 2}


def test_by_rounds_everybody_gets_one_before_anybody_gets_two() -> None:
    assert allot(asks(10, 1, 10), available=5, rule=Allotment.ROUNDS, seed="x") == {1: 2, 2: 1, 3: 2}


def test_by_arrival_the_earlier_is_served_in_full() -> None:
    assert allot(asks(3, 2, 2), available=4, rule=Allotment.ARRIVAL, seed="x") == {1: 3, 2: 1, 3: 0}


def test_the_last_round_goes_by_lot_which_anybody_can_compute() -> None:
    given_ = allot(asks(1, 1, 1, 1), available=2, rule=Allotment.ROUNDS, seed="seed")
    first = sorted((1, 2, 3, 4), key=lambda number: lot("seed", number))[:2]
    assert given_ == {number: int(number in first) for number in (1, 2, 3, 4)}
    assert seal("seed") == "19b25856e1c150ca834cffc8b59b23adbd0ec0389e58eb22b3b64768098d002b"


@given(
    quantities=st.lists(st.integers(1, 50), max_size=30),
    available=st.integers(0, 400),
    rule=st.sampled_from(Allotment),
    seed=st.text(max_size=5),
)
def test_nobody_gets_more_than_asked_and_nothing_is_left_while_somebody_wants(
    quantities: list[int], available: int, rule: Allotment, seed: str
) -> None:
    asked = asks(*quantities)
    got = allot(asked, available=available, rule=rule, seed=seed)
    assert all(0 <= got[ask.number] <= ask.quantity for ask in asked)
    assert sum(got.values()) == min(available, sum(quantities))
    if rule is Allotment.ROUNDS:
        served = [got[ask.number] for ask in asked if got[ask.number] < ask.quantity]
        assert not served or max(got.values()) - min(served) <= 1 or max(got.values()) <= min(served) + 1


def test_a_day_that_is_not_known_is_a_month_or_a_year() -> None:
    assert span_of("2026-12-09") == Span(date(2026, 12, 9), date(2026, 12, 10))
    assert span_of("2026-12") == Span(date(2026, 12, 1), date(2027, 1, 1))
    assert span_of("2026") == Span(date(2026, 1, 1), date(2027, 1, 1))
    assert (span_of(""), span_of("9999")) == (None, None)


@pytest.mark.parametrize(
    ("order", "fits"),
    [
        ({}, True),
        ({"country": "VN"}, True),
        ({"country": "FR"}, False),
        ({"topics": ["flora", "post"]}, True),
        ({"topics": ["fauna"]}, False),
        ({"since": date(2026, 12, 10)}, False),
        ({"until": date(2026, 12, 8)}, False),
        ({"until": date(2026, 12, 9)}, True),
    ],
)
def test_whom_a_standing_order_serves(order: dict[str, object], fits: bool) -> None:
    given_ = {"country": "", "topics": [], "since": date(2026, 1, 1), "until": None} | order
    assert wants(**given_, of_country="VN", of_topics=["flora"], day=date(2026, 12, 9)) is fits  # type: ignore[arg-type]


def test_the_last_day_is_still_one() -> None:
    day = date(2026, 12, 1)
    rules.refuse_late(today=day, last_day=day)
    with pytest.raises(Refused):
        rules.refuse_late(today=day + timedelta(1), last_day=day)
    with pytest.raises(Refused):
        rules.refuse_early(today=day, last_day=day)
