"""An import from file to finish: read it, write what was chosen, take it back. An edge: each portion is a transaction.

Done by the worker for large files and while the person waits for small ones; may run twice.
"""

from datetime import timedelta

from sqlalchemy import delete

from core import clock, files, jobs, processes
from core.db import db, transaction
from core.errors import Refused
from stamps.exchange import queries, services
from stamps.exchange.matching import portions_of
from stamps.exchange.models import ImportRow, StampImport
from stamps.exchange.rules import BATCH, ImportState
from stamps.exchange.tables import Table, table_of

JOB = "stamps.import"
SEEN_TO = "stamps.import_at_work"
# A command that brings a file in is looked after so often.
BETWEEN_LOOKS = timedelta(minutes=1)
# What is done while somebody waits at a page takes less; after so long the worker sees that it is done.
AT_MOST = timedelta(minutes=2)


@jobs.handles(JOB, writes=False, takes_long=True)
def on_import(import_id: int, what: str, by_id: int | None) -> None:
    """The job of `later`; what is done already is left."""
    if what == "undo":
        undo(import_id, by_id)
    else:
        {"read": read, "write": write}[what](import_id)


def later(import_id: int, what: str, *, by_id: int | None) -> None:
    """In the caller's transaction: have the worker do it."""
    jobs.enqueue(JOB, import_id=import_id, what=what, by_id=by_id)


def at_the_latest(import_id: int, what: str, *, by_id: int | None) -> None:
    """In the caller's transaction, who does it at once: should this process end before it is done, the worker does it."""
    jobs.enqueue(JOB, due_at=clock.now() + AT_MOST, import_id=import_id, what=what, by_id=by_id)


def look_after(import_id: int, process: str) -> None:
    """In the caller's transaction, of a command: should this process be killed, what it wrote can be undone."""
    jobs.enqueue(SEEN_TO, due_at=clock.now() + BETWEEN_LOOKS, import_id=import_id, process=process)


@jobs.handles(SEEN_TO, writes=False, takes_long=True)
def see_to(import_id: int, process: str) -> None:
    """The job of `look_after`."""
    import_ = queries.import_(import_id)
    if import_ is None or import_.state is not ImportState.WORKING:
        return
    is_gone = processes.is_gone(process)
    work = services.remembered(import_=import_, now=clock.now()) if is_gone else None
    with transaction():
        if work:
            services.stop(import_=import_, work=work)
        else:
            look_after(import_id, process)


def read(import_id: int) -> None:
    """Read and compare every row of the file. What cannot be read is said on the import's page."""
    import_ = queries.import_(import_id)
    if import_ is None or import_.state is not ImportState.READING:
        return
    path = files.path_of(import_.file_id)
    with transaction():
        import_.done, import_.counts = 0, {}
        db.session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
    try:
        _read_rows(import_, table_of(path))
    except Refused as refused:
        with transaction():
            import_.state = ImportState.FAILED
            values = {name: str(value) for name, value in refused.values.items()}
            import_.refusal = {"message": refused.message, "values": values}


def _read_rows(import_: StampImport, table: Table) -> None:
    work = services.Work(import_, now=clock.now())
    for records in portions_of(table.rows, BATCH):
        with transaction():
            services.read_portion(work, records)
    with transaction():
        services.finish_reading(import_=import_, work=work, table=table)


def write(import_id: int) -> None:
    """Do with every row what was chosen."""
    import_ = queries.import_(import_id)
    if import_ is None or import_.state is not ImportState.WORKING:
        return
    work, after = services.Work(import_, now=clock.now()), 0
    while True:
        with transaction():
            after = services.write_portion(work, after, BATCH)
        if not after:
            break
    with transaction():
        services.finish(import_=import_, work=work)
        file_id, import_.file_id = import_.file_id, ""
    if file_id:
        files.forget(file_id)


def undo(import_id: int, by_id: int | None) -> None:
    """Take everything back, from the last row to the first."""
    import_ = queries.import_(import_id)
    if import_ is None or import_.state is not ImportState.UNDOING:
        return
    work, before = services.Undoing(import_), None
    while True:
        with transaction():
            before = services.undo_portion(work, before, BATCH) or None
        if before is None:
            break
    with transaction():
        services.finish_undoing(import_=import_, work=work, by_id=by_id, now=clock.now())


def forget(import_: StampImport) -> None:
    """Nothing is left of the file as it was brought; what it made stays."""
    file_id = import_.file_id
    with transaction():
        services.forget(import_=import_)
    if file_id:
        files.forget(file_id)
