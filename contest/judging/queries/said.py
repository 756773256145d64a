"""What was said in rounds without marks: verdicts, places, choices; and who is missing from a round."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, func, select

from accounts.models import Person
from contest.judging.models import Assignment, Comparison, Judge, Placing, ReadVerdict, Round, SentChoice
from contest.judging.queries.reads import are_judgeable
from contest.judging.rules import AssignmentState, Verdict
from contest.judging.terms import RoundMethod
from contest.judging.trusting import Answer
from contest.letters import queries as letters
from core.db import db

_Dealt = TypeVar("_Dealt", Assignment, Comparison)


def verdicts_in(round_: Round) -> list[tuple[int, Verdict]]:
    """Every verdict of a round that counts: (letter, verdict)."""
    query = _verdicts(select(Assignment.letter_id, ReadVerdict.verdict), round_).order_by(Assignment.id)
    return [(letter_id, verdict) for letter_id, verdict in db.session.execute(query)]


def _verdicts(query: Select[Any], round_: Round) -> Select[Any]:
    return query.join(ReadVerdict, ReadVerdict.assignment_id == Assignment.id).where(
        Assignment.round_id == round_.id,
        Assignment.state == AssignmentState.MARKED,
        Assignment.letter_id.in_(letters.judgeable_ids()),
    )


@dataclass
class VerdictCounts:
    """How often a letter was given each verdict."""

    yes: int = 0
    unsure: int = 0
    no: int = 0


def counts_of_verdicts(round_: Round, letter_ids: Collection[int] | None = None) -> dict[int, VerdictCounts]:
    """Of each letter of a screening round, or of a few, how many said what; of no letter in any other round."""
    found: dict[int, VerdictCounts] = defaultdict(VerdictCounts)
    if round_.method is not RoundMethod.SCREENING:
        return found
    query = _verdicts(select(Assignment.letter_id, ReadVerdict.verdict, func.count()), round_)
    if letter_ids is not None:
        query = query.where(Assignment.letter_id.in_(letter_ids))
    for letter_id, verdict, count in db.session.execute(query.group_by(Assignment.letter_id, ReadVerdict.verdict)):
        setattr(found[letter_id], verdict.value, count)
    return found


def orders_in(round_: Round) -> list[Sequence[int]]:
    """Each judge's letters, best first, without those that left the contest."""
    query = (
        select(Assignment.judge_id, Assignment.letter_id)
        .join(Placing, Placing.assignment_id == Assignment.id)
        .where(
            Assignment.round_id == round_.id,
            Assignment.state == AssignmentState.MARKED,
            Assignment.letter_id.in_(letters.judgeable_ids()),
        )
        .order_by(Assignment.judge_id, Placing.place)
    )
    orders: dict[int, list[int]] = {}
    for judge_id, letter_id in db.session.execute(query):
        orders.setdefault(judge_id, []).append(letter_id)
    return list(orders.values())


def choices_in(round_: Round) -> list[tuple[int, int]]:
    """Every choice of a round between two letters that are still in the contest: (chosen, not chosen)."""
    return [(answer.chosen, answer.other) for answer in answers_in(round_)]


def answers_in(round_: Round) -> list[Answer]:
    """The same, each with who has chosen."""
    present = letters.judgeable_ids()
    query = select(Comparison).where(
        Comparison.round_id == round_.id,
        Comparison.state == AssignmentState.MARKED,
        Comparison.left_id.in_(present),
        Comparison.right_id.in_(present),
    )
    found = db.session.scalars(query.order_by(Comparison.id))
    return [
        Answer(pair.judge_id, pair.left_id, pair.right_id)
        if pair.chosen_id == pair.left_id
        else Answer(pair.judge_id, pair.right_id, pair.left_id)
        for pair in found
    ]


def absent_from(round_: Round) -> set[int]:
    """Letters that were dealt in a round and have left the contest since."""
    dealt = [(Assignment.letter_id, Assignment.round_id)]
    dealt += [(letter_id, Comparison.round_id) for letter_id in (Comparison.left_id, Comparison.right_id)]
    present = letters.judgeable_ids()
    gone = [select(letter_id).where(round_id == round_.id, letter_id.not_in(present)) for letter_id, round_id in dealt]
    return {letter_id for query in gone for letter_id in db.session.scalars(query)}


def waiting_of(judge: Judge, round_: Round) -> list[Assignment]:
    """What waits on a judge's desk in a round."""
    return _waiting(Assignment, judge, round_)


def waiting_pairs(judge: Judge, round_: Round) -> list[Comparison]:
    """Pairs that wait on a judge's desk in a round."""
    return _waiting(Comparison, judge, round_)


def _waiting(table: type[_Dealt], judge: Judge, round_: Round) -> list[_Dealt]:
    query = select(table).where(
        table.judge_id == judge.id, table.round_id == round_.id, table.state == AssignmentState.WAITING
    )
    return list(db.session.scalars(query.order_by(table.position, table.id)))


def letters_waiting(round_: Round) -> set[int]:
    """Letters that lie unread on some desk of a round."""
    query = select(Assignment.letter_id).where(
        Assignment.round_id == round_.id, Assignment.state == AssignmentState.WAITING
    )
    return set(db.session.scalars(query))


def places_of(judge: Judge, round_: Round) -> dict[int, int]:
    """Where a judge has put the letters of a round: read → place."""
    query = select(Placing.assignment_id, Placing.place).join(Assignment)
    mine = query.where(Assignment.judge_id == judge.id, Assignment.round_id == round_.id)
    return {row.assignment_id: row.place for row in db.session.execute(mine)}


def verdict_of(assignment: Assignment) -> Verdict | None:
    """What was said of a letter."""
    return db.session.scalar(select(ReadVerdict.verdict).where(ReadVerdict.assignment_id == assignment.id))


def comparisons_of(round_: Round) -> list[Comparison]:
    """Every pair of a round, given back or not."""
    return list(db.session.scalars(select(Comparison).where(Comparison.round_id == round_.id).order_by(Comparison.id)))


def comparison(pair_id: int) -> Comparison | None:
    """By id, while both letters may be judged."""
    return db.session.scalar(select(Comparison).where(Comparison.id == pair_id, are_judgeable()))


def was_chosen(pair: Comparison, key: str) -> bool:
    """Whether an act of this key has been done on a pair."""
    return db.session.get(SentChoice, (pair.id, key)) is not None


def letters_of_pairs(pairs: Collection[int]) -> dict[int, tuple[int, int]]:
    """Which two letters a few pairs are of."""
    query = select(Comparison.id, Comparison.left_id, Comparison.right_id).where(Comparison.id.in_(pairs))
    return {row.id: (row.left_id, row.right_id) for row in db.session.execute(query)}


def pairs_on_desk(person: Person, round_: Round | None = None) -> list[Comparison]:
    """A judge's pairs in rounds that have been opened, or in one, in desk order; those given back are gone."""
    query = (
        select(Comparison)
        .join(Judge)
        .where(
            Judge.person_id == person.id,
            Comparison.state != AssignmentState.RECUSED,
            are_judgeable(),
        )
    )
    if round_:
        query = query.where(Comparison.round_id == round_.id)
    return list(db.session.scalars(query.order_by(Comparison.round_id.desc(), Comparison.position, Comparison.id)))
