"""A whole result as a file, in pieces: CSV for spreadsheets, JSON for programs."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from flask_babel import gettext as _

from archive import queries
from archive.index import Hit
from archive.queries import Found
from archive.sources import source_of
from archive.worded import fields_of
from core.countries import country_name
from core.formulas import guarded

MOST_ROWS = 10_000
AT_ONCE = 500
# Said with everything that leaves the site as data.
NOTICE = (
    "Facts belong to nobody; the selection and wording are under the licence of the program (MIT). "
    "Each fact has its sources on the page of its url; please name them, and this site."
)
# By this mark Excel knows that a file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"


class CutShort(Exception):  # noqa: N818 - a state of the index, not an error of anybody
    """The rest cannot be had now: there is no file then, so that nobody takes the beginning for the whole."""


def as_csv(found: Found) -> Iterator[str]:
    """Lines of a CSV file with a header, at most MOST_ROWS after it: for people, in the reader's words."""
    yield BYTE_ORDER_MARK + _line(columns().values())
    for hit in _hits(found):
        fields = fields_of(hit) | {
            "kind": str(source_of(hit.kind).label),
            "country": country_name(hit.country) if hit.country else "",
        }
        yield _line([harmless(fields[name]) for name in columns()])


def columns() -> dict[str, str]:
    """The columns of a file for people, each with its heading."""
    return {
        "kind": _("Kind"),
        "title": _("Title"),
        "summary": _("Summary"),
        "year": _("Year"),
        "country": _("Country"),
        "number": _("Number"),
        "url": _("Address"),
    }


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
    """All of them, those that were named first."""
    named = {hit.id for hit in found.first}
    yield from found.first
    yield from islice((hit for hit in _searched(found) if hit.id not in named), MOST_ROWS - len(named))


def _searched(found: Found) -> Iterator[Hit]:
    """A part at a time: one that was replaced meanwhile may lack in its part, and ends nothing."""
    for offset in range(0, min(found.results.total, MOST_ROWS), AT_ONCE):
        part = queries.find(replace(found.query, offset=offset, limit=AT_ONCE, facets=()))
        if not part.ready or part.too_wide:
            raise CutShort
        yield from part.hits


def _line(cells: Any) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()
