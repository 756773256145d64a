"""Any file a collector brings, as a table: Colnect lists and other text tables, XLSX, JSON. Reads files; no database.

What stands around the rows of a text table (preamble, header, end line) is kept as it stands, so that it can go out again.
"""

import io
import itertools
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from core.errors import Refused
from core.formulas import unguarded
from stamps.exchange.columns import COLNECT_OF, COPIES, Header, header_of, is_plain
from stamps.exchange.records import LONGEST_RECORD, Fault, Reader, Record, record, taken_apart
from stamps.exchange.texts import SEPARATORS, Writing, lines_of, writing_of

# The header stands within so many lines.
HEADER_WITHIN = 40
LONGEST_HEAD = 100_000
# An XLSX is a ZIP: what it would unpack to is looked at before it is.
MOST_UNPACKED = 400_000_000
MOST_PARTS = 2_000
MOST_ROWS = 250_000
MOST_COLUMNS = 200
# What openpyxl and the readers of ZIP and XML below it raise for a file that is broken.
_BROKEN = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, SyntaxError, EOFError, OSError),
    *(KeyError, ValueError, IndexError, TypeError, AttributeError, NotImplementedError),
)
# Halves of a sign alone: no encoding writes them.
_UNWRITABLE = re.compile("[\ud800-\udfff]")


def _no_table() -> Refused:
    return Refused(
        "No table of stamps was found in this file: its columns should have headings such as Name, Country, Catalog Codes.",
        field="file",
    )


def _broken() -> Refused:
    return Refused("This is not a spreadsheet that can be opened.", field="file")


def _too_many() -> Refused:
    return Refused(
        "A spreadsheet of more than %(most)s rows is too long; please bring it in parts.", field="file", most=MOST_ROWS
    )


@dataclass
class Table:
    """A file as read: its header and rows, read once; how its text is written, what stands before and after the rows."""

    kind: str
    header: Header
    writing: Writing
    rows: Iterable[Record]
    head: str = ""
    source: Reader | None = field(default=None, repr=False)

    @property
    def tail(self) -> str:
        """What stood after the last row, once all are read."""
        return self.source.tail if self.source else ""

    @property
    def closed(self) -> bool:
        """Whether a line end stood after the last row, once all are read."""
        return self.source.closed if self.source else True


def table_of(path: Path) -> Table:
    """The table in a file, by what the file holds rather than by its name."""
    with path.open("rb") as source:
        start = source.read(4096)
    if start.startswith(b"PK\x03\x04"):
        return _spreadsheet(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("Old Excel files (.xls) cannot be read: please save it as .xlsx or CSV.", field="file")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and not _is_list_cell(start):
        return _json(path)
    return _text(path)


def _is_list_cell(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[]")


def _text(path: Path) -> Table:
    writing = writing_of(path)
    lines = (line.replace("\0", "") for line in lines_of(path, writing))
    head, header, separator = _found_header(lines)
    writing = Writing(writing.encoding, writing.mark, writing.newline, separator, writing.guessed)
    first = head.count(writing.newline) + 1
    reader = Reader(lines, separator=separator, width=len(header.names), first_line=first, newline=writing.newline)
    of_colnect = header.is_colnects and not is_plain(header)
    rows = _without_headers(reader, header) if of_colnect else _unguarded(reader)
    return Table("colnect" if of_colnect else "csv", header, writing, rows, head, reader)


def _found_header(lines: Iterator[str]) -> tuple[str, Header, str]:
    """The lines up to the header, with it; the header; the separator that makes it one."""
    head = ""
    for line in itertools.islice(lines, HEADER_WITHIN):
        head += line
        if len(head) > LONGEST_HEAD:
            break
        for separator in SEPARATORS:
            cells = taken_apart(line.strip("\r\n"), separator) if separator in line else None
            header = header_of([cell.strip() for cell in cells]) if cells else None
            if header is not None:
                return head, header, separator
    raise _no_table()


def _without_headers(rows: Iterable[Record], header: Header) -> Iterator[Record]:
    """A header in the middle is where another list begins."""
    for row in rows:
        yield Record(row.line, row.raw, row.cells, None, frame=True) if row.cells == header.names else row


def _unguarded(rows: Iterable[Record]) -> Iterator[Record]:
    """Cells without the apostrophe that guards against formulas; `raw` stays as it stands."""
    for row in rows:
        yield Record(row.line, row.raw, tuple(map(unguarded, row.cells)), row.fault, row.frame)


def _spreadsheet(path: Path) -> Table:
    _check_unpacked(path)
    rows = _sheet(path)
    at, header = _sheet_header(rows)
    return Table("xlsx", header, Writing(), _sheet_rows(rows, at, len(header.names)))


def _sheet(path: Path) -> Iterator[list[str]]:
    """The rows of the first sheet; a file that is broken further down shows it only there."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
        for number, row in enumerate(rows):
            if number > MOST_ROWS:
                raise _too_many()
            yield [_said(value) for value in row]
    except _BROKEN as error:
        raise _broken() from error


def _sheet_header(rows: Iterator[list[str]]) -> tuple[int, Header]:
    for at, row in enumerate(itertools.islice(rows, HEADER_WITHIN), start=1):
        cells = list(row)
        while cells and not cells[-1].strip():
            cells.pop()
        header = header_of([cell.strip() for cell in cells]) if cells else None
        if header is not None and len(header.names) <= MOST_COLUMNS:
            return at, header
    raise _no_table()


def _sheet_rows(rows: Iterable[list[str]], at: int, width: int) -> Iterator[Record]:
    for line, row in enumerate(rows, start=at + 1):
        if any(cell.strip() for cell in row[width:]):
            told = row[: max(at for at, cell in enumerate(row, start=1) if cell.strip())]
            yield Record(line, record(told)[:LONGEST_RECORD], fault=Fault.TOO_MANY)
            continue
        cells = tuple(unguarded(cell) for cell in (row + [""] * width)[:width])
        if any(cells):
            yield _recorded(line, cells)


def _recorded(line: int, cells: tuple[str, ...]) -> Record:
    """A row of what is no text, as a text table would hold it."""
    raw = record(cells)
    return Record(line, raw[:1000], fault=Fault.TOO_LONG) if len(raw) > LONGEST_RECORD else Record(line, raw, cells)


def _said(value: Any) -> str:
    """A cell of a spreadsheet as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _UNWRITABLE.sub("\ufffd", str(value).replace("\0", ""))


def _check_unpacked(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise _broken() from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("This file unpacks to more than can be read; please hand it in in parts.", field="file")


def _json(path: Path) -> Table:
    try:
        given = json.loads(path.read_text(encoding=writing_of(path).encoding, errors="replace").removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Refused("This JSON cannot be read: %(reason)s.", field="file", reason=str(error)[:120]) from error
    rows = given.get("stamps") if isinstance(given, dict) else given
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise _no_table()
    names = tuple(
        dict.fromkeys(name for row in rows for name in row if name in COLNECT_OF or isinstance(row[name], str))
    )
    header = header_of([_said(name) for name in names])
    if header is None:
        raise _no_table()
    more = tuple(dict.fromkeys(name for row in rows for name in row if name not in names))
    columns = (COPIES if name == COPIES and _hold_pieces(rows) else "" for name in more)
    header = Header((*header.names, *map(_said, more)), (*header.columns, *columns))
    return Table("json", header, Writing(), _json_rows(rows, (*names, *more)))


def _hold_pieces(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether what is called copies are lists, as we write them."""
    return all(isinstance(row.get(COPIES) or [], list) for row in rows)


def _json_rows(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Iterator[Record]:
    for number, row in enumerate(rows, start=1):
        yield _recorded(number, tuple(_json_cell(row.get(name)) for name in names))


def _json_cell(value: Any) -> str:
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return ", ".join(_json_cell(one) for one in value)
    if isinstance(value, bool | list | dict):
        return _said(json.dumps(value, ensure_ascii=False))
    if isinstance(value, float):
        return f"{Decimal(str(value)).normalize():f}"
    return _said(value)
