"""Writing: documents as rows, a few put in or taken out, all built anew. Whoever calls ends the transaction."""

import json
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, TypeAlias

from psycopg import Connection

from archive import terms
from archive.engines.postgres import tables
from archive.engines.postgres.coded import coded_of
from archive.engines.postgres.facet_sets import sets_of
from archive.engines.postgres.known import known_of
from archive.engines.postgres.lexemes import labels_of, vector_of, with_id
from archive.engines.postgres.tables import LAYOUT, NEXT, SCHEMA
from archive.engines.shown import shown_of
from archive.index import Document, Unusable
from archive.spelling import can_be_meant, shortened
from archive.terms import BREAK, DocumentTerms
from core.errors import Refused

# Names the lock that lets only one builder build; any number does, as long as nobody else uses it.
BUILDING = 0x7E_A7_48_55
# A word is common when more than one in so many of the first documents hold it.
SAMPLE, COMMON_IN = 5_000, 500
# PostgreSQL moves what is wide out of line only where a row would be wider than this, in bytes.
MOST_IN_LINE = 2_048
# What the words of a rebuild are sorted in.
MEMORY = "256MB"
Read: TypeAlias = tuple[Document, DocumentTerms]


@dataclass
class Rows:
    """Makes documents into rows and notes what they hold: facet sets that are new, words and in how many they are.

    `place`: of the next document. `sets`: those that have a number already; new ones are numbered from `first_set`.
    """

    common: Collection[str]
    place: int = 0
    sets: Mapping[str, int] = field(default_factory=dict)
    first_set: int = 0
    new_sets: dict[str, int] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)

    def of(self, read: Iterable[Read]) -> Iterator[tuple[Any, ...]]:
        """Rows of the table `document`, as they are asked for."""
        for document, found in read:
            sets = [self._number_of(one) for one in sets_of(document)]
            words, held = vector_of(found, labels_of(document), self.common)
            shown = json.dumps(shown_of(document)).ljust(MOST_IN_LINE - len(words) // 2)
            yield self.place, coded_of(document, self.place, sets), words, shown
            self.place += 1
            self.words.update(held)

    def of_words(self) -> Iterator[tuple[str, int, list[str]]]:
        """Rows of the table `word`."""
        for word, count in self.words.items():
            yield word, count, list(shortened(word)) if can_be_meant(word) else []

    def _number_of(self, written: str) -> int:
        number = self.sets.get(written)
        return self.new_sets.setdefault(written, self.first_set + len(self.new_sets)) if number is None else number


def put(connection: Connection, documents: Iterable[Document], *, instead_of: Iterable[str]) -> None:
    """Add documents or replace those of the same id, and take out others; asked for while others wait. Raises Unusable."""
    generation, first_place = _begin(connection)
    by_id = {document.id: document for document in documents}
    emptied = _take_out(connection, {*by_id, *instead_of})
    if by_id:
        _put_in(connection, by_id, generation, first_place)
    if emptied:
        connection.execute(f"DELETE FROM {SCHEMA}.word WHERE word = ANY(%s) AND documents <= 0", (emptied,))  # noqa: S608


def _put_in(connection: Connection, by_id: Mapping[str, Document], generation: int, first_place: int) -> None:
    connection.execute(f"UPDATE {SCHEMA}.state SET places = places + %s", (len(by_id),))  # noqa: S608 - a name of ours
    sets, first_set = _sets_of(connection, by_id.values())
    rows = Rows(known_of(connection, generation).common, first_place, sets, first_set)
    _copy(connection, f"{SCHEMA}.document", rows.of(_read(by_id.values())))
    _copy(connection, f"{SCHEMA}.facet_set", ((number, held) for held, number in rows.new_sets.items()))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {SCHEMA}.word AS kept VALUES (%s, %s, %s) "  # noqa: S608 - a name of ours
            "ON CONFLICT (word) DO UPDATE SET documents = kept.documents + excluded.documents",
            rows.of_words(),
        )


def rebuild(connection: Connection, documents: Iterable[Document]) -> None:
    """Build beside what is searched, and take its place. Of documents with the same id the first is kept."""
    if not _one(connection, f"SELECT pg_try_advisory_xact_lock({BUILDING})"):
        raise Refused("The search index is being rebuilt already.")
    connection.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
    connection.execute(tables.CREATE)
    rest = _read(terms.once(documents))
    sample = list(islice(rest, SAMPLE))
    rows = Rows(_common(sample))
    _copy(connection, f"{NEXT}.document", rows.of(chain(sample, rest)), options="(FREEZE)")
    _copy(connection, f"{NEXT}.facet_set", ((number, held) for held, number in rows.new_sets.items()))
    _copy(connection, f"{NEXT}.common", ((word,) for word in rows.common))
    _copy(connection, f"{NEXT}.word", rows.of_words())
    _copy(connection, f"{NEXT}.state", [(LAYOUT, secrets.randbits(62), rows.place)])
    connection.execute(tables.FINISH)
    if _one(connection, tables.EXISTS):
        connection.execute(tables.LOCK)
    connection.execute(tables.SWITCH)


def _begin(connection: Connection) -> tuple[int, int]:
    """The generation, and the first place that is free. Other writers wait until we are done."""
    row = connection.execute(
        "SELECT layout, generation, places, set_config('enable_seqscan', 'off', true) "  # noqa: S608 - a name of ours
        f"FROM {SCHEMA}.state FOR UPDATE"
    ).fetchone()
    if row is None or row[0] != LAYOUT:
        raise Unusable
    return row[1], row[2]


def _take_out(connection: Connection, ids: Iterable[str]) -> list[str]:
    """Delete documents, and count their words anew; only words have positions. Gives the words that no document holds now."""
    if lexemes := " | ".join(map(with_id, ids)):
        counted = connection.execute(
            f"WITH gone AS (DELETE FROM {SCHEMA}.document WHERE words @@ %s::tsquery RETURNING words), "  # noqa: S608
            "fewer AS (SELECT lexeme, count(*) FROM gone, unnest(words) WHERE positions IS NOT NULL GROUP BY lexeme) "
            f"UPDATE {SCHEMA}.word SET documents = documents - fewer.count FROM fewer "
            'WHERE word = fewer.lexeme COLLATE "C" RETURNING word, documents',
            (lexemes,),
        )
        return [word for word, documents in counted if documents <= 0]
    return []


def _sets_of(connection: Connection, documents: Iterable[Document]) -> tuple[dict[str, int], int]:
    """The numbers of those of the documents' sets that have one, and the next number."""
    written = list({one for document in documents for one in sets_of(document)})
    known = connection.execute(
        f"SELECT held, number FROM {SCHEMA}.facet_set "  # noqa: S608 - a name of ours
        "WHERE md5(held) = ANY(SELECT md5(unnest(%s::text[])))",
        (written,),
    )
    return dict(known.fetchall()), _one(connection, f"SELECT coalesce(max(number) + 1, 0) FROM {SCHEMA}.facet_set")  # noqa: S608


def _common(sample: Collection[Read]) -> frozenset[str]:
    """The common words of some documents."""
    held = Counter(word for _, found in sample for word in {*found.text} - {BREAK})
    return frozenset(word for word, count in held.items() if count > len(sample) // COMMON_IN)


def _read(documents: Iterable[Document]) -> Iterator[Read]:
    return ((document, terms.of_document(document)) for document in documents)


def _copy(connection: Connection, table: str, rows: Iterable[tuple[Any, ...]], *, options: str = "") -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN {options}") as copy:
        for row in rows:
            copy.write_row(row)


def _one(connection: Connection, statement: str) -> Any:
    row = connection.execute(statement).fetchone()
    return row and row[0]
