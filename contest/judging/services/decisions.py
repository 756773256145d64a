"""Who goes on from a round: confirmed by an organiser after a look at it, taken back until the next round opens."""

from collections.abc import Collection
from datetime import datetime

from accounts.models import Person
from contest.judging import deciding, queries, rules, standing
from contest.judging.models import DecidedLetter, Decision, Round
from contest.judging.services.measuring import bring_up_to_date
from contest.judging.services.notes import log_round, note
from contest.judging.terms import GoingOn
from core.db import db
from core.errors import Refused


def decide(*, round_: Round, chosen: Collection[int], seen: str, by: Person, now: datetime) -> Decision:
    """Let the letters go on that the rule takes, and those chosen where it leaves the choice to a hand.

    `seen` is the fingerprint of the standings the organiser looked at; others than those decide nothing. Fair marks are brought
    up to date before: never a decision on an old run. Twice is once.
    """
    _hold_decidable(round_)
    if known := queries.decision_of(round_):
        return known
    bring_up_to_date(round_=round_, now=now)
    standings = standing.standings_of(round_)
    if deciding.fingerprint(standings) != seen:
        raise Refused("The letters have changed since you looked. Please look again.")
    going_on = sorted(deciding.decided(standings, standing.rule_of(round_), chosen))
    if not going_on:
        raise Refused("No letter would go on.")
    decision = Decision(round_id=round_.id, taken_at=now)
    db.session.add(decision)
    db.session.flush()
    db.session.add_all(DecidedLetter(decision_id=decision.id, letter_id=letter_id) for letter_id in going_on)
    db.session.flush()
    _log(decision, chosen, going_on, by, now)
    return decision


def _hold_decidable(round_: Round) -> None:
    queries.hold(round_.stage)
    queries.hold(round_)
    rules.refuse_deciding(
        state=round_.state,
        is_last=queries.last_round(round_.stage) is round_,
        published=round_.stage.published_at is not None,
    )


def _log(decision: Decision, chosen: Collection[int], going_on: list[int], by: Person, now: datetime) -> None:
    """Enough to decide once more from the log alone: who had left the contest, provinces under quotas, the hand."""
    round_ = decision.round
    by_unit = round_.going_on is GoingOn.UNITS
    units = [[origin.letter_id, origin.province_id] for origin in queries.entries(round_)] if by_unit else []
    note(round_.stage, "decision.taken", by, now, round=round_.id, letters=len(going_on))
    payload = {
        "decision": decision.id,
        "absent": sorted(queries.absent_from(round_)),
        "units": units,
        "chosen": sorted(chosen),
        "going_on": going_on,
    }
    log_round(round_, "decided", payload, who=by.id, now=now)


def undo_decision(*, round_: Round, by: Person, now: datetime) -> None:
    """Nobody goes on from this round any more, until it is decided anew. Twice is once."""
    _hold_decidable(round_)
    decision = queries.decision_of(round_)
    if decision is None:
        return
    decision.undone_at = now
    db.session.flush()
    note(round_.stage, "decision.undone", by, now, round=round_.id)
    log_round(round_, "decision.undone", {"decision": decision.id}, who=by.id, now=now)
