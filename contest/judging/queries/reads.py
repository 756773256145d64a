"""Reads and marks. What a judge's page gets comes from here and from `blind_letter`: no entrant is ever joined."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Select, Tuple, func, literal, select, tuple_

from accounts.models import Person
from contest.editions.models import Stage
from contest.judging.models import Assignment, Comparison, Judge, Mark, MarkChange, Reading, Round, SentAct
from contest.judging.queries.rounds import judges_of
from contest.judging.ranking import Given
from contest.judging.rules import AssignmentState, Pile, RoundState, minutes_left, own_paces, pile
from contest.judging.terms import RoundMethod
from contest.letters import queries as letters
from contest.letters.models import Letter
from core.db import db

# The pace of a judge is that of the last letters; so the time left costs the same after ten letters and after a thousand.
READS_OF_THE_PACE = 40


def hold(thing: Stage | Round | Judge | Assignment | Comparison, *, shared: bool = False) -> None:
    """Read a row anew and keep others from changing it until the transaction ends; `shared`: others may hold it too."""
    db.session.refresh(thing, with_for_update={"read": shared})


def is_judgeable() -> ColumnElement[bool]:
    """The letter of an assignment may be judged; asked read by read, since SQLite would gather a whole IN first."""
    return letters.judgeable_ids().where(Letter.id == Assignment.letter_id).correlate(Assignment).exists()


def assignment(assignment_id: int) -> Assignment | None:
    """By id, while its letter may be judged: a letter taken back is not there any more."""
    query = select(Assignment).where(Assignment.id == assignment_id)
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


def _on_desk(judge_id: int, round_id: int) -> ColumnElement[bool]:
    return (
        (Assignment.judge_id == judge_id)
        & (Assignment.round_id == round_id)
        & (Assignment.state != AssignmentState.RECUSED)
    )


_PLACE = tuple_(Assignment.position, Assignment.id)


def _here(assignment: Assignment) -> Tuple:
    return tuple_(literal(assignment.position), literal(assignment.id))


def before(assignment: Assignment) -> int | None:
    """The read that lies before this one on the same desk, by its id."""
    return _first_read(
        select(Assignment.id)
        .where(_on_desk(assignment.judge_id, assignment.round_id), _here(assignment) > _PLACE)
        .order_by(Assignment.position.desc(), Assignment.id.desc())
    )


def after(assignment: Assignment) -> int | None:
    """The read to go on with, by its id: the next that waits, going round; if none waits, the next on the desk."""
    on_desk = select(Assignment.id).where(_on_desk(assignment.judge_id, assignment.round_id))
    following = on_desk.where(_here(assignment) < _PLACE)
    return next(iter(waiting_after(assignment, most=1)), None) or _first_read(_in_order(following))


def waiting_after(assignment: Assignment, *, most: int) -> list[int]:
    """The next reads that wait on the same desk, by id, going round from this one, which is not among them."""
    here = _here(assignment)
    waiting = _waiting(assignment.judge_id, assignment.round_id)
    found = _few(_in_order(waiting.where(here < _PLACE)), most)
    return found if len(found) == most else [*found, *_few(_in_order(waiting.where(here > _PLACE)), most - len(found))]


def first_waiting(person: Person, *, most: int) -> list[int]:
    """The first reads that wait on somebody's desk in rounds that are open, by id."""
    query = select(Judge.id, Round.id).join(Round, Round.stage_id == Judge.stage_id)
    query = query.where(Judge.person_id == person.id, Round.state == RoundState.OPEN).order_by(Round.id.desc())
    found: list[int] = []
    for judge_id, round_id in db.session.execute(query):
        found += _few(_in_order(_waiting(judge_id, round_id)), most - len(found))
    return found


def _waiting(judge_id: int, round_id: int) -> Select[tuple[int]]:
    return select(Assignment.id).where(
        Assignment.judge_id == judge_id,
        Assignment.round_id == round_id,
        Assignment.state == AssignmentState.WAITING,
    )


def _in_order(query: Select[tuple[int]]) -> Select[tuple[int]]:
    return query.order_by(Assignment.position, Assignment.id)


def _first_read(query: Select[tuple[int]]) -> int | None:
    return next(iter(_few(query, 1)), None)


def _few(query: Select[tuple[int]], most: int) -> list[int]:
    """Reads whose letters may be judged, at most so many."""
    return list(db.session.scalars(query.where(is_judgeable()).limit(most))) if most > 0 else []


def sheets_of_reads(reads: list[int]) -> list[tuple[int, tuple[int, ...]]]:
    """For each of a few reads the sheets a judge may see, in the order given."""
    query = select(Assignment.id, Assignment.letter_id).where(Assignment.id.in_(reads))
    letter_of = {row.id: row.letter_id for row in db.session.execute(query)}
    blind = [(read, letters.blind_letter(letter_of[read])) for read in reads]
    return [(read, letter.sheet_ids) for read, letter in blind if letter]


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


def version_of(assignment: Assignment) -> int:
    """What grows with every change of a mark of this read: of two pages of it, the one with more is the newer."""
    return db.session.scalar(select(func.max(MarkChange.id)).where(MarkChange.assignment_id == assignment.id)) or 0


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


@dataclass(frozen=True)
class JudgeProgress:
    """How far a judge is in a round: the pile, letters given back, and when the last one was finished."""

    judge: Judge
    pile: Pile
    given_back: int
    last_at: datetime | None

    @property
    def waiting(self) -> int:
        """Letters still to read."""
        return self.pile.total - self.pile.done


def progress_of(round_: Round) -> list[JudgeProgress]:
    """How far everybody is in a round, in letters or in pairs."""
    table = Comparison if round_.method is RoundMethod.PAIRS else Assignment
    query = select(table.judge_id, table.state, table.finished_at).where(table.round_id == round_.id)
    present = query if table is Comparison else _present(query, round_)
    reads: dict[int, list[tuple[AssignmentState, datetime | None]]] = defaultdict(list)
    for judge_id, state, end in db.session.execute(present):
        reads[judge_id].append((state, end))
    return [_progress(judge, reads[judge.id]) for judge in judges_of(round_.stage)]


def _progress(judge: Judge, reads: list[tuple[AssignmentState, datetime | None]]) -> JudgeProgress:
    return JudgeProgress(
        judge=judge,
        pile=pile(reads),
        given_back=sum(state is AssignmentState.RECUSED for state, _end in reads),
        last_at=max((end for state, end in reads if state is AssignmentState.MARKED and end), default=None),
    )


def _present(query: Select[Any], round_: Round) -> Select[Any]:
    return query.where(Assignment.round_id == round_.id, Assignment.letter_id.in_(letters.judgeable_ids()))


def pile_on_desk(assignment: Assignment) -> Pile:
    """Where the judge of a read is in its round: counted by the database, the pace taken from the last reads."""
    on_desk = _on_desk(assignment.judge_id, assignment.round_id)
    counts = select(Assignment.state, func.count()).where(on_desk, is_judgeable()).group_by(Assignment.state)
    found = {row[0]: row[1] for row in db.session.execute(counts)}
    waiting, done = found.get(AssignmentState.WAITING, 0), found.get(AssignmentState.MARKED, 0)
    return Pile(
        done=done, total=done + waiting, minutes=minutes_left(waiting=waiting, spent=own_paces(_last_reads(assignment)))
    )


def _last_reads(assignment: Assignment) -> list[tuple[datetime, int | None]]:
    """Ends of the judge's last reads in the round, each with the seconds of the desk's clock."""
    query = (
        select(Assignment.finished_at, Reading.seconds)
        .outerjoin(Reading, Reading.assignment_id == Assignment.id)
        .where(
            Assignment.judge_id == assignment.judge_id,
            Assignment.round_id == assignment.round_id,
            Assignment.state == AssignmentState.MARKED,
            Assignment.finished_at.is_not(None),
        )
        .order_by(Assignment.finished_at.desc())
        .limit(READS_OF_THE_PACE)
    )
    return [(end, seconds) for end, seconds in db.session.execute(query) if end]


def reads_done(round_: Round) -> dict[int, int]:
    """How many letters have been read how often in a round: reads → letters."""
    done = func.count().filter(Assignment.state == AssignmentState.MARKED).label("done")
    by_letter = _present(select(done), round_).group_by(Assignment.letter_id).subquery()
    counts = select(by_letter.c.done, func.count()).group_by(by_letter.c.done).order_by(by_letter.c.done)
    return {row.done: row[1] for row in db.session.execute(counts)}


def numbers(letter_ids: Collection[int]) -> dict[int, str]:
    """The numbers of a few letters."""
    rows = db.session.execute(select(Letter.id, Letter.number).where(Letter.id.in_(letter_ids)))
    return {letter_id: number or "" for letter_id, number in rows}


def assignments_of_letter(letter: Letter) -> list[Assignment]:
    """Every read of a letter."""
    query = select(Assignment).where(Assignment.letter_id == letter.id)
    return list(db.session.scalars(query.order_by(Assignment.round_id, Assignment.id)))
