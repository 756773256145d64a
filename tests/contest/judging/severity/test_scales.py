"""The step a criterion is marked in: a few odd marks do not change it, thirds are thirds, each criterion has its own."""

import numpy as np
import pytest

from contest.judging.severity.adjusting import Asked, adjust
from contest.judging.severity.outcome import Outcome
from contest.judging.severity.ratings import Ratings
from contest.judging.severity.scales import scale_of
from contest.judging.severity.steps import Steps
from core.errors import Refused
from tests.contest.judging.severity import made as making
from tests.contest.judging.severity.test_fair import marked

WHOLE = marked(making.made(letters=300, criteria=2, top=10, seed=3).ratings)
FIVE = marked(making.made(letters=300, criteria=2, top=4, seed=3).ratings)


def said(outcome: Outcome, words: str) -> list[str]:
    return [remark for remark in outcome.remarks if words in remark]


def of(marks: list[float]) -> Ratings:
    """One criterion, a letter a mark."""
    return making.ratings((str(place), "A", "mark", mark) for place, mark in enumerate(marks))


@pytest.mark.parametrize("steps", list(Steps))
def test_one_half_mark_among_whole_ones_moves_next_to_nothing(steps: Steps) -> None:
    odd = [(*row[:3], row[3] + 0.5 * (place == 17)) for place, row in enumerate(WHOLE)]
    before, after = (adjust(making.ratings(rows), Asked(steps=steps)) for rows in (WHOLE, odd))
    assert after.judges.severity == pytest.approx(before.judges.severity, abs=0.01)
    others = [place for place, name in enumerate(before.letters.names) if name != odd[17][0]]
    assert after.letters.fair_mark[others] == pytest.approx(before.letters.fair_mark[others], abs=0.02)
    assert (len(said(before, "between two steps")), len(said(after, "between two steps"))) == (0, 1)


def test_thirds_are_thirds_however_they_are_typed() -> None:
    thirds = [(*row[:3], round(1 + row[3] / 3, 2 + place % 3)) for place, row in enumerate(FIVE)]
    whole, third = (adjust(making.ratings(rows)) for rows in (FIVE, thirds))
    assert third.judges.severity == pytest.approx(whole.judges.severity, abs=1e-6)
    assert third.letters.fair_mark == pytest.approx(1 + whole.letters.fair_mark / 3, abs=0.01)
    assert third.figures["mark_step"] == pytest.approx(1 / 3)


@pytest.mark.parametrize("worths", [(1, 1.27, 1.9, 2.41, 3.14), (0, 40, 41, 173, 500), (0, 1e-4, 2e-4, 3e-4, 4e-4)])
def test_few_marks_of_no_even_step_are_numbered_in_order(worths: tuple[float, ...]) -> None:
    uneven = [(*row[:3], worths[int(row[3])]) for row in FIVE]
    plain, found = (adjust(making.ratings(rows)) for rows in (FIVE, uneven))
    assert found.judges.severity == pytest.approx(plain.judges.severity, abs=1e-6)
    assert worths[0] <= found.letters.fair_mark.min() < found.letters.fair_mark.max() <= worths[-1]


def test_a_criterion_in_halves_leaves_those_in_whole_marks_as_they_are() -> None:
    halves = [(*row[:3], row[3] / 2 if row[2] == "C1" else row[3]) for row in WHOLE]
    plain, found = (adjust(making.ratings(rows)) for rows in (WHOLE, halves))
    assert found.judges.severity == pytest.approx(plain.judges.severity, abs=1e-6)
    assert said(found, "different steps") == [
        "Criteria are marked in different steps, which count alike: C0 1, C1 0.5."
    ]


def test_criteria_in_whole_marks_share_their_step() -> None:
    """0, 2 and 4 beside every mark from 0 to 4: 1 and 3 are there, though nobody gave them."""
    rows = [
        (str(at), "A", name, float(at % 5 // ease * ease)) for at in range(20) for name, ease in (("x", 1), ("y", 2))
    ]
    scale = scale_of(making.ratings(rows), common=False)
    assert (scale.step.tolist(), np.flatnonzero(scale.used[1]).tolist()) == ([1, 1], [0, 2, 4])


def test_a_criterion_with_few_halves_beside_one_with_many_has_halves() -> None:
    many = [(str(at), "A", "x", at % 9 / 2) for at in range(90)]
    few = [(str(at), "A", "y", float(at % 5) if at else 0.5) for at in range(90)]
    assert scale_of(making.ratings([*many, *few]), common=False).step.tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("marks", "step"),
    [
        ([0, 1, 2, 3], 1),
        ([0.5, 1.5, 2.5], 1),
        ([0, 10, 30], 10),
        ([0, 0.5, 1, 1.5, 2], 0.5),
        ([1, 1.25, 1.5, 2], 0.25),
        ([6.1, 6.2, 6.4, 7], 0.1),
        ([1, 1.33, 1.67, 2], 1 / 3),
        ([*[0, 1, 2, 3] * 10, 1.33], 1),
        ([*[0, 0.5, 1, 1.5] * 10, 0.25], 0.5),
    ],
)
def test_the_step_is_the_one_that_nearly_all_marks_keep_to(marks: list[float], step: float) -> None:
    assert scale_of(of(marks), common=False).step == pytest.approx([step])


def test_what_is_refused_counts_marks_that_were_given() -> None:
    with pytest.raises(Refused) as refused:
        scale_of(of([place * 0.1 for place in range(134)]), common=False)
    assert refused.value.values == {"most": 120, "found": 134}
    assert scale_of(of([place * 7.0 for place in range(100)] + [0.5]), common=False).used.sum() == 101


def test_a_criterion_that_ends_below_the_top_of_a_common_scale_is_named() -> None:
    lower = [(*row[:3], min(row[3], 2.0) if row[2] == "C1" else row[3]) for row in FIVE]
    found = {steps: adjust(making.ratings(lower), Asked(steps=steps)) for steps in Steps}
    assert said(found[Steps.RATING_SCALE], "share") == [
        "On the scale that all criteria share nobody gave more than 2 on C1."
    ]
    assert said(found[Steps.PARTIAL_CREDIT], "share") == []
