"""The additive model finds the restricted maximum, shrinks what is little known, and never hurts small loads."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.optimize import minimize

from contest.judging.severity import additive, mixed
from contest.judging.severity.freedom import Anchors
from contest.judging.severity.ratings import BoolArray, FloatArray, Ratings, means
from tests.contest.judging.severity import made as making


def papers20() -> Ratings:
    """Conference papers: 20 reviewers with about six papers each, three reviewers a paper."""
    rows = making.published("papers20.csv")
    return making.ratings((row["idpaper"], row["idreviewer"], "mark", float(row["score"])) for row in rows)


def slow_restricted(ratings: Ratings, logs: FloatArray) -> float:
    """−restricted log likelihood with the whole covariance written out: a reference that shares no code."""
    letters, judges, read = np.exp(logs)
    of_letters = np.eye(len(ratings.letters))[ratings.letter]
    of_judges = np.eye(len(ratings.judges))[ratings.judge]
    ones = np.ones((len(ratings), 1))
    covariance = letters * of_letters @ of_letters.T + judges * of_judges @ of_judges.T + read * np.eye(len(ratings))
    inverse = np.linalg.inv(covariance)
    fixed = ones.T @ inverse @ ones
    projection = inverse - inverse @ ones @ np.linalg.inv(fixed) @ ones.T @ inverse
    logs_of = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(fixed)[1]
    squares = ratings.mark @ projection @ ratings.mark
    return float(0.5 * (logs_of + squares + (len(ratings) - 1) * np.log(2 * np.pi)))


def z_scores(ratings: Ratings) -> FloatArray:
    """What many contests do: each judge's marks to mean 0 and deviation 1. Only here, as the warning."""
    centred = ratings.mark - means(ratings.mark, ratings.judge, len(ratings.judges))[ratings.judge]
    spread = np.sqrt(means(centred**2, ratings.judge, len(ratings.judges)))[ratings.judge]
    standard = np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0)
    return means(standard, ratings.letter, len(ratings.letters))


def severity_removed(ratings: Ratings) -> FloatArray:
    """Raw means with the predicted severity given back."""
    severity = additive.fit(ratings).severity
    return means(ratings.mark + severity[ratings.judge], ratings.letter, len(ratings.letters))


def part(ratings: Ratings, keep: BoolArray) -> Ratings:
    """Only these marks."""
    names = (ratings.letters, ratings.judges, ratings.criteria)
    return Ratings(*names, ratings.letter[keep], ratings.judge[keep], ratings.criterion[keep], ratings.mark[keep])


def agreement_of_halves(ratings: Ratings, score: Callable[[Ratings], FloatArray], *, splits: int = 12) -> float:
    """Mean correlation of letters' scores from two halves of their reads, each half scored by itself."""
    chance = np.random.default_rng(20)
    found = []
    for _split in range(splits):
        order = np.lexsort((chance.random(len(ratings)), ratings.letter))
        first = np.zeros(len(ratings), dtype=bool)
        first[order[::2]] = True
        one, other = score(part(ratings, first)), score(part(ratings, ~first))
        both = np.isfinite(one) & np.isfinite(other)
        both &= np.isin(np.arange(len(one)), ratings.letter[first]) & np.isin(
            np.arange(len(one)), ratings.letter[~first]
        )
        found.append(np.corrcoef(one[both], other[both])[0, 1])
    return float(np.mean(found))


def test_variances_are_those_of_a_slow_reference() -> None:
    ratings = making.made(letters=60, criteria=1, top=6, reads=3).ratings
    slow = minimize(lambda logs: slow_restricted(ratings, logs), np.zeros(3), method="BFGS")
    found = additive.fit(ratings)
    variances = (found.variances.letters, found.variances.judges, found.variances.read)
    assert (variances, found.log_likelihood) == (
        pytest.approx(np.exp(slow.x), rel=2e-3),
        pytest.approx(-slow.fun, abs=1e-4),
    )


def test_effects_and_errors_are_the_best_linear_predictions() -> None:
    """From the whole covariance: u = G Zᵀ P y, and its prediction error G − G Zᵀ P Z G."""
    ratings = making.made(letters=30, criteria=1, top=6, reads=3).ratings
    found = additive.fit(ratings)
    of_letters = np.eye(len(ratings.letters))[ratings.letter]
    of_judges = np.eye(len(ratings.judges))[ratings.judge]
    spread = found.variances
    covariance = spread.letters * of_letters @ of_letters.T + spread.judges * of_judges @ of_judges.T
    inverse = np.linalg.inv(covariance + spread.read * np.eye(len(ratings)))
    ones = np.ones((len(ratings), 1))
    projection = inverse - inverse @ ones @ ones.T @ inverse / float((ones.T @ inverse @ ones)[0, 0])
    effect = spread.letters * of_letters.T @ projection @ ratings.mark
    error = spread.letters - spread.letters**2 * np.diag(of_letters.T @ projection @ of_letters)
    assert (found.effect, found.effect_se) == (pytest.approx(effect, abs=1e-8), pytest.approx(np.sqrt(error), abs=1e-8))


def test_papers_have_variances_of_the_restricted_maximum() -> None:
    variances = additive.fit(papers20()).variances
    assert (variances.letters, variances.judges, variances.read) == pytest.approx((1.3518, 0.1306, 1.2187), abs=1e-3)


def test_z_scores_destroy_the_ranking_of_papers_and_the_model_does_not() -> None:
    papers = papers20()
    raw = agreement_of_halves(papers, lambda half: half.raw_means)
    fair = agreement_of_halves(papers, severity_removed)
    assert (agreement_of_halves(papers, z_scores) < 0.4, fair > raw - 0.06) == (True, True)


def test_four_criteria_are_not_four_reads() -> None:
    """Four equal criteria say what one does."""
    one = making.made(criteria=1, reads=3).ratings
    four = making.ratings(
        (one.letters[letter], one.judges[judge], f"C{criterion}", float(mark))
        for letter, judge, mark in zip(one.letter, one.judge, one.mark, strict=True)
        for criterion in range(4)
    )
    assert additive.fit(four).effect_se == pytest.approx(additive.fit(one).effect_se, abs=1e-9)


def test_severities_are_centred_and_stern_is_positive() -> None:
    truth = making.made(letters=400, top=8)
    severity = additive.fit(truth.ratings).severity
    found, expected = making.in_order(truth, severity, truth.severity, "judges")
    assert (np.argsort(found).tolist(), found.sum()) == (np.argsort(expected).tolist(), pytest.approx(0, abs=1e-9))


def test_a_judge_with_one_read_moves_little() -> None:
    truth = making.made(criteria=1, reads=3, letters=80).ratings
    given = [
        (truth.letters[letter], truth.judges[judge], "C0", float(mark))
        for letter, judge, mark in zip(truth.letter, truth.judge, truth.mark, strict=True)
    ]
    ratings = making.ratings([*given, ("L3", "once", "C0", 0.0)])
    found = additive.fit(ratings)
    once = ratings.judges.index("once")
    raw = float(found.mean + found.effect[ratings.letters.index("L3")])
    assert 0 < found.severity[once] < 0.7 * raw


def test_known_severities_are_held() -> None:
    ratings = making.made(letters=100).ratings
    found = additive.fit(ratings, anchors=Anchors(judges={"J0": 0.5, "J1": 0.0}))
    first, second = ratings.judges.index("J0"), ratings.judges.index("J1")
    assert (found.severity[[first, second]].tolist(), found.severity_se[first]) == ([0.5, 0.0], 0.0)


def test_known_letters_are_held() -> None:
    ratings = making.made(letters=100).ratings
    found = additive.fit(ratings, anchors=Anchors(letters={"L4": 1.25}))
    place = ratings.letters.index("L4")
    assert (found.effect[place], found.effect_se[place]) == (1.25, 0.0)


def test_where_no_letter_has_two_readers_reliability_is_supposed() -> None:
    found = additive.fit(making.made(reads=1, criteria=1).ratings)
    assert (found.measured, found.variances.reliability_of_read) == (False, pytest.approx(0.6))


def test_a_single_judge_has_no_severity() -> None:
    ratings = making.ratings((str(place), "A", "mark", float(place % 5)) for place in range(20))
    assert additive.fit(ratings).severity.tolist() == [0.0]


def test_criteria_differ_by_their_means_inside_reads() -> None:
    rows = [(str(place), "A", name, place % 3 + ease) for place in range(12) for name, ease in (("x", 1.0), ("y", 3.0))]
    assert additive.criterion_effects(making.ratings(rows)).difficulty == pytest.approx([1.0, -1.0])


def test_beginning_with_a_part_of_many_judges_ends_at_the_same_variances(monkeypatch: pytest.MonkeyPatch) -> None:
    truth = making.made(letters=400, severity=tuple(np.linspace(-1.5, 1.5, 30)), criteria=1, top=8, reads=3).ratings
    plain = additive.fit(truth).variances
    monkeypatch.setattr(mixed, "MANY_JUDGES", 20)
    monkeypatch.setattr(mixed, "PART_OF_JUDGES", 12)
    part = additive.fit(truth).variances
    assert (part.letters, part.judges, part.read) == pytest.approx((plain.letters, plain.judges, plain.read), rel=1e-4)


def complete(reads: int, criteria: int) -> Ratings:
    """Every read marks every criterion; marks are dice."""
    chance = np.random.default_rng(reads * 10 + criteria)
    read, criterion = np.repeat(np.arange(reads), criteria), np.tile(np.arange(criteria), reads)
    letters = [str(number) for number in range((reads + 1) // 2)]
    mark = chance.integers(0, 11, len(read)).astype(float) + criterion
    return Ratings(letters, ["A", "B"], [str(each) for each in range(criteria)], read // 2, read % 2, criterion, mark)


@pytest.mark.parametrize("criteria", range(2, 8))
def test_where_all_criteria_are_marked_difficulties_are_plain_means(criteria: int) -> None:
    for reads in range(10, 400, 7):
        ratings = complete(reads, criteria)
        found, plain = additive.criterion_effects(ratings), means(ratings.mark, ratings.criterion, criteria)
        # The error of a mean about the mean of all, of residuals whose variance is known to be about that of dice.
        usual = np.sqrt(10 * (1 - 1 / criteria) / reads)
        assert found.difficulty == pytest.approx(plain.mean() - plain, abs=1e-9)
        assert found.error == pytest.approx(np.full(criteria, usual), rel=0.6)


def test_errors_of_severities_are_those_about_their_mean() -> None:
    """From the whole covariance of judges, centred on both sides."""
    ratings = making.made(letters=60, criteria=1, top=6, reads=3).ratings
    found = additive.fit(ratings)
    of_letters, of_judges = np.eye(len(ratings.letters))[ratings.letter], np.eye(len(ratings.judges))[ratings.judge]
    spread = found.variances
    covariance = spread.letters * of_letters @ of_letters.T + spread.judges * of_judges @ of_judges.T
    inverse = np.linalg.inv(covariance + spread.read * np.eye(len(ratings)))
    ones = np.ones((len(ratings), 1))
    projection = inverse - inverse @ ones @ ones.T @ inverse / float((ones.T @ inverse @ ones)[0, 0])
    left = spread.judges * np.eye(4) - spread.judges**2 * of_judges.T @ projection @ of_judges
    centring = np.eye(4) - 1 / 4
    assert found.severity_se == pytest.approx(np.sqrt(np.diag(centring @ left @ centring)), abs=1e-8)
