"""Drift on anchors and signs: seen where judges have changed, not where chance alone would do."""

import random

import pytest

from contest.judging import watching
from contest.judging.measuring import JudgeFigures
from contest.judging.watching import Sign


def figures(*, reads: int = 40, infit: float | None = 1.0) -> JudgeFigures:
    return JudgeFigures(reads, 0.0, 0.1, 0.0, 0.1, infit, infit, 6.0, 1.0, 0.7)


def test_the_smoothed_deviation_weighs_the_newest_most() -> None:
    """Weights .64, .8 and 1 of their sum 2.44."""
    found = watching.drift([0.0, 0.0, 1.0], spread=1.0)
    assert found is not None
    assert found.smoothed == pytest.approx((0, 0, 1 / 2.44))
    assert found.error == pytest.approx((0.64**2 + 0.8**2 + 1) ** 0.5 / 2.44)


def test_without_anchors_nothing_is_known_of_drift() -> None:
    assert (watching.drift([], spread=1.0), watching.spread_of([])) == (None, 0.0)


@pytest.mark.parametrize(
    ("deviations", "expected"),
    [
        ([0.0] * 4 + [1.2] * 5, (Sign.DRIFTS_STERNER,)),
        ([0.0] * 4 + [-1.2] * 5, (Sign.DRIFTS_MILDER,)),
        ([1.5, 1.5, 1.5], ()),
        ([0.1] * 9, ()),
    ],
)
def test_who_has_changed_is_seen_from_four_anchors_on(deviations: list[float], expected: tuple[Sign, ...]) -> None:
    assert watching.signs(figures(), watching.drift(deviations, spread=0.6)) == expected


def test_chance_alone_seldom_makes_a_drift() -> None:
    chance = random.Random(8)
    drifts = [watching.drift([chance.gauss(0, 0.6) for _anchor in range(8)], spread=0.6) for _judge in range(400)]
    assert sum(each is not None and each.is_beyond_chance for each in drifts) / 400 < 0.06


@pytest.mark.parametrize(
    ("reads", "infit", "expected"),
    [
        (40, 1.9, (Sign.ERRATIC,)),
        (40, 0.3, (Sign.PREDICTABLE,)),
        (40, 1.4, ()),
        (10, 1.6, ()),
        (3, 4.0, ()),
        (40, None, ()),
    ],
)
def test_fit_is_a_sign_only_beyond_its_bounds_and_beyond_chance(
    reads: int, infit: float | None, expected: tuple[Sign, ...]
) -> None:
    assert watching.signs(figures(reads=reads, infit=infit), None) == expected


def test_a_judge_without_figures_has_no_signs() -> None:
    assert watching.signs(None, None) == ()


def test_the_spread_is_that_of_steps_so_that_a_drift_does_not_hide_itself() -> None:
    chance = random.Random(3)
    steady = [[chance.gauss(0, 0.6) for _anchor in range(10)] for _judge in range(60)]
    drifting = [[deviation + 0.1 * place for place, deviation in enumerate(each)] for each in steady]
    assert watching.spread_of(steady) == pytest.approx(0.6, rel=0.12)
    assert watching.spread_of(drifting) == pytest.approx(0.6, rel=0.15)
