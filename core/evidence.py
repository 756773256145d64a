"""Where a fact comes from, and what to show when sources disagree.

A record (edition, award, stamp issue, …) cites its sources as a whole; a single field that has
its own source, or about which sources differ, has claims. Records are named by kind and key,
so this module knows none of them. A claim is never deleted because another is believed more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    """What some sources say about one field of one record. `chosen`: the value the record carries.

    A claim made `by_hand` is a curator's: loading the data files leaves it.
    """

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
    by_hand: Mapped[bool] = mapped_column(Boolean, default=False)
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


@dataclass(frozen=True)
class Told:
    """What a data file says about one field of one record; becomes a `Claim`."""

    field: str
    value: str
    confidence: Confidence
    chosen: bool
    note: str
    sources: tuple[str, ...]


def keep_citations(kind: str, wanted: Mapping[str, Sequence[str]]) -> None:
    """Make the sources of these records exactly these; other records of the kind are left alone."""
    query = select(Citation).where(Citation.kind == kind, Citation.key.in_(wanted))
    present = {(row.key, row.url): row for row in db.session.scalars(query)}
    for key, urls in wanted.items():
        for position, url in enumerate(dict.fromkeys(urls)):
            row = present.pop((key, url), None)
            if row is None:
                db.session.add(Citation(kind=kind, key=key, url=url, position=position))
            else:
                row.position = position
    for row in present.values():
        db.session.delete(row)


def keep_claims(
    kind: str, wanted: Mapping[str, Sequence[Told]], *, held: Mapping[tuple[str, str], str] | None = None
) -> None:
    """Make the claims on these records exactly these; claims made by hand and on other records are left alone.

    `held`: the values of fields (key, field) that curators decided; of those the claim with that value is chosen.
    """
    query = select(Claim).where(Claim.kind == kind, Claim.key.in_(wanted))
    present = {(row.key, row.field, row.value): row for row in db.session.scalars(query)}
    for key, claims in wanted.items():
        for told in claims:
            row = present.pop((key, told.field, told.value), None) or Claim(
                kind=kind, key=key, field=told.field, value=told.value, sources=[]
            )
            if not row.by_hand:
                _retell(row, _held_to(told, (held or {}).get((key, told.field))))
            db.session.add(row)
    for row in present.values():
        if not row.by_hand:
            db.session.delete(row)


def _held_to(told: Told, value: str | None) -> Told:
    return told if value is None else replace(told, chosen=told.value == value)


def claim_by_hand(
    kind: str, key: str, *, field: str, value: str, confidence: Confidence, chosen: bool, sources: Sequence[str]
) -> Claim:
    """What a curator says that sources say about a field; said again it is the same claim, with the sources of both.

    A chosen one takes the place of the one chosen before, which stays as a claim.
    """
    told = claims_about(kind, key)
    if chosen:
        for other in told:
            if other.field == field and other.chosen and other.value != value:
                other.chosen = False
    claim = next((each for each in told if (each.field, each.value) == (field, value)), None)
    if claim is None:
        claim = Claim(kind=kind, key=key, field=field, value=value, confidence=confidence, sources=[])
        db.session.add(claim)
    claim.by_hand, claim.chosen = True, chosen or (claim.chosen or False)
    known = {source.source for source in claim.sources}
    new = [source for source in dict.fromkeys(sources) if source and source not in known]
    claim.sources.extend(ClaimSource(source=source, position=len(known) + at) for at, source in enumerate(new))
    db.session.flush()
    return claim


def choose_claim(kind: str, key: str, *, field: str, value: str) -> None:
    """The record carries this value now: the claim of it is the chosen one, and none if there is no such claim."""
    for claim in claims_about(kind, key):
        if claim.field == field:
            claim.chosen = claim.value == value
    db.session.flush()


def cite(kind: str, key: str, *, source: str) -> None:
    """One more source of a record as a whole."""
    present = citations_of(kind, key)
    if source and source not in present:
        db.session.add(Citation(kind=kind, key=key, url=source, position=len(present)))
        db.session.flush()


def _retell(claim: Claim, told: Told) -> None:
    claim.confidence, claim.chosen, claim.note = told.confidence, told.chosen, told.note
    if [source.source for source in claim.sources] != list(told.sources):
        claim.sources = []
        db.session.flush()  # the old ones go before the same words come again
        claim.sources = [ClaimSource(source=told_by, position=at) for at, told_by in enumerate(told.sources)]
