"""Every write of remarks and concerns. Remarks follow the marks of a read; a concern may be raised at any time."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from accounts.models import Person
from contest.editions.models import Stage
from contest.judging import queries as judging
from contest.judging import services as marking
from contest.judging.models import Assignment, Judge
from contest.letters.models import Letter
from contest.remarks import queries, rules
from contest.remarks.models import Concern, ConcernNote, Remark, Safeguard
from contest.remarks.rules import Answer, Reader
from core import journal
from core.db import db


def save_remarks(*, assignment: Assignment, words: Mapping[Reader, str], now: datetime, key: str | None = None) -> None:
    """Write, change or (with no words) take away the remarks of a read, while its round is open. Twice is once."""
    if not marking.hold_markable(assignment, now=now, key=key):
        return
    known = queries.remarks_of(assignment)
    for reader, said in words.items():
        _write(assignment, reader, said.strip(), known.get(reader), now)
    db.session.flush()


def _write(assignment: Assignment, reader: Reader, words: str, known: Remark | None, now: datetime) -> None:
    if known is None:
        if words:
            db.session.add(Remark(assignment_id=assignment.id, reader=reader, words=words, written_at=now))
    elif not words:
        db.session.delete(known)
    elif not rules.stays_answered(before=known.words, after=words):
        known.words, known.written_at = words, now
        _unanswered(known)


def _unanswered(remark: Remark) -> None:
    remark.passed_at = remark.passed_by = remark.held_back_at = None
    remark.held_back_reason = ""


def pass_remark(*, remark: Remark, by: Person, now: datetime) -> None:
    """Let a remark pass to the child, who reads it once results are published. Twice is once."""
    queries.hold(remark)
    rules.refuse_taking_back(remark.answer, published=_is_published(remark))
    if remark.answer is not Answer.PASSED:
        _unanswered(remark)
        remark.passed_at, remark.passed_by = now, by.id
        _note(remark.assignment, "remark.passed", by, now, remark=remark.id)


def hold_back(*, remark: Remark, reason: str, by: Person, now: datetime) -> None:
    """Keep a remark from the child, for a reason that organisers can read; also one that was let pass. Twice is once."""
    queries.hold(remark)
    if (remark.answer, remark.held_back_reason) != (Answer.HELD_BACK, reason):
        _unanswered(remark)
        remark.held_back_at, remark.held_back_reason = now, reason
        _note(remark.assignment, "remark.held_back", by, now, remark=remark.id, reason=reason)


def take_answer_back(*, remark: Remark, by: Person, now: datetime) -> None:
    """Let a remark wait again that was let pass, or that was held back as long as no results are out. Twice is once."""
    queries.hold(remark)
    rules.refuse_taking_back(remark.answer, published=_is_published(remark))
    if remark.answer is not Answer.WAITING:
        _note(remark.assignment, "remark.answer_taken_back", by, now, remark=remark.id, answer=remark.answer)
        _unanswered(remark)


def _is_published(remark: Remark) -> bool:
    return remark.assignment.round.stage.published_at is not None


def raise_concern(*, letter: Letter, judge: Judge, words: str, by: Person, now: datetime) -> Concern:
    """Tell whoever looks after children that this one may be in distress. Once more with the same words changes nothing.

    Other words are added to the first; a concern that was handled is open again, for something has been read anew.
    """
    judging.hold(judge)
    said = words.strip()
    if (known := queries.concern_of(letter.id, judge)) is None:
        return _raised(letter, judge, said, by, now)
    if said and said not in known.words.split("\n"):
        known.words, known.handled_at = "\n".join(filter(None, (known.words, said))), None
        _note_concern(known, "concern.added_to", by, now)
    return known


def _raised(letter: Letter, judge: Judge, words: str, by: Person, now: datetime) -> Concern:
    concern = Concern(letter_id=letter.id, judge_id=judge.id, stage_id=letter.stage_id, words=words, raised_at=now)
    db.session.add(concern)
    db.session.flush()
    _note_concern(concern, "concern.raised", by, now)
    return concern


def settle(*, concern: Concern, handles: bool, words: str, by: Person, now: datetime) -> None:
    """Note what was done and close the concern, or take it up again."""
    queries.hold(concern)
    rules.refuse_settled(settled=concern.handled_at is not None, wish=handles)
    concern.handled_at = now if handles else None
    concern.notes.append(ConcernNote(handles=handles, words=words, written_by=by.id, at=now))
    db.session.flush()
    act = "concern.handled" if handles else "concern.taken_up_again"
    _note_concern(concern, act, by, now)


def name_safeguard(*, stage: Stage, person: Person | None, by: Person, now: datetime) -> None:
    """Name who looks after children in distress in a stage; None for the organisers."""
    judging.hold(stage)
    rules.refuse_naming(judges=person is not None and queries.judges_in(person, stage))
    db.session.execute(delete(Safeguard).where(Safeguard.stage_id == stage.id))
    if person:
        db.session.add(Safeguard(stage_id=stage.id, person_id=person.id))
    db.session.flush()
    named = person.id if person else None
    journal.write(who=by.id, act="safeguard.named", kind="stage", thing=stage.id, now=now, person=named)


def _note(assignment: Assignment, act: str, by: Person, now: datetime, **details: object) -> None:
    stage_id = assignment.round.stage_id
    journal.write(who=by.id, act=act, kind="stage", thing=stage_id, now=now, assignment=assignment.id, **details)


def _note_concern(concern: Concern, act: str, by: Person, now: datetime) -> None:
    journal.write(
        who=by.id, act=act, kind="stage", thing=concern.stage_id, now=now, concern=concern.id, letter=concern.letter_id
    )
