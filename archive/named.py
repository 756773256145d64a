"""Things that a text names exactly, such as a catalogue number however it is written: asked of the sources, not of the index."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from archive import terms
from archive.asked import Asked
from archive.engines.shown import hit_of, shown_of
from archive.index import SORTS, Document, Hit, Query, Results
from archive.sources import sources

# Longer texts are nobody's number.
LONGEST = 80
EVERYTHING = Query()


def named(text: str, within: Query = EVERYTHING) -> tuple[Hit, ...]:
    """What this text names among what the filters let through, the likeliest first; nearly always nothing."""
    return hits_of(_documents(text, within))


def named_first(asked: Asked) -> tuple[Document, ...]:
    """What stands before everything else on the first page of a list with the best first, and in a file of it."""
    is_first = asked.page == 1 and asked.typed.sort == SORTS[0]
    return _documents(asked.text, asked.typed) if is_first else ()


def hits_of(documents: Sequence[Document]) -> tuple[Hit, ...]:
    """Things as they are shown when they were not searched for."""
    return tuple(hit_of(shown_of(document), 0.0) for document in documents)


def begun_with(first: Sequence[Document], results: Results) -> Results:
    """The page with these at its beginning, each once.

    They count, in the total and in every facet, where it is sure that they are not among the rest.
    """
    if not first or not results.ready:
        return results
    ids, found = {document.id for document in first}, {hit.id for hit in results.hits}
    is_whole = results.total <= len(results.hits)
    added = [document for document in first if document.id not in found] if is_whole else []
    rest = (hit for hit in results.hits if hit.id not in ids)
    facets = {name: _with_more(counted, name, added) for name, counted in results.facets.items()}
    return replace(results, hits=(*hits_of(first), *rest), total=results.total + len(added), facets=facets)


def _with_more(counted: Mapping[str, int], name: str, documents: Sequence[Document]) -> Mapping[str, int]:
    values = (value for document in documents for value in dict.fromkeys(terms.facets(document).get(name, ())))
    return Counter(counted) + Counter(values)


def _documents(text: str, within: Query) -> tuple[Document, ...]:
    if not text.strip() or len(text) > LONGEST:
        return ()
    documents = (document for source in sources() for document in source.named(text, within.kind))
    return tuple(document for document in documents if _is_within(document, within))


def _is_within(document: Document, query: Query) -> bool:
    has = {
        **{name: (getattr(document, name),) for name in ("kind", "country", "prize", "series")},
        "topic": document.topics,
        "language": document.languages,
        "item": document.items,
        "emission": document.emissions,
        "process": document.processes,
        "maker": document.makers,
    }
    if any(getattr(query, name) not in ("", *values) for name, values in has.items()):
        return False
    in_time = not query.years or any(query.years[0] <= year <= query.years[1] for year in document.years)
    return in_time and bool(document.picture or not query.picture)
