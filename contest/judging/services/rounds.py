"""Rounds: planned, changed, cancelled, opened, topped up, closed. What is dealt and computed leaves its line in the log."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select

from accounts.models import Person
from contest.editions import services as editions
from contest.editions.models import Stage
from contest.judging import log, preparing, queries, rules, standing, terms
from contest.judging.dealing import Deal
from contest.judging.models import Anchor, Assignment, Round, RoundQuota
from contest.judging.rules import RoundState
from contest.judging.seen import refuse_unseen
from contest.judging.services.measuring import bring_up_to_date
from contest.judging.services.notes import log_round, note
from contest.judging.services.pairing import deal_pairs
from contest.judging.terms import OF_ROUNDS_BEFORE, USUAL_TERMS, RoundMethod, Sees, Terms
from core.db import db
from core.errors import Refused


def plan_round(
    *,
    stage: Stage,
    reads_per_letter: int,
    seed: str,
    by: Person | None,
    now: datetime,
    terms: Terms = USUAL_TERMS,
) -> Round:
    """A round to come; terms and seed are written down before anything is dealt. The same plan twice is one round."""
    queries.hold(stage)
    if stage.published_at:
        raise Refused("The results are published.")
    if planned := queries.planned_round(stage, seed=seed, reads_per_letter=reads_per_letter, terms=terms):
        return planned
    round_ = Round(stage=stage, position=len(queries.rounds_of(stage)) + 1)
    _set_terms(round_, reads_per_letter, seed, terms)
    db.session.add(round_)
    db.session.flush()
    _note_terms(round_, "round.planned", by, now)
    return round_


def change_round(*, round_: Round, reads_per_letter: int, seed: str, terms: Terms, by: Person, now: datetime) -> None:
    """Other terms for a round that has not been opened."""
    queries.hold(round_)
    rules.refuse_changing(state=round_.state)
    _set_terms(round_, reads_per_letter, seed, terms)
    if db.session.is_modified(round_):
        db.session.flush()
        _note_terms(round_, "round.changed", by, now)


def _set_terms(round_: Round, reads_per_letter: int, seed: str, given: Terms) -> None:
    terms.refuse_terms(given)
    terms.refuse_looking_back(given, position=round_.position)
    round_.reads_per_letter, round_.seed = reads_per_letter, seed
    round_.method, round_.going_on, round_.cut, round_.ties = given.method, given.going_on, given.cut, given.ties
    round_.anchors, round_.bars_province, round_.pairing = given.anchors, given.bars_province, given.pairing
    round_.counting, round_.parting = given.counting, given.parting
    if round_.terms.quotas != given.quotas:
        known = {quota.unit_id: quota for quota in round_.quotas}
        round_.quotas = [known.get(unit_id, RoundQuota(unit_id=unit_id)) for unit_id, _letters in given.quotas]
        for quota, (_unit_id, letters) in zip(round_.quotas, given.quotas, strict=True):
            quota.letters = letters
    round_.ranked_by, round_.severity_model = given.ranked_by, given.severity_model
    _show(round_, given.sees)


def _show(round_: Round, sees: frozenset[Sees]) -> None:
    for each in Sees:
        setattr(round_, f"shows_{each.value}", each in sees)


def _note_terms(round_: Round, act: str, by: Person | None, now: datetime) -> None:
    reads, seed = round_.reads_per_letter, round_.seed
    note(round_.stage, act, by, now, round=round_.id, reads=reads, seed=seed)
    payload = {"terms": terms.written(round_.terms), "reads": reads}
    log_round(round_, act, payload, who=by.id if by else None, now=now, seed=seed)


def cancel_round(*, round_: Round, by: Person, now: datetime) -> None:
    """A round that has not been opened is not held; later ones move up."""
    queries.hold(round_.stage)
    queries.hold(round_)
    rules.refuse_changing(state=round_.state)
    later = queries.rounds_after(round_)
    note(round_.stage, "round.cancelled", by, now, round=round_.id)
    log_round(round_, "round.cancelled", {}, who=by.id, now=now)
    db.session.delete(round_)
    db.session.flush()
    for each in later:
        each.position -= 1
        db.session.flush()
        _look_back_no_more(each, by, now)


def _look_back_no_more(round_: Round, by: Person, now: datetime) -> None:
    """A round that has become the first has none before it, of which its judges could see anything."""
    if round_.position == 1 and round_.sees & OF_ROUNDS_BEFORE:
        _show(round_, round_.sees - OF_ROUNDS_BEFORE)
        db.session.flush()
        _note_terms(round_, "round.changed", by, now)


def open_round(*, round_: Round, by: Person | None, now: datetime, seen: str | None = None) -> Deal:
    """Deal the letters and let judges begin; from now on the criteria stay. Twice gives what the first has dealt.

    `seen` is the fingerprint of the dealing the organiser looked at; another one than that is not done.
    """
    queries.hold(round_.stage)
    queries.hold(round_)
    if round_.state is RoundState.OPEN:
        return _dealt_already(round_)
    entries = queries.entries(round_)
    rules.refuse_opening(
        state=round_.state,
        another_open=queries.other_open_round(round_) is not None,
        waits_for=queries.waits_for(round_),
        letters=len(entries),
        judges=len(queries.sitting_judges(round_.stage)),
        reads=rules.judges_needed(round_.method, round_.reads_per_letter),
    )
    anchors = sorted(preparing.drawn_anchors(round_, entries))
    db.session.add_all(Anchor(round_id=round_.id, letter_id=letter_id) for letter_id in anchors)
    round_.state, round_.opened_at = RoundState.OPEN, now
    editions.lock_criteria(stage=round_.stage, now=now)
    db.session.flush()
    _log_opening(round_, anchors, by, now)
    deal = _deal(round_, by, now, seen)
    note(round_.stage, "round.opened", by, now, round=round_.id, reads=len(deal.pairs))
    return deal


def _dealt_already(round_: Round) -> Deal:
    held = [(each.letter_id, each.judge_id) for each in queries.held_in(round_)]
    return Deal(tuple(held or [(pair.left_id, pair.judge_id) for pair in queries.comparisons_of(round_)]))


def _log_opening(round_: Round, anchors: Collection[int], by: Person | None, now: datetime) -> None:
    criteria = [[each.criterion_id, each.weight, each.most] for each in queries.weighings(round_.stage)]
    payload = {
        "terms": terms.written(round_.terms),
        "criteria": criteria,
        "anchors": list(anchors),
        "seed": round_.seed,
    }
    log_round(round_, "round.opened", payload, who=by.id if by else None, now=now, seed=round_.seed)


def top_up(*, round_: Round, by: Person, now: datetime, seen: str | None = None) -> Deal:
    """Deal what is missing, as it was `seen`: letters cleared since, reads given back that nobody could take then."""
    _hold_open(round_)
    deal = _deal(round_, by, now, seen)
    note(round_.stage, "round.topped_up", by, now, round=round_.id, reads=len(deal.pairs))
    return deal


def read_again(*, round_: Round, letter_ids: Sequence[int], by: Person, now: datetime, seen: str | None = None) -> Deal:
    """Send letters near the cut, as they were `seen`, to one further judge each. Those that wait already are passed over."""
    _hold_open(round_)
    refuse_unseen(letter_ids, seen)
    if round_.method not in (RoundMethod.MARKS, RoundMethod.SCREENING):
        raise Refused("In this round every letter is judged as often as any other.")
    deal = preparing.dealt_again(round_, set(letter_ids) - queries.letters_waiting(round_))
    held = len(queries.held_in(round_))
    _assign(round_, deal, seed=f"{round_.seed}/again/{held}", by=by, now=now)
    note(round_.stage, "round.read_again", by, now, round=round_.id, reads=len(deal.pairs))
    return deal


def deal_unread(*, round_: Round, by: Person, now: datetime, seen: str | None = None) -> Deal:
    """Send letters that nobody has read to the end to one further judge each, as the page has shown it. Twice is once."""
    _hold_open(round_)
    if round_.method not in (RoundMethod.MARKS, RoundMethod.SCREENING):
        raise Refused("In this round every letter is judged as often as any other.")
    deal = preparing.dealt_again(round_, preparing.unread(round_))
    refuse_unseen(deal.pairs, seen)
    held = len(queries.held_in(round_))
    _assign(round_, deal, seed=f"{round_.seed}/again/{held}", by=by, now=now)
    note(round_.stage, "round.read_again", by, now, round=round_.id, reads=len(deal.pairs))
    return deal


def _deal(round_: Round, by: Person | None, now: datetime, seen: str | None) -> Deal:
    if round_.method is RoundMethod.PAIRS:
        pairs = deal_pairs(round_=round_, by=by, now=now)
        dealt = Deal(tuple((pair.left, pair.judge_id) for pair in pairs))
        refuse_unseen(dealt.pairs, seen)
        return dealt
    held = len(queries.held_in(round_))
    deal = preparing.dealt(round_)
    refuse_unseen(deal.pairs, seen)
    _assign(round_, deal, seed=f"{round_.seed}/{held}" if held else round_.seed, by=by, now=now)
    return deal


def _assign(round_: Round, deal: Deal, *, seed: str, by: Person | None, now: datetime) -> None:
    first = db.session.scalar(select(func.count()).where(Assignment.round_id == round_.id)) or 0
    new = [
        Assignment(round_id=round_.id, letter_id=letter_id, judge_id=judge_id, position=position, dealt_at=now)
        for position, (letter_id, judge_id) in enumerate(deal.pairs, start=first + 1)
    ]
    db.session.add_all(new)
    db.session.flush()
    for piece in log.pieces([[read.id, read.letter_id, read.judge_id] for read in new]):
        log_round(round_, "dealt", {"reads": list(piece)}, who=by.id if by else None, now=now, seed=seed)


def _hold_open(round_: Round) -> None:
    queries.hold(round_)
    if round_.state is not RoundState.OPEN:
        raise Refused("This round is not open.")


def close_round(*, round_: Round, by: Person, now: datetime) -> None:
    """No more marks; reads that were not finished do not count, and fair marks are those of all others. Twice is once."""
    queries.hold(round_)
    if round_.state is RoundState.CLOSED:
        return
    _hold_open(round_)
    round_.state, round_.closed_at = RoundState.CLOSED, now
    db.session.flush()
    note(round_.stage, "round.closed", by, now, round=round_.id)
    log_round(round_, "round.closed", {}, who=by.id, now=now)
    bring_up_to_date(round_=round_, now=now)
    _log_ranking(round_, by, now)


def _log_ranking(round_: Round, by: Person, now: datetime) -> None:
    """The ranking as computed now, figure by figure, with the letters that have left the contest since they were dealt."""
    rows = [[each.letter_id, each.rank, str(each.mean), each.reads] for each in standing.ranking_of(round_)]
    absent = sorted(queries.absent_from(round_))
    for piece in log.pieces(rows) if rows else [[]]:
        payload = {"absent": absent, "letters": len(rows), "ranking": list(piece)}
        log_round(round_, "ranked", payload, who=by.id, now=now)


def reopen_round(*, round_: Round, by: Person, now: datetime) -> None:
    """Let judges go on, as long as nobody is told to go on and no hour of publication is set. Twice is once."""
    stage = round_.stage
    queries.hold(stage)
    queries.hold(round_)
    rules.refuse_reopening(
        state=round_.state,
        is_last=queries.last_round(stage) is round_,
        hour_set=stage.published_at is not None or stage.results_at is not None,
        decided=queries.decision_of(round_) is not None,
    )
    if round_.state is not RoundState.CLOSED:
        return
    round_.state, round_.closed_at = RoundState.OPEN, None
    db.session.flush()
    note(stage, "round.reopened", by, now, round=round_.id)
    log_round(round_, "round.reopened", {}, who=by.id, now=now)
