"""Searching: the SQL of a question, and what becomes of its answer."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection

from archive import terms
from archive.engines.postgres.coded import Array, decoded, page_of, points_of
from archive.engines.postgres.known import Known, known_of, with_sets_of
from archive.engines.postgres.lexemes import condition_of, worths_of
from archive.engines.postgres.tables import LAYOUT, SCHEMA
from archive.engines.shown import hit_of
from archive.index import Hit, Query, Results, Unusable
from archive.spelling import MOST_CANDIDATES, can_be_misspelt, is_a_letter_away, shortened

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
    worths = list(worths_of(wanted, known.common)) if query.limit > 0 else []
    found, *others = _sets(connection, condition, [lexemes for _, lexemes in worths])
    base = terms.ANYWHERE * (len(wanted.words) + bool(wanted.beginning))
    points = points_of(found, base, ((worth, other) for (worth, _), other in zip(worths, others, strict=True)))
    page = page_of(found, points, query.sort, offset=query.offset, limit=query.limit)
    facets: dict[str, dict[str, int]] = {}
    if query.facets:
        facets = with_sets_of(connection, known, found).sets.counts(query.facets, found)
    return Results(_hits(connection, page), len(found), facets)


def spellings(connection: Connection, word: str, *, patience: float) -> dict[str, int]:
    """The word and those a letter away, with how many documents hold each."""
    _begin(connection, patience)
    forms = list(shortened(word)) if can_be_misspelt(word) else []
    held = connection.execute(_SPELLINGS, (forms, word))
    return {one: count for one, count in held if count and (one == word or is_a_letter_away(word, one))}


def _begin(connection: Connection, patience: float) -> Known:
    """Settings for this transaction, and what there is to search."""
    row = connection.execute(_BEGIN, (str(int(patience * 1000)),)).fetchone()
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


def _hits(connection: Connection, page: Sequence[tuple[int, int]]) -> tuple[Hit, ...]:
    """The documents of a page."""
    if not page:
        return ()
    shown: dict[int, str] = dict(connection.execute(_SHOWN, ([place for place, _ in page],)).fetchall())
    return tuple(hit_of(json.loads(shown[place]), score) for place, score in page if place in shown)
