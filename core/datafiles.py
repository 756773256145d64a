"""Data files of facts: CSV in UTF-8, read strictly. A bad row refuses its file, naming line and column.

Knows cells and how to understand them; what the columns mean is the feature's business.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from core.errors import Refused

SEPARATOR = " | "
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Row:
    """One row of a data file: its cells by column, and where it stands."""

    file: str
    line: int
    cells: dict[str, str]

    def text(self, column: str, *, most: int | None = None) -> str:
        """A cell as it is; empty means not known."""
        value = self.cells[column]
        if most is not None and len(value) > most:
            raise self.bad(column, f"more than {most} characters")
        return value

    def needed(self, column: str, *, most: int | None = None) -> str:
        """A cell that may not be empty."""
        return self.text(column, most=most) or self._refuse(column, "empty")

    def whole(self, column: str) -> int | None:
        """A whole number, or None."""
        value = self.cells[column]
        if value and not (value.isascii() and value.isdigit()):
            raise self.bad(column, f"{value!r} is not a whole number")
        return int(value) if value else None

    def number(self, column: str) -> int:
        """A whole number that must be there."""
        self.needed(column)
        return self.whole(column) or 0

    def amount(self, column: str) -> Decimal | None:
        """An exact decimal number, or None."""
        value = self.cells[column]
        try:
            return Decimal(value) if value else None
        except InvalidOperation:
            raise self.bad(column, f"{value!r} is not a number") from None

    def many(self, column: str) -> list[str]:
        """The parts of a cell that holds several."""
        return [part.strip() for part in self.cells[column].split("|") if part.strip()]

    def flag(self, column: str) -> bool:
        """`yes`, or empty for no."""
        if self.cells[column] not in ("", "yes"):
            raise self.bad(column, "neither yes nor empty")
        return self.cells[column] == "yes"

    def choice(self, column: str, kind: type[Choice]) -> Choice:
        """A member of an enum."""
        try:
            return kind(self.cells[column])
        except ValueError:
            raise self.bad(column, f"{self.cells[column]!r} is not one of {', '.join(kind)}") from None

    def bad(self, column: str, reason: str) -> Refused:
        """The refusal of this row's file. The reason is for whoever mends the file."""
        return Refused(
            "%(file)s, line %(line)s, column %(column)s: %(reason)s.",
            file=self.file,
            line=str(self.line),
            column=column,
            reason=reason,
        )

    def _refuse(self, column: str, reason: str) -> str:
        raise self.bad(column, reason)


def read(path: Path, columns: Sequence[str]) -> list[Row]:
    """Every row of a file that has exactly these columns."""
    if not path.is_file():
        raise Refused("The file %(file)s is missing.", file=path.name)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, restkey="", restval=None, strict=True)
            _check_header(path, reader.fieldnames or (), columns)
            return [_row(path, reader.line_num, cells) for cells in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused("The file %(file)s cannot be read: %(reason)s.", file=path.name, reason=str(error)) from error


def keyed(rows: Sequence[Row], column: str = "key") -> dict[str, Row]:
    """Rows by their key, which must be there and be theirs alone."""
    found: dict[str, Row] = {}
    for row in rows:
        key = row.needed(column, most=64)
        if key in found:
            raise row.bad(column, f"{key} stands in line {found[key].line} already")
        found[key] = row
    return found


def _check_header(path: Path, found: Sequence[str], wanted: Sequence[str]) -> None:
    wrong = [column for column in wanted if column not in found] + [column for column in found if column not in wanted]
    if wrong or len(found) != len(wanted):
        named = ", ".join(wrong) or "twice the same column"
        raise Refused("%(file)s, line 1: columns missing or unknown: %(columns)s.", file=path.name, columns=named)


def _row(path: Path, line: int, cells: dict[str, str | None]) -> Row:
    row = Row(path.name, line, {column: (value or "").strip() for column, value in cells.items() if column})
    if "" in cells:
        raise row.bad("last", "more cells than columns")
    for column, value in cells.items():
        if value is None:
            raise row.bad(column, "the cell is missing")
    return row
