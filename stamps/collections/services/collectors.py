"""Writing what a collector shows of themselves. Only grown-ups open themselves; closing is at once and for anybody."""

import secrets
from dataclasses import asdict
from datetime import datetime

from core import journal
from core.db import db
from core.errors import Refused
from stamps.collections import queries
from stamps.collections.models import Collector
from stamps.collections.rules import Shown
from stamps.collections.services.erasing import hide


def open_collector(
    *, person_id: int, shown: Shown, published: bool, swaps: bool, says_grown_up: bool, now: datetime
) -> Collector:
    """Show this much to everybody, and be found by swap partners, or not. Refuses children and who does not say their age."""
    if queries.is_child(person_id):
        raise Refused("A guardian has agreed to something for this account, so it is a child’s: it is shown to nobody.")
    kept = queries.collector(person_id)
    if kept and kept.closed_at:
        raise Refused("An organiser has closed this page. Please write to them.")
    if not says_grown_up:
        raise Refused("Only grown-ups show their stamps to others.", field="says_grown_up")
    if kept is None:
        kept = Collector(person_id=person_id, address=secrets.token_hex(8), grown_up_said_at=now)
        db.session.add(kept)
    for column, value in asdict(shown).items():
        setattr(kept, column, value)
    kept.published_at = (kept.published_at or now) if published else None
    kept.swaps_since = (kept.swaps_since or now) if swaps else None
    db.session.flush()
    return kept


def hide_collector(*, person_id: int) -> None:
    """Nobody sees anything any longer; the address of before is given to nobody again. What is reported can be decided."""
    kept = queries.collector(person_id)
    if kept is None or kept.closed_at:
        return
    if queries.is_in_a_report(person_id):
        hide(kept)
    else:
        db.session.delete(kept)
    db.session.flush()


def close_collector(*, person_id: int, by: int, now: datetime) -> None:
    """An organiser takes it down; it stays down, were it hidden before."""
    kept = queries.collector(person_id)
    if kept is None:
        kept = Collector(person_id=person_id, address=secrets.token_hex(8), name="", grown_up_said_at=now)
        db.session.add(kept)
    kept.closed_at = now
    kept.published_at = kept.swaps_since = None
    db.session.flush()
    journal.write(who=by, act="collector.closed", kind="person", thing=person_id, now=now)
