"""Who did what to which thing, when. Lines are added, never changed or removed.

Holds the acts of the contest's people; not the log of the program.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Instant, db


class JournalLine(Base):
    """One act: `who` (a person's id, or None for the program), `act` (verb), thing (kind and id), details."""

    __tablename__ = "journal_line"
    __table_args__ = (Index("ix_journal_line_thing", "thing_kind", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    who: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(64))
    thing_kind: Mapped[str] = mapped_column(String(32))
    thing_id: Mapped[int]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def write(*, who: int | None, act: str, kind: str, thing: int, now: datetime, **details: object) -> None:
    """Add one line inside the caller's transaction. `details` must be plain JSON values."""
    db.session.add(JournalLine(at=now, who=who, act=act, thing_kind=kind, thing_id=thing, details=details))


def lines_about(kind: str, thing: int) -> list[JournalLine]:
    """All acts on one thing, oldest first."""
    query = select(JournalLine).where(JournalLine.thing_kind == kind, JournalLine.thing_id == thing)
    return list(db.session.scalars(query.order_by(JournalLine.id)))
