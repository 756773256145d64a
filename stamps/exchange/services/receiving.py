"""A file arrives: what it is, how it was written, whether its like was here before."""

from datetime import datetime
from pathlib import Path

from core.db import db
from stamps.exchange.columns import Header
from stamps.exchange.languages import language_of
from stamps.exchange.models import StampImport
from stamps.exchange.tables import Table, table_of
from stamps.exchange.texts import Writing


def receive(
    *,
    path: Path,
    file_name: str,
    file_id: str,
    person_id: int | None,
    by_id: int | None,
    now: datetime,
    only_looked_at: bool = False,
) -> StampImport:
    """A file that holds a table of stamps; refuses any other one. Only looked at, it is not kept."""
    table = table_of(path)
    made = StampImport(
        person_id=person_id,
        by_id=by_id,
        at=now,
        file_name="".join(filter(str.isprintable, file_name))[-200:] or "stamps",
        file_id=file_id,
        options={"language": language_of(table.header)},
        counts={},
        refusal={},
        total=0,
        done=0,
    )
    describe(made, table)
    if not only_looked_at:
        db.session.add(made)
        db.session.flush()
    return made


def describe(import_: StampImport, table: Table) -> None:
    """What stands around the rows, kept so that the file can go out as it came."""
    writing = table.writing
    import_.kind, import_.head = table.kind, table.head
    import_.writing = {
        "encoding": writing.encoding,
        "mark": writing.mark,
        "newline": writing.newline,
        "separator": writing.separator,
        "guessed": writing.guessed,
    }
    header = table.header
    import_.header = {
        "names": list(header.names),
        "columns": list(header.columns),
        "by_position": header.by_position,
    }


def writing_of_import(import_: StampImport) -> Writing:
    """How the text of the file was written."""
    return Writing(**import_.writing)


def header_of_import(import_: StampImport) -> Header:
    """The headings of the file."""
    kept = import_.header
    return Header(tuple(kept["names"]), tuple(kept["columns"]), bool(kept["by_position"]))
