"""Every SELECT about remarks and concerns. What a judge's page gets from here is what that judge has written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from accounts.models import Person
from accounts.rules import Role
from contest.editions.models import Stage
from contest.judging import queries as judging
from contest.judging.models import Assignment, Judge, Round
from contest.judging.rules import AssignmentState
from contest.letters.models import Letter
from contest.remarks.models import Concern, Remark, Safeguard
from contest.remarks.rules import Answer, Reader, entrusted_to
from core.db import db


def remarks_of(assignment: Assignment) -> dict[Reader, Remark]:
    """The remarks of a read, by whom they are for."""
    query = select(Remark).where(Remark.assignment_id == assignment.id)
    return {remark.reader: remark for remark in db.session.scalars(query)}


def remark(remark_id: int) -> Remark | None:
    """By id."""
    return db.session.get(Remark, remark_id)


def hold(thing: Remark | Concern) -> None:
    """Read a row anew and keep others from changing it until the transaction ends."""
    db.session.refresh(thing, with_for_update={"of": type(thing)})


def remarks_on(letter: Letter) -> list[Remark]:
    """Every remark on a letter, from reads that were not given back."""
    query = select(Remark).join(Assignment).where(Assignment.letter_id == letter.id, _COUNTS)
    return list(db.session.scalars(query.order_by(Remark.id)))


def remarks_to_child(letter: Letter) -> list[Remark]:
    """Remarks to the child who wrote a letter that an organiser has let pass."""
    query = select(Remark).join(Assignment).where(Assignment.letter_id == letter.id, _COUNTS)
    query = query.where(Remark.reader == Reader.CHILD, _ANSWERED[Answer.PASSED])
    return list(db.session.scalars(query.order_by(Remark.id)))


@dataclass(frozen=True)
class SaidBefore:
    """What a judge of an earlier round has said of a letter to the jury: the words, never whose they are."""

    position: int
    words: str


def said_before(letter_id: int, round_: Round) -> list[SaidBefore]:
    """Remarks to the jury on a letter from rounds before this one, in the order of these rounds."""
    query = (
        select(Round.position, Remark.words)
        .join(Assignment, Remark.assignment_id == Assignment.id)
        .join(Round, Assignment.round_id == Round.id)
        .where(Assignment.letter_id == letter_id, Remark.reader == Reader.JURY, _COUNTS)
        .where(Round.stage_id == round_.stage_id, Round.position < round_.position)
        .order_by(Round.position, Remark.words)
    )
    return [SaidBefore(position, words) for position, words in db.session.execute(query)]


def remarks_to_children(stage: Stage, answer: Answer, *, most: int) -> list[Remark]:
    """Remarks to children of a stage of which an organiser has said this; oldest first, at most so many."""
    query = _to_children(select(Remark), stage, answer)
    return list(db.session.scalars(query.order_by(Remark.id).limit(most)))


def count_to_pass(stage: Stage) -> int:
    """How many remarks to children wait for an organiser."""
    return db.session.scalar(_to_children(select(func.count(Remark.id)), stage, Answer.WAITING)) or 0


_COUNTS: ColumnElement[bool] = Assignment.state != AssignmentState.RECUSED


_ANSWERED: Mapping[Answer, ColumnElement[bool]] = {
    Answer.WAITING: Remark.passed_at.is_(None) & Remark.held_back_at.is_(None),
    Answer.PASSED: Remark.passed_at.is_not(None) & Remark.held_back_at.is_(None),
    Answer.HELD_BACK: Remark.held_back_at.is_not(None),
}


def _to_children(query: Select[Any], stage: Stage, answer: Answer) -> Select[Any]:
    return (
        query.join(Assignment, Remark.assignment_id == Assignment.id)
        .join(Round, Assignment.round_id == Round.id)
        .where(Round.stage_id == stage.id, Remark.reader == Reader.CHILD, _ANSWERED[answer], _COUNTS)
        .where(judging.is_judgeable())
    )


@dataclass(frozen=True)
class Case:
    """A concern and who looks after it: a person's id, or None for the organisers."""

    concern: Concern
    entrusted_to: int | None


def case(concern_id: int) -> Case | None:
    """A concern by id, with who looks after it."""
    found = db.session.get(Concern, concern_id)
    return Case(found, entrusted(found.stage)) if found else None


def concern_of(letter_id: int, judge: Judge) -> Concern | None:
    """What a judge has said of a letter whose child may be in distress."""
    return db.session.scalar(select(Concern).where(Concern.letter_id == letter_id, Concern.judge_id == judge.id))


def letter_of(letter_id: int) -> Letter | None:
    """A letter by id."""
    return db.session.get(Letter, letter_id)


def safeguard(stage: Stage) -> Safeguard | None:
    """Whom a stage has named."""
    return db.session.get(Safeguard, stage.id)


def judges_in(person: Person, stage: Stage) -> bool:
    """Whether somebody judges in a stage."""
    query = select(Judge.id).where(Judge.person_id == person.id, Judge.stage_id == stage.id)
    return db.session.scalar(query) is not None


def entrusted(stage: Stage) -> int | None:
    """Who looks after children in distress in a stage: a person's id, or None for the organisers."""
    named = safeguard(stage)
    judges = named is not None and judges_in(named.person, stage)
    return entrusted_to(named=named.person_id if named else None, named_judges=judges)


def stages_entrusted_to(person: Person) -> list[int]:
    """The stages in which somebody looks after children in distress, by id."""
    seated = select(Judge.id).where(Judge.person_id == Safeguard.person_id, Judge.stage_id == Safeguard.stage_id)
    holding = select(Safeguard.stage_id).where(~seated.exists())
    mine = list(db.session.scalars(holding.where(Safeguard.person_id == person.id)))
    if not person.has_role(Role.ORGANISER):
        return mine
    return [*mine, *db.session.scalars(select(Stage.id).where(Stage.id.not_in(holding)))]


def concerns_of(stage_ids: list[int]) -> list[Concern]:
    """Concerns of a few stages, those that are open first, newest first."""
    query = select(Concern).where(Concern.stage_id.in_(stage_ids))
    return list(db.session.scalars(query.order_by(Concern.handled_at.is_not(None), Concern.raised_at.desc())))


def open_concerns(person: Person) -> int:
    """How many children wait for somebody to look after them, as far as it is this person's matter."""
    if not (mine := stages_entrusted_to(person)):
        return 0
    query = select(func.count()).where(Concern.stage_id.in_(mine), Concern.handled_at.is_(None))
    return db.session.scalar(query) or 0
