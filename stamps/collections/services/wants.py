"""Writing wants: what somebody looks for and what they would take."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from core.db import db
from stamps.collections import queries
from stamps.collections.models import Want
from stamps.collections.rules import ANYTHING, Accepted, Priority
from stamps.models import Stamp


def want_stamp(*, person_id: int, stamp: Stamp, now: datetime, accepted: Accepted = ANYTHING) -> Want:
    """Look for a stamp; twice is once, and what was said first stays."""
    if present := queries.want(person_id, stamp):
        return present
    want = _made(person_id, stamp.id, accepted, now)
    try:
        with db.session.begin_nested():
            db.session.add(want)
    except IntegrityError:  # the other click came first
        return queries.want(person_id, stamp) or want
    return want


def want_stamps(*, person_id: int, wants: Sequence[tuple[int, Accepted]], now: datetime) -> list[Want]:
    """Look for many stamps at once, each by its id; those looked for already stay as they are. Gives the new ones."""
    present = queries.wants_of(person_id, (stamp_id for stamp_id, _accepted in wants))
    new = {stamp_id: accepted for stamp_id, accepted in wants if stamp_id not in present}
    made = [_made(person_id, stamp_id, accepted, now) for stamp_id, accepted in new.items()]
    db.session.add_all(made)
    db.session.flush()
    return made


def change_want(
    *, want: Want, accepted: Accepted, priority: Priority, public_note: str = "", private_note: str = ""
) -> None:
    """What somebody says of a want now."""
    want.conditions, want.formats = tuple(accepted.conditions), tuple(accepted.formats)
    want.certificate_needed, want.priority = accepted.certificate_needed, priority
    want.public_note, want.private_note = public_note, private_note
    db.session.flush()


def stop_wanting(*, person_id: int, stamp: Stamp) -> None:
    """Look for a stamp no longer."""
    if present := queries.want(person_id, stamp):
        db.session.delete(present)
        db.session.flush()


def _made(person_id: int, stamp_id: int, accepted: Accepted, now: datetime) -> Want:
    return Want(
        person_id=person_id,
        stamp_id=stamp_id,
        conditions=tuple(accepted.conditions),
        formats=tuple(accepted.formats),
        certificate_needed=accepted.certificate_needed,
        added_at=now,
    )
