"""An import at work, in portions of bounded length: read and compare, then write. Each portion is a transaction of the caller.

Reading can be looked at before anything is written (`read_portion`, then `write_portion`), or be done with writing in one go
(`take_portion`), which is what the command does.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from accounts import queries as accounts
from core.db import db
from core.formulas import unguarded
from stamps.exchange import queries
from stamps.exchange.cells import item_cells, short
from stamps.exchange.matching import Examined, Examiner
from stamps.exchange.models import ImportAgain, ImportRow, StampImport
from stamps.exchange.records import Record, cells_of_raw
from stamps.exchange.rules import Finding, Proposal, RowAct
from stamps.exchange.services.cataloguing import Cataloguer
from stamps.exchange.services.choosing import MOST_SUGGESTED, suggest
from stamps.exchange.services.collecting import Collector
from stamps.exchange.services.many import add_many
from stamps.exchange.services.receiving import header_of_import
from stamps.exchange.services.searching import MOST_INDEXED, index_all_later

Counts = Counter[str]
# Among the counts of an import: the names of the lists it made.
LISTS = "lists"


class Work:
    """What one run of an import remembers between portions."""

    def __init__(self, import_: StampImport, *, now: datetime) -> None:
        self.import_id, self.person_id, self.now = import_.id, import_.person_id, now
        self.header, self.kind = header_of_import(import_), import_.kind
        self.separator = import_.writing.get("separator", ",")
        self.offered, self.suggested = bool(import_.options.get("offer")), 0
        self.language, self.file_name = import_.options.get("language", ""), import_.file_name
        self.examiner = Examiner(person_id=import_.person_id, header=self.header, this_year=now.year)
        self.cataloguer = self.collector = None
        if import_.person_id is None:
            self.cataloguer = Cataloguer(source=import_.file_name, language=import_.options.get("language", ""))
        else:
            self.collector = Collector(import_, now=now)
        self.counts: Counts = Counter({name: many for name, many in import_.counts.items() if name != LISTS})
        self.changed: list[str] = []
        self.lists: Counter[str] = Counter()
        self.listless = 0
        self.own_ids: dict[str, int] = {}
        self.things: set[str] = set()
        self.hanging: list[tuple[int, str, str]] = []

    def examined(self, records: Sequence[Record]) -> list[Examined]:
        """What these rows are."""
        return self.examiner.examine(records)

    def write(self, rows: Sequence[Examined]) -> None:
        """Do with each row what is to be done."""
        matched = [row for row in rows if row.act is RowAct.MATCH]
        new = [row for row in rows if row.act is RowAct.NEW]
        if self.cataloguer is not None:
            self._catalogue(self.cataloguer, matched, new)
        if self.collector is not None:
            self.collector.write(matched)
        self._see([*matched, *new])
        self.count(rows)

    def count(self, rows: Sequence[Examined]) -> None:
        """What became, or would become, of these rows; in the catalogue a thing named twice is one new stamp."""
        for row in rows:
            counted = _counted(row)
            if counted == "new" and self.cataloguer is not None:
                counted = "matched" if row.thing in self.things else "new"
                self.things.add(row.thing)
            self.counts[counted] += 1
            self.counts["doubts"] += bool(row.facts.doubts) and row.act is not RowAct.LEAVE

    def _catalogue(self, cataloguer: Cataloguer, matched: Sequence[Examined], new: Sequence[Examined]) -> None:
        self.changed += cataloguer.write_new(new)
        self.examiner.made.update(row.stamp_id for row in new if row.stamp_id)
        known = queries.known_stamps([row.stamp_id for row in matched if row.stamp_id])
        self.changed += cataloguer.complete(matched, known)
        self._hear_of_parents([*matched, *new])

    def _hear_of_parents(self, rows: Iterable[Examined]) -> None:
        for row in rows:
            if row.stamp_id and row.facts.own_id:
                self.own_ids[row.facts.own_id] = row.stamp_id
            for other, column in ((row.facts.parent, "parent_id"), (row.facts.base, "base_id")):
                if other and row.stamp_id and other != row.facts.own_id:
                    self.hanging.append((row.stamp_id, other, column))

    def _see(self, rows: Sequence[Examined]) -> None:
        """What our cells are now, in short."""
        fresh = {row.stamp_id: row.known for row in rows if row.stamp_id and row.known}
        known = queries.known_stamps([row.stamp_id for row in rows if row.stamp_id and row.stamp_id not in fresh])
        known |= fresh
        own = self.collector.cells(list(known)) if self.collector else {}
        for row in rows:
            if row.stamp_id in known:
                row.seen = short(item_cells(known[row.stamp_id]) | own.get(row.stamp_id, {}))

    def hear_of_lists(self, rows: Sequence[Examined]) -> None:
        """Which lists the file names, and how many rows name none."""
        for row in rows:
            names = [name.strip() for name in row.cells.get("List", "").split(",") if name.strip()]
            self.lists.update(names)
            self.listless += bool(row.cells) and not names

    def proposal_of(self, row: Examined) -> Proposal | None:
        """A stamp that the catalogue does not know stays with its collector, offered to curators or not."""
        if self.person_id is None or row.act is not RowAct.NEW:
            return None
        return Proposal.OFFERED if self.offered else Proposal.PRIVATE

    def suggest(self, row: Examined) -> None:
        """Offer a stamp to the curators; so many at once that they can look through them."""
        if self.suggested < MOST_SUGGESTED and (person := accounts.person(self.person_id or 0)):
            suggest(person=person, facts=row.facts, language=self.language, source=self.file_name, now=self.now)
            self.suggested += 1

    def remember(self, rows: Sequence[ImportRow]) -> None:
        """What a run that was killed knew of rows it had written."""
        if self.cataloguer is not None:
            self._hear_of_parents([again(self, row) for row in rows if row.stamp_id])
            self.changed += queries.keys_of(row.stamp_id for row in rows if row.stamp_id)

    def told(self) -> dict[str, Any]:
        """What came of it so far, with the lists that were made: undoing takes away those that are empty then."""
        return {**self.counts, LISTS: self.collector.made_lists} if self.collector else dict(self.counts)

    def finish(self) -> None:
        """What needs all rows: parents of varieties, the search."""
        if self.cataloguer is not None:
            found = ((child, self.own_ids.get(other), column) for child, other, column in self.hanging)
            self.cataloguer.hang((child, other, column) for child, other, column in _no_rings(found))
        index_all_later(items=self.changed, issues=queries.issues_of(self.changed[: MOST_INDEXED + 1]))


def take_portion(work: Work, records: Sequence[Record]) -> None:
    """Read, compare and write these rows in one go. Rows that say nothing new are only kept as they came."""
    rows = work.examined(records)
    work.write(rows)
    kept = [row for row in rows if row.finding is not Finding.UNCHANGED]
    if kept:
        for row, row_id in zip(kept, queries.next_ids(ImportRow, len(kept)), strict=True):
            row.row_id = row_id
        add_many(ImportRow, [_values(work, row, written=True) for row in kept])
    _keep_again(work, rows)
    _supersede(kept)
    _note(work, len(records))


def read_portion(work: Work, records: Sequence[Record]) -> None:
    """Read and compare these rows; write down what was found, for somebody to look at."""
    rows = work.examined(records)
    work.hear_of_lists(rows)
    for row, row_id in zip(rows, queries.next_ids(ImportRow, len(rows)), strict=True):
        row.row_id = row_id
    add_many(ImportRow, [_values(work, row, written=False) for row in rows])
    work.counts["read"] += len(rows)
    _note(work, len(records))


def write_portion(work: Work, after: int, most: int) -> int:
    """Do with rows that were read before what was chosen for them; gives the id of the last one, 0 when there is none."""
    query = select(ImportRow).where(ImportRow.import_id == work.import_id, ImportRow.id > after, ~ImportRow.written)
    kept = list(db.session.scalars(query.order_by(ImportRow.id).limit(most)))
    if not kept:
        return 0
    rows = [again(work, row) for row in kept]
    before = queries.same_rows(work.person_id, [row.identity for row in rows])
    for row in rows:
        row.before = before.get(row.identity)
    work.write(rows)
    for row, stored in zip(rows, kept, strict=True):
        stored.stamp_id, stored.made, stored.seen, stored.written = row.stamp_id, row.made, row.seen, True
        stored.proposal = work.proposal_of(row)
        if stored.proposal is Proposal.OFFERED:
            work.suggest(row)
        if row.finding is Finding.UNCHANGED:
            db.session.delete(stored)
    db.session.flush()
    _keep_again(work, rows)
    _supersede([row for row in rows if row.finding is not Finding.UNCHANGED])
    _note(work, len(rows))
    return kept[-1].id


def again(work: Work, stored: ImportRow) -> Examined:
    """A row that was read before, taken apart once more."""
    record = record_of(stored, separator=work.separator, width=len(work.header.names), guarded=work.kind == "csv")
    row = work.examiner.taken(record)
    row.identity, row.row_id = stored.identity, stored.id
    row.finding, row.act, row.stamp_id = stored.finding, stored.act, stored.stamp_id
    return row


def look_again(*, person_id: int, now: datetime) -> int:
    """Stamps of somebody's files that the catalogue did not know, compared once more; gives how many it knows by now."""
    found = 0
    for import_ in queries.imports_of(person_id):
        kept = list(db.session.scalars(queries.proposals_of(person_id).where(ImportRow.import_id == import_.id)))
        if kept:
            found += _looked_again(Work(import_, now=now), kept)
    db.session.flush()
    return found


def _looked_again(work: Work, kept: Sequence[ImportRow]) -> int:
    rows = [again(work, stored) for stored in kept]
    work.examiner.compare(rows)
    matched = [(row, stored) for row, stored in zip(rows, kept, strict=True) if row.act is RowAct.MATCH]
    work.write([row for row, _stored in matched])
    for row, stored in matched:
        stored.stamp_id, stored.act, stored.finding = row.stamp_id, row.act, row.finding
        stored.made, stored.seen, stored.proposal = row.made, row.seen, None
    return len(matched)


def record_of(stored: ImportRow, *, separator: str, width: int, guarded: bool) -> Record:
    """The record of a kept row."""
    plain = stored.finding not in (Finding.UNREADABLE, Finding.FRAME)
    cells = tuple(cells_of_raw(stored.raw, separator, width)) if plain else ()
    return Record(stored.line, stored.raw, tuple(map(unguarded, cells)) if guarded else cells, frame=not plain)


def _values(work: Work, row: Examined, *, written: bool) -> dict[str, Any]:
    return {
        "id": row.row_id,
        "import_id": work.import_id,
        "line": row.record.line,
        "raw": row.record.raw,
        "identity": row.identity,
        "finding": row.finding,
        "act": row.act,
        "written": written,
        "stamp_id": row.stamp_id,
        "proposal": work.proposal_of(row) if written else None,
        "doubts": " ".join(doubt.replace(" ", "_") for doubt in row.facts.doubts),
        "seen": row.seen,
        "made": row.made if written else {"near": _pointed_out(row)},
    }


def _pointed_out(row: Examined) -> list[int]:
    """The stamps that this row may be."""
    known = [row.stamp_id] if row.stamp_id and row.stamp_id not in row.candidates else []
    return [*known, *row.candidates]


def _keep_again(work: Work, rows: Iterable[Examined]) -> None:
    """Rows that say nothing new, so that their file can go out whole."""
    values = [
        {
            "import_id": work.import_id,
            "line": row.record.line,
            "raw": row.record.raw,
            "row_id": row.before.id if row.before else None,
        }
        for row in rows
        if row.finding is Finding.UNCHANGED
    ]
    add_many(ImportAgain, values)


def _supersede(rows: Iterable[Examined]) -> None:
    """A later row of the same thing takes the place of the earlier one."""
    for row in rows:
        if row.before is not None and row.row_id is not None and row.act is not RowAct.LEAVE:
            db.session.execute(update(ImportRow).where(ImportRow.id == row.before.id).values(superseded_by=row.row_id))


def _note(work: Work, number: int) -> None:
    statement = update(StampImport).where(StampImport.id == work.import_id)
    db.session.execute(statement.values(done=StampImport.done + number, counts=work.told()))


def _counted(row: Examined) -> str:
    if row.finding in (Finding.UNCHANGED, Finding.UNREADABLE, Finding.FRAME):
        return row.finding.value
    return {RowAct.MATCH: "matched", RowAct.NEW: "new", RowAct.LEAVE: "left"}[row.act]


def _no_rings(pairs: Iterable[tuple[int, int | None, str]]) -> Iterable[tuple[int, int, str]]:
    """Pairs that hang nothing below itself, however far."""
    above: dict[tuple[str, int], int] = {}
    for child, other, column in pairs:
        if other is None:
            continue
        up: int | None = other
        while up is not None and up != child:
            up = above.get((column, up))
        if up is None:
            above[column, child] = other
            yield child, other, column


def look_at_portion(work: Work, records: Sequence[Record]) -> None:
    """Read and compare these rows and count what would be done; nothing is written."""
    work.count(work.examined(records))
