"""Where letters stand in a round, read from the database: one calculation for rankings and decisions. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass

from contest.judging import deciding, measuring, parting, queries, ranking
from contest.judging.comparing import scores_of_choices
from contest.judging.counting import scores_of_orders
from contest.judging.deciding import Rule, Standing
from contest.judging.measuring import LetterFigures, Marks, Measured
from contest.judging.models import Round
from contest.judging.ranking import Ranked, Score, Scores, Weighing
from contest.judging.rules import RoundState
from contest.judging.runs import ModelRun
from contest.judging.terms import GoingOn, RoundMethod, SeverityModel


def scores_of(round_: Round, figures: Mapping[int, LetterFigures] | None = None) -> Scores:
    """What each letter that is still in the contest is worth, by the method of the round.

    `figures`: its fair marks, where they are at hand already. Equal ones are parted as the terms say.
    """
    scores = _unparted(round_, figures)
    if not parting.can_part(round_.parting, round_.method):
        return scores
    if round_.method is RoundMethod.RANKING:
        return parting.parted_by_orders(scores, queries.orders_in(round_))
    return parting.parted_by_marks(scores, queries.marks_in(round_), queries.weighings(round_.stage), round_.parting)


def _unparted(round_: Round, figures: Mapping[int, LetterFigures] | None) -> Scores:
    if round_.method is RoundMethod.SCREENING:
        return ranking.scored(ranking.worths_of_verdicts(queries.verdicts_in(round_)))
    if round_.method is RoundMethod.RANKING:
        seats = int(round_.cut or 1)
        return scores_of_orders(queries.orders_in(round_), round_.counting, seats=seats, seed=round_.seed)
    if round_.method is RoundMethod.PAIRS:
        return scores_of_choices(queries.choices_in(round_))
    if round_.terms.ranks_fairly:
        return fair_scores(fair_marks(round_) if figures is None else figures)
    return ranking.scored(ranking.worths_of_marks(queries.given_in(round_), queries.weighings(round_.stage)))


def fair_scores(found: Mapping[int, LetterFigures]) -> Scores:
    """Fair marks as scores, each with its standard error."""
    return {
        letter_id: Score(measuring.exact(each.fair), each.reads, each.error or None)
        for letter_id, each in found.items()
    }


def fair_marks(round_: Round) -> Mapping[int, LetterFigures]:
    """Figures of every letter of a round of marks.

    While judges still mark, those of the newest run, which follows them at a short distance; once the round is closed, those
    of all its marks, measured here if no run has yet.
    """
    if round_.method is not RoundMethod.MARKS:
        return {}
    if run := _run_that_counts(round_):
        gone = queries.absent_from(round_)
        return {letter: figures for letter, figures in queries.letters_of_run(run).items() if letter not in gone}
    found = taken(round_).measured()
    return found.letters if found else {}


def figures_of(round_: Round, letter_id: int) -> LetterFigures | None:
    """The same of one letter, without reading those of all others where a run has kept them."""
    run = _run_that_counts(round_) if round_.method is RoundMethod.MARKS else None
    return (queries.letters_of_run(run, [letter_id]) if run else fair_marks(round_)).get(letter_id)


def _run_that_counts(round_: Round) -> ModelRun | None:
    run = queries.newest_run(round_)
    return run if run and (round_.state is RoundState.OPEN or is_current(run)) else None


def is_current(run: ModelRun) -> bool:
    """Whether nothing has happened since that would give other figures."""
    round_ = run.round
    return run.position == queries.position_of(round_) and run.absent == sorted(queries.absent_from(round_))


@dataclass(frozen=True)
class Taken:
    """What a run measures, taken from the database at one moment, and where in the log that moment is."""

    marks: Marks
    weighings: tuple[Weighing, ...]
    wish: SeverityModel
    position: int
    absent: tuple[int, ...]

    def measured(self) -> Measured | None:
        """The figures; None while no read is complete."""
        return measuring.measured(self.marks, self.weighings, self.wish)


def taken(round_: Round) -> Taken:
    """What would be measured now. For a run, nobody may be marking meanwhile."""
    return Taken(
        marks=queries.marks_in(round_),
        weighings=tuple(queries.weighings(round_.stage)),
        wish=round_.severity_model,
        position=queries.position_of(round_),
        absent=tuple(sorted(queries.absent_from(round_))),
    )


def ranking_of(round_: Round, figures: Mapping[int, LetterFigures] | None = None) -> list[Ranked]:
    """The ranking of a round as it stands now."""
    return ranking.placed(scores_of(round_, figures))


def standings_of(round_: Round, figures: Mapping[int, LetterFigures] | None = None) -> list[Standing]:
    """The same with standard errors, and provinces where the rule asks for them, for deciding who goes on."""
    units: Mapping[int, int | None] = {}
    if round_.going_on is GoingOn.UNITS:
        units = {origin.letter_id: origin.province_id for origin in queries.entries(round_)}
    return deciding.standings(scores_of(round_, figures), units)


def rule_of(round_: Round) -> Rule:
    """Who goes on from a round, as its terms say."""
    return Rule.of(round_.terms)
