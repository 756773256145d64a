"""Reading any table that a spreadsheet program writes: every usual separator and encoding, decimal comma or point.

Knows cells and lines; what the columns mean is the caller's business (`reading` gives rows by column). Nonsense is `Refused`,
naming file and line. Names typed in one way or another of coding accents are the same name.
"""

import codecs
import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.errors import Refused

SEPARATORS = ",;\t|"
# Excel's own line before the head.
SEPARATOR_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
# Excel saves "Unicode text" as UTF-16, and plain CSV in the code page of a Western European Windows.
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
ENCODINGS = ("utf-8", "cp1252")
MISSING = frozenset({"", "na", "n/a", "nan", "null", "-", "–"})
# As programs write that there is none. A child or a judge may be called Na.
NO_NAME = frozenset({"", "NA", "N/A", "#N/A", "NaN", "NULL", "null"})
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
Line = tuple[int, list[str]]


def cells_of(path: Path) -> Iterator[Line]:
    """Line number and trimmed cells of each row with anything in it, the head first. A row of several lines has its first."""
    text, skipped = _decoded(path), 0
    if named := SEPARATOR_NAMED.match(text):
        text, skipped = text[named.end() :], 1
    separator = named[1] if named else _separator(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    line = skipped + 1
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield line, cells
            line = skipped + rows.line_num + 1
    except csv.Error as error:
        raise refused_file(path, f"line {skipped + rows.line_num}: {error}") from error


@lru_cache(10_000)
def number(cell: str) -> float | None:
    """A number with a decimal point or comma; None for an empty cell or one that says missing. ValueError for any other."""
    if cell.casefold() in MISSING:
        return None
    if not NUMBER.fullmatch(cell) or not math.isfinite(found := float(cell.replace(",", "."))):
        raise ValueError(cell)
    return found


def refused_file(path: Path, reason: str) -> Refused:
    """A file that can be read but not used, with the reason for whoever mends it."""
    return Refused("The file %(file)s cannot be read: %(reason)s.", file=path.name, reason=reason)


@dataclass(frozen=True)
class Table:
    """A file with a head: `columns` in small letters, `titles` as they are written; `lines` below, read once."""

    path: Path
    titles: Sequence[str]
    lines: Iterator[Line]

    @property
    def columns(self) -> list[str]:
        """Names to look for."""
        return [title.casefold() for title in self.titles]

    def rows(self) -> Iterator[Line]:
        """Line number and cells of each row, as many as the head has. Refused where a row is longer."""
        width = len(self.titles)
        for line, cells in self.lines:
            if len(cells) > width and any(cells[width:]):
                raise self.refused(line, f"{len(cells)} cells where the head has {width}")
            yield line, cells + [""] * (width - len(cells))

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
        """The number in a cell; None where it is missing."""
        try:
            return number(cell)
        except ValueError:
            raise self.refused(line, f"{cell[:40]!r} in column {column!r} is not a number") from None


def opened(path: Path) -> Table:
    """The table in this file. Refused when it is empty or no text."""
    lines = cells_of(path)
    _line, titles = next(lines, (1, []))
    table = Table(path, titles, lines)
    if not titles:
        raise table.refused(1, "there is no head with the names of the columns")
    return table


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    marked = [name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)]
    for encoding in marked or ENCODINGS:
        try:
            return unicodedata.normalize("NFC", content.decode(encoding))
        except UnicodeDecodeError as error:
            reason = str(error)
    raise refused_file(path, f"it is not text in UTF-8; save it as “CSV UTF-8” ({reason})")


def _separator(text: str) -> str:
    """The separator that the first line with anything in it uses most."""
    first = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    return max(SEPARATORS, key=first.count)
