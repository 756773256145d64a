"""Rows of an import as a page shows them. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.formulas import unguarded
from stamps.exchange import queries
from stamps.exchange.cells import Known
from stamps.exchange.models import ImportRow, StampImport
from stamps.exchange.records import cells_of_raw
from stamps.exchange.rules import Finding, RowAct
from stamps.exchange.services import header_of_import

MOST_TOLD = 100
LONGEST_TOLD = 200


@dataclass(frozen=True)
class Shown:
    """One row: its cells, what is in doubt (column, as printed), the stamps it may be, what is chosen."""

    row: ImportRow
    cells: dict[str, str]
    doubts: Sequence[tuple[str, str]]
    candidates: Sequence[Known]

    @property
    def choice(self) -> str:
        """What is chosen, as the form says it."""
        if self.row.act is RowAct.MATCH and self.row.stamp_id:
            return f"stamp-{self.row.stamp_id}"
        return self.row.act.value

    @property
    def open(self) -> bool:
        """Whether there is anything to choose."""
        return self.row.finding not in (Finding.UNREADABLE, Finding.FRAME, Finding.UNCHANGED)

    @property
    def told(self) -> str:
        """The beginning of a line that could not be read."""
        return self.row.raw.strip()[:LONGEST_TOLD]


def rows(import_: StampImport, some: Sequence[ImportRow]) -> list[Shown]:
    """These rows with everything the page says of them."""
    known = queries.known_stamps([stamp_id for row in some for stamp_id in row.made.get("near", ())])
    return [_shown(import_, row, known) for row in some]


def cells_of_row(import_: StampImport, row: ImportRow) -> dict[str, str]:
    """The cells of a kept row by Colnect's names of columns, and what is read beside them."""
    if row.finding in (Finding.UNREADABLE, Finding.FRAME):
        return {}
    header, separator = header_of_import(import_), import_.writing.get("separator", ",")
    cells = cells_of_raw(row.raw, separator, len(header.columns))
    cells = tuple(map(unguarded, cells)) if import_.kind == "csv" else cells
    found = dict(zip(header.columns, cells, strict=False))
    found.pop("", None)
    return found | {column: cells[at] for column, at in header.beside.items() if at < len(cells)}


def _shown(import_: StampImport, row: ImportRow, known: dict[int, Known]) -> Shown:
    cells = cells_of_row(import_, row)
    doubts = [column.replace("_", " ") for column in row.doubts.split()]
    near = [known[stamp_id] for stamp_id in row.made.get("near", ()) if stamp_id in known]
    return Shown(row, cells, [(column, cells.get(column, "")) for column in doubts], near)


def unreadable(import_: StampImport) -> list[Shown]:
    """The lines that could not be read, the first of them."""
    query = queries.rows_of(import_, Finding.UNREADABLE)
    return rows(import_, queries.page_of(query, number=1, size=MOST_TOLD))


def usual_name(import_: StampImport) -> str:
    """The name of the list for rows that name none: the file's."""
    return (import_.file_name.rpartition(".")[0] or import_.file_name)[:80]


def proposals(person_id: int, *, number: int, size: int) -> list[tuple[ImportRow, dict[str, str]]]:
    """Stamps of somebody's files that the catalogue does not know."""
    found = queries.page_of(queries.proposals_of(person_id), number=number, size=size)
    return [(row, cells_of_row(row.import_, row)) for row in found]
