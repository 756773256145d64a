"""Every write of judging: judges, rounds, dealing, marks. Each change of a mark leaves a line that is never changed."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, func, select

from accounts import services as accounts
from accounts.models import Person
from accounts.rules import Role
from contest.editions import services as editions
from contest.editions.models import Criterion, Stage, Unit
from contest.judging import preparing, queries, rules
from contest.judging.dealing import Deal
from contest.judging.models import Assignment, Judge, JudgeBarrier, Mark, MarkChange, Reading, Round, SentAct
from contest.judging.rules import AssignmentState, RoundState
from contest.letters import queries as letters
from core import journal
from core.db import db
from core.errors import Refused


def appoint_judge(*, stage: Stage, person: Person, by: Person | None, now: datetime) -> Judge:
    """Make somebody a judge of a stage who cannot look up who wrote what. Twice is once."""
    queries.hold(stage)
    if known := queries.judge_of(stage, person):
        return known
    rules.refuse_appointing(
        sees_names=person.has_role(Role.ORGANISER), has_entered=letters.entrant(stage, person) is not None
    )
    accounts.add_role(person=person, role=Role.JUDGE, by=by, now=now)
    judge = Judge(stage=stage, person=person, appointed_at=now)
    db.session.add(judge)
    db.session.flush()
    _note(stage, "judge.appointed", by, now, judge=judge.id)
    return judge


def set_limits(*, judge: Judge, capacity: int | None, units: Collection[Unit], by: Person, now: datetime) -> None:
    """What a judge reads at most, and the schools and provinces a judge never reads."""
    judge.capacity = capacity
    wanted = {unit.id for unit in units}
    judge.barriers = [barrier for barrier in judge.barriers if barrier.unit_id in wanted]
    have = {barrier.unit_id for barrier in judge.barriers}
    judge.barriers += [JudgeBarrier(unit_id=unit_id) for unit_id in sorted(wanted - have)]
    db.session.flush()
    _note(judge.stage, "judge.limits_set", by, now, judge=judge.id, capacity=capacity, units=sorted(wanted))


def dismiss_judge(*, judge: Judge, by: Person, now: datetime) -> None:
    """Take back an appointment nobody has used yet."""
    used = db.session.scalar(select(func.count()).where(Assignment.judge_id == judge.id))
    if used:
        raise Refused("Letters have been dealt to this judge already.")
    _note(judge.stage, "judge.dismissed", by, now, judge=judge.id)
    db.session.delete(judge)
    db.session.flush()


def plan_round(
    *, stage: Stage, reads_per_letter: int, seed: str, shows_word_count: bool, by: Person | None, now: datetime
) -> Round:
    """A round to come; the seed is written down before anything is dealt from it. The same plan twice is one round."""
    queries.hold(stage)
    if stage.published_at:
        raise Refused("The results are published.")
    if planned := queries.planned_round(stage, seed=seed, reads_per_letter=reads_per_letter):
        return planned
    position = len(queries.rounds_of(stage)) + 1
    round_ = Round(
        stage=stage,
        position=position,
        reads_per_letter=reads_per_letter,
        seed=seed,
        shows_word_count=shows_word_count,
    )
    db.session.add(round_)
    db.session.flush()
    _note(stage, "round.planned", by, now, round=round_.id, reads=reads_per_letter, seed=seed)
    return round_


def open_round(*, round_: Round, by: Person | None, now: datetime) -> Deal:
    """Deal the letters and let judges begin; from now on the criteria stay."""
    queries.hold(round_.stage)
    queries.hold(round_)
    rules.refuse_opening(
        state=round_.state,
        another_open=queries.other_open_round(round_) is not None,
        letters=len(letters.judgeable(round_.stage_id)),
        judges=len(queries.judges_of(round_.stage)),
        reads=round_.reads_per_letter,
    )
    deal = preparing.dealt(round_)
    _assign(round_, deal, now)
    round_.state, round_.opened_at = RoundState.OPEN, now
    editions.lock_criteria(stage=round_.stage, now=now)
    db.session.flush()
    _note(round_.stage, "round.opened", by, now, round=round_.id, reads=len(deal.pairs))
    return deal


def top_up(*, round_: Round, by: Person, now: datetime) -> Deal:
    """Deal what is missing: letters cleared since, reads given back that nobody could take then."""
    _hold_open(round_)
    deal = preparing.dealt(round_)
    _assign(round_, deal, now)
    _note(round_.stage, "round.topped_up", by, now, round=round_.id, reads=len(deal.pairs))
    return deal


def _assign(round_: Round, deal: Deal, now: datetime) -> None:
    first = db.session.scalar(select(func.count()).where(Assignment.round_id == round_.id)) or 0
    db.session.add_all(
        Assignment(round_id=round_.id, letter_id=letter_id, judge_id=judge_id, position=position, dealt_at=now)
        for position, (letter_id, judge_id) in enumerate(deal.pairs, start=first + 1)
    )
    db.session.flush()


def _hold_open(round_: Round) -> None:
    queries.hold(round_)
    if round_.state is not RoundState.OPEN:
        raise Refused("This round is not open.")


def close_round(*, round_: Round, by: Person, now: datetime) -> None:
    """No more marks; reads that were not finished do not count. Twice is once."""
    queries.hold(round_)
    if round_.state is RoundState.CLOSED:
        return
    _hold_open(round_)
    round_.state, round_.closed_at = RoundState.CLOSED, now
    db.session.flush()
    _note(round_.stage, "round.closed", by, now, round=round_.id)


def reopen_round(*, round_: Round, by: Person, now: datetime) -> None:
    """Let judges go on, as long as no hour of publication is set. Twice is once."""
    stage = round_.stage
    queries.hold(stage)
    queries.hold(round_)
    last = queries.last_round(stage)
    hour_set = stage.published_at is not None or stage.results_at is not None
    rules.refuse_reopening(state=round_.state, is_last=last is round_, hour_set=hour_set)
    if round_.state is not RoundState.CLOSED:
        return
    round_.state, round_.closed_at = RoundState.OPEN, None
    db.session.flush()
    _note(stage, "round.reopened", by, now, round=round_.id)


def save_mark(
    *, assignment: Assignment, criterion: Criterion, points: Decimal, now: datetime, key: str | None = None
) -> None:
    """Give or change a mark. The same mark again changes nothing, nor does an act whose key has been there before."""
    if hold_markable(assignment, now=now, key=key):
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
    )


def _set(
    assignment: Assignment, criterion_id: int, points: Decimal | None, now: datetime, *, undoes: int | None
) -> None:
    mark = queries.marks_of(assignment).get(criterion_id)
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
    db.session.flush()
    db.session.expire(assignment, ["marks"])
    _settle(assignment, now)


def _settle(assignment: Assignment, now: datetime) -> None:
    """Note whether the read is complete."""
    criteria = [criterion.id for criterion in assignment.round.stage.criteria]
    complete = rules.is_complete(list(queries.marks_of(assignment)), criteria)
    if complete and assignment.state is AssignmentState.WAITING:
        assignment.state, assignment.finished_at = AssignmentState.MARKED, now
    elif not complete and assignment.state is AssignmentState.MARKED:
        assignment.state, assignment.finished_at = AssignmentState.WAITING, None
    db.session.flush()


def recuse(*, assignment: Assignment, by: Person, now: datetime) -> Assignment | None:
    """“I recognise this child”: the letter leaves this desk and goes to another judge at once, if one may read it.

    Its marks stay in the log and no longer count. Twice is once.
    """
    queries.hold(assignment.round)
    queries.hold(assignment)
    if assignment.state is AssignmentState.RECUSED:
        return None
    _refuse_marking(assignment)
    assignment.state, assignment.finished_at = AssignmentState.RECUSED, now
    db.session.flush()
    _note(assignment.round.stage, "assignment.recused", by, now, assignment=assignment.id)
    judge_id = preparing.successor(assignment)
    if judge_id is None:
        return None
    new = Assignment(
        round_id=assignment.round_id,
        letter_id=assignment.letter_id,
        judge_id=judge_id,
        position=assignment.position,
        dealt_at=now,
    )
    db.session.add(new)
    db.session.flush()
    return new


def _note(stage: Stage, act: str, by: Person | None, now: datetime, **details: object) -> None:
    journal.write(who=by.id if by else None, act=act, kind="stage", thing=stage.id, now=now, **details)
