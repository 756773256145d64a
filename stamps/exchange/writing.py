"""Files that go out, row by row: Colnect lists as they came or in the same form, plain CSV, XLSX, JSON. Pure.

Every cell that came in goes out again; cells that were changed here are written from our data.
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from stamps.exchange.columns import COLNECT, COLNECT_OF, PLAIN
from stamps.exchange.records import record
from stamps.exchange.tables import guarded
from stamps.exchange.texts import Writing

CHUNK = 500


@dataclass(slots=True)
class Leaving:
    """One row on its way out: its cells, and the text it came in as, where that still says the same."""

    cells: Mapping[str, str]
    raw: str = ""
    more: Sequence[Mapping[str, object]] = field(default_factory=tuple)


def colnect_as_it_came(head: str, rows: Iterable[str], tail: str, writing: Writing) -> Iterator[bytes]:
    """A file whose rows are all as they came: byte by byte what was brought."""
    yield writing.mark_bytes + writing.encoded(head)
    for raw in rows:
        yield writing.encoded(raw + writing.newline)
    yield writing.encoded(tail)


def colnect(rows: Iterable[Leaving], *, name: str, address: str, number: int, now: datetime) -> Iterator[bytes]:
    """A list in Colnect's form: byte order mark, five lines before the header, the end line."""
    at = f"{now:%Y-%m-%d %H:%M:%S} GMT+0"
    before = (
        ("Stamps on Tem Thư", f"List exported on {at}"),
        ("Launched by collector: ", name),
        ("Collector profile on Tem Thư at: ", address),
        (f"This list contains {number} Stamps",),
        ("For the updated list on Tem Thư visit: ", address),
    )
    lines = [",".join(_always_quoted(cell) for cell in line) for line in before]
    yield ("\ufeff" + "\n".join([*lines, "", record(COLNECT)]) + "\n").encode()
    for row in rows:
        text = row.raw or record(row.cells.get(column, "") for column in COLNECT)
        yield (text + "\n").encode(errors="replace")
    yield f'\n\n"END of Tem Thư list launched on {at}"\n'.encode()


def plain_csv(rows: Iterable[Leaving], header: Sequence[str] = PLAIN) -> Iterator[bytes]:
    """Plain CSV in UTF-8 with a byte order mark, for spreadsheet programs; no cell becomes a formula there."""
    yield ("\ufeff" + record(header) + "\r\n").encode()
    for row in _readable(rows):
        cells = (guarded(cell) for cell in _plain(row, header))
        yield (record(cells) + "\r\n").encode(errors="replace")


def as_json(rows: Iterable[Leaving], *, now: datetime) -> Iterator[bytes]:
    """One JSON object; `stamps` holds an object for each row, and `copies` in it what is noted of each piece."""
    yield f'{{"format": "temthu-stamps", "version": 1, "written": "{now.isoformat()}", "stamps": ['.encode()
    first = True
    for row in _readable(rows):
        told: dict[str, object] = {
            name: row.cells[COLNECT_OF[name]] for name in PLAIN if row.cells.get(COLNECT_OF[name])
        }
        if row.more:
            told["copies"] = list(row.more)
        yield (("\n" if first else ",\n") + json.dumps(told, ensure_ascii=False)).encode()
        first = False
    yield b"\n]}\n"


def spreadsheet(rows: Iterable[Leaving], header: Sequence[str] = PLAIN) -> Iterator[bytes]:
    """An XLSX file of texts: nothing in it is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Stamps")
    sheet.append(list(header))
    for row in _readable(rows):
        cells = []
        for text in _plain(row, header):
            cell = WriteOnlyCell(sheet, value=_printable(text))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    yield out.getvalue()


def _readable(rows: Iterable[Leaving]) -> Iterator[Leaving]:
    """Rows that say something of a stamp; lines that could not be read go out only in the form they came in."""
    return (row for row in rows if row.cells)


def _plain(row: Leaving, header: Sequence[str]) -> Iterator[str]:
    return (row.cells.get(COLNECT_OF.get(name, name), "") for name in header)


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n\r")[:32_000]


def _always_quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
