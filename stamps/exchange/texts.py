"""Text files of strangers: in what encoding, with which line end and separator. Pure but for reading the file.

What is not sure is said (`guessed`); nothing is refused for its encoding, since every byte means something in the last one.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SEPARATORS = (",", ";", "\t", "|")
SAMPLE = 65_536


@dataclass(frozen=True)
class Writing:
    """How a text file is written: encoding, the mark before it, the sign at line ends, the separator of cells.

    `closed`: there is a line end after its last row.
    """

    encoding: str = "utf-8"
    mark: bool = True
    newline: str = "\n"
    separator: str = ","
    guessed: bool = False
    closed: bool = True

    def encoded(self, text: str) -> bytes:
        """Text as this file writes it; a sign that the encoding lacks becomes a question mark."""
        return text.encode(self.encoding, errors="replace")

    @property
    def mark_bytes(self) -> bytes:
        """The bytes before the text."""
        return next((mark for mark, name in BYTE_ORDER_MARKS if name == self.encoding), b"") if self.mark else b""


def writing_of(path: Path) -> Writing:
    """How a file is written; the separator is found with the header."""
    with path.open("rb") as source:
        start = source.read(SAMPLE)
    encoding, mark, guessed = _encoding(path, start)
    text = start.decode(encoding, errors="replace").removeprefix("\ufeff")
    newline = "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r" if "\r" in text else "\n"
    return Writing(encoding, mark, newline, guessed=guessed)


def lines_of(path: Path, writing: Writing) -> Iterator[str]:
    """Lines with their ends as they stand, the byte order mark left out."""
    newline = "\r" if writing.newline == "\r" else "\n"
    with path.open(encoding=writing.encoding, errors="replace", newline=newline) as source:
        for at, line in enumerate(source):
            yield line.removeprefix("\ufeff") if at == 0 and writing.mark else line


def _encoding(path: Path, start: bytes) -> tuple[str, bool, bool]:
    for mark, name in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return name, True, False
    if wide := _wide_without_mark(start):
        return wide, False, True
    return (
        ("utf-8", False, False) if _is_utf8(path) else ("cp1252" if _fits(path, "cp1252") else "latin-1", False, True)
    )


def _wide_without_mark(start: bytes) -> str:
    """UTF-16 shows in Western text: every second byte is zero."""
    even, odd = start[0:2000:2].count(0), start[1:2000:2].count(0)
    half = max(len(start[:2000]) // 2, 1)
    if odd / half > 0.6 and even / half < 0.2:
        return "utf-16-le"
    return "utf-16-be" if even / half > 0.6 and odd / half < 0.2 else ""


def _is_utf8(path: Path) -> bool:
    return _fits(path, "utf-8")


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as source:
            while some := source.read(1 << 20):
                decoder.decode(some)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
