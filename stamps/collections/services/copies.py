"""Writing copies: what is noted of them, their pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from core.db import db
from core.errors import Refused
from stamps.collections import queries
from stamps.collections.models import Copy
from stamps.collections.rules import NOTHING_NOTED, SECOND_CLICK, Disposition, Noted, satisfies
from stamps.models import Stamp


def add_copy(*, person_id: int, stamp: Stamp, now: datetime, noted: Noted = NOTHING_NOTED) -> Copy:
    """One more copy; who has what was looked for looks for it no longer. A second click gives the copy of the first."""
    if noted.to_swap:
        refuse_to_swap_early([stamp.id])
    first = queries.same_copy(person_id, stamp, noted, since=now - SECOND_CLICK)
    if first is not None:
        return first
    return add_copies(person_id=person_id, copies=[(stamp.id, noted)], now=now)[0]


def add_copies(*, person_id: int, copies: Sequence[tuple[int, Noted]], now: datetime) -> list[Copy]:
    """Many copies at once, each of a stamp's id with what is noted; the same twice are two. Wants they satisfy end."""
    made = [Copy(person_id=person_id, stamp_id=stamp_id, added_at=now, **asdict(noted)) for stamp_id, noted in copies]
    db.session.add_all(made)
    db.session.flush()
    _end_wants(person_id, copies)
    return made


def change_copy(*, copy: Copy, noted: Noted) -> None:
    """What the owner says of a copy now. One that went is offered no longer."""
    if noted.to_swap and not copy.to_swap:
        refuse_to_swap_early([copy.stamp_id])
    for column, value in asdict(noted).items():
        setattr(copy, column, value)
    if copy.disposition is not Disposition.KEPT:
        copy.to_swap = False
    db.session.flush()


def refuse_to_swap_early(stamp_ids: Sequence[int]) -> None:
    """What has not come out, or never will, is in nobody's hands."""
    if queries.number_not_out(stamp_ids):
        raise Refused("What has not come out yet cannot be swapped.", field="to_swap")


def remove_copy(*, copy: Copy) -> str:
    """The copy is gone without a trace. Gives the id of its picture, to be forgotten once that is saved, or nothing."""
    db.session.delete(copy)
    db.session.flush()
    return copy.picture


def keep_picture(*, copy: Copy, file_id: str) -> str:
    """The picture of a copy, kept by `core/files.py` before, or none (""). Gives the id of the one it had, or nothing."""
    before, copy.picture = copy.picture, file_id
    db.session.flush()
    return before


def _end_wants(person_id: int, copies: Iterable[tuple[int, Noted]]) -> None:
    here = [(stamp_id, noted) for stamp_id, noted in copies if noted.disposition is Disposition.KEPT]
    wants = queries.wants_of(person_id, (stamp_id for stamp_id, _noted in here))
    for stamp_id, noted in here:
        want = wants.get(stamp_id)
        if want and satisfies(
            want.accepted, condition=noted.condition, format_=noted.format, certified=noted.certified
        ):
            db.session.delete(wants.pop(stamp_id))
    db.session.flush()
