"""How likeness is put into words, and how often one may ask."""

from datetime import timedelta

import pytest

from stamps.pictures.rules import ASKED_WITHIN, MOST_ASKED, Alikeness, alikeness, must_wait
from tests.make import NOW


@pytest.mark.parametrize(
    ("score", "shared", "word"),
    [
        (0.99, 80, Alikeness.VERY),
        (0.99, 3, Alikeness.ALIKE),
        (0.87, 40, Alikeness.VERY),
        (0.87, 0, Alikeness.ALIKE),
        (0.75, 30, Alikeness.ALIKE),
        (0.75, 3, Alikeness.PERHAPS),
        (0.65, 12, Alikeness.PERHAPS),
        (0.65, 3, None),
        (0.1, 0, None),
    ],
)
def test_a_likeness_is_a_word(score: float, shared: int, word: Alikeness | None) -> None:
    assert alikeness(score, shared) == word


def test_who_has_asked_often_waits_until_some_time_has_passed() -> None:
    asked = [NOW] * MOST_ASKED

    assert must_wait(asked, now=NOW)
    assert not must_wait(asked[1:], now=NOW)
    assert not must_wait(asked, now=NOW + ASKED_WITHIN + timedelta(seconds=1))
