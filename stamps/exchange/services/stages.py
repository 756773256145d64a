"""An import from stretch to stretch: it begins, every row is read, all is written, or the work was interrupted."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select

from core import journal
from core.db import db
from stamps.exchange import queries
from stamps.exchange.models import ImportRow, StampImport
from stamps.exchange.rules import BATCH, ImportState
from stamps.exchange.services.running import Work
from stamps.exchange.tables import Table

# So many lists of a file are asked about.
MOST_LISTS = 60


def begin(import_: StampImport, state: ImportState) -> None:
    """An import starts a stretch of work."""
    import_.state, import_.done = state, 0
    import_.counts = {} if state is not ImportState.UNDOING else import_.counts
    db.session.flush()


def finish_reading(*, import_: StampImport, work: Work, table: Table) -> None:
    """Every row is read: it waits for somebody to look at it."""
    import_.counts = {"lists_found": dict(work.lists.most_common(MOST_LISTS)), "listless": work.listless}
    import_.total, import_.state = import_.done, ImportState.READY
    _keep_end(import_, table)
    db.session.flush()


def finish(*, import_: StampImport, work: Work, table: Table | None = None) -> None:
    """All rows are written: varieties hang below their parents, the search learns of it, the import is done."""
    work.finish()
    import_.counts, import_.state = work.told(), ImportState.DONE
    if table is not None:
        _keep_end(import_, table)
    if import_.person_id is None:  # what collectors bring is theirs alone
        told = {name: work.counts[name] for name in ("new", "matched", "left")}
        journal.write(
            who=import_.by_id, act="stamps.imported", kind="stamp_import", thing=import_.id, now=work.now, **told
        )
    db.session.flush()


def stop(*, import_: StampImport, work: Work) -> None:
    """The work was interrupted: portions that were written stand and can be undone; where there are none, nothing is left."""
    if not import_.done:
        db.session.delete(import_)
        db.session.flush()
        return
    written = set(db.session.scalars(select(ImportRow.stamp_id).where(ImportRow.import_id == import_.id)))
    work.own_ids = {own_id: stamp_id for own_id, stamp_id in work.own_ids.items() if stamp_id in written}
    work.hanging = [each for each in work.hanging if each[0] in written]
    work.counts = Counter(import_.counts)
    finish(import_=import_, work=work)


def remembered(*, import_: StampImport, now: datetime) -> Work:
    """What somebody whose process was killed had done, from what was written. Writes nothing."""
    work, last = Work(import_, now=now), 0
    while rows := queries.written_rows(import_, after=last, most=BATCH):
        work.remember(rows)
        last = rows[-1].id
    return work


def _keep_end(import_: StampImport, table: Table) -> None:
    """What stood after the last row, known once all are read."""
    import_.tail, import_.writing = table.tail, {**import_.writing, "closed": table.closed}
