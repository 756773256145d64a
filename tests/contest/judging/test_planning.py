"""Planning: the table of the field's figures, simulated truth, and what grows with what."""

import numpy as np
import pytest

from contest.judging.planning import Plan, chance_kept, plan, reliability_of, single_cuts, width

MILLION = 1_000_000
SHARES = (0.2, 0.1, 0.05, 0.02, 0.01)


@pytest.mark.parametrize(
    ("reliability", "rank", "kept"),
    [
        (0.55, 100, [99.8, 98.6, 95.2, 85.3, 74.0]),
        (0.64, 100, [100.0, 99.8, 98.7, 93.8, 86.0]),
        (0.74, 100, [100.0, 100.0, 99.9, 98.8, 95.7]),
        (0.55, 1000, [98.5, 93.4, 83.3, 63.9, 47.9]),
        (0.74, 1000, [100.0, 99.7, 97.7, 88.2, 74.3]),
    ],
)
def test_the_known_chances_after_one_read(reliability: float, rank: int, kept: list[float]) -> None:
    found = [
        chance_kept(rank, letters=MILLION, kept=round(share * MILLION), reads=1, reliability=reliability)
        for share in SHARES
    ]
    np.testing.assert_allclose(np.array(found) * 100, kept, atol=0.06)


def test_reliability_of_several_reads_is_spearman_and_browns() -> None:
    assert reliability_of(3, 0.5) == 0.75


def simulated(*, letters: int, kept: int, reads: int, reliability: float, rank: int, times: int) -> float:
    """How often the letter of a true rank survived, letters and reads drawn anew each time."""
    chance = np.random.default_rng(11)
    survived = 0
    for _time in range(times):
        truth = np.sort(chance.normal(size=letters))[::-1]
        seen = truth + chance.normal(size=letters) * np.sqrt((1 - reliability) / reliability / reads)
        survived += int((seen > seen[rank - 1]).sum() < kept)
    return survived / times


@pytest.mark.parametrize(("kept", "reads"), [(400, 1), (1000, 1), (400, 3)])
def test_the_chance_agrees_with_simulated_rounds(kept: int, reads: int) -> None:
    case = {"letters": 20_000, "kept": kept, "reads": reads, "reliability": 0.6}
    chance = chance_kept(100, **case)  # type: ignore[arg-type]
    assert simulated(rank=100, times=400, **case) == pytest.approx(float(chance), abs=0.05)  # type: ignore[arg-type]


def test_a_cut_of_the_stated_width_loses_no_more_than_the_risk() -> None:
    kept = width(100, letters=MILLION, reads=1, reliability=0.74, risk=0.01)
    lost = [1 - float(chance_kept(100, letters=MILLION, kept=at, reads=1, reliability=0.74)) for at in (kept, kept - 2)]
    assert lost[0] <= 0.01 < lost[1]


def test_a_cut_is_never_narrower_than_the_winners() -> None:
    assert width(100, letters=200, reads=50, reliability=0.9, risk=0.5) == 100


def test_one_read_of_a_million_by_500_judges_takes_67_hours_each() -> None:
    [only] = single_cuts(MILLION, 500, 2, reads=[1], shares=[0.05])
    assert (round(only.hours), round(only.lost_last, 3)) == (67, 0.001)


def usual(**changed: float) -> Plan:
    return plan(**{"letters": MILLION, "judges": 800, "minutes": 2.0, **changed})  # type: ignore[arg-type]


def test_a_plan_reads_all_once_and_ever_fewer_more_often() -> None:
    rounds = usual().rounds
    assert (rounds[0].letters, rounds[0].reads) == (MILLION, 1)
    assert [each.letters for each in rounds[1:]] == [each.kept for each in rounds[:-1]]
    assert all(each.kept < each.letters for each in rounds)


def test_a_plan_loses_no_more_than_the_risk() -> None:
    assert usual().lost_last <= 0.01
    assert usual(risk=0.2).lost_last <= 0.2


def test_hours_are_reads_times_minutes_over_judges() -> None:
    found = usual()
    assert found.hours == pytest.approx(found.reads * 2 / 60 / 800)


def test_better_reads_allow_narrower_cuts() -> None:
    assert usual(reliability=0.85).rounds[0].kept < usual(reliability=0.55).rounds[0].kept


def test_few_letters_all_go_to_the_finals() -> None:
    [only] = plan(150, 5, 3, winners=100).rounds
    assert (only.kept, only.lost_last) == (150, 0.0)


def test_a_plans_losses_agree_with_a_simulated_funnel() -> None:
    """All rounds on the same growing marks; adding up the rounds' losses may only be too high."""
    found = plan(20_000, 100, 2, reliability=0.6, winners=50, risk=0.5)
    chance = np.random.default_rng(7)
    lost = [funnelled(found, chance) for _time in range(60)]
    assert 0.4 * found.lost <= np.mean(lost) <= found.lost


def funnelled(found: Plan, chance: np.random.Generator) -> int:
    """True winners lost when one funnel is gone through."""
    truth = np.sort(chance.normal(size=20_000))[::-1]
    alive, seen = np.arange(20_000), np.zeros(20_000)
    for each in found.rounds:
        seen[alive] += chance.normal(truth[alive] * each.reads, np.sqrt(each.reads * 0.4 / 0.6))
        alive = alive[np.argsort(-seen[alive])[: each.kept]]
    return int(found.winners - (alive < found.winners).sum())


@pytest.mark.parametrize(("letters", "winners"), [(MILLION, 100), (300, 30), (5, 1)])
def test_a_small_contest_plans_for_a_tenth(letters: int, winners: int) -> None:
    assert plan(letters, 5, 3).winners == winners


@pytest.mark.parametrize("reliability", [0.1, 0.3, 0.74])
@pytest.mark.parametrize("letters", [500, 5000, MILLION])
def test_every_round_after_the_first_cuts_somebody(letters: int, reliability: float) -> None:
    rounds = usual(letters=letters, reliability=reliability).rounds
    assert all(each.kept < each.letters for each in rounds[1:])
    assert [each.reads_in_all for each in rounds] == np.cumsum([each.reads for each in rounds]).tolist()
    assert [each.letters for each in rounds[1:]] == [each.kept for each in rounds[:-1]]
