"""What is PostgreSQL's own: lexemes, bounds, where things lie, readers and writers beside each other and a switch."""

import re
import threading
from collections.abc import Iterable, Iterator

import pytest
from sqlalchemy import Engine, text

from archive import terms
from archive.engines.postgres import PostgresIndex
from archive.engines.postgres.lexemes import MOST_CHARACTERS, vector_of, year_beginnings
from archive.engines.postgres.tables import NEXT, SCHEMA
from archive.index import FACETS, Document, Query, Results, Unusable
from tests.archive.documents import ALL, LEA, THU, stamp

# Five thousand words that are as long as words get, of letters that take four bytes each.
NONSENSE = stamp("long", "Long", texts=(" ".join("𐐨" * 60 + chr(0x10428 + at) for at in range(5_000) if at != 60),))


@pytest.fixture
def index(postgres: Engine) -> Iterator[PostgresIndex]:
    """An index of ALL."""
    index = PostgresIndex(postgres)
    index.rebuild(ALL)
    yield index
    _run(postgres, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def _run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def _value(engine: Engine, statement: str) -> object:
    with engine.begin() as connection:
        return connection.scalar(text(statement))


@pytest.mark.parametrize(
    ("first", "last", "beginnings"),
    [
        (1998, 1998, ["1998"]),
        (1989, 2001, ["1989", "199", "2000", "2001"]),
        (0, 9999, [""]),
        (0, 9, ["000"]),
        (1900, 2999, ["19", "2"]),
        (2000, 1999, []),
    ],
)
def test_a_range_of_years_is_few_beginnings(first: int, last: int, beginnings: list[str]) -> None:
    assert list(year_beginnings(first, last)) == beginnings


def test_only_common_words_side_by_side_in_one_text_are_paired() -> None:
    found = terms.of_document(Document("stamp", "a", "/a", ("Red blue",), texts=("blue green", "red")))
    pairs = re.findall(r"'(\^?_[^']*)'", vector_of(found, (), frozenset({"red", "blue"}))[0])
    assert sorted(pairs) == ["^_red blue", "_red blue"]


def test_a_vector_never_has_more_than_postgresql_takes(index: PostgresIndex) -> None:
    assert len(vector_of(terms.of_document(NONSENSE), (), frozenset())[0]) <= MOST_CHARACTERS
    index.put([NONSENSE])
    assert [hit.key for hit in index.search(Query(words=("long",))).hits] == ["long"]


def test_words_are_counted_as_they_are_kept_and_forgotten_with_the_last_document(
    index: PostgresIndex, postgres: Engine
) -> None:
    """Of a text that is too long only what is kept of it."""
    rows = f"SELECT coalesce(sum(documents), 0) || '/' || count(*) FROM {SCHEMA}.word"
    before = _value(postgres, rows)
    index.put([NONSENSE, stamp("new", "Xylophone")])
    meanwhile = _value(postgres, rows)
    index.remove([NONSENSE.id, "stamp:new"])
    assert (before != meanwhile, _value(postgres, rows)) == (True, before)


def test_words_and_what_is_shown_lie_out_of_line_however_short(index: PostgresIndex, postgres: Engine) -> None:
    aside = _value(postgres, f"SELECT reltoastrelid::regclass FROM pg_class WHERE oid = '{SCHEMA}.document'::regclass")
    assert _value(postgres, f"SELECT count(DISTINCT chunk_id) FROM {aside}") == 2 * len(ALL)


def test_a_question_that_takes_too_long_says_that_it_is_too_wide(index: PostgresIndex, postgres: Engine) -> None:
    hurried = PostgresIndex(postgres, patience=0.1)
    with postgres.begin() as connection:
        connection.execute(text(f"LOCK TABLE {SCHEMA}.document IN ACCESS EXCLUSIVE MODE"))
        assert hurried.search(Query()) == Results((), 0, {name: {} for name in FACETS}, too_wide=True)
    assert hurried.search(Query()).total == len(ALL)


def test_an_index_of_another_layout_is_none(index: PostgresIndex, postgres: Engine) -> None:
    _run(postgres, f"UPDATE {SCHEMA}.state SET layout = layout - 1")
    assert index.search(Query()) == Results((), 0, ready=False)
    with pytest.raises(Unusable):
        index.put([THU])
    with pytest.raises(Unusable):
        index.remove([THU.id])


def test_a_rebuild_that_fails_leaves_nothing_behind(index: PostgresIndex, postgres: Engine) -> None:
    def documents() -> Iterable[Document]:
        yield LEA
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        index.rebuild(documents())
    assert _value(postgres, f"SELECT to_regnamespace('{NEXT}') IS NULL") is True


def test_a_switch_waits_for_who_is_reading(index: PostgresIndex, postgres: Engine) -> None:
    count = text(f"SELECT count(*) FROM {SCHEMA}.document")
    builder = threading.Thread(target=index.rebuild, args=([LEA],))
    with postgres.begin() as connection:
        connection.execute(text(f"SELECT layout FROM {SCHEMA}.state"))
        builder.start()
        builder.join(timeout=1)
        assert (builder.is_alive(), connection.scalar(count)) == (True, len(ALL))
    builder.join(timeout=10)
    assert (builder.is_alive(), index.search(Query()).total) == (False, 1)


def test_writers_at_once_follow_each_other(index: PostgresIndex) -> None:
    def write(writer: int) -> None:
        for number in range(10):
            index.put([stamp(f"w{writer}-{number}", "Parallel"), stamp("shared", "Parallel")])

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert index.search(Query(words=("parallel",))).total == index.spellings("parallel")["parallel"] == 31
