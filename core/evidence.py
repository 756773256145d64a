"""Where a fact comes from, and what to show when sources disagree.

A record (edition, award, stamp issue, …) cites its sources as a whole; a single field that has
its own source, or about which sources differ, has claims. Records are named by kind and key,
so this module knows none of them. A claim is never deleted because another is believed more.
"""

from enum import StrEnum

from sqlalchemy import Boolean, ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, choice, db


class Confidence(StrEnum):
    """How sure the archivist is of a record or claim."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


class Citation(Base):
    """One source of one record as a whole, in the order the archivist gives them."""

    __tablename__ = "citation"
    __table_args__ = (UniqueConstraint("kind", "key", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64))
    url: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class Claim(Base):
    """What some sources say about one field of one record. `chosen`: the value the record carries."""

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("kind", "key", "field", "value"),
        Index("ix_claim_record", "kind", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64))
    field: Mapped[str] = mapped_column(String(32))
    value: Mapped[str] = mapped_column(Text)
    confidence: Mapped[Confidence] = mapped_column(choice(Confidence))
    chosen: Mapped[bool] = mapped_column(Boolean, default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    sources: Mapped[list["ClaimSource"]] = relationship(
        cascade="all, delete-orphan", order_by="ClaimSource.position", lazy="selectin"
    )


class ClaimSource(Base):
    """One source of one claim: an address, or words where there is none."""

    __tablename__ = "claim_source"
    __table_args__ = (UniqueConstraint("claim_id", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


def citations_of(kind: str, key: str) -> list[str]:
    """The addresses a record rests on, in order."""
    query = select(Citation.url).where(Citation.kind == kind, Citation.key == key)
    return list(db.session.scalars(query.order_by(Citation.position)))


def claims_about(kind: str, key: str) -> list[Claim]:
    """Every claim on a record's fields, chosen ones first within a field."""
    query = select(Claim).where(Claim.kind == kind, Claim.key == key)
    return list(db.session.scalars(query.order_by(Claim.field, Claim.chosen.desc(), Claim.id)))
