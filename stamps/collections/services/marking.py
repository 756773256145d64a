"""Marking while one looks through the catalogue: a stamp or a whole set at once, and taking it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from core.db import db
from core.errors import Refused
from stamps.collections import queries
from stamps.collections.models import Act, Want
from stamps.collections.rules import UNDO_WITHIN, Accepted, Condition, CopyFormat, Noted, Priority, Status
from stamps.collections.services.copies import add_copies, refuse_to_swap_early, remove_copy
from stamps.collections.services.wants import want_stamps


def mark(*, person_id: int, stamp_ids: Sequence[int], status: Status, now: datetime) -> Act:
    """Have, want or would swap these stamps. What is so already stays: of a set, only the rest is marked."""
    ids = list(dict.fromkeys(stamp_ids))
    if status is Status.SWAP:
        refuse_to_swap_early(ids)
    doing = {Status.HAVE: _have, Status.WANT: _want, Status.SWAP: _swap}[status]
    did = doing(person_id, ids, now)
    db.session.execute(delete(Act).where(Act.person_id == person_id, Act.at < now - UNDO_WITHIN))
    act = Act(person_id=person_id, at=now, did=did)
    db.session.add(act)
    db.session.flush()
    return act


def undo(*, act: Act, now: datetime) -> list[str]:
    """As it was before: copies and wants of the marking go, wants that it ended come back. Only once, and for a week.

    Gives the ids of pictures that copies got since, to be forgotten once that is saved.
    """
    if act.at < now - UNDO_WITHIN:
        raise Refused("This was too long ago to be taken back.")
    made = queries.copies_for(act.person_id, act.did.get("copies", []))
    # Ids are given again on SQLite, moments are not.
    pictures = [remove_copy(copy=copy) for copy in made if copy.added_at == act.at]
    for copy in queries.copies_for(act.person_id, act.did.get("offered", [])):
        copy.to_swap = False
    for want in queries.wants_of(act.person_id, act.did.get("wants", [])).values():
        if want.added_at == act.at:
            db.session.delete(want)
    db.session.flush()
    _bring_back(act)
    db.session.delete(act)
    db.session.flush()
    return [picture for picture in pictures if picture]


def number_marked(act: Act) -> int:
    """How many stamps it changed; none where all was so already."""
    return sum(len(act.did.get(kind, [])) for kind in ("copies", "wants", "offered"))


def _have(person_id: int, ids: list[int], now: datetime, *, to_swap: bool = False) -> dict[str, Any]:
    owned = queries.owned_ids(person_id, ids)
    missing = [stamp_id for stamp_id in ids if stamp_id not in owned]
    before = {stamp_id: _kept(want) for stamp_id, want in queries.wants_of(person_id, missing).items()}
    made = add_copies(person_id=person_id, copies=[(each, Noted(to_swap=to_swap)) for each in missing], now=now)
    still = queries.wants_of(person_id, before)
    ended = [kept for stamp_id, kept in before.items() if stamp_id not in still]
    return {"copies": [copy.id for copy in made], "ended": ended}


def _want(person_id: int, ids: list[int], now: datetime) -> dict[str, Any]:
    """Of a set those that are missing; a single stamp also when it is there, for one in another state."""
    owned = queries.owned_ids(person_id, ids) if len(ids) > 1 else set()
    looked_for = [(each, Accepted()) for each in ids if each not in owned]
    return {"wants": [want.stamp_id for want in want_stamps(person_id=person_id, wants=looked_for, now=now)]}


def _swap(person_id: int, ids: list[int], now: datetime) -> dict[str, Any]:
    """One copy of each is offered, the last that came; where there is none, one comes."""
    did = _have(person_id, ids, now, to_swap=True)
    offered = []
    for copies in queries.kept_by_stamp(person_id, ids).values():
        if not any(copy.to_swap for copy in copies):
            copies[-1].to_swap = True
            offered.append(copies[-1].id)
    return did | {"offered": offered}


def _kept(want: Want) -> dict[str, Any]:
    return {
        "stamp_id": want.stamp_id,
        "conditions": list(want.conditions),
        "formats": list(want.formats),
        "certificate_needed": want.certificate_needed,
        "priority": want.priority,
        "public_note": want.public_note,
        "private_note": want.private_note,
    }


def _bring_back(act: Act) -> None:
    ended = {kept["stamp_id"]: kept for kept in act.did.get("ended", [])}
    for stamp_id in queries.wants_of(act.person_id, ended):
        del ended[stamp_id]
    for kept in ended.values():
        kinds = {
            "conditions": tuple(map(Condition, kept["conditions"])),
            "formats": tuple(map(CopyFormat, kept["formats"])),
            "priority": Priority(kept["priority"]),
        }
        db.session.add(Want(person_id=act.person_id, added_at=act.at, **(kept | kinds)))
