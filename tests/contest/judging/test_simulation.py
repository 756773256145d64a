"""Contests with known truth: the rules of the game, and that fair marks and the net are worth their name."""

import numpy as np
import pytest

from bench.funnel import fair_marks
from contest.judging.simulation import Estimator, Reads, Stage, World, funnel, raw_means

WORLD = World(letters=3000, judges=60, severity=0.8, reliability=0.64, anchors=10)
PLAIN = (Stage(1, 600), Stage(2, 60))
NET = (Stage(1, 600), Stage(1, 60, net=1.0))


def kept(stages: tuple[Stage, ...], estimate: Estimator) -> float:
    found = [funnel(WORLD, stages, estimate, winners=30, seed=seed).kept for seed in range(6)]
    return float(np.mean(found))


def test_fair_marks_keep_more_winners_than_raw_means_and_the_net_more_still() -> None:
    raw, fair, net = kept(PLAIN, raw_means), kept(PLAIN, fair_marks), kept(NET, fair_marks)
    assert raw + 0.05 < fair < net


def test_the_net_takes_no_more_reads() -> None:
    plain, net = (funnel(WORLD, stages, fair_marks, winners=30, seed=1).reads for stages in (PLAIN, NET))
    assert net <= plain <= 3000 + 10 * 59 + 2 * 600


def test_without_noise_nobody_is_lost() -> None:
    clear = World(letters=500, judges=10, severity=0.0, reliability=0.9999)
    assert funnel(clear, [Stage(1, 60)], raw_means, winners=30, seed=1).kept == 1


def test_the_same_seed_is_the_same_contest() -> None:
    one, again, other = (funnel(WORLD, PLAIN, raw_means, winners=30, seed=seed) for seed in (1, 1, 2))
    assert (one == again, one == other) == (True, False)


def test_raw_means_and_their_errors() -> None:
    reads = Reads(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([3.0, 5.0, 6.0, 6.0]), letters=2, judges=2)
    found = raw_means(reads)
    assert (found.measure.tolist(), found.se.tolist()) == ([4, 6], pytest.approx([0.5**0.5] * 2))
