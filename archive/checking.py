"""Whether the index says what the database says: numbers of every kind, and samples in both directions.

Nothing is mended here: `temthu archive rebuild` does that.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, islice

from flask import current_app

from archive.engines import current_index
from archive.engines.shown import hit_of, shown_of
from archive.index import Document, Hit, Query
from archive.query import MOST_WORDS
from archive.sources import Source, sources
from archive.text import typed_words

# Of every kind so many documents are looked up in the index, and so many hits in the database.
SAMPLE = 200
AT_ONCE = 200
Step = Callable[[], object]


def steps() -> int:
    """How many things will be looked at, for a progress bar."""
    return sum(min(SAMPLE, source.count()) + min(SAMPLE, _indexed_of(source)) for source in sources())


def differences(step: Step = lambda: None) -> Iterator[str]:
    """What the index says otherwise than the database, a sentence each; `step` is called for everything looked at."""
    for source in sources():
        yield from _numbers(source)
        with current_app.test_request_context():  # addresses of pages need a request
            yield from _missing_or_old(source, step)
        yield from _left_over(source, step)


def _numbers(source: Source) -> Iterator[str]:
    kept, indexed = source.count(), _indexed_of(source)
    if kept != indexed:
        yield f"{source.kind}: the database has {kept}, the index {indexed}."


def _missing_or_old(source: Source, step: Step) -> Iterator[str]:
    """From the database to the index."""
    apart = max(1, -(-source.count() // SAMPLE))
    for document in islice(source.all(), 0, None, apart):
        step()
        hit = _hit_of(document)
        if hit is None:
            yield f"{document.id}: is not found."
        elif replace(hit, score=0) != hit_of(shown_of(document), 0):
            yield f"{document.id}: is found as it was before."


def _left_over(source: Source, step: Step) -> Iterator[str]:
    """From the index to the database."""
    indexed = _indexed_of(source)
    for offset in range(0, indexed, max(1, -(-indexed // SAMPLE))):
        step()
        some = Query(kind=source.kind, sort="newest", offset=offset, limit=1, facets=())
        for hit in current_index().search(some).hits:
            with current_app.test_request_context():
                present = source.one(hit.key)
            if present is None:
                yield f"{hit.kind}:{hit.key}: is found, though it may not be (any more)."


def _hit_of(document: Document) -> Hit | None:
    """How the index shows a document, looked for by the words of its title among all that have them."""
    titled = Query(
        words=tuple(typed_words(document.titles[0])[:MOST_WORDS]) if document.titles else (),
        kind=document.kind,
        years=(document.years[0], document.years[0]) if document.years else None,
        sort="newest",
        limit=AT_ONCE,
        facets=(),
    )
    for offset in count(0, AT_ONCE):
        hits = current_index().search(replace(titled, offset=offset)).hits
        if found := next((hit for hit in hits if hit.key == document.key), None):
            return found
        if len(hits) < AT_ONCE:
            break
    return None


def _indexed_of(source: Source) -> int:
    return current_index().search(Query(kind=source.kind, limit=0, facets=())).total
