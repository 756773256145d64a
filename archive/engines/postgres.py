"""The port on PostgreSQL: one table with a tsvector, for a site of several machines.

The table is a cache and owned here: made by a rebuild, in no migration and no model. Words come folded
(archive/terms.py); PostgreSQL's own dictionaries are not asked. Everything runs in transactions of its
own, never in the caller's. How a query becomes SQL is in `postgres_sql`.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from archive import terms
from archive.engines import postgres_sql as sql
from archive.engines.shown import hit_of, shown_of
from archive.index import Document, Query, Results, Unusable
from core.errors import Refused

BATCH = 500
MOST_ROWS = 2**31
# Names the lock that lets only one builder build; any number does, as long as nobody else uses it.
BUILDING = 0x7E_A7_48_55

log = logging.getLogger(__name__)


class PostgresIndex:
    """The index in the database of an engine; its table need not exist."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents or replace those of the same id, together."""
        with self._writing() as connection:
            _insert(connection, sql.TABLE, documents)

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out."""
        with self._writing() as connection:
            connection.execute(text(f"DELETE FROM {sql.TABLE} WHERE id = ANY(:ids)"), {"ids": list(ids)})  # noqa: S608

    def search(self, query: Query) -> Results:
        """Find. A table that is missing or not ours gives nothing, and says that it is not ready."""
        try:
            with self.engine.begin() as connection:
                return _search(connection, query)
        except DBAPIError:
            log.warning("the search table cannot be read", exc_info=True)
            return Results((), 0, ready=False)

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Fill a new table beside the live one, then rename it in one transaction."""
        with self._building():
            with self.engine.begin() as connection:
                connection.execute(text(f"DROP TABLE IF EXISTS {sql.NEXT}"))
                connection.execute(text(sql.CREATE))
            rest = iter(documents)
            while batch := list(islice(rest, BATCH)):
                with self.engine.begin() as connection:
                    _insert(connection, sql.NEXT, batch)
            with self.engine.begin() as connection:
                for statement in sql.SWITCH:
                    connection.execute(text(statement))

    def clear(self) -> None:
        """Start with an empty table."""
        self.rebuild(())

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except ProgrammingError as error:  # no such table or column
            raise Unusable from error

    @contextmanager
    def _building(self) -> Iterator[None]:
        """One builder at a time. The lock belongs to the connection, so a builder that died holds nothing."""
        with self.engine.connect() as connection:
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": BUILDING}):
                raise Refused("The search index is being rebuilt already.")
            connection.commit()
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": BUILDING})
                connection.commit()


def _insert(connection: Connection, table: str, documents: Iterable[Document]) -> None:
    by_id = {document.id: document for document in documents}
    if by_id:
        # In the order of their ids, so that two writers never wait for each other in a ring.
        connection.execute(text(sql.insert_into(table)), [_row(by_id[id_]) for id_ in sorted(by_id)])


def _row(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "words": sql.vector_of(terms.of_document(document)),
        "kind": document.kind,
        "country": document.country,
        "prize": document.prize,
        "years": list(document.years),
        "decades": list(terms.decades(document)),
        "recency": terms.recency(document),
        "shown": json.dumps(shown_of(document)),
    }


def _search(connection: Connection, query: Query) -> Results:
    found, given = sql.found_by(query)
    facets: dict[str, dict[str, int]] = {name: {} for name in query.facets}
    for facet, value, count in connection.execute(text(found + sql.COUNTS), given):
        facets[facet][value] = count
    page = {"offset": min(max(query.offset, 0), MOST_ROWS), "limit": min(max(query.limit, 0), MOST_ROWS)}
    rows = connection.execute(text(found + sql.page_by(query.sort)), given | page)
    hits = tuple(hit_of(shown, score) for shown, score in rows)
    return Results(hits, sum(facets["kind"].values()), facets)
