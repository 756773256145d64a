"""A letter leaves a judge's desk and goes to another judge at once, if one may read it."""

from datetime import datetime

from accounts.models import Person
from contest.judging import preparing, queries
from contest.judging.models import Assignment, Judge, Round
from contest.judging.rules import AssignmentState
from contest.judging.services.notes import log_round, note
from core.db import db


def pass_on(*, assignment: Assignment, by: Person, now: datetime) -> Assignment | None:
    """Take a read from its desk; its marks stay in the log and no longer count. Gives the read that takes its place."""
    round_ = assignment.round
    assignment.state, assignment.finished_at = AssignmentState.RECUSED, now
    db.session.flush()
    note(round_.stage, "assignment.recused", by, now, assignment=assignment.id)
    log_round(round_, "given_back", {"read": assignment.id}, who=by.id, now=now)
    judge_id = preparing.successor(assignment)
    return _dealt_on(assignment, judge_id, now) if judge_id is not None else None


def _dealt_on(assignment: Assignment, judge_id: int, now: datetime) -> Assignment:
    round_ = assignment.round
    new = Assignment(
        round_id=round_.id,
        letter_id=assignment.letter_id,
        judge_id=judge_id,
        position=assignment.position,
        dealt_at=now,
    )
    db.session.add(new)
    db.session.flush()
    reads = [[new.id, new.letter_id, judge_id]]
    log_round(round_, "dealt", {"reads": reads}, who=None, now=now, seed=f"{round_.seed}/{assignment.id}")
    return new


def give_back_all(*, round_: Round, judge: Judge, by: Person, now: datetime) -> None:
    """Everything that waits on a judge's desk in a round goes to others."""
    queries.hold(round_)
    for assignment in queries.waiting_of(judge, round_):
        pass_on(assignment=assignment, by=by, now=now)
