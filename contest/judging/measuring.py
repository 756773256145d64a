"""Fair marks of a round: from its marks to what each letter would have got of a judge of average sternness. Pure.

The worth of a read is the weighted mean of its marks from 0 to 10, as in `ranking`. The additive model measures worths; the
Rasch model measures single marks and its fair marks are brought to the same scale. Every figure is kept to four places, so that
who computes again finds the same. The same marks in whatever order give the same figures.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from contest.judging.arrays import Floats, Ints
from contest.judging.ranking import SCALE, Score, Scores, Weighing
from contest.judging.severity import agreement, panel
from contest.judging.severity.adjusting import Asked, Model, adjust
from contest.judging.severity.agreement import Level
from contest.judging.severity.outcome import Outcome
from contest.judging.severity.ratings import Ratings, means
from contest.judging.severity.sentences import CLEARLY, Company
from contest.judging.terms import SeverityModel
from core.errors import Refused

# Raised whenever the same marks would give other figures: the log keeps it, and the replay holds it against its own.
METHODS = {Model.ADDITIVE: "additive 3", Model.RASCH: "rasch 3"}
PLACES = 4
# Where these are reached, the Rasch model is trusted without being asked for (Linacre: 30 observations an element).
READS_OF_A_JUDGE, READS_OF_A_LETTER, MARKS_OF_A_STEP = 30, 2, 10
# Beyond this the automatic choice stays with the additive model, which needs seconds where the other needs minutes.
MOST_FOR_RASCH = 400_000
COMPANIES = tuple(Company)


@dataclass(frozen=True, eq=False)
class Marks:
    """Every mark of reads that count, by the ids of letter, judge and criterion; `halves` are half points."""

    letter: Ints
    judge: Ints
    criterion: Ints
    halves: Ints

    def __len__(self) -> int:
        return len(self.halves)


class LetterFigures(NamedTuple):
    """A letter, 0 to 10: raw mean, fair mark with its standard error, and why they differ.

    `of_judges` is for its judges, who are in such `company`; `of_rest` for few reads.
    """

    reads: int
    raw: float
    fair: float
    error: float
    of_judges: float
    of_rest: float
    company: Company


class JudgeFigures(NamedTuple):
    """A judge: `severity` in the model's unit and `taken`, the same in marks of 0 to 10, each with its error.

    `mean` and `spread` of the worths given; `agreement` with colleagues (weighted kappa). None: not known.
    """

    reads: int
    severity: float
    severity_error: float
    taken: float
    taken_error: float
    infit: float | None
    outfit: float | None
    mean: float
    spread: float | None
    agreement: float | None


@dataclass(frozen=True)
class Measured:
    """What came of a round's marks. `inputs`: digest of what was measured; `figures` of the whole, plain JSON values."""

    model: Model
    method: str
    inputs: str
    letters: Mapping[int, LetterFigures]
    judges: Mapping[int, JudgeFigures]
    figures: Mapping[str, Any]

    @property
    def results(self) -> str:
        """Digest of every letter's figures."""
        rows = [[letter_id, *self.letters[letter_id]] for letter_id in sorted(self.letters)]
        return _digest(rows)

    @property
    def scores(self) -> Scores:
        """Fair marks as scores for ranking and deciding."""
        return {
            letter_id: Score(exact(each.fair), each.reads, each.error or None)
            for letter_id, each in self.letters.items()
        }


def exact(figure: float) -> Fraction:
    """A figure as the fraction that its four places say."""
    return Fraction(round(figure * 10**PLACES), 10**PLACES)


def complete(marks: Marks, weighings: Sequence[Weighing]) -> Marks:
    """The marks of complete reads, ordered by letter, judge and criterion."""
    known = np.isin(marks.criterion, [each.criterion_id for each in weighings])
    order = np.flatnonzero(known)[np.lexsort((marks.criterion[known], marks.judge[known], marks.letter[known]))]
    letter, judge = marks.letter[order], marks.judge[order]
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (letter[1:] != letter[:-1]) | (judge[1:] != judge[:-1])
    read = np.cumsum(begins) - 1
    whole = order[np.bincount(read, minlength=1)[read] == len(weighings)]
    return Marks(marks.letter[whole], marks.judge[whole], marks.criterion[whole], marks.halves[whole])


def measured(marks: Marks, weighings: Sequence[Weighing], wish: SeverityModel) -> Measured | None:
    """Measure a round; None while no read is complete. Where the Rasch model cannot, or is not sure, the additive one does."""
    whole = complete(marks, weighings)
    if not len(whole):
        return None
    worths = _worths(whole, weighings)
    ratings = _ratings(whole.letter, whole.judge, whole.criterion, whole.halves / 2)
    found = _by_rasch(ratings, weighings) if _wants_rasch(wish, ratings, worths, weighings) else None
    found = found or adjust(worths, Asked(model=Model.ADDITIVE))
    return _told(whole, weighings, worths, found)


def _by_rasch(ratings: Ratings, weighings: Sequence[Weighing]) -> Outcome | None:
    """What the Rasch model finds; None where it cannot, or where it does not know how far it may be off."""
    try:
        found = adjust(ratings, Asked(model=Model.RASCH, shares=_shares(weighings)))
    except Refused:
        return None
    return found if found.is_sure else None


def _shares(weighings: Sequence[Weighing]) -> Floats:
    """What a point of each criterion counts in a worth, criteria in the order of their ids."""
    ordered = sorted(weighings, key=lambda each: each.criterion_id)
    total = sum(each.weight for each in ordered)
    return np.array([SCALE * each.weight / (each.most * total) for each in ordered])


def _worths(marks: Marks, weighings: Sequence[Weighing]) -> Ratings:
    """One value a read: its worth."""
    by_read = marks.halves.reshape(-1, len(weighings)) / 2
    worth = (by_read * _shares(weighings)).sum(axis=1)
    first = slice(None, None, len(weighings))
    return _ratings(marks.letter[first], marks.judge[first], np.zeros(len(worth), dtype=np.int64), worth)


def _ratings(letter: Ints, judge: Ints, criterion: Ints, mark: Floats) -> Ratings:
    facets = [np.unique(ids, return_inverse=True) for ids in (letter, judge, criterion)]
    letters, judges, criteria = (tuple(map(str, found.tolist())) for found, _places in facets)
    of_letter, of_judge, of_criterion = (places.reshape(-1).astype(np.int64) for _found, places in facets)
    return Ratings(letters, judges, criteria, of_letter, of_judge, of_criterion, mark)


def _wants_rasch(wish: SeverityModel, ratings: Ratings, worths: Ratings, weighings: Sequence[Weighing]) -> bool:
    """Whether the Rasch model is asked for, or reads suffice for it; it cannot weigh criteria against each other."""
    if wish is not SeverityModel.AUTOMATIC:
        return wish is SeverityModel.RASCH
    steps = np.unique(ratings.criterion * 1000 + np.rint(ratings.mark * 2).astype(np.int64))
    return (
        len({each.weight for each in weighings}) == 1
        and len(ratings) <= MOST_FOR_RASCH
        and float(np.median(worths.reads_of_judges)) >= READS_OF_A_JUDGE
        and len(worths) >= READS_OF_A_LETTER * len(worths.letters)
        and len(ratings) >= MARKS_OF_A_STEP * len(steps)
    )


def _told(marks: Marks, weighings: Sequence[Weighing], worths: Ratings, found: Outcome) -> Measured:
    model = Model(found.model)
    ids = [int(name) for name in worths.letters]
    together = panel.colleagues(worths.mark, worths.letter, worths.judge, len(worths.judges))
    return Measured(
        model=model,
        method=METHODS[model],
        inputs=_inputs(marks, weighings),
        letters=dict(zip(ids, _letters(worths, found), strict=True)),
        judges=dict(zip(map(int, worths.judges), _judges(worths, found, together.of_judges), strict=True)),
        figures=_figures(worths, found, together),
    )


def _letters(worths: Ratings, found: Outcome) -> list[LetterFigures]:
    letters = found.letters
    raw, fair, of_judges = (_rounded(each) for each in (worths.raw_means, letters.fair_mark, letters.of_judges))
    rest = _rounded(fair - raw - of_judges)
    company = _companies(worths, found)
    columns = (letters.reads, raw, fair, _rounded(letters.fair_se), of_judges, rest)
    rows = zip(*(column.tolist() for column in columns), company.tolist(), strict=True)
    return [LetterFigures._make([*row[:-1], COMPANIES[row[-1]]]) for row in rows]


def _companies(worths: Ratings, found: Outcome) -> Ints:
    """Of each letter, as a place in `COMPANIES`: whether some of its judges are clearly stern, or clearly mild.

    Of whom no error is known, nothing is clear.
    """
    taken, error = found.judges.taken[worths.judge], found.judges.taken_se[worths.judge]
    stern, mild = (
        np.bincount(worths.letter, clearly, len(worths.letters)) > 0
        for clearly in ((taken > CLEARLY * error) & (error > 0), (taken < -CLEARLY * error) & (error > 0))
    )
    kinds = [Company.MIXED, Company.STERNER, Company.MILDER]
    return np.select(
        [stern & mild, stern, mild], [COMPANIES.index(kind) for kind in kinds], COMPANIES.index(Company.USUAL)
    )


def _judges(worths: Ratings, found: Outcome, agreeing: Floats) -> list[JudgeFigures]:
    judges, count = found.judges, len(worths.judges)
    mean = means(worths.mark, worths.judge, count)
    squares = np.bincount(worths.judge, (worths.mark - mean[worths.judge]) ** 2, count)
    several = judges.reads > 1
    spread = np.sqrt(np.divide(squares, judges.reads - 1, out=np.full(count, np.nan), where=several))
    measures = (judges.severity, judges.severity_se, judges.taken, judges.taken_se)
    columns = [judges.reads.tolist(), *(_rounded(each).tolist() for each in measures)]
    columns += [_known(each) for each in (*_fits(found), mean, spread, agreeing)]
    return [JudgeFigures._make(row) for row in zip(*columns, strict=True)]


def _fits(found: Outcome) -> tuple[Floats, Floats]:
    """Infit and outfit, of which one is usual. The additive model knows no such unit: there it is that of the middle judge."""
    judges = found.judges
    known = judges.infit[np.isfinite(judges.infit)]
    if found.model == Model.RASCH or not len(known) or not (middle := float(np.median(known))):
        return judges.infit, judges.outfit
    return judges.infit / middle, judges.outfit / middle


def _figures(worths: Ratings, found: Outcome, together: panel.Colleagues) -> dict[str, Any]:
    """Of the whole: counts, reliability, agreement, and which judges no letter connects. What is not known is None."""
    named = ("letters", "judges", "reads", "reliability", "separation", "reliability_of_one_read", "log_likelihood")
    judges, connection = [int(name) for name in worths.judges], found.connection
    variance = {
        name: found.figures[name]
        for name in ("person_variance", "judge_variance", "read_variance")
        if name in found.figures
    }
    counted = {"reads": len(worths), "letters": len(worths.letters), "judges": len(judges)}
    return {
        **{name: _plain(value) for name, value in {**found.figures, **counted}.items() if name in named},
        **{name: _plain(value) for name, value in variance.items()},
        "kappa": _plain(together.kappa),
        "pairs_of_judges": together.pairs,
        "alpha": _plain(agreement.krippendorff_alpha(worths.mark, worths.letter, Level.INTERVAL)),
        "icc": _plain(agreement.one_read(worths.mark, worths.letter)),
        "read_twice": int((np.bincount(worths.letter) > 1).sum()),
        "groups": [[judges[place] for place in group] for group in connection.components],
        "links": [[judges[link.judge], judges[link.with_judge]] for link in connection.links],
        "weak": [judges[place] for place in connection.weak],
    }


def _inputs(marks: Marks, weighings: Sequence[Weighing]) -> str:
    """Digest of what is measured: marks in order, and what criteria count."""
    found = hashlib.sha256(repr([(each.criterion_id, each.weight, each.most) for each in weighings]).encode())
    for column in (marks.letter, marks.judge, marks.criterion, marks.halves):
        found.update(np.ascontiguousarray(column, dtype="<i8").tobytes())
    return found.hexdigest()


def _rounded(values: Floats) -> Floats:
    return np.asarray(np.round(np.nan_to_num(values), PLACES) + 0.0, dtype=np.float64)


def _known(values: Floats) -> list[float | None]:
    return [_plain(value) for value in values.tolist()]


def _plain(value: Any) -> Any:
    """A figure to four places; None for what is not known."""
    if isinstance(value, float | np.floating):
        return round(float(value), PLACES) + 0.0 if math.isfinite(value) else None
    return value


def _digest(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()
