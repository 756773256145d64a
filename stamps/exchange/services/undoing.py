"""An import taken back as a whole: what it made goes; what was changed here since, or is used by others, is kept and said."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, exists, false, or_, select, update

from core import journal
from core.db import Base, db
from core.evidence import Citation
from stamps.collections.models import CollectorList, Copy, ListEntry, Want
from stamps.exchange import queries
from stamps.exchange.cells import ITEM_COLUMNS, Known, changed, item_cells
from stamps.exchange.collected import own_things
from stamps.exchange.columns import COLNECT, OWN
from stamps.exchange.models import ImportRow, StampImport
from stamps.exchange.pieces import in_short
from stamps.exchange.rules import ImportState
from stamps.exchange.services.searching import index_all_later
from stamps.models import CatalogueNumber, Credit, Stamp, StampIssue
from stamps.models.changing import issues_changed
from stamps.services import retire

# Rows that are part of a stamp and go with it.
_PARTS = ("stamp_catalogue_number", "stamp_credit", "stamp_item_topic", "stamp_import_row", "stamp")
MOST_NAMED = 50


class Undoing:
    """What one undoing counts between portions; rows are taken back from the last to the first."""

    def __init__(self, import_: StampImport) -> None:
        self.import_id, self.person_id = import_.id, import_.person_id
        self.counts: Counter[str] = Counter()
        self.gone: list[str] = []
        self.kept: list[str] = []
        self.issues: set[int] = set()


def undo_portion(work: Undoing, before: int | None, most: int) -> int:
    """Take some rows back; gives the id of the last one, 0 when there is none."""
    query = select(ImportRow).where(ImportRow.import_id == work.import_id, ImportRow.written)
    if before is not None:
        query = query.where(ImportRow.id < before)
    rows = list(db.session.scalars(query.order_by(ImportRow.id.desc()).limit(most)))
    if not rows:
        return 0
    ids = [row.stamp_id for row in rows if row.stamp_id]
    known = queries.known_stamps(ids)
    if work.person_id is None:
        _uncatalogue(work, rows, known)
    else:
        _uncollect(work, rows, known)
    lasting = [row.id for row in rows]
    db.session.execute(update(ImportRow).where(ImportRow.superseded_by.in_(lasting)).values(superseded_by=None))
    _note(work, len(rows))
    return rows[-1].id


def finish_undoing(*, import_: StampImport, work: Undoing, by_id: int | None, now: datetime) -> None:
    """Issues and lists of the import that are empty now go; the import is undone."""
    work.issues |= _issues_made(import_)
    issues = list(db.session.scalars(select(StampIssue).where(StampIssue.id.in_(work.issues))))
    index_all_later(items=work.gone, issues=[issue.key for issue in issues])
    for issue in issues:
        if not db.session.scalar(select(exists().where(Stamp.issue_id == issue.id))):
            retire(kind="stamp_issue", key=issue.key)
            db.session.execute(delete(Citation).where(Citation.kind == "stamp_issue", Citation.key == issue.key))
            db.session.delete(issue)
    if import_.person_id is not None:
        work.counts["lists"] += _remove_empty_lists(import_)
    import_.counts = {
        **import_.counts,
        "kept_names": work.kept,
        **{f"undone_{name}": number for name, number in work.counts.items()},
    }
    import_.state = ImportState.UNDONE
    if import_.person_id is None:
        journal.write(
            who=by_id, act="stamps.import_undone", kind="stamp_import", thing=import_.id, now=now, **work.counts
        )
    db.session.flush()


def _uncatalogue(work: Undoing, rows: Sequence[ImportRow], known: dict[int, Known]) -> None:
    made = {row.stamp_id: row for row in rows if row.stamp_id and row.made.get("stamp")}
    kept = _used({stamp_id for stamp_id in made if stamp_id}) | {
        stamp_id
        for stamp_id, row in made.items()
        if stamp_id in known and changed(row.seen, item_cells(known[stamp_id])) & set(ITEM_COLUMNS)
    }
    goes = [stamp_id for stamp_id in made if stamp_id in known and stamp_id not in kept]
    for stamp_id in goes:
        key = known[stamp_id].key
        retire(kind="stamp", key=key)
        work.gone.append(key)
    issues = {known[stamp_id].issue_id for stamp_id in goes}
    work.issues |= issues
    issues_changed(issues)
    keys = [known[stamp_id].key for stamp_id in goes]
    _delete_stamps(goes, keys)
    work.counts["gone"] += len(goes)
    for stamp_id in kept & known.keys():
        _keep(work, known[stamp_id])
    for row in rows:
        if row.stamp_id and row.stamp_id in known and not row.made.get("stamp"):
            _unfill(work, row, known[row.stamp_id])


def _delete_stamps(ids: Sequence[int], keys: Sequence[str]) -> None:
    if not ids:
        return
    db.session.execute(delete(Citation).where(Citation.kind == "stamp", Citation.key.in_(keys)))
    for column in (Stamp.parent_id, Stamp.base_id):
        db.session.execute(update(Stamp).where(column.in_(ids), Stamp.id.in_(ids)).values({column: None}))
    for table in (CatalogueNumber, Credit):
        db.session.execute(delete(table).where(table.stamp_id.in_(ids)))
    db.session.execute(delete(Stamp).where(Stamp.id.in_(ids)))


def _used(ids: set[int]) -> set[int]:
    """Those of these stamps that anything else refers to: copies, sheets, pictures, varieties that stay."""
    used: set[int] = set()
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if any(key.column is Stamp.__table__.c.id for key in column.foreign_keys):
                used |= set(db.session.scalars(_referring(table, column, ids)))
    return used


def _referring(table: Table, column: ColumnElement[Any], ids: set[int]) -> Select[tuple[int]]:
    query = select(column).where(column.in_(ids)).distinct()
    if table.name == "stamp":
        return query.where(table.c.id.not_in(ids))
    return query.where(false()) if table.name in _PARTS else query


def _unfill(work: Undoing, row: ImportRow, known: Known) -> None:
    """What an import filled is empty again, unless it says something else by now."""
    now = changed(row.seen, item_cells(known)) & set(ITEM_COLUMNS)
    if now and row.made.get("filled"):
        _keep(work, known)
        return
    emptied: dict[str, Any] = {}
    for name in row.made.get("filled", ()):
        column = Stamp.__table__.c[name]
        emptied[name] = None if column.nullable else () if name == "processes" else ""
    numbers = row.made.get("numbers", ())
    if emptied or numbers:
        db.session.execute(update(Stamp).where(Stamp.id == known.id).values(key=known.key, **emptied))
    if numbers:
        db.session.execute(
            delete(CatalogueNumber).where(CatalogueNumber.id.in_(numbers), CatalogueNumber.stamp_id == known.id)
        )
    if emptied or numbers:
        work.gone.append(known.key)
        work.issues.add(known.issue_id)
        work.counts["gone"] += 1


def _uncollect(work: Undoing, rows: Sequence[ImportRow], known: dict[int, Known]) -> None:
    """Copies, wants and places on lists that the import made; where the collector changed something since, all of it stays."""
    ids = [row.stamp_id for row in rows if row.stamp_id]
    own = own_things(work.person_id or 0, ids)
    for row in rows:
        made = {name: row.made.get(name, []) for name in ("copies", "wants", "entries")}
        if not any(made.values()):
            work.counts["gone"] += row.proposal is not None  # a stamp that only the file knew
            continue
        mine = own.get(row.stamp_id or 0)
        now = changed(row.seen, mine.cells if mine else {}, COLNECT) & set(OWN)
        if now or _noted_since(made["copies"], row.made.get("noted")):
            _keep(work, known.get(row.stamp_id or 0))
            continue
        _delete_own(work.person_id or 0, made)
        work.counts["gone"] += 1


def _keep(work: Undoing, known: Known | None) -> None:
    """Something stays, and is named."""
    work.counts["kept"] += 1
    if known and len(work.kept) < MOST_NAMED:
        work.kept.append(known.name)


def _noted_since(copy_ids: Sequence[int], brought: int | None) -> bool:
    """Whether anything was noted of these copies that the file does not say: place, price, picture, a way it went."""
    if brought is not None:
        copies = db.session.scalars(select(Copy).where(Copy.id.in_(copy_ids))).all()
        return in_short(copies) != brought or any(copy.picture or copy.parted_on for copy in copies)
    query = select(Copy.id).where(
        Copy.id.in_(copy_ids),
        or_(
            *(column != "" for column in (Copy.place, Copy.grade, Copy.acquired_on, Copy.acquired_from, Copy.picture)),
            *(column != "" for column in (Copy.certificate_expert, Copy.certificate_number, Copy.parted_on)),
            Copy.price.is_not(None),
            Copy.format.is_not(None),
        ),
    )
    return db.session.scalar(query.limit(1)) is not None


def _delete_own(person_id: int, made: dict[str, list[int]]) -> None:
    db.session.execute(delete(Copy).where(Copy.id.in_(made["copies"]), Copy.person_id == person_id))
    db.session.execute(delete(Want).where(Want.id.in_(made["wants"]), Want.person_id == person_id))
    lists = select(CollectorList.id).where(CollectorList.person_id == person_id)
    db.session.execute(delete(ListEntry).where(ListEntry.id.in_(made["entries"]), ListEntry.list_id.in_(lists)))


def _remove_empty_lists(import_: StampImport) -> int:
    """Lists that this import made and on which nothing is left; gives how many."""
    empty = select(CollectorList).where(
        CollectorList.person_id == import_.person_id,
        CollectorList.made_at >= import_.at,
        CollectorList.name.in_(import_.counts.get("lists", [])),
        ~exists().where(ListEntry.list_id == CollectorList.id),
    )
    lists = list(db.session.scalars(empty))
    for list_ in lists:
        db.session.delete(list_)
    return len(lists)


def _issues_made(import_: StampImport) -> set[int]:
    made: Iterable[dict[str, Any]] = db.session.scalars(
        select(ImportRow.made).where(ImportRow.import_id == import_.id, ImportRow.written)
    )
    return {each["issue"] for each in made if each.get("issue")}


def _note(work: Undoing, number: int) -> None:
    statement = update(StampImport).where(StampImport.id == work.import_id)
    db.session.execute(statement.values(done=StampImport.done + number))
