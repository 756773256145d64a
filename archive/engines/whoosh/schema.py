"""What a document is in Whoosh: its fields.

Whoosh keeps this schema pickled in every index. A change here or in the codec is another format: raise LAYOUT, and
every index made before is rebuilt.
"""

import json
from collections.abc import Collection
from typing import Any

from whoosh.fields import STORED, FieldType, Schema

from archive import terms
from archive.engines.shown import shown_of
from archive.engines.whoosh.keys import key_of
from archive.index import FACETS, FURTHER_FACETS, Document
from archive.terms import BREAK

LAYOUT = "arrays7"
# Fields of words: matched, the words given one by one and already folded.
IN_ORDER = "text"
WORD_FIELDS = (IN_ORDER, "titles", "exact", "exact_titles", "numbers")
KEY_FIELDS = ("id", "whole_titles")
NUMBER_FIELDS = {"recency": "i8", "number": "i8", "value": "i8", "title_length": "u2"}
COUNTED = (*FACETS, *FURTHER_FACETS)
CODED_FIELDS = (*COUNTED, "years")


class Words(FieldType):
    """Words that are in no need of an analyzer."""

    def __init__(self) -> None:
        super().__init__(format=None, analyzer=None)

    def index(self, value: Collection[str], **_: Any) -> list[tuple[Collection[str], int, float, None]]:
        """What Whoosh hands on to its pool: as if all were one word, for ours takes them together."""
        return [(value, len(value), 1.0, None)]


def new_schema() -> Schema:
    """Words to match; everything else is stored, each kind in its own way by the codec."""
    stored = (*KEY_FIELDS, *NUMBER_FIELDS, *CODED_FIELDS, "shown")
    return Schema(**{name: Words() for name in WORD_FIELDS}, **{name: STORED() for name in stored})


def fields_of(document: Document) -> dict[str, Any]:
    """The fields of a document."""
    found = terms.of_document(document)
    facets = terms.facets(document)
    return {
        # The break keeps a phrase from running on into the next document.
        "text": (*found.text, BREAK),
        "titles": found.titles,
        "exact": found.exact,
        "exact_titles": found.exact_titles,
        "numbers": found.numbers,
        "id": [key_of(document.id)],
        "whole_titles": [key_of(title) for title in found.whole_titles],
        "recency": terms.recency(document),
        "number": terms.number(document),
        "value": terms.value(document),
        "title_length": len(found.titles),
        "shown": json.dumps(list(shown_of(document).values()), ensure_ascii=False, separators=(",", ":")).encode(),
        "years": tuple(map(str, document.years)),
        **{name: facets[name] for name in COUNTED},
    }
