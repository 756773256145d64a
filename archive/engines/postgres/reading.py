"""Searching: the SQL of a question, and what becomes of its answer."""

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from psycopg import Connection

from archive import terms
from archive.engines.ordering import Array
from archive.engines.postgres.coded import decoded, page_of, points_of
from archive.engines.postgres.facet_sets import FacetSets
from archive.engines.postgres.known import Known, known_of, with_sets_of
from archive.engines.postgres.lexemes import condition_of, worths_of
from archive.engines.postgres.tables import LAYOUT, SCHEMA
from archive.engines.shown import hit_of
from archive.index import FACETS, Hit, Query, Results, Unusable
from archive.spelling import MOST_CANDIDATES, can_be_misspelt, is_a_letter_away, shortened

# Places and points.
Page: TypeAlias = Sequence[tuple[int, int]]
# Bitmaps are quickest; plans are made for the words asked for; compiling them takes longer than they run.
_SETTINGS: Mapping[str, str] = {
    "enable_seqscan": "off",
    "plan_cache_mode": "force_custom_plan",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "32MB",
}
_BEGIN = (
    "SELECT layout, generation, set_config('statement_timeout', %s, true), "  # noqa: S608 - names of ours
    + ", ".join(f"set_config('{name}', '{value}', true)" for name, value in _SETTINGS.items())
    + f" FROM {SCHEMA}.state"
)
_EVERYTHING = f"SELECT string_agg(coded, '') FROM {SCHEMA}.document"  # noqa: S608
_SHOWN = f"SELECT place, shown FROM {SCHEMA}.document WHERE place = ANY(%s)"  # noqa: S608
# Materialized: in the order of words it would go through all of them until it has enough.
_SPELLINGS = (
    f"WITH near AS MATERIALIZED (SELECT word, documents FROM {SCHEMA}.word WHERE forms && %s) "  # noqa: S608
    f"SELECT word, documents FROM {SCHEMA}.word WHERE word = %s "
    f"UNION (SELECT word, documents FROM near ORDER BY word LIMIT {MOST_CANDIDATES})"
)


def search(connection: Connection, query: Query, *, patience: float) -> Results:
    """Find, within so many seconds a statement. Raises Unusable, and what psycopg raises."""
    known = _begin(connection, patience)
    wanted = terms.of_query(query)
    condition = condition_of(query, wanted, known.common)
    worths = list(worths_of(wanted, known.common)) if query.limit > 0 or query.of_each_kind else []
    found, *others = _sets(connection, condition, [lexemes for _, lexemes in worths])
    base = terms.ANYWHERE * (len(wanted.words) + bool(wanted.beginning))
    points = points_of(found, base, ((worth, other) for (worth, _), other in zip(worths, others, strict=True)))
    page = page_of(found, points, query.sort, offset=query.offset, limit=query.limit)
    facets: dict[str, dict[str, int]] = {}
    pages: dict[str, Page] = {}
    if query.facets or query.of_each_kind:
        sets = with_sets_of(connection, known, found).sets
        facets = sets.counts(query.facets, found) if query.facets else {}
        if query.of_each_kind:
            pages = _of_each_kind(query, sets, found, points)
    shown = _shown(connection, [place for place, _ in (*page, *chain.from_iterable(pages.values()))])
    by_kind = {kind: _hits(shown, some) for kind, some in pages.items()}
    return Results(_hits(shown, page), len(found), facets, of_each_kind=by_kind)


def _of_each_kind(query: Query, sets: FacetSets, found: Array, points: Array) -> dict[str, Page]:
    """The best of each kind."""
    pages: dict[str, Page] = {}
    for kind, holds in sets.holding("kind"):
        is_of_kind = holds[found["main"]]
        some = page_of(found[is_of_kind], points[is_of_kind], query.sort, offset=0, limit=query.of_each_kind)
        if some:
            pages[kind] = some
    return pages


def spellings(connection: Connection, word: str, *, patience: float) -> dict[str, int]:
    """The word and those a letter away, with how many documents hold each."""
    _begin(connection, patience)
    forms = list(shortened(word)) if can_be_misspelt(word) else []
    held = connection.execute(_SPELLINGS, (forms, word))
    return {one: count for one, count in held if count and (one == word or is_a_letter_away(word, one))}


def is_understood(connection: Connection, *, patience: float) -> bool:
    """True once everything has been read as a search reads it; otherwise raises whatever comes of what is broken."""
    known = _begin(connection, patience)
    found = decoded(_one(connection, _EVERYTHING))
    with_sets_of(connection, known, found).sets.counts(FACETS, found)
    search(connection, Query(words=("word",), phrases=("two words",)), patience=patience)
    spellings(connection, "word", patience=patience)
    with connection.cursor("everything_shown") as cursor:
        for (shown,) in cursor.execute(f"SELECT shown FROM {SCHEMA}.document"):  # noqa: S608 - a name of ours
            hit_of(json.loads(shown), 0)
    return True


def _begin(connection: Connection, patience: float) -> Known:
    """Settings for this transaction, and what there is to search."""
    row = connection.execute(_BEGIN, (str(max(1, int(patience * 1000))),)).fetchone()
    if row is None or row[0] != LAYOUT:
        raise Unusable
    return known_of(connection, row[1])


def _sets(connection: Connection, condition: str, narrower: Sequence[str]) -> list[Array]:
    """The documents of a condition, and those among them that hold each of some lexemes too."""
    if not condition:
        return [decoded(_one(connection, _EVERYTHING)), *(decoded(None) for _ in narrower)]
    conditions = [condition, *(f"{condition} & {lexemes}" for lexemes in narrower)]
    parts = [
        f"SELECT {at}, string_agg(coded, '') FROM {SCHEMA}.document WHERE words @@ %s::tsquery"  # noqa: S608
        for at in range(len(conditions))
    ]
    with connection.cursor(binary=True) as cursor:
        rows: dict[int, bytes | None] = dict(cursor.execute(" UNION ALL ".join(parts), conditions).fetchall())
    return [decoded(rows[at]) for at in range(len(conditions))]


def _one(connection: Connection, statement: str) -> Any:
    with connection.cursor(binary=True) as cursor:
        row = cursor.execute(statement).fetchone()
    return row and row[0]


def _shown(connection: Connection, places: list[int]) -> dict[int, str]:
    """What is shown of documents, by place; without those taken out a moment ago."""
    return dict(connection.execute(_SHOWN, (places,)).fetchall()) if places else {}


def _hits(shown: Mapping[int, str], page: Page) -> tuple[Hit, ...]:
    """The documents of a page."""
    return tuple(hit_of(json.loads(shown[place]), score) for place, score in page if place in shown)
