"""Verdicts of screening rounds: yes, unsure or no, given, changed, taken back."""

from datetime import datetime

from contest.judging.models import Assignment, ReadVerdict
from contest.judging.rules import AssignmentState, Verdict
from contest.judging.services.marks import hold_markable
from contest.judging.services.notes import log_round
from contest.judging.terms import RoundMethod
from core.db import db
from core.errors import Refused


def save_verdict(*, assignment: Assignment, verdict: Verdict | None, now: datetime, key: str | None = None) -> None:
    """Say yes, unsure or no of a letter; None takes it back and the letter waits again.

    The same again changes nothing, nor does an act whose key has been there before.
    """
    if not hold_markable(assignment, now=now, key=key):
        return
    if assignment.round.method is not RoundMethod.SCREENING:
        raise Refused("This round is judged in another way.")
    known = db.session.get(ReadVerdict, assignment.id)
    before = known.verdict if known else None
    if before is verdict:
        return
    _set(assignment, known, verdict, now)
    said = {"read": assignment.id, "before": before, "after": verdict}
    log_round(assignment.round, "verdict", said, who=assignment.judge.person_id, now=now)
    db.session.flush()


def _set(assignment: Assignment, known: ReadVerdict | None, verdict: Verdict | None, now: datetime) -> None:
    if verdict is None:
        db.session.delete(known)
        assignment.state, assignment.finished_at = AssignmentState.WAITING, None
        return
    if known is None:
        db.session.add(ReadVerdict(assignment_id=assignment.id, verdict=verdict, given_at=now))
    else:
        known.verdict, known.given_at = verdict, now
    assignment.state, assignment.finished_at = AssignmentState.MARKED, now
