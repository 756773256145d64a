"""Files that go out, row by row: Colnect lists as they came or in the same form, plain CSV, XLSX, JSON. Pure.

Every cell that came in goes out again; cells that were changed here are written from our data.
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from core.formulas import guarded
from stamps.exchange.columns import COLNECT, COLNECT_OF, COPIES, PLAIN
from stamps.exchange.records import cell, record
from stamps.exchange.texts import Writing

CHUNK = 500


@dataclass(slots=True)
class Leaving:
    """One row on its way out: its cells, and the text it came in as, where that still says the same.

    `beside` are cells of columns that say nothing to us, by their headings; they stand after all others.
    """

    cells: Mapping[str, str]
    raw: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    more: Sequence[Mapping[str, object]] = field(default_factory=tuple)


def colnect_as_it_came(head: str, rows: Iterable[str], tail: str, writing: Writing) -> Iterator[bytes]:
    """A file whose rows are all as they came: byte by byte what was brought."""
    yield writing.mark_bytes + writing.encoded(head)
    end = ""
    for raw in rows:
        yield writing.encoded(end + raw)
        end = "" if raw.endswith(("\n", "\r")) else writing.newline
    yield writing.encoded((end if writing.closed else "") + tail)


def colnect(
    rows: Iterable[Leaving], *, name: str, address: str, number: int, now: datetime, beside: Sequence[str] = ()
) -> Iterator[bytes]:
    """A list in Colnect's form: byte order mark, five lines before the header, the end line; other columns at the end."""
    at = f"{now:%Y-%m-%d %H:%M:%S} GMT+0"
    before = (
        ("Stamps on Tem Thư", f"List exported on {at}"),
        ("Launched by collector: ", name),
        ("Collector profile on Tem Thư at: ", address),
        (f"This list contains {number} Stamps",),
        ("For the updated list on Tem Thư visit: ", address),
    )
    lines = [",".join(_always_quoted(cell) for cell in line) for line in before]
    yield ("\ufeff" + "\n".join([*lines, "", record([*COLNECT, *beside])]) + "\n").encode()
    for row in rows:
        text = row.raw.rstrip("\r\n") or record(row.cells.get(column, "") for column in COLNECT)
        more = "".join("," + cell(row.beside.get(heading, "")) for heading in beside) if row.cells else ""
        yield (text + more + "\n").encode(errors="replace")
    yield f'\n\n"END of Tem Thư list launched on {at}"\n'.encode()


def plain_csv(rows: Iterable[Leaving], beside: Sequence[str] = ()) -> Iterator[bytes]:
    """Plain CSV in UTF-8 with a byte order mark, for spreadsheet programs; no cell becomes a formula there."""
    yield ("\ufeff" + record([*PLAIN, *map(guarded, beside)]) + "\r\n").encode()
    for row in _readable(rows):
        cells = map(guarded, _plain(row, beside))
        yield (record(cells) + "\r\n").encode(errors="replace")


def as_json(rows: Iterable[Leaving], *, now: datetime) -> Iterator[bytes]:
    """One JSON object; `stamps` holds an object for each row, and `copies` in it what is noted of each piece."""
    yield f'{{"format": "temthu-stamps", "version": 1, "written": "{now.isoformat()}", "stamps": ['.encode()
    first = True
    for row in _readable(rows):
        told: dict[str, object] = {
            name: row.cells[COLNECT_OF[name]] for name in PLAIN if row.cells.get(COLNECT_OF[name])
        }
        told |= {heading: said for heading, said in row.beside.items() if said}
        if row.more:
            told[COPIES] = list(row.more)
        elif row.cells.get(COPIES):  # of a stamp that the catalogue does not know
            told[COPIES] = json.loads(row.cells[COPIES])
        yield (("\n" if first else ",\n") + json.dumps(told, ensure_ascii=False)).encode()
        first = False
    yield b"\n]}\n"


def spreadsheet(rows: Iterable[Leaving], beside: Sequence[str] = ()) -> Iterator[bytes]:
    """An XLSX file of texts: nothing in it is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Stamps")
    sheet.append([_text_cell(sheet, text) for text in (*PLAIN, *beside)])
    for row in _readable(rows):
        sheet.append([_text_cell(sheet, text) for text in _plain(row, beside)])
    out = io.BytesIO()
    book.save(out)
    yield out.getvalue()


def _readable(rows: Iterable[Leaving]) -> Iterator[Leaving]:
    """Rows that say something of a stamp; lines that could not be read go out only in the form they came in."""
    return (row for row in rows if row.cells)


def _plain(row: Leaving, beside: Sequence[str]) -> Iterator[str]:
    yield from (row.cells.get(COLNECT_OF[name], "") for name in PLAIN)
    yield from (row.beside.get(heading, "") for heading in beside)


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Any:
    made = WriteOnlyCell(sheet, value=_printable(text))
    made.data_type = "s"
    return made


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n\r")[:32_000]


def _always_quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
