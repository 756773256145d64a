"""What a process remembers of the index it searches: which words are paired, and the facet sets.

Both only change with a rebuild, which gives the index another generation; new sets are fetched when they are met.
"""

from dataclasses import dataclass, replace

from psycopg import Connection

from archive.engines.ordering import Array
from archive.engines.postgres.coded import SETS
from archive.engines.postgres.facet_sets import FacetSets
from archive.engines.postgres.tables import SCHEMA
from archive.index import Unusable


@dataclass(frozen=True)
class Known:
    """What is known of one generation."""

    generation: int
    common: frozenset[str]
    sets: FacetSets


_latest: Known | None = None


def known_of(connection: Connection, generation: int) -> Known:
    """What is known of the present generation."""
    if _latest is not None and _latest.generation == generation:
        return _latest
    common = connection.execute(f"SELECT word FROM {SCHEMA}.common")  # noqa: S608 - a name of ours
    return _kept(Known(generation, frozenset(word for (word,) in common), FacetSets.empty()))


def with_sets_of(connection: Connection, known: Known, found: Array) -> Known:
    """The same with all sets of the documents found."""
    highest = max(int(found[column].max(initial=0)) for column in SETS)
    if not len(found) or highest < known.sets.size:
        return known
    query = f"SELECT held FROM {SCHEMA}.facet_set WHERE number >= %s ORDER BY number"  # noqa: S608 - a name of ours
    more = [held for (held,) in connection.execute(query, (known.sets.size,))]
    sets = known.sets.with_more(more)
    if highest >= sets.size:
        raise Unusable(f"there is no facet set {highest}")
    return _kept(replace(known, sets=sets))


def _kept(known: Known) -> Known:
    global _latest  # noqa: PLW0603 - one index is searched at a time; to forget is to ask again
    _latest = known
    return known
