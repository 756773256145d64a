"""The Rasch model finds what published programs find, and what a slow reference finds."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import minimize

from contest.judging.severity import information, likelihood, rasch
from contest.judging.severity.adjusting import adjust
from contest.judging.severity.freedom import Anchors
from contest.judging.severity.ratings import FloatArray, Ratings
from contest.judging.severity.steps import Steps
from core.errors import Refused
from tests.contest.judging.severity import made as making

TAM_SEVERITIES = {
    "db01": 1.020,
    "db02": 0.514,
    "db03": 0.416,
    "db07": -0.761,
    "db08": -0.089,
    "db31": -0.775,
    "db54": -0.326,
}
TAM_DEVIANCE = 2526.705
TAM_CRITERIA = {"k1": -0.3135, "k2": 0.3906, "k3": -0.3475, "k4": 0.4400, "k5": 0.3453}
TAM_STEPS = {
    "k1": (-2.6021, 0.2829, 2.3192),
    "k2": (-2.6073, 0.2798, 2.3275),
    "k3": (-3.6821, 0.6999, 2.9822),
    "k4": (-2.8286, -0.2949, 3.1235),
    "k5": (-2.8278, -0.4182, 3.2459),
}
MFRMR_SEVERITIES = {
    "db01": 0.8653,
    "db02": 0.4346,
    "db03": 0.3365,
    "db07": -0.6604,
    "db08": -0.0409,
    "db31": -0.5913,
    "db54": -0.3439,
}
MFRMR_CRITERIA = {"k1": -0.3232, "k2": 0.2742, "k3": -0.2132, "k4": 0.1818, "k5": 0.0804}


def slow_deviance(ratings: Ratings, values: FloatArray, *, judges: int, top: int) -> float:
    """−2 log likelihood of partial credit, letter by letter over Gauss–Hermite points: a reference that shares no code."""
    points, weights = np.polynomial.hermite_e.hermegauss(80)
    severity = np.append(values[: judges - 1], -values[: judges - 1].sum())
    tables = np.concatenate([np.zeros((len(ratings.criteria), 1)), values[judges - 1 : -1].reshape(-1, top)], axis=1)
    total = 0.0
    for letter in range(len(ratings.letters)):
        chance = weights / weights.sum()
        for place in np.flatnonzero(ratings.letter == letter):
            distance = np.exp(values[-1]) * points - severity[ratings.judge[place]]
            raw = np.exp(np.arange(top + 1)[:, None] * distance - tables[ratings.criterion[place]][:, None])
            chance = chance * raw[int(ratings.mark[place])] / raw.sum(axis=0)
        total += np.log(chance.sum())
    return -2 * float(total)


def test_severities_and_deviance_are_those_of_a_slow_reference() -> None:
    ratings = making.made(letters=24, top=2).ratings
    start = np.zeros(3 + 2 * 2 + 1)
    slow = minimize(lambda values: slow_deviance(ratings, values, judges=4, top=2), start, method="BFGS")
    found = rasch.fit(ratings)
    expected = np.append(slow.x[:3], -slow.x[:3].sum())
    assert (found.severity, -2 * found.log_likelihood, found.population_variance) == (
        pytest.approx(expected, abs=2e-3),
        pytest.approx(slow.fun, abs=1e-3),
        pytest.approx(np.exp(slow.x[-1]) ** 2, rel=5e-3),
    )


def test_the_slope_of_the_likelihood_is_its_difference_quotient() -> None:
    found = rasch.fit(making.made(letters=20).ratings)
    beta = found.beta + 0.1
    _height, slope = likelihood.log_likelihood(found.facets, found.parts, beta)

    def height(place: int, move: float) -> float:
        there = beta + move * (np.arange(len(beta)) == place)
        return likelihood.log_likelihood(found.facets, found.parts, there)[0]

    quotient = [(height(place, 1e-5) - height(place, -1e-5)) / 2e-5 for place in range(len(beta))]
    assert slope == pytest.approx(quotient, abs=1e-5)


@pytest.mark.parametrize("steps", list(Steps))
def test_the_information_is_the_difference_quotient_of_the_slope(steps: Steps) -> None:
    found = rasch.fit(making.made(letters=20).ratings, steps=steps)
    size = len(found.beta)

    def slope(place: int, move: float) -> FloatArray:
        there = found.beta + move * (np.arange(size) == place)
        return likelihood.log_likelihood(found.facets, found.parts, there)[1]

    quotient = np.array([-(slope(place, 1e-5) - slope(place, -1e-5)) / 2e-5 for place in range(size)])
    exact = information.observed(found.facets, found.parts, found.beta).toarray()
    assert exact == pytest.approx(quotient, abs=1e-4)


def test_ratings1_has_the_severities_of_tam() -> None:
    ratings = making.ratings1()
    found = rasch.fit(ratings)
    assert dict(zip(ratings.judges, found.severity, strict=True)) == pytest.approx(TAM_SEVERITIES, abs=0.02)


def test_ratings1_has_the_steps_of_tam() -> None:
    ratings = making.ratings1()
    found = rasch.fit(ratings)
    expected = [value for name in ratings.criteria for value in TAM_STEPS[name]]
    assert found.step == pytest.approx(expected, abs=0.02)


def test_ratings1_has_the_criteria_of_tam_about_their_mean() -> None:
    """TAM's 21 nodes end at ±6, which moves criteria and letters together by 0.05; their distances are ours."""
    ratings = making.ratings1()
    expected = np.array([TAM_CRITERIA[name] for name in ratings.criteria])
    assert rasch.fit(ratings).difficulty == pytest.approx(expected - expected.mean(), abs=0.02)


def test_ratings1_has_the_deviance_of_tam() -> None:
    """Half a unit lower: TAM stops a little before the top (sirt's own program reaches 2526.06)."""
    assert -2 * rasch.fit(making.ratings1()).log_likelihood == pytest.approx(TAM_DEVIANCE, abs=0.7)


def test_ratings1_orders_letters_as_tam() -> None:
    ratings = making.ratings1()
    theirs = {row["pid"]: float(row["EAP"]) for row in making.published("ratings1-TAM-persons.csv")}
    expected = [theirs[letter] for letter in ratings.letters]
    assert np.corrcoef(rasch.fit(ratings).measure, expected)[0, 1] > 0.999


def test_ratings1_on_a_rating_scale_has_the_facets_of_mfrmr() -> None:
    """mfrmr takes abilities as standard normal."""
    ratings = making.ratings1()
    found = rasch.fit(ratings, steps=Steps.RATING_SCALE, deviation=1.0)
    judges = dict(zip(ratings.judges, found.severity, strict=True))
    criteria = dict(zip(ratings.criteria, found.difficulty, strict=True))
    assert {**judges, **criteria} == pytest.approx({**MFRMR_SEVERITIES, **MFRMR_CRITERIA}, abs=0.02)


def test_ratings1_on_a_rating_scale_orders_letters_as_mfrmr() -> None:
    ratings = making.ratings1()
    theirs = {row["Person"]: float(row["Estimate"]) for row in making.published("ratings1-mfrmr-RSM-persons.csv")}
    found = rasch.fit(ratings, steps=Steps.RATING_SCALE, deviation=1.0)
    assert np.corrcoef(found.measure, [theirs[letter] for letter in ratings.letters])[0, 1] > 0.999


def test_severities_are_centred_at_zero() -> None:
    assert rasch.fit(making.made().ratings).severity.sum() == pytest.approx(0, abs=1e-9)


def test_the_stern_are_found_stern() -> None:
    truth = making.made(letters=600)
    found, expected = making.in_order(truth, rasch.fit(truth.ratings).severity, truth.severity, "judges")
    assert found == pytest.approx(expected, abs=0.25)


def test_an_anchored_judge_stays_where_it_is() -> None:
    ratings = making.made().ratings
    free = rasch.fit(ratings)
    held = rasch.fit(ratings, anchors=Anchors(judges={"J0": 3.0}))
    move = 3.0 - free.severity[ratings.judges.index("J0")]
    assert held.severity == pytest.approx(free.severity + move, abs=5e-3)


def test_an_anchored_letter_stays_where_it_is_and_takes_the_scale_along() -> None:
    ratings = making.made(letters=200).ratings
    free = rasch.fit(ratings)
    known = {name: float(free.measure[place]) + 2.0 for place, name in enumerate(ratings.letters) if place < 150}
    held = rasch.fit(ratings, anchors=Anchors(letters=known))
    assert (held.measure[0], held.measure_se[0], held.population_mean) == (
        known["L0"],
        0.0,
        pytest.approx(free.population_mean + 2.0, abs=0.3),
    )


@pytest.mark.parametrize(("mark", "sign"), [(4.0, -1), (0.0, 1)])
def test_a_judge_with_only_extreme_marks_has_a_finite_severity(mark: float, sign: int) -> None:
    truth = making.made().ratings
    rows = [(f"L{place}", "extreme", "C0", mark) for place in range(6)]
    given = [
        (truth.letters[truth.letter[place]], truth.judges[truth.judge[place]], "C0", float(truth.mark[place]))
        for place in np.flatnonzero(truth.criterion == 0)
    ]
    ratings = making.ratings([*given, *rows])
    severity = float(rasch.fit(ratings).severity[ratings.judges.index("extreme")])
    assert (np.sign(severity), abs(severity) < 8) == (sign, True)


def test_a_judge_with_one_read_is_the_least_sure() -> None:
    truth = making.made().ratings
    given = [
        (truth.letters[truth.letter[place]], truth.judges[truth.judge[place]], "C0", float(truth.mark[place]))
        for place in np.flatnonzero(truth.criterion == 0)
    ]
    ratings = making.ratings([*given, ("L3", "once", "C0", 2.0)])
    assert ratings.judges[int(np.argmax(rasch.fit(ratings).severity_se))] == "once"


def test_half_marks_are_the_same_model_as_whole_ones() -> None:
    whole = making.made().ratings
    half = making.ratings(
        (whole.letters[letter], whole.judges[judge], whole.criteria[criterion], float(mark) / 2)
        for letter, judge, criterion, mark in zip(whole.letter, whole.judge, whole.criterion, whole.mark, strict=True)
    )
    assert rasch.fit(half).severity == pytest.approx(rasch.fit(whole).severity, abs=1e-6)


def test_an_unused_mark_between_keeps_the_distance_of_those_around_it() -> None:
    """Marks 0, 1, 3: as in TAM, where the step to the empty mark runs away, the scores stay 0, 1 and 3."""
    truth = making.made(top=3, letters=120).ratings
    keep = truth.mark != 2
    ratings = Ratings(
        truth.letters,
        truth.judges,
        truth.criteria,
        truth.letter[keep],
        truth.judge[keep],
        truth.criterion[keep],
        truth.mark[keep],
    )
    found = rasch.fit(ratings)
    weighted = [
        sum(
            width * value
            for width, value, owner in zip((1.0, 2.0) * 2, found.step, found.facets.layout.step_criterion, strict=True)
            if owner == criterion
        )
        for criterion in range(2)
    ]
    assert (found.facets.layout.step_category, weighted) == ([1, 3, 1, 3], pytest.approx([0, 0], abs=1e-9))


def test_criteria_may_use_scales_of_different_length() -> None:
    truth = making.made(top=4, letters=200).ratings
    mark = np.where(truth.criterion == 1, np.minimum(truth.mark, 2), truth.mark)
    ratings = Ratings(truth.letters, truth.judges, truth.criteria, truth.letter, truth.judge, truth.criterion, mark)
    assert rasch.fit(ratings).facets.layout.step_category == [1, 2, 3, 4, 1, 2]


def test_the_steps_of_a_rating_scale_sum_to_nought() -> None:
    found = rasch.fit(making.made().ratings, steps=Steps.RATING_SCALE)
    assert (len(found.step), found.step.sum()) == (4, pytest.approx(0, abs=1e-9))


def test_finer_nodes_change_nothing() -> None:
    """The nodes chosen for letters read by everybody see their narrow posteriors."""
    truth = making.made(letters=40, reads=4, criteria=6, top=6)
    found = rasch.fit(truth.ratings)
    _facets, cells = likelihood.facets_of(truth.ratings, found.facets.scale, found.facets.layout)
    fine = likelihood.Part(np.arange(40), cells, *likelihood.normal_nodes(961))
    exact, _slope = likelihood.log_likelihood(found.facets, [fine], found.beta)
    assert found.log_likelihood == pytest.approx(exact, abs=2e-2)


def test_more_marks_make_surer() -> None:
    errors = [float(rasch.fit(making.made(letters=80, reads=reads).ratings).measure_se.mean()) for reads in (1, 2, 4)]
    assert all(more < fewer for fewer, more in pairwise(errors))


def test_letters_with_a_single_mark_are_taken_to_spread_by_one_logit() -> None:
    found = rasch.fit(making.made(criteria=1, reads=1).ratings)
    assert found.population_variance == 1.0


def test_nothing_can_be_measured_when_every_mark_is_the_same() -> None:
    with pytest.raises(Refused, match="Every mark is the same"):
        rasch.fit(making.ratings([("1", "A", "mark", 3.0), ("2", "A", "mark", 3.0)]))


def test_a_criterion_on_which_all_got_the_same_changes_nothing() -> None:
    ratings = making.made().ratings
    with_same = making.ratings(
        [
            *(
                (ratings.letters[letter], ratings.judges[judge], ratings.criteria[criterion], float(mark))
                for letter, judge, criterion, mark in zip(
                    ratings.letter, ratings.judge, ratings.criterion, ratings.mark, strict=True
                )
            ),
            *((name, "J0", "same", 2.0) for name in ratings.letters[:5]),
        ]
    )
    assert rasch.fit(with_same).severity == pytest.approx(rasch.fit(ratings).severity, abs=1e-3)


def test_too_fine_a_scale_is_refused() -> None:
    rows = [(str(place), "A", "mark", place / 10) for place in range(200)]
    with pytest.raises(Refused, match="additive"):
        rasch.fit(making.ratings(rows))


def agreeing() -> Ratings:
    """Three judges who give every letter the same."""
    rows = [
        (f"L{place}", judge, name, float(place % 5)) for place in range(30) for judge in "ABC" for name in ("x", "y")
    ]
    return making.ratings(rows)


def test_a_spread_that_runs_away_is_stopped_and_said() -> None:
    found = adjust(agreeing())
    said = [remark for remark in found.remarks if "stopped at 10 logits" in remark]
    assert (found.figures["person_variance"], len(said), found.is_sure) == (100.0, 1, False)


def test_where_letters_seem_equal_nobody_knows_how_unequal_they_are() -> None:
    """Two judges who want the opposite."""
    rows = [
        (f"L{place}", judge, "x", mark)
        for place in range(50)
        for judge, mark in (("A", place % 5), ("B", 4 - place % 5))
    ]
    found = adjust(making.ratings(rows))
    assert (found.figures["person_variance"], found.figures["reliability"], found.is_sure) == (0.0, 0.0, False)
    assert np.isnan(found.letters.measure_se).all()


def test_what_nothing_is_known_about_has_no_error() -> None:
    spread = information.covariance(np.diag([4.0, 0.0]))
    errors = information.standard_errors(spread, sparse.identity(2, format="csr"))
    assert (errors[0], np.isnan(errors[1])) == (pytest.approx(0.5), True)


def test_letters_with_equal_scores_of_equal_judges_are_one_kind() -> None:
    """Nine letters, three scores: whatever the marks behind them."""
    rows = [
        (f"L{place}", "A", name, float((place + shift) % 3))
        for place in range(9)
        for name, shift in (("x", 0), ("y", 0))
    ]
    found = rasch.fit(making.ratings([*rows, ("L0", "B", "x", 1.0)]))
    kinds = [part.alike for part in found.parts]
    assert sum(len(each.weight) for each in kinds) == 4
    assert sum(float(each.weight.sum()) for each in kinds) == 9


def test_one_in_so_many_letters_gives_about_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings = making.made(letters=400, reads=3).ratings
    whole = rasch.fit(ratings).severity
    monkeypatch.setattr(rasch, "GLANCED", 100)
    assert rasch.fit(ratings).severity == pytest.approx(whole, abs=1e-3)


@pytest.mark.parametrize("seed", range(12))
def test_letters_that_are_said_not_to_be_told_apart_have_no_error(seed: int) -> None:
    """One judge, marks by dice: the spread found is nought, next to nought, or more."""
    chance = np.random.default_rng(seed)
    ratings = making.ratings((f"L{at}", "A", name, float(chance.integers(0, 5))) for at in range(20) for name in "xy")
    found = adjust(ratings)
    said = any("do not tell letters apart" in remark for remark in found.remarks)
    assert np.isnan(found.letters.measure_se).all() == said
    assert not (said and found.is_sure)
