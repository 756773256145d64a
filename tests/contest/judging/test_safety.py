"""The safety net: who is read again, in which order, and an expectation that holds on known truth."""

import numpy as np
import pytest

from contest.judging import safety
from contest.judging.arrays import Floats
from contest.judging.safety import Estimates, cut_between, expected_lost, near_cut, reads_left, send_back


def estimates(measure: list[float] | Floats, se: list[float] | float = 1.0) -> Estimates:
    return Estimates(np.array(measure, dtype=float), np.broadcast_to(np.array(se, dtype=float), len(measure)).copy())


FIVE = estimates([9.0, 7.0, 6.0, 4.9, 1.0])


def test_the_cut_lies_between_the_last_kept_and_the_first_dropped() -> None:
    assert cut_between(FIVE, 2) == 6.5


@pytest.mark.parametrize(("kept", "cut"), [(0, float("inf")), (5, float("-inf"))])
def test_without_anyone_to_drop_or_keep_there_is_no_cut_to_be_near(kept: int, cut: float) -> None:
    assert (cut_between(FIVE, kept), near_cut(FIVE, kept, seed="").tolist()) == (cut, [])


def test_letters_within_one_and_a_half_errors_are_near() -> None:
    """Cut at 6.5: 5 and 8 are just within, 9 and 4.9 are not."""
    near = near_cut(estimates([9.0, 8.0, 7.0, 6.0, 5.0, 4.9]), 3, seed="seed")
    assert sorted(near.tolist()) == [1, 2, 3, 4]


def test_the_most_uncertain_come_first() -> None:
    """Distances from 6.5 in standard errors: .5, .25, 1.4."""
    near = near_cut(estimates([7.0, 6.0, 5.1, 20.0], [1.0, 2.0, 1.0, 1.0]), 2, seed="seed")
    assert near.tolist() == [1, 0, 2]


def test_equals_are_drawn_and_not_taken_by_number() -> None:
    orders = {tuple(near_cut(estimates([7.0, 6.0]), 1, seed=str(seed)).tolist()) for seed in range(20)}
    assert orders == {(0, 1), (1, 0)}


def test_the_net_ends_where_the_hours_do() -> None:
    assert reads_left(hours=0.1, minutes=2) == 3
    assert send_back(FIVE, 2, reads=1, seed="seed").tolist() in ([1], [2])


def test_nobody_is_lost_where_all_go_on() -> None:
    assert expected_lost(FIVE, 5, winners=2) == 0


def test_more_winners_than_places_lose_the_rest_for_sure() -> None:
    assert expected_lost(FIVE, 2, winners=5) == 3


def test_two_equal_letters_share_the_risk() -> None:
    """One of two equals goes on and one of them wins: half a winner is lost."""
    assert expected_lost(estimates([5.0, 5.0]), 1, winners=1) == pytest.approx(0.5)


@pytest.mark.parametrize("kept", [60, 100, 200])
def test_the_expectation_holds_on_known_truth(kept: int) -> None:
    """4,000 letters, one read of reliability .6 shrunk to its expectation; the true best 50 that were dropped."""
    chance = np.random.default_rng(kept)
    expected, counted = [], []
    for _time in range(40):
        truth = chance.normal(size=4000)
        shrunk = 0.6 * (truth + chance.normal(size=4000) * np.sqrt(0.4 / 0.6))
        dropped = np.argsort(-shrunk)[kept:]
        expected.append(expected_lost(estimates(shrunk, float(np.sqrt(0.4))), kept, winners=50))
        counted.append(np.isin(np.argsort(-truth)[:50], dropped).sum())
    assert np.mean(expected) == pytest.approx(np.mean(counted), rel=0.05)


def test_what_is_lost_after_further_reads_agrees_with_a_simulation() -> None:
    """Truth is drawn about each measure, a further read about the truth, and the decision made anew at the same cut."""
    chance = np.random.default_rng(4)
    known = Estimates(chance.normal(0, 1, 60), chance.uniform(0.3, 0.8, 60))
    again = np.zeros(60, dtype=np.bool_)
    again[safety.near_cut(known, 12, seed="s")] = True
    error = np.full(60, 0.7)
    found = safety.expected_lost_after(known, 12, winners=6, again=again, read_error=error)
    line, cut = safety._winning_line(known, 6), safety.cut_between(known, 12)
    lost = 0.0
    for _draw in range(20_000):
        truth = chance.normal(known.measure, known.se)
        read = chance.normal(truth, error)
        weight = known.se**2 / (known.se**2 + error**2)
        later = np.where(again, known.measure + weight * (read - known.measure), known.measure)
        lost += float(((truth > line) & (later < cut)).sum())
    assert found == pytest.approx(lost / 20_000, rel=0.03)
    assert found < safety.expected_lost(known, 12, winners=6)


def test_no_further_reads_leave_what_is_lost_as_it_is() -> None:
    chance = np.random.default_rng(5)
    known = Estimates(chance.normal(0, 1, 40), np.full(40, 0.5))
    nobody = np.zeros(40, dtype=np.bool_)
    now, later = (
        safety.expected_lost(known, 8, winners=4),
        safety.expected_lost_after(known, 8, winners=4, again=nobody, read_error=np.full(40, 0.7)),
    )
    assert later == pytest.approx(now)
