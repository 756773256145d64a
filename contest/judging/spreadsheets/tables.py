"""Reading any CSV that a spreadsheet program writes: comma, semicolon or tab, with or without BOM, decimal comma or point.

Knows cells and lines; what the columns mean is the caller's business. Nonsense is `Refused`, naming file and line.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import Refused

SEPARATORS = ";\t,"
MISSING = frozenset({"", "na", "n/a", "nan", "null", "-", "–"})
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
LONGEST_CELL = 10_000


@dataclass(frozen=True)
class Table:
    """A file with a head: `columns` in lower case without spaces around them, `titles` as they are written."""

    path: Path
    separator: str
    titles: Sequence[str]

    @property
    def columns(self) -> list[str]:
        """Names to look for."""
        return [title.casefold() for title in self.titles]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line number and trimmed cells of each row that is not empty. Refused where a row is longer than the head."""
        for line, cells in _cells(self.path, self.separator):
            if line == 0 or not any(cells):
                continue
            if len(cells) > len(self.titles) and any(cells[len(self.titles) :]):
                raise self.refused(line, f"{len(cells)} cells where the head has {len(self.titles)}")
            yield line, cells + [""] * (len(self.titles) - len(cells))

    def place(self, column: str) -> int:
        """Where a column is. Refused when it is not there, or twice."""
        found = self.columns.count(column)
        if found != 1:
            listed = ", ".join(title for title in self.titles if title)
            problem = "is there more than once" if found else "is missing"
            raise self.refused(1, f"the column {column!r} {problem}; the columns are: {listed}")
        return self.columns.index(column)

    def refused(self, line: int, reason: str) -> Refused:
        """The refusal of a line. The reason is for whoever mends the file."""
        return Refused("%(file)s, line %(line)s: %(reason)s.", file=self.path.name, line=str(line), reason=reason)

    def number(self, line: int, column: str, cell: str) -> float | None:
        """A number with a decimal point or comma; None for an empty cell or one that says missing."""
        if cell.casefold() in MISSING:
            return None
        if not NUMBER.fullmatch(cell):
            raise self.refused(line, f"{cell[:40]!r} in column {column!r} is not a number")
        return float(cell.replace(",", "."))


def opened(path: Path) -> Table:
    """The table in this file. Refused when it is empty or not text in UTF-8."""
    head = _first_line(path)
    separator = max(SEPARATORS, key=head.count)
    _line, titles = next(_cells(path, separator), (1, []))
    table = Table(path, separator, titles)
    if not any(titles):
        raise table.refused(1, "there is no head with the names of the columns")
    return table


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.readline()
    except UnicodeDecodeError:
        raise _not_text(path) from None


def _cells(path: Path, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Lines (0: the head) and their trimmed cells."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=separator, strict=True)
        number = 0
        try:
            for cells in rows:
                yield number, [cell.strip() for cell in cells]
                number = rows.line_num + 1
        except csv.Error as error:
            raise Refused(
                "%(file)s, line %(line)s: %(reason)s.", file=path.name, line=str(rows.line_num), reason=str(error)
            ) from None
        except UnicodeDecodeError:
            raise _not_text(path) from None


def _not_text(path: Path) -> Refused:
    return Refused("%(file)s is not text in UTF-8. Save it as “CSV UTF-8”.", file=path.name)
