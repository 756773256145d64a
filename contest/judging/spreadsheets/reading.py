"""Tolerant reading of tables people saved from a spreadsheet: any usual separator, encoding and order of columns.

Knows tables and cells; what the columns mean is the business of the modules beside it. What cannot be understood is refused
with file, line and column (`core.datafiles` reads our own files strictly; its rows are used here).
"""

import codecs
import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING

from core.datafiles import Row
from core.errors import Refused

if TYPE_CHECKING:
    from _csv import Reader

SEPARATORS = (",", ";", "\t", "|")
# Excel saves "Unicode text" as UTF-16, and plain CSV in the code page of a Western European Windows.
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
ENCODINGS = ("utf-8", "cp1252")


@dataclass(frozen=True)
class Table:
    """A file's columns under the names asked for (others as typed, in small letters), and its rows, read once."""

    file: str
    columns: tuple[str, ...]
    rows: Iterator[Row]


def table(path: Path, needed: Sequence[str], synonyms: Mapping[str, str] | None = None) -> Table:
    """The table in a file that has at least the `needed` columns.

    Capitals, spaces, hyphens and underscores in a header make no difference; `synonyms` maps other names to ours. Empty lines
    are passed over. Refuses a file that is empty, lacks a column, names one twice, or has more cells than columns in a line.
    """
    text = _decoded(path, path.read_bytes())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), skipinitialspace=True)
    columns = _columns(path, reader, {**{name: name for name in needed}, **(synonyms or {})})
    if lacking := [name for name in needed if name not in columns]:
        raise _refused_header(path, f"missing {', '.join(lacking)}")
    return Table(path.name, columns, _rows(path, reader, columns))


def decimal(row: Row, column: str) -> float | None:
    """A number with a point or a comma before its decimals; None where the cell is empty."""
    typed = row.cells[column]
    if not typed:
        return None
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise row.bad(column, f"{typed!r} is not a number")
    return value


def refused_file(path: Path, reason: str) -> Refused:
    """A file that can be read but not used, with the reason for whoever mends it."""
    return Refused("The file %(file)s cannot be read: %(reason)s.", file=path.name, reason=reason)


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file in UTF-8 with these columns; numbers with a point, None as an empty cell; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _decoded(path: Path, content: bytes) -> str:
    marked = [name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)]
    for encoding in marked or ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            reason = str(error)
    raise refused_file(path, reason)


def _separator(text: str) -> str:
    """The separator that the first line with anything in it uses most."""
    first = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def _columns(path: Path, reader: "Reader", names: Mapping[str, str]) -> tuple[str, ...]:
    """Our name for each cell of the header."""
    known = {_folded(name): ours for name, ours in names.items()}
    header = next((cells for cells in _lines(path, reader) if any(cells)), [])
    columns = tuple(known.get(_folded(cell), cell.strip().casefold()) for cell in header)
    named = [column for column in columns if column]
    if twice := sorted({column for column in named if named.count(column) > 1}):
        raise _refused_header(path, f"twice {', '.join(twice)}")
    return columns


def _folded(name: str) -> str:
    """A header as it is compared."""
    return re.sub(r"[\s_-]", "", name).casefold()


def _rows(path: Path, reader: "Reader", columns: Sequence[str]) -> Iterator[Row]:
    for cells in _lines(path, reader):
        if not any(cells):
            continue
        padded = chain((cell.strip() for cell in cells), repeat("", len(columns) - len(cells)))
        row = Row(path.name, reader.line_num, {name: cell for name, cell in zip(columns, padded, strict=False) if name})
        if any(cells[len(columns) :]):
            raise row.bad("last", "more cells than columns")
        yield row


def _lines(path: Path, reader: "Reader") -> Iterator[list[str]]:
    """Every line's cells; one the reader cannot understand refuses the file."""
    try:
        yield from reader
    except csv.Error as error:
        raise refused_file(path, f"line {reader.line_num}: {error}") from error


def _refused_header(path: Path, reason: str) -> Refused:
    """Said in the words of `core.datafiles`, which are translated."""
    return Refused("%(file)s, line 1: columns missing or unknown: %(columns)s.", file=path.name, columns=reason)
