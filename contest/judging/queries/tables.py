"""Rounds as the tables tell them now, for the replay of the log."""

from sqlalchemy import select

from contest.judging.models import Assignment, Comparison, Mark, Placing, ReadVerdict, Round
from contest.judging.queries.measures import judges_of_run, letters_of_run, newest_run
from contest.judging.queries.rounds import decision_of, went_on
from contest.judging.replay import Tables
from contest.judging.rules import AssignmentState
from core.db import db


def tables_of(round_: Round) -> Tables:
    """Everything that was dealt and said in a round; marks of letters given back too, reads of them not."""
    decision, run = decision_of(round_), newest_run(round_)
    of_round = Assignment.round_id == round_.id
    marks = select(Mark.assignment_id, Mark.criterion_id, Mark.points).join(Assignment).where(of_round)
    verdicts = select(ReadVerdict.assignment_id, ReadVerdict.verdict).join(Assignment).where(of_round)
    places = select(Placing.assignment_id, Placing.place).join(Assignment).where(of_round)
    return Tables(
        round_id=round_.id,
        reads=_reads(round_),
        pairs=_pairs(round_),
        marks={(read, criterion): f"{points:.1f}" for read, criterion, points in db.session.execute(marks)},
        verdicts={read: verdict.value for read, verdict in db.session.execute(verdicts)},
        places={read: place for read, place in db.session.execute(places)},  # noqa: C416
        choices=_choices(round_),
        going_on=went_on(decision) if decision else None,
        run=run.id if run else None,
        fair=letters_of_run(run) if run else {},
        judges=judges_of_run(run) if run else {},
    )


def _reads(round_: Round) -> dict[int, tuple[int, int]]:
    query = select(Assignment.id, Assignment.letter_id, Assignment.judge_id)
    kept = query.where(Assignment.round_id == round_.id, Assignment.state != AssignmentState.RECUSED)
    return {read: (letter, judge) for read, letter, judge in db.session.execute(kept)}


def _pairs(round_: Round) -> dict[int, tuple[int, int, int]]:
    query = select(Comparison.id, Comparison.left_id, Comparison.right_id, Comparison.judge_id)
    kept = query.where(Comparison.round_id == round_.id, Comparison.state != AssignmentState.RECUSED)
    return {pair: (left, right, judge) for pair, left, right, judge in db.session.execute(kept)}


def _choices(round_: Round) -> dict[int, int]:
    query = select(Comparison.id, Comparison.chosen_id)
    chosen = query.where(Comparison.round_id == round_.id, Comparison.chosen_id.is_not(None))
    return {pair: letter for pair, letter in db.session.execute(chosen) if letter is not None}
