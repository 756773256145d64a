"""Sentences outside the program's own files: the notes of the record, which are ours and shown in every language.

Named in babel.cfg, so that the catalogues hold them and the same test finds one without translation.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any, BinaryIO


def notes(
    source: BinaryIO,
    _keywords: Any,
    _comment_tags: Any,
    options: Any,  # noqa: ARG001 - named by Babel
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Every note of one data file, with its line (Babel's form of an extraction method)."""
    rows = csv.DictReader(io.StringIO(source.read().decode("utf8")))
    for row in rows:
        if note := row.get("note"):
            yield rows.line_num, None, note, []
