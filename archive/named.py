"""Things that a text names exactly, such as a catalogue number however it is written: asked of the sources, not of the index."""

from dataclasses import replace

from archive.asked import Asked
from archive.engines.shown import hit_of, shown_of
from archive.index import SORTS, Document, Hit, Query, Results
from archive.sources import sources

# Longer texts are nobody's number.
LONGEST = 80
EVERYTHING = Query()


def named(text: str, within: Query = EVERYTHING) -> tuple[Hit, ...]:
    """What this text names among what the filters let through, the likeliest first; nearly always nothing."""
    if not text.strip() or len(text) > LONGEST:
        return ()
    documents = (document for source in sources() for document in source.named(text, within.kind))
    return tuple(hit_of(shown_of(document), 0.0) for document in documents if _is_within(document, within))


def named_first(asked: Asked) -> tuple[Hit, ...]:
    """What stands before everything else on the first page of a list with the best first."""
    is_first = asked.page == 1 and asked.typed.sort == SORTS[0]
    return named(asked.text, asked.typed) if is_first else ()


def begun_with(first: tuple[Hit, ...], results: Results) -> Results:
    """The page with these at its beginning, each once. They count where it is sure that they are not among the rest."""
    ids = {(hit.kind, hit.key) for hit in first}
    rest = tuple(hit for hit in results.hits if (hit.kind, hit.key) not in ids)
    is_whole = results.total <= len(results.hits)
    added = len(first) + len(rest) - len(results.hits) if is_whole else 0
    return replace(results, hits=(*first, *rest), total=results.total + added) if results.ready else results


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
