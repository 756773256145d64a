"""Who judges: appointing, how much and what never, leaving."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from accounts import services as accounts
from accounts.models import Person
from accounts.rules import Role
from contest.editions.models import Stage, Unit
from contest.judging import preparing, queries, rules
from contest.judging.models import Assignment, Comparison, Judge, JudgeBarrier, JudgeExclusion, Round
from contest.judging.preparing import Going
from contest.judging.rules import RoundState
from contest.judging.seen import fingerprint
from contest.judging.services.giving_back import Left, give_back, give_back_all, never_again
from contest.judging.services.notes import note
from contest.letters import queries as letters
from contest.letters.models import Letter
from core.db import db
from core.errors import Refused


def appoint_judge(*, stage: Stage, person: Person, by: Person | None, now: datetime) -> Judge:
    """Make somebody a judge of a stage who cannot look up who wrote what. Twice is once; one who left comes back."""
    queries.hold(stage)
    known = queries.judge_of(stage, person)
    if known and known.left_at is None:
        return known
    rules.refuse_appointing(
        sees_names=person.has_role(Role.ORGANISER), has_entered=letters.entrant(stage, person) is not None
    )
    if known:
        known.left_at = None
        db.session.flush()
        note(stage, "judge.returned", by, now, judge=known.id)
        return known
    accounts.add_role(person=person, role=Role.JUDGE, by=by, now=now)
    judge = Judge(stage=stage, person=person, appointed_at=now)
    db.session.add(judge)
    db.session.flush()
    note(stage, "judge.appointed", by, now, judge=judge.id)
    return judge


def set_limits(
    *,
    judge: Judge,
    capacity: int | None,
    units: Collection[Unit],
    home: Unit | None = None,
    by: Person,
    now: datetime,
    seen: str | None = None,
) -> int:
    """What a judge reads at most, the own school or province, and the schools and provinces a judge never reads.

    May be changed at any time: what waits on the desk against it goes to others at once, if that was `seen` before (None: by
    nobody who looks). Gives how many letters and pairs did.
    """
    judge.capacity, judge.home_id = capacity, home.id if home else None
    wanted = {unit.id for unit in units}
    judge.barriers = [barrier for barrier in judge.barriers if barrier.unit_id in wanted]
    have = {barrier.unit_id for barrier in judge.barriers}
    judge.barriers += [JudgeBarrier(unit_id=unit_id) for unit_id in sorted(wanted - have)]
    db.session.flush()
    note(
        judge.stage,
        "judge.limits_set",
        by,
        now,
        judge=judge.id,
        capacity=capacity,
        home=judge.home_id,
        units=sorted(wanted),
    )
    opened = _open_rounds(judge)
    for round_ in opened:
        queries.hold(round_)
    going = {round_: preparing.beyond_limits(round_, judge) for round_ in opened}
    _refuse_moving_unseen(going.values(), seen)
    for round_, each in going.items():
        give_back(round_=round_, going=each, by=by, now=now)
    return sum(map(len, going.values()))


def _refuse_moving_unseen(going: Collection[Going], seen: str | None) -> None:
    """Letters leave a desk once an organiser knows how many; the refusal carries what to bring back as seen."""
    rows = [row for each in going for row in each.rows]
    if seen is not None and rows and fingerprint(rows) != seen:
        raise Refused(
            "Letters and pairs that would leave this desk for other judges: %(count)s. Save again if that is meant.",
            count=len(rows),
            seen=fingerprint(rows),
        )


def _open_rounds(judge: Judge) -> list[Round]:
    return [round_ for round_ in queries.rounds_of(judge.stage) if round_.state is RoundState.OPEN]


def exclude_letter(*, judge: Judge, letter: Letter, by: Person, now: datetime) -> int:
    """A judge never reads this letter: of a relative, or of a child the judge knows. Twice is once.

    Where it lies on the judge's desk in an open round it goes to another judge at once, alone or as a pair, as by “I recognise
    this child”: what was said of it stays in the log and no longer counts. Gives how many reads and pairs went.
    """
    queries.hold(judge)
    if letter.stage_id != judge.stage_id:
        raise Refused("There is no such letter in this stage.", field="letter")
    if not never_again(judge=judge, letter_id=letter.id, by=by, now=now):
        return 0
    gone = 0
    for round_ in _open_rounds(judge):
        queries.hold(round_)
        going = preparing.with_letter(round_, judge, letter.id)
        give_back(round_=round_, going=going, by=by, now=now)
        gone += len(going)
    return gone


def include_letter(*, exclusion: JudgeExclusion, by: Person, now: datetime) -> None:
    """Take back that a judge never reads a letter."""
    note(exclusion.judge.stage, "judge.letter_included", by, now, judge=exclusion.judge_id, letter=exclusion.letter_id)
    db.session.delete(exclusion)
    db.session.flush()


def dismiss_judge(*, judge: Judge, by: Person, now: datetime, seen: int | None = None) -> Left:
    """A judge leaves. Unused, the appointment is taken back; else what waits on the desk goes to others at once.

    Gives how much went, and how much of it others have taken.

    Refused if more waits than was `seen`. Letters that nobody may take wait for the top-up. What was judged before stays and
    counts. Twice is once.
    """
    queries.hold(judge)
    if judge.left_at is not None:
        return Left()
    if seen is not None and (waiting := preparing.waiting_for(judge)) > seen:
        raise Refused("More waits on this desk than when you looked: %(count)s. Please look again.", count=waiting)
    note(judge.stage, "judge.dismissed", by, now, judge=judge.id)
    if not _was_used(judge):
        db.session.delete(judge)
        db.session.flush()
        return Left()
    judge.left_at = now
    db.session.flush()
    left = [give_back_all(round_=round_, judge=judge, by=by, now=now) for round_ in _open_rounds(judge)]
    db.session.flush()
    return Left(gone=sum(each.gone for each in left), taken=sum(each.taken for each in left))


def _was_used(judge: Judge) -> bool:
    return any(
        db.session.scalar(select(func.count()).where(table.judge_id == judge.id)) for table in (Assignment, Comparison)
    )
