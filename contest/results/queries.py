"""Every SELECT of results: rankings as rows, prizes given."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import func, select

from contest.editions.models import Prize, Stage
from contest.judging import queries as judging
from contest.judging.models import Assignment, MarkChange, Round
from contest.judging.ranking import Ranked, Weighing, ranking, worth_of_read
from contest.judging.rules import AssignmentState
from contest.letters.models import Letter
from contest.results.models import StageAward
from core.db import db


@dataclass(frozen=True)
class Row:
    """A line of the ranking: the place, the letter's number, the prize if it has one."""

    ranked: Ranked
    number: str
    award: StageAward | None


def weighings(stage: Stage) -> list[Weighing]:
    """What the stage's criteria count."""
    return [Weighing(criterion.id, criterion.weight, criterion.most) for criterion in stage.criteria]


def ranking_of(round_: Round) -> list[Row]:
    """The ranking of a round, computed from its marks."""
    placed = ranking(judging.given_in(round_), weighings(round_.stage))
    ids = [each.letter_id for each in placed]
    rows = db.session.execute(select(Letter.id, Letter.number).where(Letter.id.in_(ids)))
    numbers = {letter_id: number or "" for letter_id, number in rows}
    awards = {award.letter_id: award for award in awards_of(round_.stage)}
    return [Row(each, numbers[each.letter_id], awards.get(each.letter_id)) for each in placed]


def awards_of(stage: Stage) -> list[StageAward]:
    """Prizes given, the highest first."""
    query = select(StageAward).join(Prize).where(StageAward.stage_id == stage.id)
    return list(db.session.scalars(query.order_by(Prize.position, StageAward.id)))


def award(award_id: int) -> StageAward | None:
    """By id."""
    return db.session.get(StageAward, award_id)


def award_of_letter(letter: Letter) -> StageAward | None:
    """The prize of a letter."""
    return db.session.scalar(select(StageAward).where(StageAward.letter_id == letter.id))


def given_of(prize: Prize) -> int:
    """How many of a prize are given."""
    query = select(func.count()).where(StageAward.prize_id == prize.id, StageAward.withdrawn_at.is_(None))
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Read:
    """One judge's read of a letter, for organisers who must explain a result."""

    assignment: Assignment
    points: dict[int, Decimal]
    worth: float | None
    counts: bool
    changes: list[MarkChange]


def reads_of(letter: Letter) -> list[Read]:
    """Every read of a letter with its marks and their log."""
    weighed = weighings(letter.stage)
    reads = []
    for each in judging.assignments_of_letter(letter):
        points = {criterion: mark.points for criterion, mark in judging.marks_of(each).items()}
        worth = worth_of_read({key: Fraction(value) for key, value in points.items()}, weighed)
        counts = worth is not None and each.state is not AssignmentState.RECUSED
        shown = float(worth) if worth is not None else None
        reads.append(Read(each, points, shown, counts, judging.changes_of(each)))
    return reads
