"""Every SELECT of the open data on single things and on the dump. Nothing is written."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, noload, selectinload

from core.db import db
from core.evidence import Citation, Claim, ClaimSource
from stamps.models import (
    Catalogue,
    CatalogueNumber,
    Maker,
    PermanentNumber,
    Series,
    Stamp,
    StampIssue,
    StampPicture,
    Topic,
)
from stamps.models.columns import Dated

Row = TypeVar("Row", StampIssue, Stamp)
AT_ONCE = 1000
# Viewers show no longer lists; programs take the dump.
MOST_LISTED = 1000
# Kinds of records of the catalogue that have sources.
CITED = ("stamp_issue", "stamp", "stamp_series", "stamp_maker", "stamp_joint_issue")


def picture(key: str) -> StampPicture | None:
    """A picture that may be shown."""
    return db.session.scalar(select(StampPicture).where(StampPicture.key == key, StampPicture.withdrawn_at.is_(None)))


def stamps_of(keys: Sequence[str]) -> list[Stamp]:
    """Items of these keys, in their order."""
    query = select(Stamp).where(Stamp.key.in_(keys)).options(*_whole_stamp())
    found = {stamp.key: stamp for stamp in db.session.scalars(query).unique()}
    return [found[key] for key in keys if key in found]


def issues_of(keys: Sequence[str]) -> list[StampIssue]:
    """Issues of these keys, in their order."""
    query = select(StampIssue).where(StampIssue.key.in_(keys)).options(*_whole_issue())
    found = {issue.key: issue for issue in db.session.scalars(query).unique()}
    return [found[key] for key in keys if key in found]


def first_numbers(kind: str, keys: Sequence[str]) -> dict[str, int]:
    """The permanent number of each key, the one given first."""
    query = select(PermanentNumber.key, PermanentNumber.number).where(
        PermanentNumber.kind == kind, PermanentNumber.key.in_(keys)
    )
    return dict(db.session.execute(query.order_by(PermanentNumber.number.desc())).tuples().all())


def issues_with_pictures() -> list[StampIssue]:
    """Issues of which a picture may be shown, newest first."""
    of_stamps = select(Stamp.issue_id).join(StampPicture, StampPicture.stamp_id == Stamp.id)
    own = select(StampPicture.issue_id).where(StampPicture.issue_id.is_not(None), StampPicture.withdrawn_at.is_(None))
    shown = of_stamps.where(StampPicture.withdrawn_at.is_(None)).union(own)
    query = select(StampIssue).where(StampIssue.id.in_(shown)).order_by(StampIssue.date.desc(), StampIssue.id)
    return list(db.session.scalars(query.limit(MOST_LISTED)))


def every_issue() -> Iterator[StampIssue]:
    """All issues in the order of their ids, a thousand at a time, so that memory stays small."""
    yield from _in_parts(StampIssue)


def every_stamp() -> Iterator[Stamp]:
    """All items likewise."""
    yield from _in_parts(Stamp)


def every_number() -> Iterator[tuple[str | None, str | None, str, str, str]]:
    """All catalogue numbers: key of the issue or of the item, catalogue, normal form, as printed."""
    query = (
        select(StampIssue.key, Stamp.key, Catalogue.key, CatalogueNumber.normal, CatalogueNumber.printed)
        .select_from(CatalogueNumber)
        .join(Catalogue, Catalogue.id == CatalogueNumber.catalogue_id)
        .outerjoin(StampIssue, StampIssue.id == CatalogueNumber.issue_id)
        .outerjoin(Stamp, Stamp.id == CatalogueNumber.stamp_id)
        .order_by(CatalogueNumber.id)
    )
    yield from db.session.execute(query.execution_options(yield_per=AT_ONCE)).tuples()


def every_picture() -> Iterator[tuple[str | None, str | None, StampPicture]]:
    """All pictures that may be shown, with the key of their issue or item."""
    query = (
        select(StampIssue.key, Stamp.key, StampPicture)
        .select_from(StampPicture)
        .outerjoin(StampIssue, StampIssue.id == StampPicture.issue_id)
        .outerjoin(Stamp, Stamp.id == StampPicture.stamp_id)
        .where(StampPicture.withdrawn_at.is_(None))
        .order_by(StampPicture.id)
    )
    yield from db.session.execute(query.execution_options(yield_per=AT_ONCE)).tuples()


def every_citation() -> Iterator[tuple[str, str, str]]:
    """What each thing of the catalogue as a whole rests on: kind, key, source."""
    query = select(Citation.kind, Citation.key, Citation.url).where(Citation.kind.in_(CITED))
    ordered = query.order_by(Citation.kind, Citation.key, Citation.position)
    yield from db.session.execute(ordered.execution_options(yield_per=AT_ONCE)).tuples()


def every_claim() -> Iterator[tuple[Claim, str]]:
    """What sources say of single fields, once for each source; "" for a claim that names none."""
    query = (
        select(Claim, func.coalesce(ClaimSource.source, ""))
        .outerjoin(ClaimSource, ClaimSource.claim_id == Claim.id)
        .where(Claim.kind.in_(CITED))
        .options(noload(Claim.sources))
        .order_by(Claim.kind, Claim.key, Claim.field, Claim.chosen.desc(), Claim.id, ClaimSource.position)
    )
    yield from db.session.execute(query.execution_options(yield_per=AT_ONCE)).tuples()


def last_change(*tables: type[Dated]) -> datetime | None:
    """When anything of these tables was last changed."""
    moments = (db.session.scalar(select(func.max(table.changed_at))) for table in tables)
    return max((moment for moment in moments if moment), default=None)


def topics() -> list[Topic]:
    """Every topic."""
    return list(db.session.scalars(select(Topic).order_by(Topic.id)))


def makers() -> list[Maker]:
    """Every maker."""
    return list(db.session.scalars(select(Maker).order_by(Maker.id)))


def series() -> list[Series]:
    """Every series."""
    return list(db.session.scalars(select(Series).order_by(Series.id)))


def catalogues() -> list[Catalogue]:
    """Every catalogue."""
    return list(db.session.scalars(select(Catalogue).order_by(Catalogue.rank, Catalogue.id)))


def _in_parts(table: type[Row]) -> Iterator[Row]:
    options: dict[type[object], tuple[Any, ...]] = {StampIssue: _whole_issue(), Stamp: _whole_stamp()}
    last = 0
    while True:
        query = select(table).where(table.id > last).options(*options.get(table, ())).order_by(table.id).limit(AT_ONCE)
        part = db.session.scalars(query).unique().all()
        if not part:
            return
        yield from part
        last = part[-1].id
        db.session.expunge_all()


def _whole_issue() -> tuple[Any, ...]:
    return (selectinload(StampIssue.stamps), selectinload(StampIssue.pictures))


def _whole_stamp() -> tuple[Any, ...]:
    return (
        joinedload(Stamp.issue),
        joinedload(Stamp.parent),
        joinedload(Stamp.base),
        selectinload(Stamp.members),
        selectinload(Stamp.topics),
        selectinload(Stamp.credits),
        selectinload(Stamp.pictures),
    )
