"""Shortlists put in order by a judge."""

from collections.abc import Sequence
from datetime import datetime

from contest.judging import queries, rules
from contest.judging.models import Assignment, Judge, Placing, Round, SentAct
from contest.judging.rules import AssignmentState
from contest.judging.services.notes import log_round
from contest.judging.terms import RoundMethod
from core.db import db
from core.errors import Refused


def save_order(*, round_: Round, judge: Judge, order: Sequence[int], now: datetime, key: str | None = None) -> None:
    """Put the letters on a judge's desk in order, best first, by the ids of their reads.

    The order must name every read on the desk once: a letter that has been dealt or has gone since must be looked at. The same
    order changes nothing, nor does an act whose key has been there before (it is kept beside the first read of the order).
    """
    queries.hold(round_, shared=True)
    queries.hold(judge)
    reads = {read.id: read for read in queries.desk_of(judge.person, round_)}
    first = next((reads[each] for each in order[:1] if each in reads), None)
    if key and first and queries.was_sent(first, key):
        return
    if round_.method is not RoundMethod.RANKING:
        raise Refused("This round is judged in another way.")
    rules.refuse_marking(
        round_state=round_.state,
        state=AssignmentState.WAITING,
        published=round_.stage.published_at is not None,
        has_left=judge.left_at is not None,
    )
    if sorted(order) != sorted(reads):
        raise Refused("The letters on your desk have changed. Please look again.")
    if key and first:
        db.session.add(SentAct(assignment_id=first.id, key=key, at=now))
    known = queries.places_of(judge, round_)
    new = {read_id: place for place, read_id in enumerate(order, start=1)}
    if known == new:
        return
    _place(reads, new, now)
    payload = {"judge": judge.id, "places": [[read_id, place] for read_id, place in new.items()]}
    log_round(round_, "placed", payload, who=judge.person_id, now=now)
    db.session.flush()


def _place(reads: dict[int, Assignment], places: dict[int, int], now: datetime) -> None:
    for read_id, place in places.items():
        db.session.merge(Placing(assignment_id=read_id, place=place))
        reads[read_id].state, reads[read_id].finished_at = AssignmentState.MARKED, now
