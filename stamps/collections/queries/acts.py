"""What was marked lately."""

from datetime import datetime

from sqlalchemy import select

from core.db import db
from stamps.collections.models import Act, Copy


def act(act_id: int) -> Act | None:
    """By id."""
    return db.session.get(Act, act_id)


def last_act(person_id: int, *, since: datetime) -> Act | None:
    """The last thing somebody marked that can still be taken back."""
    query = select(Act).where(Act.person_id == person_id, Act.at >= since)
    return db.session.scalar(query.order_by(Act.id.desc()).limit(1))


def stamps_of_act(act: Act) -> list[int]:
    """Ids of the stamps that were marked by it."""
    copies = [*act.did.get("copies", []), *act.did.get("offered", [])]
    query = select(Copy.stamp_id).where(Copy.person_id == act.person_id, Copy.id.in_(copies))
    return [*act.did.get("wants", []), *db.session.scalars(query)]
