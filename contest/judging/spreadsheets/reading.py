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
    lines, columns = _head(path, needed, synonyms or {})
    return Table(path.name, tuple(filter(None, columns)), _rows(path, lines, columns))


def _head(path: Path, needed: Sequence[str], synonyms: Mapping[str, str]) -> tuple[Iterator[Line], tuple[str, ...]]:
    """The lines below the head, and our name for each of its cells."""
    lines = cells_of(path)
    _line, header = next(lines, (1, []))
    columns = _columns(path, header, {**{name: name for name in needed}, **synonyms})
    if lacking := [name for name in needed if name not in columns]:
        raise _refused_header(path, f"missing {', '.join(lacking)}")
    return lines, columns


@dataclass(frozen=True)
class Columns:
    """A file's cells by column, from the first row to the last; `lines` that the rows stand in. For very many rows."""

    file: str
    lines: Sequence[int]
    cells: Mapping[str, Sequence[str]]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.lines)

    def column(self, name: str) -> Sequence[str]:
        """The cells of a column; empty ones where the file has none of this name."""
        return self.cells.get(name) or [""] * len(self)

    def row(self, place: int) -> Row:
        """One row."""
        return Row(self.file, self.lines[place], {name: cells[place] for name, cells in self.cells.items()})

    def in_order(self, places: Sequence[int]) -> "Columns":
        """The same rows in another order."""
        cells = {name: [column[place] for place in places] for name, column in self.cells.items()}
        return Columns(self.file, [self.lines[place] for place in places], cells)


def by_column(path: Path, needed: Sequence[str], synonyms: Mapping[str, str]) -> Columns:
    """The table in a file, as `table` reads it, by column."""
    lines, columns = _head(path, needed, synonyms)
    width, numbers, rows = len(columns), list[int](), list[list[str]]()
    for line, cells in lines:
        if len(cells) > width and any(cells[width:]):
            raise Row(path.name, line, {}).bad("last", "more cells than columns")
        numbers.append(line)
        rows.append(cells if len(cells) == width else (cells + [""] * width)[:width])
    turned = zip(*rows, strict=True) if rows else ((),) * width
    return Columns(path.name, numbers, {name: list(cells) for name, cells in zip(columns, turned, strict=True) if name})


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
