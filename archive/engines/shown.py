"""What lists show of a document, as every engine stores it beside its own fields, and back to a hit."""

from collections.abc import Mapping
from typing import Any

from archive.index import Document, Hit

SHOWN = ("kind", "key", "url", "titles", "summary", "year", "country", "picture", "number", "body", "facts")


def shown_of(document: Document) -> dict[str, Any]:
    """The values named in SHOWN, in that order: plain ones, which engines store as JSON or the like."""
    return {
        "kind": document.kind,
        "key": document.key,
        "url": document.url,
        "titles": list(document.titles),
        "summary": document.summary,
        "year": document.years[0] if document.years else None,
        "country": document.country,
        "picture": document.picture,
        "number": document.numbers[0] if document.numbers else "",
        "body": document.body,
        "facts": dict(document.facts),
    }


def hit_of(shown: Mapping[str, Any], score: float) -> Hit:
    """A stored document as a hit."""
    titles = tuple(shown["titles"]) or (shown["key"],)
    return Hit(title=titles[0], score=score, **{**shown, "titles": titles})
