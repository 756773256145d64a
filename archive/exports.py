"""A whole result as a file, written while it is read: CSV for spreadsheets, JSON for programs."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from archive import queries
from archive.index import Hit
from archive.queries import Found
from archive.worded import fields_of
from core.formulas import guarded

MOST_ROWS = 10_000
AT_ONCE = 500
COLUMNS = ("kind", "title", "summary", "year", "country", "number", "url")
# Said with everything that leaves the site as data.
NOTICE = (
    "Facts belong to nobody; the selection and wording are under the licence of the program (MIT). "
    "Each fact has its sources on the page of its url; please name them, and this site."
)
# By this mark Excel knows that a file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"


def as_csv(found: Found) -> Iterator[str]:
    """Lines of a CSV file with a header, at most MOST_ROWS after it."""
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    for hit in _hits(found):
        fields = fields_of(hit)
        yield _line([harmless(fields[name]) for name in COLUMNS])


def as_json(found: Found) -> Iterator[str]:
    """One JSON object in pieces: a notice, how many were found, and the hits, at most MOST_ROWS."""
    head = {"notice": NOTICE, "total": found.results.total, "most": MOST_ROWS}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "hits": ['
    for at, hit in enumerate(_hits(found)):
        yield (",\n" if at else "\n") + json.dumps(fields_of(hit), ensure_ascii=False)
    yield "\n]}\n"


def harmless(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    return guarded(value) if isinstance(value, str) else value


def _hits(found: Found) -> Iterator[Hit]:
    for offset in range(0, MOST_ROWS, AT_ONCE):
        part = queries.find(replace(found.query, offset=offset, limit=AT_ONCE, facets=()))
        yield from part.hits
        if len(part.hits) < AT_ONCE:
            return


def _line(cells: Any) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()
