"""User names, passwords, networks and patience: decided without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts import rules

NOW = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mai", "mai"),
        ("  Mai  ", "mai"),
        ("Trần Mai", "tran.mai"),
        ("Đặng  Đăng Khoa", "dang.dang.khoa"),
        ("ngoc_mai-12", "ngoc_mai-12"),
        ("ngo\u0323\u0302c", "ngoc"),
    ],
)
def test_a_user_name_is_kept_small_and_without_accents(typed: str, kept: str) -> None:
    assert rules.user_name_of(typed) == kept


@pytest.mark.parametrize("typed", ["", "ab", ".mai", "mai-", "mai@nha.vn", "m" * 41, "mai\x00", "美伊子", "mai/nam"])
def test_what_cannot_be_a_user_name_is_none(typed: str) -> None:
    assert rules.user_name_of(typed) is None


def test_a_user_name_that_is_kept_is_found_by_itself() -> None:
    kept = rules.user_name_of("Lê Hoài Nam")
    assert kept is not None
    assert rules.user_name_of(kept) == kept


@pytest.mark.parametrize(
    "password", ["password", "MatKhau123", "aaaaaaaa", "abababab", "ngocmai", "NgocMai", "ngocmai2012", "12ngocmai34"]
)
def test_a_password_that_anybody_would_guess_is_weak(password: str) -> None:
    assert rules.is_weak(password, user_name="ngocmai")


@pytest.mark.parametrize("password", ["ba con voi xanh", "ngocmai và con mèo", "tulip-9-cua-so"])
def test_a_password_needs_no_signs_and_capitals_to_be_good(password: str) -> None:
    assert not rules.is_weak(password, user_name="ngocmai")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("113.160.1.9", "113.160.1.9"),
        ("2001:ee0:4f00:1:aaaa::1", "2001:ee0:4f00:1::"),
        ("2001:ee0:4f00:1:bbbb::2", "2001:ee0:4f00:1::"),
        ("", "unknown"),
    ],
)
def test_an_address_counts_as_its_network(address: str, network: str) -> None:
    assert rules.network_of(address) == network


def tried(times: int, *, ago: timedelta = timedelta(minutes=5)) -> list[datetime]:
    """So many attempts in vain, all at one moment."""
    return [NOW - ago] * times


def test_a_few_mistakes_cost_nothing() -> None:
    few = tried(rules.ATTEMPTS_FOR_A_NAME - 1)
    assert rules.wait_before_sign_in(for_name=few, from_network=few, now=NOW) is None


def test_the_tenth_mistake_with_a_name_asks_to_wait_for_the_rest_of_the_window() -> None:
    many = tried(rules.ATTEMPTS_FOR_A_NAME)
    assert rules.wait_before_sign_in(for_name=many, from_network=[], now=NOW) == timedelta(minutes=10)


def test_a_network_may_make_the_mistakes_of_a_whole_class() -> None:
    of_a_class = tried(rules.ATTEMPTS_FROM_A_NETWORK - 1)
    assert rules.wait_before_sign_in(for_name=[], from_network=of_a_class, now=NOW) is None
    assert rules.wait_before_sign_in(for_name=[], from_network=[*of_a_class, NOW], now=NOW) == timedelta(minutes=10)


def test_mistakes_older_than_the_window_are_forgotten() -> None:
    old = tried(99, ago=rules.ATTEMPTS_WINDOW)
    assert rules.wait_before_sign_in(for_name=old, from_network=old, now=NOW) is None


def test_whoever_is_held_twice_waits_for_the_longer() -> None:
    for_name = tried(rules.ATTEMPTS_FOR_A_NAME, ago=timedelta(minutes=14))
    from_network = tried(rules.ATTEMPTS_FROM_A_NETWORK, ago=timedelta(minutes=3))
    assert rules.wait_before_sign_in(for_name=for_name, from_network=from_network, now=NOW) == timedelta(minutes=12)


def test_the_same_name_and_password_are_one_act_for_a_minute() -> None:
    assert [rules.is_second_click(made_at=NOW - age, now=NOW) for age in (timedelta(0), rules.SECOND_CLICK)] == [
        True,
        False,
    ]
