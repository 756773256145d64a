"""Which stamps of the catalogue a row may be: by its number, its address, or country and year."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, select

from core.db import db
from stamps.exchange.models import ImportRow, StampImport
from stamps.exchange.rules import Basic, ImportState, compared_name, is_link
from stamps.models import CatalogueNumber, Stamp, StampIssue
from stamps.queries import MOST_ASKED

LIVE = (ImportState.WORKING, ImportState.DONE, ImportState.UNDOING)
Asked = TypeVar("Asked", int, str)


def parts(values: Collection[Asked]) -> Iterator[Sequence[Asked]]:
    """As many as one statement takes."""
    wanted = list(dict.fromkeys(values))
    return (wanted[at : at + MOST_ASKED] for at in range(0, len(wanted), MOST_ASKED))


def rows_first() -> ColumnElement[bool]:
    """Joins rows with their imports where few rows are named: SQLite, which counts none, would else read all of an import."""
    return ImportRow.import_id + 0 == StampImport.id


def numbered(normals: Collection[str]) -> dict[str, list[int]]:
    """Stamps that have these catalogue numbers."""
    found: dict[str, list[int]] = defaultdict(list)
    for some in parts(normals):
        query = select(CatalogueNumber.normal, CatalogueNumber.stamp_id).where(
            CatalogueNumber.normal.in_(some), CatalogueNumber.stamp_id.is_not(None)
        )
        for normal, stamp_id in db.session.execute(query):
            if stamp_id is not None:
                found[normal].append(stamp_id)
    return found


def stamps_linked(identities: Collection[str]) -> dict[str, int]:
    """Stamps of the catalogue that came in under these identities."""
    found: dict[str, int] = {}
    for some in parts(identities):
        query = (
            select(ImportRow.identity, ImportRow.stamp_id)
            .join(StampImport, rows_first())
            .where(ImportRow.identity.in_(some), ImportRow.stamp_id.is_not(None), ImportRow.written)
            .where(StampImport.person_id.is_(None), StampImport.state.in_(LIVE))
            .order_by(ImportRow.id)
        )
        for identity, stamp_id in db.session.execute(query):
            if stamp_id is not None:
                found[identity] = stamp_id
    return found


def stamps_keyed(keys: Collection[str]) -> dict[str, int]:
    """Stamps by their keys."""
    found: dict[str, int] = {}
    for some in parts(keys):
        found.update(iter(db.session.execute(select(Stamp.key, Stamp.id).where(Stamp.key.in_(some))).tuples()))
    return found


def basics_of(ids: Collection[int]) -> dict[int, Basic]:
    """What these stamps are compared by."""
    found: dict[int, Basic] = {}
    for some in parts(ids):
        rows = db.session.execute(_basics().where(Stamp.id.in_(some))).all()
        numbers, links = _numbers_of(some), _links_of(some)
        found |= {row.id: _basic(row, numbers[row.id], links.get(row.id, "")) for row in rows}
    return found


def basics_like(country: str, year: int) -> list[Basic]:
    """The stamps of a country in a year, as far as they are compared."""
    rows = db.session.execute(_basics().where(StampIssue.country == country, StampIssue.year == year)).all()
    found = []
    for some in parts([row.id for row in rows]):
        numbers, links = _numbers_of(some), _links_of(some)
        found += [_basic(row, numbers[row.id], links.get(row.id, "")) for row in rows if row.id in set(some)]
    return found


def _basics() -> Select[Any]:
    return select(
        *(Stamp.id, Stamp.issue_id, Stamp.name_vi, Stamp.name_en, Stamp.name_fr, Stamp.name_local, Stamp.face_value),
        *(
            StampIssue.country,
            StampIssue.year,
            StampIssue.name_vi.label("issue_vi"),
            StampIssue.name_en.label("issue_en"),
        ),
        *(StampIssue.name_fr.label("issue_fr"), StampIssue.name_local.label("issue_local"), Stamp.face_amount),
    ).join(StampIssue, Stamp.issue_id == StampIssue.id)


def _basic(row: Row[Any], numbers: Collection[str], link: str) -> Basic:
    own = (row.name_vi, row.name_en, row.name_fr, row.name_local)
    names = own if any(own) else (row.issue_vi, row.issue_en, row.issue_fr, row.issue_local)
    value = f"{row.face_amount.normalize():f}" if row.face_amount is not None else row.face_value
    return Basic(
        id=row.id,
        issue_id=row.issue_id,
        names=frozenset(compared_name(name) for name in names if name),
        country=row.country,
        year=row.year,
        value=value,
        numbers=frozenset(numbers),
        link=link,
    )


def _numbers_of(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(CatalogueNumber.stamp_id, CatalogueNumber.normal).where(CatalogueNumber.stamp_id.in_(ids))
    for stamp_id, normal in db.session.execute(query):
        if stamp_id is not None:
            found[stamp_id].append(normal)
    return found


def _links_of(ids: Sequence[int]) -> dict[int, str]:
    """Colnect's number of stamps that came in by one of its lists."""
    query = (
        select(ImportRow.stamp_id, ImportRow.identity)
        .join(StampImport, rows_first())
        .where(ImportRow.stamp_id.in_(ids), StampImport.person_id.is_(None), StampImport.state.in_(LIVE))
    )
    pairs = db.session.execute(query)
    return {stamp_id: identity for stamp_id, identity in pairs if stamp_id is not None and is_link(identity)}


def keys_of(ids: Iterable[int]) -> list[str]:
    """The keys of these items."""
    return [key for some in parts(list(ids)) for key in db.session.scalars(select(Stamp.key).where(Stamp.id.in_(some)))]


def issues_of(keys: Sequence[str]) -> list[str]:
    """The keys of the issues that items of these keys belong to."""
    query = select(StampIssue.key).join(Stamp, Stamp.issue_id == StampIssue.id).where(Stamp.key.in_(keys)).distinct()
    return list(db.session.scalars(query.order_by(StampIssue.key)))
