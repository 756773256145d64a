"""Marks: given, changed, taken back; a letter given back. Each change of a mark leaves a line that is never changed."""

from collections.abc import Set
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete

from accounts.models import Person
from contest.editions.models import Criterion
from contest.judging import queries, rules
from contest.judging.models import Assignment, Mark, MarkChange, Reading, SentAct
from contest.judging.rules import AssignmentState
from contest.judging.services.giving_back import never_again, pass_on
from contest.judging.services.measuring import ask_to_measure
from contest.judging.services.notes import log_round
from contest.judging.terms import RoundMethod
from core.db import db
from core.errors import Refused


def save_mark(
    *, assignment: Assignment, criterion: Criterion, points: Decimal, now: datetime, key: str | None = None
) -> None:
    """Give or change a mark. The same mark again changes nothing, nor does an act whose key has been there before."""
    if not hold_markable(assignment, now=now, key=key):
        return
    if assignment.round.method is not RoundMethod.MARKS:
        raise Refused("This round is judged in another way.")
    _set(assignment, criterion.id, points, now, undoes=None)


def undo_mark(*, assignment: Assignment, change_id: int | None, now: datetime) -> None:
    """Take back the last change of a mark on this letter, which is the one named. The same again changes nothing."""
    hold_markable(assignment, now=now)
    if change_id is not None and queries.is_undone(assignment, change_id):
        return
    last = queries.last_change(assignment)
    if last is None:
        raise Refused("There is nothing to take back.")
    if last.id != change_id:
        raise Refused("Another mark has been given since; please look at the letter again.")
    _set(assignment, last.criterion_id, last.before, now, undoes=last.id)


def hold_markable(assignment: Assignment, *, now: datetime, key: str | None = None) -> bool:
    """Whether an act on a read is to be done: not if one of this key was. Refuses while nothing may be marked.

    Judges mark at the same time; closing the round waits for them, and they see it closed. What was done before the
    close and is sent again after it (the answer was lost on the way) is still done, hence no refusal.
    """
    queries.hold(assignment.round, shared=True)
    queries.hold(assignment)
    if key and queries.was_sent(assignment, key):
        return False
    _refuse_marking(assignment)
    if key:
        db.session.add(SentAct(assignment_id=assignment.id, key=key, at=now))
    return True


def note_reading(*, assignment: Assignment, seconds: int) -> None:
    """How long the letter has been read by now; the desk's clock only goes forward."""
    known = db.session.get(Reading, assignment.id)
    if known is None:
        db.session.add(Reading(assignment_id=assignment.id, seconds=seconds))
    else:
        known.seconds = max(known.seconds, seconds)
    db.session.flush()


def _refuse_marking(assignment: Assignment) -> None:
    rules.refuse_marking(
        round_state=assignment.round.state,
        state=assignment.state,
        published=assignment.round.stage.published_at is not None,
        has_left=assignment.judge.left_at is not None,
    )


def _set(
    assignment: Assignment, criterion_id: int, points: Decimal | None, now: datetime, *, undoes: int | None
) -> None:
    marks = queries.marks_of(assignment)
    mark = marks.get(criterion_id)
    before = mark.points if mark else None
    if before == points:
        return
    if points is None:
        db.session.execute(delete(Mark).where(Mark.assignment_id == assignment.id, Mark.criterion_id == criterion_id))
    elif mark is None:
        db.session.add(Mark(assignment_id=assignment.id, criterion_id=criterion_id, points=points, saved_at=now))
    else:
        mark.points, mark.saved_at = points, now
    db.session.add(
        MarkChange(
            assignment_id=assignment.id, criterion_id=criterion_id, before=before, after=points, at=now, undoes=undoes
        )
    )
    said = {"read": assignment.id, "criterion": criterion_id, "before": _kept(before), "after": _kept(points)}
    log_round(assignment.round, "mark", said, who=assignment.judge.person_id, now=now)
    ask_to_measure(assignment.round)
    db.session.flush()
    db.session.expire(assignment, ["marks"])
    _settle(assignment, (marks.keys() - {criterion_id}) | ({criterion_id} if points is not None else set()), now)


def _kept(points: Decimal | None) -> str | None:
    """A mark as the log keeps it: one decimal, whatever was typed."""
    return None if points is None else f"{points:.1f}"


def _settle(assignment: Assignment, marked: Set[int], now: datetime) -> None:
    """Note whether the read is complete, by the criteria that have a mark now."""
    criteria = [criterion.id for criterion in assignment.round.stage.criteria]
    complete = rules.is_complete(list(marked), criteria)
    if complete and assignment.state is AssignmentState.WAITING:
        assignment.state, assignment.finished_at = AssignmentState.MARKED, now
    elif not complete and assignment.state is AssignmentState.MARKED:
        assignment.state, assignment.finished_at = AssignmentState.WAITING, None
    db.session.flush()


def recuse(*, assignment: Assignment, by: Person, now: datetime) -> Assignment | None:
    """“I recognise this child”: the letter leaves this desk and goes to another judge at once, if one may read it.

    It is never dealt to this judge again, in later rounds neither. Its marks stay in the log and no longer count. Twice is once.
    """
    queries.hold(assignment.round)
    queries.hold(assignment)
    if assignment.state is AssignmentState.RECUSED:
        return None
    _refuse_marking(assignment)
    never_again(judge=assignment.judge, letter_id=assignment.letter_id, by=by, now=now)
    return pass_on(assignment=assignment, by=by, now=now)
