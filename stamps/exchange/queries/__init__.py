"""Every SELECT on imports and on what they are compared with, by noun."""

from stamps.exchange.queries.candidates import (
    basics_like,
    basics_of,
    issues_of,
    keys_of,
    numbered,
    stamps_keyed,
    stamps_linked,
)
from stamps.exchange.queries.ids import next_ids
from stamps.exchange.queries.imports import (
    count,
    count_findings,
    current_rows,
    every_proposal,
    every_row,
    import_,
    imports_into_the_catalogue,
    imports_of,
    imports_that_hold,
    page_of,
    proposals_of,
    rows_called,
    rows_of,
    same_rows,
    written_rows,
)
from stamps.exchange.queries.known import known_stamps

__all__ = [
    "basics_like",
    "basics_of",
    "count",
    "count_findings",
    "current_rows",
    "every_proposal",
    "every_row",
    "import_",
    "imports_into_the_catalogue",
    "imports_of",
    "imports_that_hold",
    "issues_of",
    "keys_of",
    "known_stamps",
    "next_ids",
    "numbered",
    "page_of",
    "proposals_of",
    "rows_called",
    "rows_of",
    "same_rows",
    "stamps_keyed",
    "stamps_linked",
    "written_rows",
]
