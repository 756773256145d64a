"""Fair marks of a round, without a database: the same marks give the same figures, sternness is given back, weights count."""

from fractions import Fraction

import numpy as np
import pytest

from contest.judging import measuring
from contest.judging.measuring import Marks, Measured, complete, measured
from contest.judging.ranking import Weighing
from contest.judging.severity.adjusting import Model
from contest.judging.severity.sentences import Company
from contest.judging.terms import SeverityModel

TWO = (Weighing(1, 1, 10), Weighing(2, 1, 10))
AUTO = SeverityModel.AUTOMATIC


def round_of(
    *, letters: int = 40, severity: tuple[float, ...] = (1.5, 0.0, -1.5), reads: int = 2, seed: int = 3
) -> Marks:
    """Marks in halves by judges 1, 2, …: letters 101, 102, … each read by `reads` judges in turn, on criteria 1 and 2."""
    chance = np.random.default_rng(seed)
    rows = []
    for number in range(letters):
        worth = 6 + chance.normal(0, 1.2)
        for turn in range(reads):
            judge = (number + turn) % len(severity)
            for criterion in (1, 2):
                points = np.clip(worth - severity[judge] + chance.normal(0, 0.4), 0, 10)
                rows.append((101 + number, 1 + judge, criterion, round(2 * points)))
    return marks_of(rows)


def marks_of(rows: list[tuple[int, int, int, int]]) -> Marks:
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return Marks(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def shuffled(marks: Marks) -> Marks:
    order = np.random.default_rng(9).permutation(len(marks))
    return Marks(marks.letter[order], marks.judge[order], marks.criterion[order], marks.halves[order])


def found(marks: Marks, wish: SeverityModel = AUTO, weighings: tuple[Weighing, ...] = TWO) -> Measured:
    result = measured(marks, weighings, wish)
    assert result is not None
    return result


@pytest.mark.parametrize("wish", list(SeverityModel))
def test_the_same_marks_in_another_order_give_the_same_figures_bit_for_bit(wish: SeverityModel) -> None:
    marks = round_of()
    assert found(marks, wish) == found(shuffled(marks), wish)


@pytest.mark.parametrize("wish", [SeverityModel.ADDITIVE, SeverityModel.RASCH])
def test_who_is_stern_is_found_and_given_back(wish: SeverityModel) -> None:
    result = found(round_of(letters=90), wish)
    taken = [result.judges[judge].taken for judge in (1, 2, 3)]
    assert taken == pytest.approx([1.5, 0, -1.5], abs=0.35)
    sternest = [each for each in result.letters.values() if each.company is Company.STERNER]
    assert sternest == [] or min(each.of_judges for each in sternest) > 0


def test_a_letter_of_stern_judges_moves_up_and_the_parts_add_up() -> None:
    result = found(round_of(letters=90))
    for figures in result.letters.values():
        assert figures.fair == pytest.approx(figures.raw + figures.of_judges + figures.of_rest, abs=2e-4)


def test_reads_that_lack_a_criterion_do_not_count() -> None:
    marks = marks_of([(1, 1, 1, 14), (1, 1, 2, 16), (2, 1, 1, 12)])
    assert complete(marks, TWO).letter.tolist() == [1, 1]
    assert list(found(marks).letters) == [1]


def test_no_complete_read_gives_nothing() -> None:
    assert measured(marks_of([(1, 1, 1, 14)]), TWO, AUTO) is None
    assert measured(marks_of([]), TWO, AUTO) is None


def test_raw_means_weigh_criteria_and_bring_each_to_ten() -> None:
    """8 of 10 weighs three, 5 of 20 weighs one: (3 · 8 + 2.5) / 4."""
    weighings = (Weighing(1, 3, 10), Weighing(2, 1, 20))
    result = found(marks_of([(1, 1, 1, 16), (1, 1, 2, 10), (2, 1, 1, 10), (2, 1, 2, 20)]), AUTO, weighings)
    assert result.letters[1].raw == 6.625


@pytest.mark.parametrize("wish", [SeverityModel.ADDITIVE, SeverityModel.RASCH])
def test_weights_move_fair_marks_too(wish: SeverityModel) -> None:
    even, uneven = (found(round_of(letters=60), wish, (TWO[0], Weighing(2, weight, 10))) for weight in (1, 9))
    assert even.letters != uneven.letters
    centres = [np.mean([each.fair for each in result.letters.values()]) for result in (even, uneven)]
    assert centres == pytest.approx([6, 6], abs=0.6)


def test_rasch_is_chosen_by_itself_only_where_reads_suffice() -> None:
    few, many = round_of(letters=30), round_of(letters=400)
    once = round_of(letters=400, reads=1)
    assert [found(marks).model for marks in (few, many, once)] == [Model.ADDITIVE, Model.RASCH, Model.ADDITIVE]
    assert found(many, SeverityModel.ADDITIVE).model is Model.ADDITIVE
    assert found(few, SeverityModel.RASCH).model is Model.RASCH


def test_unequal_weights_keep_the_automatic_choice_with_the_additive_model() -> None:
    assert found(round_of(letters=400), AUTO, (TWO[0], Weighing(2, 2, 10))).model is Model.ADDITIVE


def test_where_every_mark_is_the_same_the_additive_model_does() -> None:
    marks = marks_of([(letter, judge, criterion, 14) for letter in (1, 2) for judge in (1, 2) for criterion in (1, 2)])
    result = found(marks, SeverityModel.RASCH)
    assert (result.model, {each.fair for each in result.letters.values()}) == (Model.ADDITIVE, {7.0})


def test_letters_with_the_same_judges_and_marks_have_the_same_fair_mark() -> None:
    rows = [
        (letter, judge, criterion, 14 + judge) for letter in range(1, 9) for judge in (1, 2) for criterion in (1, 2)
    ]
    rows += [(9, judge, criterion, 8) for judge in (1, 2) for criterion in (1, 2)]
    scores = found(marks_of(rows)).scores
    assert len({scores[letter].mean for letter in range(1, 9)}) == 1


def test_judges_who_share_no_letter_are_named_with_whom_to_link_them() -> None:
    apart = [
        (letter, 1 + letter % 2 + 2 * turn, c, 10 + letter % 5)
        for letter in range(20)
        for turn in (0, 1)
        for c in (1, 2)
    ]
    figures = found(marks_of(apart)).figures
    assert (sorted(map(sorted, figures["groups"])), len(figures["links"])) == ([[1, 3], [2, 4]], 1)


def test_a_figure_is_exactly_the_fraction_of_its_four_places() -> None:
    assert measuring.exact(6.1235) == Fraction(61235, 10000)


def test_many_letters_take_no_more_than_their_reads() -> None:
    """Twenty thousand, in a second or two: nothing in the additive way grows faster than the reads."""
    chance = np.random.default_rng(1)
    letters, judges = 20_000, 100
    number = np.arange(letters)
    judge = np.stack([number % judges, (number * 7 + 3) % judges], axis=1).reshape(-1)
    worth = np.repeat(chance.normal(6, 1, letters), 2) + chance.normal(0, 1, 2 * letters)
    rows = np.repeat(np.arange(2 * letters), 2)
    halves = np.clip(np.rint(2 * worth[rows]), 0, 20).astype(np.int64)
    marks = Marks(np.repeat(number, 2)[rows], judge[rows], np.tile([1, 2], 2 * letters), halves)
    result = found(marks, SeverityModel.ADDITIVE)
    assert len(result.letters) == len(np.unique(complete(marks, TWO).letter))


def test_where_the_rasch_model_is_not_sure_the_additive_one_measures() -> None:
    """Judges who agree about everything: there is no end to the spread of letters in logits."""
    rows = [
        (letter, judge, criterion, 2 * (letter % 5))
        for letter in range(30)
        for judge in range(3)
        for criterion in (1, 2)
    ]
    found = measured(Marks(*np.array(rows).T), [Weighing(1, 1, 10), Weighing(2, 1, 10)], SeverityModel.RASCH)
    assert found is not None
    assert (found.model, {each.company for each in found.letters.values()}) == (Model.ADDITIVE, {Company.USUAL})
