"""A whole collection goes: rows go with the person too, files are named to whoever saves this.

Packages above that keep something of a collection register how it goes (`erases_too`). What organisers decided, or are asked to
decide, outlasts it: who was closed stays closed, and what was reported can be looked at.
"""

import secrets
from collections.abc import Callable

from sqlalchemy import delete, select

from core.db import db
from stamps.collections import queries
from stamps.collections.models import Act, Collector, CollectorList, Conversation, Copy, Want

Eraser = Callable[[int], list[str]]
_others: list[Eraser] = []


def erases_too(eraser: Eraser) -> None:
    """Register, once, what takes away more of a person's collection and gives the ids of files to be forgotten."""
    if eraser not in _others:
        _others.append(eraser)


def erase_collection(*, person_id: int) -> list[str]:
    """Nothing is left of what somebody noted here. Gives the ids of files, to be forgotten once that is saved."""
    files = list(db.session.scalars(select(Copy.picture).where(Copy.person_id == person_id, Copy.picture != "")))
    for eraser in _others:
        files += eraser(person_id)
    for table in (Act, CollectorList, Want, Copy):
        db.session.execute(delete(table).where(table.person_id == person_id))
    _erase_collector(person_id)
    mine = (Conversation.first_id == person_id) | (Conversation.second_id == person_id)
    db.session.execute(delete(Conversation).where(mine, ~queries.awaits_organiser()))
    db.session.flush()
    return files


def erase_reported(*, conversation: Conversation) -> None:
    """An organiser has looked: what was kept for that alone goes, if one of the two has erased it meanwhile."""
    pair = (conversation.first_id, conversation.second_id)
    erased = [each for person_id in pair if (each := queries.collector(person_id)) and not each.name]
    for collector in erased:
        _erase_collector(collector.person_id)
    if erased:
        db.session.delete(conversation)
    db.session.flush()


def _erase_collector(person_id: int) -> None:
    """What somebody showed of themselves; without a name stays who was closed or is in a report."""
    kept = queries.collector(person_id)
    if kept is None:
        return
    if kept.closed_at is None and not queries.is_in_a_report(person_id):
        db.session.delete(kept)
    else:
        hide(kept)
        kept.name = kept.about = ""
    db.session.flush()


def hide(kept: Collector) -> None:
    """Nothing is shown any longer, nor under the address of before."""
    kept.published_at = kept.swaps_since = None
    kept.shows_counts = kept.shows_haves = kept.shows_swaps = kept.shows_wants = False
    kept.address = secrets.token_hex(8)
