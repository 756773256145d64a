"""Every SELECT on collections; each asks for the things of one person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload

from core.db import db
from stamps.collections.models import Copy, Want
from stamps.collections.rules import Condition, CopyFormat, Status, status_of
from stamps.models import Stamp

Mine = Select[tuple[Copy]] | Select[tuple[Want]]


def copy(copy_id: int) -> Copy | None:
    """By id."""
    return db.session.get(Copy, copy_id)


def copies_of(person_id: int, stamp: Stamp) -> list[Copy]:
    """Somebody's copies of a stamp, oldest first."""
    query = select(Copy).where(Copy.person_id == person_id, Copy.stamp_id == stamp.id)
    return list(db.session.scalars(query.order_by(Copy.id)))


def want(person_id: int, stamp: Stamp) -> Want | None:
    """Somebody's want of a stamp."""
    return db.session.scalar(select(Want).where(Want.person_id == person_id, Want.stamp_id == stamp.id))


def same_copy(
    person_id: int, stamp: Stamp, condition: Condition | None, format_: CopyFormat | None, *, since: datetime
) -> Copy | None:
    """A copy alike that was added since."""
    query = select(Copy).where(Copy.person_id == person_id, Copy.stamp_id == stamp.id, Copy.added_at > since)
    alike = query.where(Copy.condition.is_not_distinct_from(condition), Copy.format.is_not_distinct_from(format_))
    return db.session.scalar(alike.order_by(Copy.id).limit(1))


def mine(person_id: int, status: Status) -> Mine:
    """What somebody has, offers or looks for, newest first."""
    if status is Status.WANT:
        wants = select(Want).where(Want.person_id == person_id).options(joinedload(Want.stamp).joinedload(Stamp.issue))
        return wants.order_by(Want.id.desc())
    copies = select(Copy).where(Copy.person_id == person_id).options(joinedload(Copy.stamp).joinedload(Stamp.issue))
    return (copies.where(Copy.to_swap) if status is Status.SWAP else copies).order_by(Copy.id.desc())


def page_of(query: Mine, *, number: int, size: int) -> Sequence[Copy | Want]:
    """One page, pages counted from 1."""
    return list(db.session.scalars(query.limit(size).offset((number - 1) * size)))


def counts(person_id: int) -> dict[Status, int]:
    """How much somebody has, offers and looks for."""
    copies = select(func.count(Copy.id), func.count(case((Copy.to_swap, 1)))).where(Copy.person_id == person_id)
    have, swap = db.session.execute(copies).one()
    want = db.session.scalar(select(func.count(Want.id)).where(Want.person_id == person_id)) or 0
    return {Status.HAVE: have, Status.SWAP: swap, Status.WANT: want}


def statuses(person_id: int, keys: Sequence[str]) -> dict[str, Status]:
    """What somebody has to do with stamps of these keys, where it is anything."""
    of_person = Copy.person_id == person_id
    copies = (
        select(Stamp.key, func.count(Copy.id), func.count(case((Copy.to_swap, 1))))
        .join(Copy, (Copy.stamp_id == Stamp.id) & of_person)
        .where(Stamp.key.in_(keys))
        .group_by(Stamp.key)
    )
    owned = {key: (number, to_swap) for key, number, to_swap in db.session.execute(copies)}
    wants = select(Stamp.key).join(Want, (Want.stamp_id == Stamp.id) & (Want.person_id == person_id))
    wanted = set(db.session.scalars(wants.where(Stamp.key.in_(keys))))
    found = {key: status_of(copies=n, to_swap=m, wanted=key in wanted) for key, (n, m) in owned.items()}
    found |= dict.fromkeys(wanted - owned.keys(), Status.WANT)
    return {key: status for key, status in found.items() if status}
