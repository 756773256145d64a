"""Every SELECT of results: rankings as rows, prizes given."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from sqlalchemy import func, select

from accounts.models import Person
from contest.editions.models import Prize, Stage
from contest.judging import queries as judging
from contest.judging import standing
from contest.judging.measuring import LetterFigures
from contest.judging.models import Assignment, Judge, Mark, MarkChange, Round
from contest.judging.queries import VerdictCounts
from contest.judging.ranking import Ranked, Weighing, worth_of_read
from contest.judging.rules import AssignmentState, RoundState
from contest.judging.terms import RoundMethod
from contest.letters.models import Entrant, Letter
from contest.letters.rules import LetterState
from contest.results.funnel import Stretch, funnel
from contest.results.models import StageAward
from contest.results.rules import Border, Suggestion, suggested
from core.db import db


@dataclass(frozen=True)
class Row:
    """A line of the ranking: the place, the round it comes from, the letter's number and its prize.

    `suggested`: the prize the ranking alone would give. `figures`: fair mark and raw mean, after a round of marks; `verdicts`:
    yes, unsure and no, after a screening.
    """

    ranked: Ranked
    round: Round
    number: str
    award: StageAward | None
    suggested: Prize | None
    figures: LetterFigures | None = None
    verdicts: VerdictCounts | None = None


@dataclass(frozen=True)
class Ranking:
    """The ranking of a stage; `border` is where it decides no more, `unread` counts letters without a complete read.

    `rows` are all of it, or page `at` of so many `pages`; `letters` have a place, `suggested` of them would get a prize.
    `rounds` are those it comes from, in order.
    """

    rows: list[Row]
    at: int
    pages: int
    letters: int
    suggested: int
    border: Border | None
    unread: int
    rounds: list[Round]


def rounds_that_count(stage: Stage) -> list[Round]:
    """The rounds a ranking comes from: those that are closed; the first one while it is open."""
    opened = [each for each in judging.rounds_of(stage) if each.state is not RoundState.PLANNED]
    return [each for each in opened if each.state is RoundState.CLOSED] or opened[:1]


def ranking_of(stage: Stage, *, at: int = 1, most: int | None = None) -> Ranking:
    """One ranking of all rounds, computed from what was said in them; rows of all letters, or page `at` of `most` each."""
    rounds = {each.position: each for each in rounds_that_count(stage)}
    figures = {position: standing.fair_marks(each) for position, each in rounds.items()}
    placed = funnel(
        [
            Stretch(position, standing.ranking_of(each, figures[position]), _went_on(each))
            for position, each in rounds.items()
        ]
    )
    awards = {award.letter_id: award for award in awards_of(stage)}
    suggestion = _suggestion(stage, placed, awards)
    prizes = {prize.id: prize for prize in stage.prizes}
    wished = {letter_id: prizes[prize_id] for letter_id, prize_id in suggestion.prizes.items()}
    pages = max(1, ceil(len(placed) / most)) if most else 1
    shown = min(max(at, 1), pages)
    listed = placed[(shown - 1) * most : shown * most] if most else placed
    few = [each.letter_id for _position, each in listed] if most else None
    numbers = _numbers(stage, few)
    verdicts = {position: judging.counts_of_verdicts(each, few) for position, each in rounds.items()}
    rows = [
        Row(
            each,
            rounds[position],
            numbers[each.letter_id],
            awards.get(each.letter_id),
            wished.get(each.letter_id),
            figures[position].get(each.letter_id),
            verdicts[position].get(each.letter_id),
        )
        for position, each in listed
    ]
    entered = judging.count_entries(next(iter(rounds.values()))) if rounds else 0
    return Ranking(
        rows, shown, pages, len(placed), len(wished), suggestion.border, entered - len(placed), list(rounds.values())
    )


def _suggestion(stage: Stage, placed: Sequence[tuple[int, Ranked]], awards: Mapping[int, StageAward]) -> Suggestion:
    """What the ranking alone would give of the prizes that are left, to letters without one."""
    return suggested(
        [(each.letter_id, each.rank) for _position, each in placed if each.letter_id not in awards],
        [(prize.id, prize.places - given_of(prize)) for prize in stage.prizes],
    )


def _went_on(round_: Round) -> frozenset[int]:
    """The letters that are ahead of the others of a round, for they are in a later one that has been opened."""
    later = [each for each in judging.rounds_after(round_) if each.state is not RoundState.PLANNED]
    decision = judging.decision_of(round_) if later else None
    return judging.went_on(decision) if decision else frozenset()


def figures_of(letter: Letter) -> LetterFigures | None:
    """Fair mark and raw mean of a letter, from the last round of marks it was in."""
    found = (standing.figures_of(each, letter.id) for each in reversed(rounds_that_count(letter.stage)))
    return next((figures for figures in found if figures), None)


def _numbers(stage: Stage, letter_ids: Collection[int] | None) -> dict[int, str]:
    """Numbers of a few letters, or of all."""
    if letter_ids is not None:
        return judging.numbers(letter_ids)
    rows = db.session.execute(select(Letter.id, Letter.number).where(Letter.stage_id == stage.id))
    return {letter_id: number or "" for letter_id, number in rows}


def handed_in(letter_id: int) -> Letter | None:
    """A letter that has a number and was not taken back: drafts are nobody's business here."""
    return db.session.scalar(select(Letter).where(Letter.id == letter_id, Letter.state == LetterState.SUBMITTED))


def was_read(letter: Letter) -> bool:
    """Whether somebody has read a letter to the end in a round that counts, or chosen between it and another."""
    return any(_was_read_in(letter, each) for each in rounds_that_count(letter.stage))


def _was_read_in(letter: Letter, round_: Round) -> bool:
    if round_.method is RoundMethod.PAIRS:
        return letter.id in standing.scores_of(round_)
    query = select(Assignment.id).where(
        Assignment.round_id == round_.id,
        Assignment.letter_id == letter.id,
        Assignment.state == AssignmentState.MARKED,
    )
    return db.session.scalar(query.limit(1)) is not None


def hold(stage: Stage) -> None:
    """Read a stage anew and keep others from changing it until the transaction ends."""
    judging.hold(stage)


def awards_of(stage: Stage) -> list[StageAward]:
    """Prizes given, the highest first."""
    query = select(StageAward).join(Prize).where(StageAward.stage_id == stage.id)
    return list(db.session.scalars(query.order_by(Prize.position, StageAward.id)))


def award(award_id: int) -> StageAward | None:
    """By id."""
    return db.session.get(StageAward, award_id)


def award_before_publication(award_id: int) -> StageAward | None:
    """By id, as long as its stage is not published."""
    found = award(award_id)
    return found if found and found.stage.published_at is None else None


def award_of_letter(letter: Letter) -> StageAward | None:
    """The prize of a letter."""
    return db.session.scalar(select(StageAward).where(StageAward.letter_id == letter.id))


def awards_under(consent_id: int) -> list[StageAward]:
    """Prizes of the child who takes part with this consent."""
    query = select(StageAward).join(Letter).join(Entrant).where(Entrant.consent_id == consent_id)
    return list(db.session.scalars(query))


def given_of(prize: Prize) -> int:
    """How many of a prize are given."""
    query = select(func.count()).where(StageAward.prize_id == prize.id, StageAward.withdrawn_at.is_(None))
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class MarkRow:
    """One mark as a spreadsheet gets it."""

    number: str
    judge: str
    state: AssignmentState
    criterion_id: int
    points: Decimal


@dataclass(frozen=True)
class Read:
    """One judge's read of a letter, for organisers who must explain a result; `worth` from 0 to 10."""

    assignment: Assignment
    points: dict[int, Decimal]
    worth: float | None
    counts: bool
    changes: list[MarkChange]


def reads_of(letter: Letter) -> list[Read]:
    """Every read of a letter with its marks and their log."""
    weighed = judging.weighings(letter.stage)
    return [_read(each, weighed) for each in judging.assignments_of_letter(letter)]


def _read(assignment: Assignment, weighed: list[Weighing]) -> Read:
    points = {criterion: mark.points for criterion, mark in judging.marks_of(assignment).items()}
    worth = worth_of_read({key: Fraction(value) for key, value in points.items()}, weighed)
    counts = worth is not None and assignment.state is not AssignmentState.RECUSED
    shown = float(worth) if worth is not None else None
    return Read(assignment, points, shown, counts, judging.changes_of(assignment))


def marks_in(round_: Round) -> list[MarkRow]:
    """Every mark of a round with its judge, those that do not count too: enough to compute the ranking again."""
    query = (
        select(Letter.number, Person.user_name, Assignment.state, Mark.criterion_id, Mark.points)
        .join(Assignment, Mark.assignment_id == Assignment.id)
        .join(Letter, Assignment.letter_id == Letter.id)
        .join(Judge, Assignment.judge_id == Judge.id)
        .join(Person, Judge.person_id == Person.id)
        .where(Assignment.round_id == round_.id)
        .order_by(Letter.number, Person.user_name, Mark.criterion_id)
    )
    return [MarkRow(*row) for row in db.session.execute(query)]
