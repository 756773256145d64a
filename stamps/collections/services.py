"""Every write to collections. They are private: no line in the journal, so that what is removed is gone."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from core.db import db
from stamps.collections import queries
from stamps.collections.models import Copy, Want
from stamps.collections.rules import SECOND_CLICK, Condition, CopyFormat
from stamps.models import Stamp


def add_copy(
    *,
    person_id: int,
    stamp: Stamp,
    now: datetime,
    condition: Condition | None = None,
    format_: CopyFormat | None = None,
    to_swap: bool = False,
    note: str = "",
) -> Copy:
    """One more copy; who has a stamp looks for it no longer. A second click gives the copy of the first."""
    first = queries.same_copy(person_id, stamp, condition, format_, since=now - SECOND_CLICK)
    if first is not None:
        return first
    copy = Copy(
        person_id=person_id,
        stamp=stamp,
        condition=condition,
        format=format_,
        to_swap=to_swap,
        note=note.strip(),
        added_at=now,
    )
    db.session.add(copy)
    stop_wanting(person_id=person_id, stamp=stamp)
    db.session.flush()
    return copy


def change_copy(
    *, copy: Copy, condition: Condition | None, format_: CopyFormat | None, to_swap: bool, note: str
) -> None:
    """What the owner says of a copy now."""
    copy.condition, copy.format, copy.to_swap, copy.note = condition, format_, to_swap, note.strip()
    db.session.flush()


def remove_copy(*, copy: Copy) -> None:
    """The copy is gone."""
    db.session.delete(copy)
    db.session.flush()


def want_stamp(*, person_id: int, stamp: Stamp, now: datetime) -> Want:
    """Look for a stamp; twice is once."""
    if present := queries.want(person_id, stamp):
        return present
    want = Want(person_id=person_id, stamp=stamp, added_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(want)
    except IntegrityError:  # the other click came first
        return queries.want(person_id, stamp) or want
    return want


def stop_wanting(*, person_id: int, stamp: Stamp) -> None:
    """Look for a stamp no longer."""
    if present := queries.want(person_id, stamp):
        db.session.delete(present)
        db.session.flush()
