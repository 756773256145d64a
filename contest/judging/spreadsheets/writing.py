"""Writing tables and texts of results. What cannot be written is refused in one sentence."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from core.errors import Refused


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file in UTF-8 with these columns; numbers with a point, None as an empty cell; its folder is made."""
    with _refusing(path), path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_text(path: Path, text: str) -> None:
    """A file of text in UTF-8; its folder is made."""
    with _refusing(path):
        path.write_text(text, "utf-8")


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise Refused("%(file)s cannot be written: %(reason)s.", file=str(path), reason=str(error.strerror)) from error
