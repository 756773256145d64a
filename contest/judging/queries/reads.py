"""Reads and marks. What a judge's page gets comes from here and from `blind_letter`: no entrant is ever joined."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from accounts.models import Person
from contest.editions.models import Stage
from contest.judging.models import Assignment, Comparison, Judge, Mark, MarkChange, Reading, Round, SentAct
from contest.judging.ranking import Given
from contest.judging.rules import AssignmentState, RoundState
from contest.judging.terms import RoundMethod
from contest.letters import queries as letters
from contest.letters.models import Letter
from core.db import db

# The pace of a judge is that of the last letters; so the time left costs the same after ten letters and after a thousand.
READS_OF_THE_PACE = 40
# What every page and act of a desk asks of a read: one statement instead of four.
_WITH_ITS_ROUND = (
    joinedload(Assignment.judge, innerjoin=True),
    joinedload(Assignment.round, innerjoin=True).joinedload(Round.stage, innerjoin=True),
)


def hold(thing: Stage | Round | Judge | Assignment | Comparison, *, shared: bool = False) -> None:
    """Read a row anew and keep others from changing it until the transaction ends; `shared`: others may hold it too.

    SQLite has one writer, which is who asks here, inside `transaction()`: nothing read there can change any more.
    """
    if db.engine.dialect.name != "sqlite":
        # Of this row alone: what is read along with it (its round, its judge) others hold in another order.
        db.session.refresh(thing, with_for_update={"read": shared, "of": type(thing)})


@cache
def is_judgeable() -> ColumnElement[bool]:
    """The letter of an assignment may be judged; asked read by read, since SQLite would gather a whole IN first."""
    return letters.judgeable_ids().where(Letter.id == Assignment.letter_id).correlate(Assignment).exists()


@cache
def are_judgeable() -> ColumnElement[bool]:
    """The same of both letters of a pair."""
    both = [
        letters.judgeable_ids().where(Letter.id == letter_id).correlate(Comparison).exists()
        for letter_id in (Comparison.left_id, Comparison.right_id)
    ]
    return both[0] & both[1]


def assignment(assignment_id: int) -> Assignment | None:
    """By id, while its letter may be judged: a letter taken back is not there any more."""
    query = select(Assignment).where(Assignment.id == assignment_id).options(*_WITH_ITS_ROUND)
    return db.session.scalar(query.where(is_judgeable()))


@dataclass(frozen=True)
class Held:
    """That a judge has a letter in a round, or had it and gave it back."""

    letter_id: int
    judge_id: int
    given_back: bool


def held_in(round_: Round, letter_ids: Collection[int] | None = None) -> list[Held]:
    """Who has what in a round, or which of these letters."""
    query = select(Assignment.letter_id, Assignment.judge_id, Assignment.state).order_by(Assignment.id)
    query = query.where(Assignment.round_id == round_.id)
    if letter_ids is not None:
        query = query.where(Assignment.letter_id.in_(letter_ids))
    return [Held(letter, judge, state is AssignmentState.RECUSED) for letter, judge, state in db.session.execute(query)]


def loads_in(round_: Round) -> dict[int, int]:
    """How many letters lie or lay on each judge's desk in a round, those given back apart."""
    query = select(Assignment.judge_id, func.count()).group_by(Assignment.judge_id)
    query = query.where(Assignment.round_id == round_.id, Assignment.state != AssignmentState.RECUSED)
    return {judge_id: count for judge_id, count in db.session.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def begun_on_desk(person: Person) -> set[int]:
    """Reads of a judge that have marks and lack some still."""
    query = select(Mark.assignment_id).join(Assignment, Mark.assignment_id == Assignment.id).join(Judge)
    query = query.where(Judge.person_id == person.id, Assignment.state == AssignmentState.WAITING)
    return set(db.session.scalars(query))


def desk_of(person: Person, round_: Round | None = None) -> list[Assignment]:
    """A judge's reads in rounds that have been opened, or in one, in desk order; letters given back are gone."""
    query = (
        select(Assignment)
        .join(Judge)
        .join(Round, Assignment.round_id == Round.id)
        .where(
            Judge.person_id == person.id,
            is_judgeable(),
            Assignment.state != AssignmentState.RECUSED,
            Round.state != RoundState.PLANNED,
        )
    )
    if round_:
        query = query.where(Round.id == round_.id)
    return list(db.session.scalars(query.order_by(Round.id.desc(), Assignment.position, Assignment.id)))


def letters_of_reads(reads: Collection[int]) -> dict[int, int]:
    """Which letters a few reads are of."""
    rows = db.session.execute(select(Assignment.id, Assignment.letter_id).where(Assignment.id.in_(reads)))
    return {row.id: row.letter_id for row in rows}


def methods_of(reads: list[int]) -> dict[int, RoundMethod]:
    """How the rounds of a few reads are judged."""
    query = select(Assignment.id, Round.method).join(Round, Assignment.round_id == Round.id)
    return {row.id: row.method for row in db.session.execute(query.where(Assignment.id.in_(reads)))}


def was_sent(assignment: Assignment, key: str) -> bool:
    """Whether an act of this key has been done on a read."""
    return db.session.get(SentAct, (assignment.id, key)) is not None


def seconds_of(assignment: Assignment) -> int:
    """How long a letter has been read by now, as far as the desk's clock has told."""
    reading = db.session.get(Reading, assignment.id)
    return reading.seconds if reading else 0


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


@dataclass(frozen=True)
class Newest:
    """The newest changes of the marks of a read, by id.

    `version` grows with every change (0 without any): of two pages of a read, the one with more is the newer. `standing` is the
    last change that can be taken back.
    """

    version: int
    standing: int | None


def newest_changes(assignment: Assignment) -> Newest:
    """How far the changes of a read have come."""
    query = select(MarkChange.id, MarkChange.undoes).where(MarkChange.assignment_id == assignment.id)
    changes = db.session.execute(query.order_by(MarkChange.id)).all()
    undone = {change.undoes for change in changes}
    standing = [change.id for change in changes if change.undoes is None and change.id not in undone]
    return Newest(changes[-1].id if changes else 0, standing[-1] if standing else None)


def is_undone(assignment: Assignment, change_id: int) -> bool:
    """Whether this change of this read has been taken back already."""
    query = select(MarkChange.id).where(MarkChange.assignment_id == assignment.id, MarkChange.undoes == change_id)
    return db.session.scalar(query) is not None


def changes_of(assignment: Assignment) -> list[MarkChange]:
    """The log of a read."""
    query = select(MarkChange).where(MarkChange.assignment_id == assignment.id)
    return list(db.session.scalars(query.order_by(MarkChange.id)))


def given_in(round_: Round) -> list[Given]:
    """Every mark of a round on letters that are still in the contest, for the ranking."""
    query = (
        select(Assignment.letter_id, Assignment.id, Mark.criterion_id, Mark.points)
        .join(Mark, Mark.assignment_id == Assignment.id)
        .where(
            Assignment.round_id == round_.id,
            Assignment.state != AssignmentState.RECUSED,
            Assignment.letter_id.in_(letters.judgeable_ids()),
        )
    )
    return [
        Given(letter_id, read_id, criterion_id, Fraction(points))
        for letter_id, read_id, criterion_id, points in db.session.execute(query)
    ]


def shared_reads(round_: Round, *, most: int | None = None) -> list[tuple[int, int]]:
    """Who holds letters that several hold, as (letter, judge), of all such letters or of the first so many."""
    kept = (Assignment.round_id == round_.id) & (Assignment.state != AssignmentState.RECUSED)
    shared = select(Assignment.letter_id).where(kept).group_by(Assignment.letter_id).having(func.count() > 1)
    of_these = shared.order_by(Assignment.letter_id).limit(most).subquery()
    query = select(Assignment.letter_id, Assignment.judge_id).join(
        of_these, of_these.c.letter_id == Assignment.letter_id
    )
    return [(letter_id, judge_id) for letter_id, judge_id in db.session.execute(query.where(kept))]


def unread_in(round_: Round, letter_ids: Collection[int]) -> list[int]:
    """Those of the letters of a round that nobody has read to the end."""
    query = select(Assignment.letter_id).where(
        Assignment.round_id == round_.id, Assignment.state == AssignmentState.MARKED
    )
    return sorted(set(letter_ids) - set(db.session.scalars(query)))


def numbers(letter_ids: Collection[int]) -> dict[int, str]:
    """The numbers of a few letters."""
    rows = db.session.execute(select(Letter.id, Letter.number).where(Letter.id.in_(letter_ids)))
    return {letter_id: number or "" for letter_id, number in rows}


def assignments_of_letter(letter: Letter) -> list[Assignment]:
    """Every read of a letter."""
    query = select(Assignment).where(Assignment.letter_id == letter.id)
    return list(db.session.scalars(query.order_by(Assignment.round_id, Assignment.id)))
