"""Records of a text table, each as it stands and taken apart; one with broken quoting is told, those after it are read. Pure.

A record ends at the line end where its quotation marks are even. Where that makes no record of the right width, the first line
is broken by itself and reading goes on with the next one.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

# A cell with line ends in it spans lines; more than this is a quotation mark that was never closed.
MOST_LINES = 60
LONGEST_RECORD = 100_000
QUOTED = frozenset(' "\\\n\r\t')
csv.field_size_limit(LONGEST_RECORD)


class Fault(StrEnum):
    """Why a record could not be taken apart."""

    QUOTING = "quoting"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line it begins in, its text (blank lines before it included), its cells.

    The text is without its line end, unless that is another one than the file's usual one.
    `fault` says why there are no cells; `frame` marks what is no stamp: a line of another preamble, a header again.
    """

    line: int
    raw: str
    cells: tuple[str, ...] = ()
    fault: Fault | None = None
    frame: bool = False


def taken_apart(text: str, separator: str) -> list[str] | None:
    """The cells of one record; None where its quoting is broken."""
    try:
        rows = list(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else [] if not rows else None


def cell(value: str, separator: str = ",") -> str:
    """A cell as Colnect writes it: in quotation marks where it has a blank, a separator, a mark or a line end."""
    if separator in value or not QUOTED.isdisjoint(value):
        return '"' + value.replace('"', '""') + '"'
    return value


def record(values: Iterable[str], separator: str = ",") -> str:
    """Cells as one record, without a line end."""
    return separator.join(cell(value, separator) for value in values)


class Reader:
    """Reads records of a given width from lines that keep their ends; `tail` is what stands after the last record.

    `closed` says whether the last record had a line end.
    """

    def __init__(
        self, lines: Iterable[str], *, separator: str, width: int, first_line: int = 1, newline: str = "\n"
    ) -> None:
        self.lines = iter(lines)
        self.separator, self.width, self.newline = separator, width, newline
        self.at, self.closed = first_line, True
        self.waiting: deque[str] = deque()
        self.tail = ""

    def __iter__(self) -> Iterator[Record]:
        """Every record; blank lines go with the record after them, or into the tail."""
        blank = ""
        while (line := self._next()) is not None:
            at = self.at - 1
            if not line.strip():
                blank += line
                continue
            text = self._whole(line)
            found = self._read(at, text)
            if found.frame and not self._goes_on(found):
                self.tail = blank + text + "".join(iter(self._next, None))
                return
            raw = found.raw if found.fault is Fault.TOO_LONG else self._kept(text)
            self.closed = text.endswith(("\n", "\r"))
            yield Record(at, blank + raw, found.cells, found.fault, found.frame)
            blank = ""
        self.tail = blank

    def _goes_on(self, found: Record) -> bool:
        """Whether anything but blank lines comes after a line that is no stamp; the last one is the end of the list."""
        ahead = [line for line in self._ahead(3) if line.strip()]
        return bool(ahead) and not found.fault

    def _ahead(self, number: int) -> list[str]:
        while len(self.waiting) < number and (line := next(self.lines, None)) is not None:
            self.waiting.append(line)
        return list(self.waiting)[:number]

    def _next(self) -> str | None:
        line = self.waiting.popleft() if self.waiting else next(self.lines, None)
        self.at += line is not None
        return line

    def _whole(self, line: str) -> str:
        """The line, with those after it that belong to one of its cells."""
        if line.count('"') % 2 == 0:
            return line
        text = line
        for number in range(1, MOST_LINES + 1):
            ahead = self._ahead(number)
            if len(ahead) < number or len(text) > LONGEST_RECORD:
                break
            text += ahead[-1]
            if text.count('"') % 2 == 0:
                cells = taken_apart(_bare(text), self.separator)
                if cells is not None and len(cells) == self.width:
                    for _ in range(number):
                        self._next()
                    return text
        return line

    def _read(self, at: int, text: str) -> Record:
        raw = _bare(text)
        if len(raw) > LONGEST_RECORD:
            return Record(at, raw[:1000], fault=Fault.TOO_LONG)
        cells = taken_apart(raw, self.separator)
        if cells is None:
            return Record(at, raw, fault=Fault.QUOTING)
        return Record(at, raw, *self._fitted(cells))

    def _kept(self, text: str) -> str:
        """The text as it is kept: an unusual line end stays with it."""
        bare = _bare(text)
        usual = text in (bare, bare + self.newline) and not bare.endswith(("\n", "\r"))
        return bare if usual else text

    def _fitted(self, cells: list[str]) -> tuple[tuple[str, ...], Fault | None, bool]:
        """Cells of the right width: empty ones at the end may be missing or too many."""
        if len(cells) <= 2 < self.width:
            return tuple(cells), None, True
        if len(cells) > self.width:
            extra = any(cell.strip() for cell in cells[self.width :])
            return (() if extra else tuple(cells[: self.width])), Fault.TOO_MANY if extra else None, False
        if len(cells) < self.width // 2:
            return (), Fault.TOO_FEW, False
        return tuple(cells) + ("",) * (self.width - len(cells)), None, False


def _bare(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def cells_of_raw(raw: str, separator: str, width: int) -> Sequence[str]:
    """The cells of a record that was read before and kept as it stood; none where it could not be read."""
    cells = taken_apart(raw.lstrip("\r\n"), separator) or []
    return (*cells, *("",) * (width - len(cells)))[:width] if cells else ()
