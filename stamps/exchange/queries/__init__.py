"""Every SELECT on imports and on what they are compared with, by noun."""

from stamps.exchange.queries.candidates import basics_like, basics_of, numbered, stamps_linked
from stamps.exchange.queries.imports import (
    current_rows,
    import_,
    imports_into_the_catalogue,
    imports_of,
    rows_of,
    same_rows,
)
from stamps.exchange.queries.known import known_stamps

__all__ = [
    "basics_like",
    "basics_of",
    "current_rows",
    "import_",
    "imports_into_the_catalogue",
    "imports_of",
    "known_stamps",
    "numbered",
    "rows_of",
    "same_rows",
    "stamps_linked",
]
