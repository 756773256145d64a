"""Kind notes: from an organiser to one judge, for nobody else's eyes."""

from datetime import datetime

from accounts.models import Person
from contest.judging import queries
from contest.judging.models import Judge, Round
from contest.judging.runs import JudgeNote
from contest.judging.services.notes import note
from core.db import db
from core.errors import Refused


def write_note(*, round_: Round, judge: Judge, words: str, by: Person, now: datetime) -> JudgeNote:
    """Write to a judge of a round. The same words again, unread as they are, are not laid down twice."""
    said = words.strip()
    if not said:
        raise Refused("Please write a few words.", field="words")
    queries.hold(judge)
    for known in queries.notes_to(judge, round_):
        if known.words == said and known.read_at is None:
            return known
    made = JudgeNote(round=round_, judge=judge, words=said, written_by=by.id, written_at=now)
    db.session.add(made)
    db.session.flush()
    note(round_.stage, "judge.note_written", by, now, round=round_.id, judge=judge.id, note=made.id)
    return made


def read_note(*, written: JudgeNote, by: Person, now: datetime) -> None:
    """The judge has read it. Twice is once."""
    if written.read_at is None:
        written.read_at = now
        note(written.round.stage, "judge.note_read", by, now, round=written.round_id, note=written.id)
        db.session.flush()
