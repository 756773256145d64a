"""A letter or a pair leaves a judge's desk and goes to another judge at once, if one may have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Person
from contest.judging import log, preparing, queries
from contest.judging.models import Assignment, Comparison, Judge, JudgeExclusion, Round
from contest.judging.preparing import Going
from contest.judging.rules import AssignmentState
from contest.judging.services.measuring import ask_to_measure
from contest.judging.services.notes import log_round, note
from core.db import db


def never_again(*, judge: Judge, letter_id: int, by: Person, now: datetime) -> bool:
    """A judge never reads a letter, in this round or any later one; gives whether that is new."""
    if any(each.letter_id == letter_id for each in judge.exclusions):
        return False
    judge.exclusions.append(JudgeExclusion(letter_id=letter_id, declared_at=now))
    db.session.flush()
    note(judge.stage, "judge.letter_excluded", by, now, judge=judge.id, letter=letter_id)
    return True


def pass_on(*, assignment: Assignment, by: Person, now: datetime) -> Assignment | None:
    """Take a read from its desk; its marks stay in the log and no longer count. Gives the read that takes its place."""
    new = pass_on_all(round_=assignment.round, reads=[assignment], by=by, now=now)
    return new[0] if new else None


def pass_on_all(*, round_: Round, reads: Sequence[Assignment], by: Person, now: datetime) -> list[Assignment]:
    """Take several reads from their desks at once and deal their letters to others, as far as others may read them."""
    if not reads:
        return []
    for read in reads:
        read.state, read.finished_at = AssignmentState.RECUSED, now
    db.session.flush()
    for read in reads:
        note(round_.stage, "assignment.recused", by, now, assignment=read.id)
        log_round(round_, "given_back", {"read": read.id}, who=by.id, now=now)
    ask_to_measure(round_)
    seed = f"{round_.seed}/{reads[0].id}"
    place_of = {read.letter_id: read.position for read in reads}
    deal = preparing.passed_on(round_, list(place_of), seed=seed)
    return _dealt_on(
        round_, [(letter_id, judge_id, place_of[letter_id]) for letter_id, judge_id in deal.pairs], seed, now
    )


def _dealt_on(round_: Round, dealt: Sequence[tuple[int, int, int]], seed: str, now: datetime) -> list[Assignment]:
    """Lay (letter, judge) on desks, at the place given."""
    new = [
        Assignment(round_id=round_.id, letter_id=letter_id, judge_id=judge_id, position=position, dealt_at=now)
        for letter_id, judge_id, position in dealt
    ]
    db.session.add_all(new)
    db.session.flush()
    for piece in log.pieces([[read.id, read.letter_id, read.judge_id] for read in new]):
        log_round(round_, "dealt", {"reads": list(piece)}, who=None, now=now, seed=seed)
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


@dataclass(frozen=True)
class Left:
    """How many reads and pairs have left a desk, and how many of them lie on others now; the rest waits for the top-up."""

    gone: int = 0
    taken: int = 0


def give_back_all(*, round_: Round, judge: Judge, by: Person, now: datetime) -> Left:
    """Everything that waits on a judge's desk in a round goes to others."""
    queries.hold(round_)
    return give_back(round_=round_, going=preparing.waiting_on_desk(round_, judge), by=by, now=now)


def give_back(*, round_: Round, going: Going, by: Person, now: datetime) -> Left:
    """These reads and pairs of one round leave their desk."""
    reads = pass_on_all(round_=round_, reads=going.reads, by=by, now=now)
    pairs = [pass_on_pair(pair=pair, by=by, now=now) for pair in going.pairs]
    return Left(gone=len(going), taken=len(reads) + sum(pair is not None for pair in pairs))
