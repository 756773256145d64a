"""What a document is in Whoosh: its fields.

Whoosh keeps this schema pickled in every index, so it is made of Whoosh's own classes only. A change here
is another format: raise LAYOUT, and every index made before is rebuilt.
"""

from typing import Any

from whoosh.columns import NumericColumn, RefBytesColumn
from whoosh.fields import COLUMN, ID, STORED, TEXT, Schema

from archive import terms
from archive.engines.shown import shown_of
from archive.index import FACETS, Document

LAYOUT = "whoosh1"


def new_schema() -> Schema:
    """Fields to match, each given as a list of words already folded; columns to count and sort by; what is shown."""
    return Schema(
        id=ID(unique=True),
        text=TEXT(),
        titles=TEXT(),
        exact=ID(),
        exact_titles=ID(),
        numbers=ID(),
        whole_titles=ID(),
        kind=ID(),
        country=ID(),
        prize=ID(),
        years=ID(),
        recency=COLUMN(NumericColumn("q")),
        shown=STORED(),
        **{f"facet_{name}": COLUMN(RefBytesColumn()) for name in FACETS},
    )


def fields_of(document: Document) -> dict[str, Any]:
    """The fields of a document."""
    found = terms.of_document(document)
    return {
        "id": [document.id],
        "text": list(found.text),
        "titles": list(found.titles),
        "exact": list(found.exact),
        "exact_titles": list(found.exact_titles),
        "numbers": list(found.numbers),
        "whole_titles": list(found.whole_titles),
        "kind": [document.kind],
        "country": [document.country] if document.country else [],
        "prize": [document.prize] if document.prize else [],
        "years": [year_term(year) for year in document.years],
        "recency": terms.recency(document),
        "shown": shown_of(document),
        **{f"facet_{name}": value.encode() for name, value in _facets(document).items()},
    }


def year_term(year: int) -> str:
    """A year as a word of the field `years`: of one length, so that words sort as years do."""
    return f"{year:04}"


def _facets(document: Document) -> dict[str, str]:
    """Values of each facet with blanks between."""
    return {
        "kind": document.kind,
        "country": document.country,
        "decade": " ".join(map(str, terms.decades(document))),
        "prize": document.prize,
    }
