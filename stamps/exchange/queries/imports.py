"""Imports, their rows, and which rows hold today."""

import heapq
from collections.abc import Collection, Iterator
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from core.db import db
from stamps.exchange.models import ImportAgain, ImportRow, StampImport
from stamps.exchange.queries.candidates import LIVE, parts, rows_first
from stamps.exchange.rules import Finding, ImportState

PORTION = 1000
Told = TypeVar("Told", ImportRow, ImportAgain)


def import_(import_id: int) -> StampImport | None:
    """By id."""
    return db.session.get(StampImport, import_id)


def imports_of(person_id: int) -> list[StampImport]:
    """What somebody brought for own lists, newest first."""
    query = select(StampImport).where(StampImport.person_id == person_id).order_by(StampImport.id.desc())
    return list(db.session.scalars(query))


def imports_into_the_catalogue() -> list[StampImport]:
    """What was brought for the catalogue, newest first."""
    query = select(StampImport).where(StampImport.person_id.is_(None)).options(joinedload(StampImport.by))
    return list(db.session.scalars(query.order_by(StampImport.id.desc())))


def same_rows(person_id: int | None, identities: Collection[str]) -> dict[str, ImportRow]:
    """The rows that hold today under these identities, in what this person (or the catalogue) brought."""
    found: dict[str, ImportRow] = {}
    for some in parts(identities):
        query = _current(person_id, rows_first()).where(ImportRow.identity.in_(some)).order_by(ImportRow.id)
        found |= {row.identity: row for row in db.session.scalars(query)}
    return found


def imports_that_hold(person_id: int | None) -> list[StampImport]:
    """The imports of which any row holds today, in the order brought."""
    ids = _current(person_id).with_only_columns(ImportRow.import_id).distinct()
    return list(db.session.scalars(select(StampImport).where(StampImport.id.in_(ids)).order_by(StampImport.id)))


def current_rows(person_id: int | None, *, import_id: int | None = None) -> Iterator[ImportRow]:
    """Every row that holds today, of all imports or of one, in the order brought; read in portions."""
    last = 0
    while True:
        query = _current(person_id).where(ImportRow.id > last).order_by(ImportRow.id).limit(PORTION)
        if import_id is not None:
            query = query.where(ImportRow.import_id == import_id)
        rows = list(db.session.scalars(query.options(joinedload(ImportRow.import_))))
        yield from rows
        if len(rows) < PORTION:
            return
        last = rows[-1].id
        for row in rows:
            db.session.expunge(row)


def _current(person_id: int | None, joined: ColumnElement[bool] | None = None) -> Select[tuple[ImportRow]]:
    # Nearly every row holds: SQLite, which counts no rows, must not look them up by that.
    holds = func.coalesce(ImportRow.superseded_by, 0) == 0
    of_person = StampImport.person_id.is_(None) if person_id is None else StampImport.person_id == person_id
    return (
        select(ImportRow)
        .join(StampImport, ImportRow.import_id == StampImport.id if joined is None else joined)
        .where(of_person, StampImport.state.in_((*LIVE, ImportState.DONE)))
        .where(ImportRow.written, holds)
    )


def rows_of(import_: StampImport, finding: Finding | None = None, *, doubted: bool = False) -> Select[tuple[ImportRow]]:
    """The rows of an import in their order: all, of one finding, or those with something in doubt."""
    query = select(ImportRow).where(ImportRow.import_id == import_.id)
    if finding is not None:
        query = query.where(ImportRow.finding == finding)
    if doubted:
        query = query.where(ImportRow.doubts != "")
    return query.order_by(ImportRow.id)


def written_rows(import_: StampImport, *, after: int, most: int) -> list[ImportRow]:
    """Rows of an import with which something was done, behind one, in their order."""
    query = select(ImportRow).where(ImportRow.import_id == import_.id, ImportRow.written, ImportRow.id > after)
    return list(db.session.scalars(query.order_by(ImportRow.id).limit(most)))


def every_row(import_: StampImport) -> Iterator[tuple[ImportRow | None, str]]:
    """Every row of a file in its order, whatever other files said since: what was done with it, and as it was brought.

    One that said nothing new comes with the row of an earlier file that it repeats, None where that is gone.
    """
    own = select(ImportRow).where(ImportRow.import_id == import_.id, ImportRow.written).order_by(ImportRow.id)
    again = select(ImportAgain).where(ImportAgain.import_id == import_.id).order_by(ImportAgain.id)
    done, repeated = own.options(joinedload(ImportRow.import_)), again.options(joinedload(ImportAgain.row))
    first = ((row.line, 0, row, row.raw) for row in _in_portions(done))
    second = ((one.line, 1, one.row, one.raw) for one in _in_portions(repeated))
    for _line, _which, row, raw in heapq.merge(first, second, key=lambda told: told[:2]):
        yield row, raw


def _in_portions(query: Select[tuple[Told]]) -> Iterator[Told]:
    yield from db.session.scalars(query.execution_options(yield_per=PORTION))


def rows_called(import_: StampImport, ids: Collection[int]) -> list[ImportRow]:
    """Those of these rows that are of this import."""
    query = select(ImportRow).where(ImportRow.import_id == import_.id, ImportRow.id.in_(ids))
    return list(db.session.scalars(query))


def page_of(query: Select[tuple[ImportRow]], *, number: int, size: int) -> list[ImportRow]:
    """One page, pages counted from 1."""
    return list(db.session.scalars(query.limit(size).offset((number - 1) * size)))


def count(query: Select[tuple[ImportRow]]) -> int:
    """How many rows a query holds."""
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def proposals_of(person_id: int) -> Select[tuple[ImportRow]]:
    """Stamps of somebody's files that the catalogue does not know."""
    return (
        _current(person_id).where(ImportRow.proposal.is_not(None), ImportRow.stamp_id.is_(None)).order_by(ImportRow.id)
    )


def every_proposal(person_id: int) -> list[ImportRow]:
    """All of them, with their files."""
    return list(db.session.scalars(proposals_of(person_id).options(joinedload(ImportRow.import_))))


def count_findings(import_: StampImport) -> dict[Finding, int]:
    """How many rows there are of each finding."""
    query = select(ImportRow.finding, func.count()).where(ImportRow.import_id == import_.id)
    return dict(iter(db.session.execute(query.group_by(ImportRow.finding)).tuples()))
