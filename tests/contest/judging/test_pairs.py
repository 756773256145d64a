"""Abilities from pairs: the published figures, an independent reference, and data with holes."""

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import brentq, root

from contest.judging.arrays import Floats
from contest.judging.pairs import NotFiniteError, Pairs, abilities, separations, split_half

SHARED = Path(__file__).parents[4] / "shared" / "data" / "judging"
# Three judges, ten pairs of four letters; each letter wins and loses.
SMALL = [(0, 0, 1), (0, 1, 2), (0, 2, 3), (0, 0, 3), (1, 1, 0), (1, 0, 2), (1, 3, 2), (2, 2, 0), (2, 1, 3), (2, 3, 0)]


def pairs_of(*decisions: tuple[int, int, int], letters: int = 4) -> Pairs:
    judge, chosen, other = np.array(decisions, dtype=np.int64).reshape(-1, 3).T
    return Pairs(judge, chosen, other, letters=letters, judges=int(judge.max(initial=-1)) + 1)


def drawn(truth: Floats, *, pairs_each: int, judges: int = 6, seed: int = 0) -> Pairs:
    """Decisions by the model, of pairs drawn without plan."""
    chance = np.random.default_rng(seed)
    count = len(truth) * pairs_each // 2
    one = chance.integers(len(truth), size=count)
    other = (one + chance.integers(1, len(truth), size=count)) % len(truth)
    wins = chance.random(count) < 1 / (1 + np.exp(truth[other] - truth[one]))
    chosen, not_chosen = np.where(wins, one, other), np.where(wins, other, one)
    return Pairs(chance.integers(judges, size=count), chosen, not_chosen, letters=len(truth), judges=judges)


def missed_scores(ability: Floats, pairs: Pairs, shrinkage: float) -> Floats:
    """The published equations, written out pair by pair; the last one centres."""
    wins, total, hoped, information = (np.zeros(pairs.letters) for _ in range(4))
    for winner, loser in zip(pairs.chosen.tolist(), pairs.not_chosen.tolist(), strict=True):
        wins[winner] += 1
        for mine, theirs in ((winner, loser), (loser, winner)):
            chance = 1 / (1 + np.exp(ability[theirs] - ability[mine]))
            total[mine] += 1
            hoped[mine] += chance
            information[mine] += chance * (1 - chance)
    missed = shrinkage + (total - 2 * shrinkage) * wins / total - hoped
    return np.append((missed - missed.sum() / information.sum() * information)[:-1], ability.sum())


def test_abilities_solve_the_published_equations() -> None:
    pairs = pairs_of(*SMALL)
    solved = root(missed_scores, np.zeros(4), args=(pairs, 0.3), tol=1e-12).x
    np.testing.assert_allclose(abilities(pairs).ability, solved, atol=1e-8)


def test_without_shrinkage_they_are_the_most_likely_ones() -> None:
    pairs = pairs_of(*SMALL)
    solved = root(missed_scores, np.zeros(4), args=(pairs, 0.0), tol=1e-12).x
    np.testing.assert_allclose(abilities(pairs, shrinkage=0).ability, solved, atol=1e-8)


def test_two_letters_by_hand() -> None:
    """Three of four won: S* = .3 + 3.4 x 3/4 = 2.85 of 4, so t = ln(2.85 / 1.15) / 2, each with information 4 p (1 - p)."""
    found = abilities(pairs_of((0, 0, 1), (0, 0, 1), (0, 0, 1), (0, 1, 0), letters=2))
    half = brentq(lambda ability: 4 / (1 + np.exp(-2 * ability)) - 2.85, 0, 3)
    np.testing.assert_allclose(found.ability, [half, -half], atol=1e-9)
    np.testing.assert_allclose(found.se, np.sqrt(4 / (2.85 * 1.15)), atol=1e-8)
    assert found.judges.infit[0] == pytest.approx((3 * (1.15 / 4) ** 2 + (2.85 / 4) ** 2) / (2.85 * 1.15 / 4))


def test_a_letter_that_won_everything_has_a_finite_ability() -> None:
    found = abilities(pairs_of((0, 0, 1), (0, 0, 2), (0, 1, 2), (0, 2, 1), letters=3))
    assert np.isfinite(found.ability).all()
    assert found.ability.argmax() == 0


def test_without_shrinkage_there_is_none_for_it() -> None:
    with pytest.raises(NotFiniteError):
        abilities(pairs_of((0, 0, 1), letters=2), shrinkage=0)


def test_a_very_uneven_design_is_solved_all_the_same() -> None:
    """One letter beat fifty that met nobody else, but for one that beat the last."""
    star = [(0, 0, letter) for letter in range(1, 51)]
    found = abilities(pairs_of(*star, (0, 50, 51), letters=52))
    assert np.isfinite(found.ability).all()
    assert found.ability[0] > found.ability[50] > found.ability[51]


def test_letters_that_no_pair_connects_are_groups_of_their_own() -> None:
    found = abilities(pairs_of((0, 0, 1), (0, 2, 3)))
    assert found.groups == 2
    np.testing.assert_allclose(found.ability[[0, 1]], found.ability[[2, 3]])


def test_a_letter_in_no_pair_has_no_ability() -> None:
    found = abilities(pairs_of(*SMALL, letters=5))
    assert (np.isnan(found.ability[4]), found.groups, found.pairs[4]) == (True, 1, 0)


def test_ssr_is_the_share_of_true_spread() -> None:
    """Variance 4 with mean squared error 1."""
    assert separations(np.array([-2.0, 0.0, 2.0]), np.ones(3)) == (0.75, pytest.approx(np.sqrt(3)))


def test_no_spread_beyond_error_is_no_reliability() -> None:
    assert separations(np.array([-0.1, 0.1]), np.ones(2)) == (0.0, 0.0)


def test_ssr_tells_the_true_share_for_pairs_drawn_without_plan() -> None:
    truth = np.random.default_rng(3).normal(0, 1.5, 300)
    found = abilities(drawn(truth, pairs_each=16))
    assert found.ssr == pytest.approx(np.corrcoef(found.ability, truth)[0, 1] ** 2, abs=0.03)


def test_coin_tosses_have_neither_reliability() -> None:
    pairs = drawn(np.zeros(100), pairs_each=16)
    assert abilities(pairs).ssr < 0.3
    assert abs(split_half(pairs, seed="seed").correlation or 0) < 0.2


def test_the_same_seed_splits_the_same() -> None:
    pairs = drawn(np.linspace(-2, 2, 20), pairs_each=20)
    assert split_half(pairs, seed="one", splits=5) == split_half(pairs, seed="one", splits=5)
    assert split_half(pairs, seed="one", splits=5) != split_half(pairs, seed="two", splits=5)


def test_halves_are_of_judges_and_of_decisions_only_for_a_single_one() -> None:
    truth = np.linspace(-2, 2, 20)
    assert [split_half(drawn(truth, pairs_each=20, judges=judges), seed="s").by_judges for judges in (1, 2)] == [
        False,
        True,
    ]


def test_a_single_decision_has_no_halves() -> None:
    assert split_half(pairs_of((0, 0, 1), letters=2), seed="seed").correlation is None


def test_a_judge_who_decides_against_the_others_misfits() -> None:
    truth = np.linspace(-2, 2, 30)
    fair = drawn(truth, pairs_each=40)
    against = fair.judge == 5
    chosen = np.where(against, fair.not_chosen, fair.chosen)
    not_chosen = np.where(against, fair.chosen, fair.not_chosen)
    fit = abilities(Pairs(fair.judge, chosen, not_chosen, letters=30, judges=6)).judges.infit
    assert (fit.argmax(), fit[5] > 1.5, fit[:5].max() < 1.2) == (5, True, True)


@pytest.mark.skipif(not SHARED.exists(), reason="the published pairs are not here")
def test_the_published_figures_of_81_decisions() -> None:
    """No More Marking's demonstration data as fitted by sirt's `btm`."""
    with (SHARED / "pairs-nmm.csv").open() as rows:
        decisions = list(csv.DictReader(rows))
    names = sorted({row[side] for row in decisions for side in ("chosen", "notChosen")})
    judges = sorted({row["judgeName"] for row in decisions})
    found = abilities(
        pairs_of(
            *((judges.index(row["judgeName"]), names.index(row["chosen"]), names.index(row["notChosen"])) for row in decisions),
            letters=8,
        )
    )  # fmt: skip
    published = {
        "5SDTAF": 1.6182, "VDT6WV": 1.7583, "NNUAHM": 1.0694, "JPETNT": 0.2557, "EEJPZC": -0.3380, "BS696G": -0.8097,
        "UP2FUQ": -1.0288, "JWUKN5": -2.5251,
    }  # fmt: skip
    np.testing.assert_allclose(found.ability, [published[name] for name in names], atol=0.0001)
    np.testing.assert_allclose(found.judges.infit, [0.547, 0.535, 1.587], atol=0.0005)
    assert found.ssr == pytest.approx(0.8013069, abs=1e-5)
