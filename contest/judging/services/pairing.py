"""Pairs of a round: drawn and dealt when it opens, chosen between, given back."""

from datetime import datetime

from accounts.models import Person
from contest.judging import log, preparing, queries, rules
from contest.judging.models import Comparison, Round, SentChoice
from contest.judging.preparing import Paired
from contest.judging.rules import AssignmentState
from contest.judging.services.giving_back import never_again, pass_on_pair
from contest.judging.services.notes import log_round
from core.db import db
from core.errors import Refused


def deal_pairs(*, round_: Round, by: Person | None, now: datetime) -> list[Paired]:
    """Draw the pairs of a round by its design and seed and lay them on desks; later, those that nobody has."""
    drawn, first = preparing.paired(round_), len(queries.comparisons_of(round_))
    new = [
        Comparison(
            round_id=round_.id, judge_id=each.judge_id, left_id=each.left, right_id=each.right, position=position
        )
        for position, each in enumerate(drawn, start=first + 1)
    ]
    db.session.add_all(new)
    db.session.flush()
    seed = f"{round_.seed}/{first}" if first else round_.seed
    for piece in log.pieces([[pair.id, pair.left_id, pair.right_id, pair.judge_id] for pair in new]):
        log_round(round_, "dealt", {"pairs": list(piece)}, who=by.id if by else None, now=now, seed=seed)
    return drawn


def choose(*, pair: Comparison, letter_id: int | None, now: datetime, key: str | None = None) -> None:
    """Choose one of the two; None takes the choice back.

    The same again changes nothing, nor does an act whose key has been there before.
    """
    if letter_id not in (None, pair.left_id, pair.right_id):
        raise Refused("This letter is not one of the two.")
    if not _hold_open(pair, key, now):
        return
    before = pair.chosen_id
    if before == letter_id:
        return
    pair.chosen_id = letter_id
    pair.state = AssignmentState.WAITING if letter_id is None else AssignmentState.MARKED
    pair.finished_at = None if letter_id is None else now
    said = {"pair": pair.id, "before": before, "after": letter_id}
    log_round(pair.round, "chosen", said, who=pair.judge.person_id, now=now)
    db.session.flush()


def recuse_pair(*, pair: Comparison, by: Person, now: datetime) -> Comparison | None:
    """“I recognise one of these children”: the pair goes to another judge at once, if one may have it. Twice is once.

    Nobody asks which child it is, so that neither letter is dealt to this judge in a later round.
    """
    queries.hold(pair.round)
    queries.hold(pair)
    if pair.state is AssignmentState.RECUSED:
        return None
    _refuse(pair)
    for letter_id in (pair.left_id, pair.right_id):
        never_again(judge=pair.judge, letter_id=letter_id, by=by, now=now)
    return pass_on_pair(pair=pair, by=by, now=now)


def _hold_open(pair: Comparison, key: str | None, now: datetime) -> bool:
    """Whether an act is to be done: not if one of this key was, even before the round was closed."""
    queries.hold(pair.round, shared=True)
    queries.hold(pair)
    if key and queries.was_chosen(pair, key):
        return False
    _refuse(pair)
    if key:
        db.session.add(SentChoice(comparison_id=pair.id, key=key, at=now))
    return True


def _refuse(pair: Comparison) -> None:
    rules.refuse_marking(
        round_state=pair.round.state,
        state=pair.state,
        published=pair.round.stage.published_at is not None,
        has_left=pair.judge.left_at is not None,
    )
