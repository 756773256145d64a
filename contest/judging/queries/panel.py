"""What the page of judges shows: reads of anchors, the pace of each judge, and notes to judges."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import false, func, select

from accounts.models import Person
from contest.judging.models import Anchor, Assignment, Comparison, Judge, Mark, Reading, Round
from contest.judging.queries.reads import READS_OF_THE_PACE
from contest.judging.rules import AssignmentState
from contest.judging.runs import JudgeNote
from contest.judging.terms import RoundMethod
from core.db import db


@dataclass(frozen=True)
class AnchorRead:
    """A judge's read of an anchor letter: criterion → points."""

    letter_id: int
    judge_id: int
    points: dict[int, Decimal]


def reads_of_anchors(round_: Round) -> list[AnchorRead]:
    """Every finished read of the anchors of a round, oldest first."""
    query = (
        select(Assignment.id, Assignment.letter_id, Assignment.judge_id, Mark.criterion_id, Mark.points)
        .join(Anchor, (Anchor.round_id == Assignment.round_id) & (Anchor.letter_id == Assignment.letter_id))
        .join(Mark, Mark.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_.id, Assignment.state == AssignmentState.MARKED)
        .order_by(Assignment.finished_at, Assignment.position, Assignment.id)
    )
    found: dict[int, AnchorRead] = {}
    for read_id, letter_id, judge_id, criterion_id, points in db.session.execute(query):
        found.setdefault(read_id, AnchorRead(letter_id, judge_id, {})).points[criterion_id] = points
    return list(found.values())


def last_reads_in(round_: Round) -> dict[int, list[tuple[datetime, int | None]]]:
    """Of each judge the ends of the last reads or pairs in a round, each with the seconds of the desk's clock."""
    table = Comparison if round_.method is RoundMethod.PAIRS else Assignment
    order = func.row_number().over(partition_by=table.judge_id, order_by=table.finished_at.desc())
    numbered = (
        select(table.id, table.judge_id, table.finished_at, order.label("newest"))
        .where(table.round_id == round_.id, table.state == AssignmentState.MARKED)
        .subquery()
    )
    # Pairs have no clock of their own: no reading is of their ids.
    clock = (Reading.assignment_id == numbered.c.id) if table is Assignment else false()
    query = (
        select(numbered.c.judge_id, numbered.c.finished_at, Reading.seconds)
        .outerjoin(Reading, clock)
        .where(numbered.c.newest <= READS_OF_THE_PACE, numbered.c.finished_at.is_not(None))
    )
    found: dict[int, list[tuple[datetime, int | None]]] = defaultdict(list)
    for judge_id, end, seconds in db.session.execute(query):
        found[judge_id].append((end, seconds))
    return found


def note(note_id: int) -> JudgeNote | None:
    """By id."""
    return db.session.get(JudgeNote, note_id)


def notes_to(judge: Judge, round_: Round) -> list[JudgeNote]:
    """What was written to a judge in a round, newest first."""
    query = select(JudgeNote).where(JudgeNote.judge_id == judge.id, JudgeNote.round_id == round_.id)
    return list(db.session.scalars(query.order_by(JudgeNote.id.desc())))


def notes_on_desk(person: Person) -> list[JudgeNote]:
    """What was written to somebody who judges, newest first."""
    query = select(JudgeNote).join(Judge).where(Judge.person_id == person.id)
    return list(db.session.scalars(query.order_by(JudgeNote.id.desc())))


def counts_of_notes(round_: Round) -> dict[int, tuple[int, int]]:
    """Of each judge: notes written in a round, and those not read yet."""
    unread = func.count().filter(JudgeNote.read_at.is_(None))
    query = select(JudgeNote.judge_id, func.count(), unread).where(JudgeNote.round_id == round_.id)
    rows = db.session.execute(query.group_by(JudgeNote.judge_id))
    return {judge_id: (written, waiting) for judge_id, written, waiting in rows}
