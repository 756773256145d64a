"""The port on PostgreSQL, in transactions of its own, never in the caller's.

The tables are a cache: made by a rebuild, healed by another one. Words come folded (archive/terms.py);
PostgreSQL's own dictionaries are not asked.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar, cast

import psycopg
from psycopg import errors
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from archive.engines.postgres import reading, writing
from archive.index import Document, Query, Results, Unusable

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
# What says of a question that it asks too much, or something that nothing can hold; and nothing of the index.
_TOO_WIDE = (errors.QueryCanceled, errors.ProgramLimitExceeded, errors.StatementTooComplex)
# No such schema, table or column; rows that cannot be, files that are broken.
_FOREIGN = (psycopg.ProgrammingError, psycopg.IntegrityError, psycopg.InternalError)
_NONSENSE = (psycopg.DataError, UnicodeEncodeError)
# Seconds a question may take. Longer ones are half a dozen frequent words side by side, or nonsense.
PATIENCE = 3.0


class PostgresIndex:
    """The index in the database of an engine; its tables need not exist."""

    def __init__(self, engine: Engine, *, patience: float = PATIENCE) -> None:
        self.engine = engine
        self.patience = patience

    def put(self, documents: Iterable[Document], *, instead_of: Iterable[str] = ()) -> None:
        """Add documents or replace those of the same id, together."""
        with self._writing() as connection:
            writing.put(connection, documents, instead_of=instead_of)

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out."""
        self.put((), instead_of=ids)

    def search(self, query: Query) -> Results:
        """Find. Tables that are missing, not ours or broken inside give nothing, and say so.

        A question that takes longer than `patience` (seconds) finds nothing, and says that it is too wide.
        """
        nothing = Results((), 0, {name: {} for name in query.facets})
        if self.patience <= 0:
            return replace(nothing, too_wide=True)
        try:
            found = self._read(lambda connection: reading.search(connection, query, patience=self.patience))
        except _TOO_WIDE:
            log.warning("a question asked too much of the search", exc_info=True)
            return replace(nothing, too_wide=True)
        except _NONSENSE:
            return nothing
        return found or Results((), 0, ready=False)

    def spellings(self, word: str) -> Mapping[str, int]:
        """The word and those a letter away, with how many documents hold each."""
        if self.patience <= 0:
            return {}
        try:
            return self._read(lambda connection: reading.spellings(connection, word, patience=self.patience)) or {}
        except (*_TOO_WIDE, *_NONSENSE):
            log.warning("a word asked too much of the search", exc_info=True)
            return {}

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Build new tables beside the live ones and switch to them, all in one transaction."""
        with self._connection() as connection:
            writing.rebuild(connection, documents)

    def clear(self) -> None:
        """Start with empty tables."""
        self.rebuild(())

    def is_whole(self) -> bool:
        """Whether everything in them can be read and understood."""
        try:
            return self._read(lambda connection: reading.is_understood(connection, patience=self.patience)) or False
        except (*_TOO_WIDE, *_NONSENSE):
            log.warning("the search tables hold what cannot be", exc_info=True)
            return False

    def _read(self, answer: Callable[[psycopg.Connection], Answer]) -> Answer | None:
        """The answer; None when there is no index that can be read. Raises what only says something of the question."""
        try:
            with self._connection() as connection:
                return answer(connection)
        except (*_TOO_WIDE, *_NONSENSE):
            raise
        except (psycopg.Error, DBAPIError, Unusable):
            log.warning("the search tables cannot be read", exc_info=True)
            return None
        except Exception:
            # What stands in the tables is not what was written there: nothing tells that from a mistake of ours.
            log.exception("what the search tables hold cannot be understood")
            return None

    @contextmanager
    def _writing(self) -> Iterator[psycopg.Connection]:
        try:
            with self._connection() as connection:
                yield connection
        except _FOREIGN as error:
            raise Unusable from error

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection]:
        """A connection of psycopg's own, for what SQLAlchemy does not know: binary answers, COPY. One transaction."""
        with self.engine.connect() as pooled:
            connection = cast("psycopg.Connection", pooled.connection.driver_connection)
            try:
                yield connection
                connection.commit()
            except psycopg.OperationalError:
                if connection.broken:
                    pooled.invalidate()
                raise
