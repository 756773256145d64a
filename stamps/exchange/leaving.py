"""What goes out of the catalogue, or of a collector's lists: which rows, in which order, what was changed since. Reads only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from core.db import db
from core.formulas import guarded, unguarded
from stamps.exchange import queries, services
from stamps.exchange.cells import Known, changed, item_cells
from stamps.exchange.collected import Own, own_things, stamps_of
from stamps.exchange.columns import COLNECT, OWN, Header, headings_beside
from stamps.exchange.matching import portions_of
from stamps.exchange.models import ImportRow, StampImport
from stamps.exchange.records import cells_of_raw, record
from stamps.exchange.rules import Finding, RowAct
from stamps.exchange.writing import Leaving
from stamps.models import Stamp

PORTION = 500
UNREAD = (Finding.UNREADABLE, Finding.FRAME)


@dataclass(frozen=True, slots=True)
class Brought:
    """A row as a file brought it, and what was done with it, or with the same row of an earlier file."""

    import_: StampImport
    raw: str
    row: ImportRow | None


def leaving(person_id: int | None, *, site: str = "") -> Iterator[Leaving]:
    """Every row: those brought, in their order, then what was added here.

    `site` begins the addresses of stamps; where there is no request, it is "": a path still says which stamp a row is.
    """
    seen: set[int] = set()
    for rows in portions_of(queries.current_rows(person_id), PORTION):
        yield from _brought(rows, person_id, seen)
    for ids in portions_of(_others(person_id, seen), PORTION):
        known = queries.known_stamps(ids)
        own = own_things(person_id, ids) if person_id is not None else {}
        for stamp_id in ids:
            if stamp_id in known:
                mine = own.get(stamp_id, Own())
                link = f"{site}/stamps/{known[stamp_id].key}"
                yield Leaving(item_cells(known[stamp_id], link=link) | mine.cells, more=mine.copies)


def as_it_came(person_id: int | None) -> StampImport | None:
    """The one import that all of it came by, when nothing was added, changed or taken away since; else None."""
    imports = set()
    rows = 0
    seen: set[int] = set()
    for some in portions_of(queries.current_rows(person_id), PORTION):
        rows += len(some)
        imports |= {row.import_id for row in some}
        found = list(_brought(some, person_id, seen))
        if len(imports) > 1 or len(found) != len(some) or not all(row.raw for row in found):
            return None
    if len(imports) != 1 or next(iter(_others(person_id, seen)), None) is not None:
        return None
    import_ = queries.import_(imports.pop())
    return import_ if import_ and import_.head and import_.kind == "colnect" else None


def raws(import_: StampImport) -> Iterator[str]:
    """The rows of an import as they came."""
    return (row.raw for row in queries.current_rows(import_.person_id))


def of_import(import_: StampImport) -> Iterator[tuple[Leaving, str]]:
    """The rows of one file in their order, and as text in the file's own form: as they came, but for what was changed here."""
    person_id, header = import_.person_id, services.header_of_import(import_)
    beside = headings_beside(header)
    for rows in portions_of(queries.every_row(import_), PORTION):
        known, own = _known([row for row, _raw in rows if row], person_id)
        for row, raw in rows:
            stamp, mine = (known.get(row.stamp_id or 0), own.get(row.stamp_id or 0, Own())) if row else (None, Own())
            if row and _is_gone(row, stamp, mine, person_id):
                continue
            leaving, is_changed = _row(Brought(import_, raw, row), stamp, mine, beside)
            yield leaving, _as_text(import_, header, beside, leaving) if is_changed else raw


def _as_text(import_: StampImport, header: Header, beside: Sequence[str], leaving: Leaving) -> str:
    pairs = zip(header.columns, beside, strict=True)
    cells = [leaving.cells.get(column, "") if column else leaving.beside.get(heading, "") for column, heading in pairs]
    separator = import_.writing.get("separator", ",")
    return record(map(guarded, cells) if import_.kind == "csv" else cells, separator)


def _brought(rows: Sequence[ImportRow], person_id: int | None, seen: set[int]) -> Iterator[Leaving]:
    known, own = _known(rows, person_id)
    for _import_id, group in groupby(rows, key=lambda row: row.import_id):
        some = list(group)
        beside = headings_beside(services.header_of_import(some[0].import_))
        for row in some:
            stamp, mine = known.get(row.stamp_id or 0), own.get(row.stamp_id or 0, Own())
            if not _is_gone(row, stamp, mine, person_id):
                seen.add(row.stamp_id or 0)
                yield _row(Brought(row.import_, row.raw, row), stamp, mine, beside)[0]


def _known(rows: Iterable[ImportRow], person_id: int | None) -> tuple[dict[int, Known], dict[int, Own]]:
    ids = [row.stamp_id for row in rows if row.stamp_id]
    return queries.known_stamps(ids), own_things(person_id, ids) if person_id is not None else {}


def _is_gone(row: ImportRow, known: Known | None, mine: Own, person_id: int | None) -> bool:
    """Left out when it was brought, taken off every list by its collector, or of a stamp that is no more."""
    if row.act is RowAct.LEAVE and row.finding not in UNREAD:
        return True
    off_every_list = person_id is not None and not mine.there and row.act is RowAct.MATCH
    return bool(row.stamp_id) and (off_every_list or known is None)


def headings(person_id: int | None) -> list[str]:
    """The headings of columns that say nothing to us, where anything stands in them."""
    found: dict[str, None] = {}
    for import_ in queries.imports_that_hold(person_id):
        beside = headings_beside(services.header_of_import(import_))
        wanted, there = set(filter(None, beside)), set()
        for row in queries.current_rows(person_id, import_id=import_.id) if wanted else ():
            cells = cells_of_raw(row.raw, import_.writing.get("separator", ","), len(beside))
            there |= {heading for heading, cell in zip(beside, cells, strict=False) if heading and cell.strip()}
            if there == wanted:
                break
        found |= dict.fromkeys(heading for heading in beside if heading in there)
    return list(found)


def _row(brought: Brought, known: Known | None, mine: Own, beside: Sequence[str]) -> tuple[Leaving, bool]:
    """A row as it came, but for what was changed here since; and whether anything was."""
    import_, raw, row = brought.import_, brought.raw, brought.row
    columns, separator = import_.header["columns"], import_.writing.get("separator", ",")
    cells = cells_of_raw(raw, separator, len(columns)) if row is None or row.finding not in UNREAD else ()
    if not cells:
        return Leaving({}, raw=raw), False
    cells = tuple(map(unguarded, cells)) if import_.kind == "csv" else cells
    told = dict.fromkeys(COLNECT, "") | dict(zip(columns, cells, strict=False))
    told.pop("", None)
    others = {heading: cell for heading, cell in zip(beside, cells, strict=False) if heading}
    now = item_cells(known) | mine.cells if known else {}
    other = changed(row.seen, now) if row and now and row.seen else set()
    if not other:
        fits = import_.kind == "colnect" and separator == ","
        return Leaving(told, raw=raw if fits else "", beside=others, more=mine.copies), False
    # What a cell of several lists says belongs together: one changed, all are ours.
    other |= set(OWN) if other & set(OWN) else set()
    told |= {column: now.get(column, "") for column in other}
    return Leaving(told, beside=others, more=mine.copies), True


def _others(person_id: int | None, seen: set[int]) -> Iterator[int]:
    """Stamps that nobody brought by a file."""
    if person_id is None:
        ids = list(db.session.scalars(select(Stamp.id).order_by(Stamp.issue_id, Stamp.rank, Stamp.id)))
    else:
        ids = stamps_of(person_id)
    return (stamp_id for stamp_id in ids if stamp_id not in seen)
