"""Rows by column of tables people saved from a spreadsheet (`tables`), in any order and spelling of columns.

What the columns mean is the business of the modules beside it. What cannot be understood is refused with file, line and column
(`core.datafiles` reads our own files strictly; its rows are used here).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from contest.judging.spreadsheets.tables import NO_NAME, Line, cells_of
from core.datafiles import Row
from core.errors import Refused


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
    lines = cells_of(path)
    _line, header = next(lines, (1, []))
    columns = _columns(path, header, {**{name: name for name in needed}, **(synonyms or {})})
    if lacking := [name for name in needed if name not in columns]:
        raise _refused_header(path, f"missing {', '.join(lacking)}")
    return Table(path.name, tuple(filter(None, columns)), _rows(path, lines, columns))


def letter_of(row: Row, column: str) -> str:
    """The name of a letter, which must be there."""
    name = row.needed(column)
    if name in NO_NAME:
        raise row.bad(column, f"{name} is no letter")
    return name


def _columns(path: Path, header: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Our name for each cell of the header."""
    known = {_folded(name): ours for name, ours in names.items()}
    columns = tuple(known.get(_folded(cell), cell.casefold()) for cell in header)
    named = [column for column in columns if column]
    if twice := sorted({column for column in named if named.count(column) > 1}):
        raise _refused_header(path, f"twice {', '.join(twice)}")
    return columns


def _folded(name: str) -> str:
    """A header as it is compared."""
    return re.sub(r"[\s_-]", "", name).casefold()


def _rows(path: Path, lines: Iterator[Line], columns: Sequence[str]) -> Iterator[Row]:
    file, width = path.name, len(columns)
    for line, cells in lines:
        padded = cells + [""] * (width - len(cells))
        row = Row(file, line, dict(zip(columns, padded, strict=False)))
        if any(padded[width:]):
            raise row.bad("last", "more cells than columns")
        yield row


def _refused_header(path: Path, reason: str) -> Refused:
    """Said in the words of `core.datafiles`, which are translated."""
    return Refused("%(file)s, line 1: columns missing or unknown: %(columns)s.", file=path.name, columns=reason)
