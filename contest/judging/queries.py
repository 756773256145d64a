"""Every SELECT of judging. What a judge's page gets comes from here and from `blind_letter`: no entrant is ever joined."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import func, select

from accounts.models import Person
from contest.editions.models import Stage
from contest.judging.models import Assignment, Judge, Mark, MarkChange, Round
from contest.judging.ranking import Given
from contest.judging.rules import AssignmentState, RoundState
from contest.letters import queries as letters
from contest.letters.models import Letter
from contest.letters.rules import LetterState
from core.db import db


def judges_of(stage: Stage) -> list[Judge]:
    """Everybody who judges in a stage."""
    query = select(Judge).join(Person).where(Judge.stage_id == stage.id)
    return list(db.session.scalars(query.order_by(Person.user_name)))


def judge(judge_id: int) -> Judge | None:
    """By id."""
    return db.session.get(Judge, judge_id)


def judge_of(stage: Stage, person: Person) -> Judge | None:
    """A person as judge of a stage."""
    return db.session.scalar(select(Judge).where(Judge.stage_id == stage.id, Judge.person_id == person.id))


def rounds_of(stage: Stage) -> list[Round]:
    """The rounds of a stage in order."""
    return list(db.session.scalars(select(Round).where(Round.stage_id == stage.id).order_by(Round.position)))


def round_(round_id: int) -> Round | None:
    """By id."""
    return db.session.get(Round, round_id)


def last_round(stage: Stage) -> Round | None:
    """The newest round that has been opened: the one whose ranking counts."""
    query = select(Round).where(Round.stage_id == stage.id, Round.state != RoundState.PLANNED)
    return db.session.scalar(query.order_by(Round.position.desc()).limit(1))


def assignment(assignment_id: int) -> Assignment | None:
    """By id."""
    return db.session.get(Assignment, assignment_id)


def assignments_of_round(round_: Round) -> list[Assignment]:
    """Every read of a round."""
    query = select(Assignment).where(Assignment.round_id == round_.id)
    return list(db.session.scalars(query.order_by(Assignment.id)))


def desk_of(person: Person) -> list[Assignment]:
    """A judge's reads in rounds that have been opened, in desk order; letters given back are gone."""
    query = (
        select(Assignment)
        .join(Judge)
        .join(Round, Assignment.round_id == Round.id)
        .join(Letter, Assignment.letter_id == Letter.id)
        .where(
            Judge.person_id == person.id,
            Letter.state == LetterState.SUBMITTED,
            Assignment.state != AssignmentState.RECUSED,
            Round.state != RoundState.PLANNED,
        )
    )
    return list(db.session.scalars(query.order_by(Round.id.desc(), Assignment.position, Assignment.id)))


def numbers_of(assignments: list[Assignment]) -> dict[int, str]:
    """The letter number of each assignment."""
    ids = [each.letter_id for each in assignments]
    rows = db.session.execute(select(Letter.id, Letter.number).where(Letter.id.in_(ids)))
    numbers = {letter_id: number or "" for letter_id, number in rows}
    return {each.id: numbers[each.letter_id] for each in assignments}


def marks_of(assignment: Assignment) -> dict[int, Mark]:
    """The marks of a read by criterion."""
    query = select(Mark).where(Mark.assignment_id == assignment.id)
    return {mark.criterion_id: mark for mark in db.session.scalars(query)}


def last_change(assignment: Assignment) -> MarkChange | None:
    """The newest change that has not been taken back and is not itself a taking back."""
    undone = select(MarkChange.undoes).where(MarkChange.assignment_id == assignment.id, MarkChange.undoes.is_not(None))
    query = select(MarkChange).where(
        MarkChange.assignment_id == assignment.id, MarkChange.undoes.is_(None), MarkChange.id.not_in(undone)
    )
    return db.session.scalar(query.order_by(MarkChange.id.desc()).limit(1))


def changes_of(assignment: Assignment) -> list[MarkChange]:
    """The log of a read."""
    query = select(MarkChange).where(MarkChange.assignment_id == assignment.id)
    return list(db.session.scalars(query.order_by(MarkChange.id)))


def given_in(round_: Round) -> list[Given]:
    """Every mark of a round on letters that are still in the contest, for the ranking."""
    present = {origin.letter_id for origin in letters.judgeable(round_.stage_id)}
    query = (
        select(Assignment.letter_id, Assignment.id, Mark.criterion_id, Mark.points)
        .join(Mark, Mark.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_.id, Assignment.state != AssignmentState.RECUSED)
    )
    return [
        Given(letter_id, read_id, criterion_id, Fraction(points))
        for letter_id, read_id, criterion_id, points in db.session.execute(query)
        if letter_id in present
    ]


@dataclass(frozen=True)
class JudgeProgress:
    """How far a judge is: reads done, waiting, given back, and when the last one was finished."""

    judge: Judge
    done: int
    waiting: int
    recused: int
    last_at: datetime | None


def progress_of(round_: Round) -> list[JudgeProgress]:
    """How far everybody is in a round."""
    query = (
        select(Assignment.judge_id, Assignment.state, func.count(), func.max(Assignment.finished_at))
        .where(Assignment.round_id == round_.id)
        .group_by(Assignment.judge_id, Assignment.state)
    )
    found: dict[int, dict[AssignmentState, tuple[int, datetime | None]]] = {}
    for judge_id, state, count, last_at in db.session.execute(query):
        found.setdefault(judge_id, {})[state] = (count, last_at)
    nothing: tuple[int, datetime | None] = (0, None)
    return [
        JudgeProgress(
            judge=each,
            done=states.get(AssignmentState.MARKED, nothing)[0],
            waiting=states.get(AssignmentState.WAITING, nothing)[0],
            recused=states.get(AssignmentState.RECUSED, nothing)[0],
            last_at=states.get(AssignmentState.MARKED, nothing)[1],
        )
        for each in judges_of(round_.stage)
        for states in [found.get(each.id, {})]
    ]


def assignments_of_letter(letter: Letter) -> list[Assignment]:
    """Every read of a letter."""
    query = select(Assignment).where(Assignment.letter_id == letter.id)
    return list(db.session.scalars(query.order_by(Assignment.round_id, Assignment.id)))
