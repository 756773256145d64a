"""Judges, rounds, and which letters are in a round."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from accounts.models import Person
from accounts.rules import Role
from contest.editions.models import Stage, Unit
from contest.judging.log import JudgingEvent
from contest.judging.models import (
    Anchor,
    Assignment,
    Comparison,
    DecidedLetter,
    Decision,
    Judge,
    JudgeExclusion,
    Round,
)
from contest.judging.ranking import Weighing
from contest.judging.rules import RoundState
from contest.judging.terms import RoundMethod, Terms
from contest.letters import queries as letters
from contest.letters.models import Letter
from contest.letters.queries import Origin
from core.db import db


def judges_of(stage: Stage) -> list[Judge]:
    """Everybody who judges in a stage, each with the person and their roles at hand."""
    query = select(Judge).join(Judge.person).where(Judge.stage_id == stage.id)
    query = query.options(contains_eager(Judge.person).selectinload(Person.role_rows))
    return list(db.session.scalars(query.order_by(Person.user_name)))


def judge(judge_id: int) -> Judge | None:
    """By id."""
    return db.session.get(Judge, judge_id)


def judge_of(stage: Stage, person: Person) -> Judge | None:
    """A person as judge of a stage."""
    return db.session.scalar(select(Judge).where(Judge.stage_id == stage.id, Judge.person_id == person.id))


def rounds_of(stage: Stage) -> list[Round]:
    """The rounds of a stage in order."""
    return list(db.session.scalars(select(Round).where(Round.stage_id == stage.id).order_by(Round.position)))


def round_(round_id: int) -> Round | None:
    """By id."""
    return db.session.get(Round, round_id)


def planned_round(stage: Stage, *, seed: str, reads_per_letter: int, terms: Terms) -> Round | None:
    """A round of the stage that is planned just so and has not been opened."""
    planned = [each for each in rounds_of(stage) if each.state is RoundState.PLANNED and each.seed == seed]
    return next((each for each in planned if (each.reads_per_letter, each.terms) == (reads_per_letter, terms)), None)


def last_round(stage: Stage) -> Round | None:
    """The newest round that has been opened: the one whose ranking counts."""
    query = select(Round).where(Round.stage_id == stage.id, Round.state != RoundState.PLANNED)
    return db.session.scalar(query.order_by(Round.position.desc()).limit(1))


def other_open_round(round_: Round) -> Round | None:
    """Another round of the stage that is open."""
    query = select(Round).where(Round.stage_id == round_.stage_id, Round.id != round_.id)
    return db.session.scalar(query.where(Round.state == RoundState.OPEN).limit(1))


def sitting_judges(stage: Stage) -> list[Judge]:
    """Those who judge still: who has become an organiser since sees names, and is dealt nothing more."""
    return [each for each in judges_of(stage) if each.left_at is None and not each.person.has_role(Role.ORGANISER)]


def weighings(stage: Stage) -> list[Weighing]:
    """What the stage's criteria count."""
    return [Weighing(criterion.id, criterion.weight, criterion.most) for criterion in stage.criteria]


def round_before(round_: Round) -> Round | None:
    """The round whose letters this one takes; None for the first, which takes all."""
    query = select(Round).where(Round.stage_id == round_.stage_id, Round.position < round_.position)
    return db.session.scalar(query.order_by(Round.position.desc()).limit(1))


def round_of_marks_before(round_: Round) -> Round | None:
    """The last round of marks before this one."""
    query = select(Round).where(Round.stage_id == round_.stage_id, Round.position < round_.position)
    of_marks = query.where(Round.method == RoundMethod.MARKS, Round.state == RoundState.CLOSED)
    return db.session.scalar(of_marks.order_by(Round.position.desc()).limit(1))


def rounds_after(round_: Round) -> list[Round]:
    """The later rounds, in order."""
    return [each for each in rounds_of(round_.stage) if each.position > round_.position]


def decision_of(round_: Round) -> Decision | None:
    """The decision that holds."""
    return db.session.scalar(select(Decision).where(Decision.round_id == round_.id, Decision.undone_at.is_(None)))


def went_on(decision: Decision) -> frozenset[int]:
    """The letters that go on by a decision."""
    return frozenset(
        db.session.scalars(select(DecidedLetter.letter_id).where(DecidedLetter.decision_id == decision.id))
    )


def entries(round_: Round) -> list[Origin]:
    """The letters of a round: those that went on from the one before (none while that is not decided), or all."""
    present, before = letters.judgeable(round_.stage_id), round_before(round_)
    if before is None:
        return present
    decision = decision_of(before)
    taken = went_on(decision) if decision else frozenset()
    return [origin for origin in present if origin.letter_id in taken]


def count_entries(round_: Round) -> int:
    """How many letters are in a round, counted by the database."""
    present, before = letters.judgeable_ids().where(Letter.stage_id == round_.stage_id), round_before(round_)
    if before is not None:
        decision = decision_of(before)
        if decision is None:
            return 0
        present = present.join(DecidedLetter, DecidedLetter.letter_id == Letter.id)
        present = present.where(DecidedLetter.decision_id == decision.id)
    return db.session.scalar(select(func.count()).select_from(present.subquery())) or 0


def entries_among(round_: Round, letter_ids: Collection[int]) -> list[Origin]:
    """Those of a few letters that are in a round and may be judged still."""
    present, before = letters.judgeable(round_.stage_id, letter_ids), round_before(round_)
    if before is None or not present:
        return present
    decision = decision_of(before)
    return [each for each in present if decision and is_decided(decision, each.letter_id)]


def is_decided(decision: Decision, letter_id: int) -> bool:
    """Whether a letter goes on by a decision."""
    return db.session.get(DecidedLetter, (decision.id, letter_id)) is not None


def anchors_of(round_: Round) -> frozenset[int]:
    """The letters every judge of a round reads."""
    return frozenset(db.session.scalars(select(Anchor.letter_id).where(Anchor.round_id == round_.id)))


def exclusion(exclusion_id: int) -> JudgeExclusion | None:
    """By id."""
    return db.session.get(JudgeExclusion, exclusion_id)


def recognised_by(judge: Judge) -> dict[int, int]:
    """Letters whose child a judge has said to recognise, or one of two, each with the position of that round."""
    given_back = select(JudgingEvent.payload).where(
        JudgingEvent.stage_id == judge.stage_id,
        JudgingEvent.kind == "given_back",
        JudgingEvent.who == judge.person_id,
    )
    lines = list(db.session.scalars(given_back))
    reads = [line["read"] for line in lines if "read" in line]
    pairs = [line["pair"] for line in lines if "pair" in line]
    of_reads = select(Assignment.letter_id, Round.position).join(Round).where(Assignment.id.in_(reads))
    of_pairs = (
        select(Comparison.left_id, Comparison.right_id, Round.position).join(Round).where(Comparison.id.in_(pairs))
    )
    found = {letter_id: position for letter_id, position in db.session.execute(of_reads)}  # noqa: C416 - rows
    for left, right, position in db.session.execute(of_pairs):
        found |= {left: position, right: position}
    return found


def waits_for(round_: Round) -> int | None:
    """The position of the round before as long as nobody goes on from it."""
    before = round_before(round_)
    return before.position if before and decision_of(before) is None else None


def names_of_units(unit_ids: Collection[int]) -> dict[int, str]:
    """The names of a few units."""
    rows = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids)))
    return {row.id: row.name for row in rows}
