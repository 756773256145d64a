"""Letter numbers find slips and are understood however they are typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.letters import numbers
from website.config import PROJECT

NUMBERS = st.builds(numbers.written, st.integers(1, 200), st.from_regex("[0-9]{8}", fullmatch=True))


def bare(number: str) -> str:
    return number.replace("-", "")


def test_a_number_is_edition_eight_digits_and_a_check_digit() -> None:
    asked: list[int] = []

    def below(limit: int) -> int:
        asked.append(limit)
        return 48_291_307

    number = numbers.new_number(55, below)
    assert number[:-1] == "55-4829-1307-"
    assert asked == [100_000_000]
    assert numbers.understood(number) == number


def test_a_small_draw_keeps_its_zeros() -> None:
    assert numbers.new_number(55, lambda _limit: 7).startswith("55-0000-0007-")


def test_the_check_digit_is_damms() -> None:
    assert numbers.check_digit("572") == 4  # the example Damm's order-10 table is published with


@given(NUMBERS, st.data())
def test_every_single_wrong_digit_is_found(number: str, data: st.DataObject) -> None:
    digits = bare(number)
    at = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[at]]))
    assert numbers.understood(digits[:at] + other + digits[at + 1 :]) is None


@given(NUMBERS, st.data())
def test_every_swap_of_two_neighbours_is_found(number: str, data: st.DataObject) -> None:
    digits = bare(number)
    at = data.draw(st.integers(0, len(digits) - 2))
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    assert numbers.understood(swapped) == (number if swapped == digits else None)


@pytest.mark.parametrize("way", ["{}", " {} ", "số {}", "{}.", "№ {}"])
@pytest.mark.parametrize("mark", ["-", "", " ", "–", " - "])
def test_numbers_are_understood_however_they_are_typed(way: str, mark: str) -> None:
    number = numbers.written(55, "48291307")
    assert numbers.understood(way.replace("số", "").format(number.replace("-", mark))) == number


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    number = numbers.written(55, "10010010")
    assert numbers.understood(number.replace("0", "O").replace("1", "l")) == number


@pytest.mark.parametrize("typed", ["", "55", "abc", "5" * 40, "55-4829-1307", "٥٥٤٨٢٩١٣٠٧٦"])
def test_what_is_no_number_is_not_understood(typed: str) -> None:
    assert numbers.understood(typed) is None


def test_the_example_on_the_page_is_a_number_without_a_slip() -> None:
    page = (PROJECT / "templates/contest/letters/track.html").read_text("utf8")
    [example] = re.findall(r"\d\d-\d{4}-\d{4}-\d", page)
    assert numbers.understood(example) == example
