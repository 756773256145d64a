"""A letter or a pair leaves a judge's desk and goes to another judge at once, if one may have it."""

from datetime import datetime

from accounts.models import Person
from contest.judging import preparing, queries
from contest.judging.models import Assignment, Comparison, Judge, Round
from contest.judging.rules import AssignmentState
from contest.judging.services.measuring import ask_to_measure
from contest.judging.services.notes import log_round, note
from core.db import db


def pass_on(*, assignment: Assignment, by: Person, now: datetime) -> Assignment | None:
    """Take a read from its desk; its marks stay in the log and no longer count. Gives the read that takes its place."""
    round_ = assignment.round
    assignment.state, assignment.finished_at = AssignmentState.RECUSED, now
    db.session.flush()
    note(round_.stage, "assignment.recused", by, now, assignment=assignment.id)
    log_round(round_, "given_back", {"read": assignment.id}, who=by.id, now=now)
    ask_to_measure(round_)
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


def pass_on_pair(*, pair: Comparison, by: Person, now: datetime) -> Comparison | None:
    """Take a pair from its desk; its choice stays in the log and no longer counts. Gives what takes its place."""
    pair.state, pair.finished_at = AssignmentState.RECUSED, now
    db.session.flush()
    note(pair.round.stage, "pair.recused", by, now, pair=pair.id)
    log_round(pair.round, "given_back", {"pair": pair.id}, who=by.id, now=now)
    judge_id = preparing.successor_of_pair(pair)
    return _pair_dealt_on(pair, judge_id, now) if judge_id is not None else None


def _pair_dealt_on(pair: Comparison, judge_id: int, now: datetime) -> Comparison:
    new = Comparison(
        round_id=pair.round_id,
        judge_id=judge_id,
        left_id=pair.left_id,
        right_id=pair.right_id,
        position=pair.position,
    )
    db.session.add(new)
    db.session.flush()
    row = [new.id, new.left_id, new.right_id, judge_id]
    log_round(pair.round, "dealt", {"pairs": [row]}, who=None, now=now, seed=f"{pair.round.seed}/{pair.id}")
    return new


def give_back_all(*, round_: Round, judge: Judge, by: Person, now: datetime) -> None:
    """Everything that waits on a judge's desk in a round goes to others."""
    queries.hold(round_)
    for assignment in queries.waiting_of(judge, round_):
        pass_on(assignment=assignment, by=by, now=now)
    for pair in queries.pairs_on_desk(judge.person, round_):
        if pair.state is AssignmentState.WAITING:
            pass_on_pair(pair=pair, by=by, now=now)
