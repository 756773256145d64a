"""Tables of curating: saves with the changes they made, and suggestions. Lines are added, never changed away. No decisions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from core.db import Base, Instant, choice
from core.evidence import Confidence
from stamps.curating.rules import Act, Naming, SuggestionState


class Revision(Base):
    """One save: who, when, from which source, why. `suggester` names whoever suggested it, as far as they wished."""

    __tablename__ = "stamp_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[Act] = mapped_column(choice(Act))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    source: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[Confidence] = mapped_column(choice(Confidence), default=Confidence.UNKNOWN)
    suggester: Mapped[str] = mapped_column(String(120), default="")
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_revision.id"))
    changes: Mapped[list["Change"]] = relationship(back_populates="revision", order_by="Change.id", lazy="selectin")
    person: Mapped[Person | None] = relationship()


class Change(Base):
    """What one save made of one field of one record, both as text (`stamps/curating/services/fields.py` reads it).

    The field `record` says whether the record is there: its text is the country of an issue, the issue of an item.
    """

    __tablename__ = "stamp_change"
    __table_args__ = (Index("ix_stamp_change_thing", "kind", "key", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("stamp_revision.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64))
    field: Mapped[str] = mapped_column(String(32))
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[Revision] = relationship(back_populates="changes")


class Suggestion(Base):
    """What somebody would correct, for a curator to decide. A new record is suggested with `key` empty and its `details`.

    It goes with the person who made it; a change that came of it stays.
    """

    __tablename__ = "stamp_suggestion"
    __table_args__ = (
        Index("ix_stamp_suggestion_state", "state", "at"),
        Index("ix_stamp_suggestion_thing", "kind", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64))
    country: Mapped[str] = mapped_column(String(2), default="")
    field: Mapped[str] = mapped_column(String(32))
    value: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    naming: Mapped[Naming] = mapped_column(choice(Naming), default=Naming.NOT)
    state: Mapped[SuggestionState] = mapped_column(choice(SuggestionState), default=SuggestionState.WAITING)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(Text, default="")
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_revision.id", ondelete="SET NULL"))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
