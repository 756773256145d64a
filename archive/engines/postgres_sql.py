"""The SQL of the search on PostgreSQL: the table, documents as tsvectors, queries as statements. No connection.

One vector holds everything: words of titles with weight A, numbers B, other words D, all at their places;
words with diacritics as they are spelt; whole titles as one lexeme that begins with `=`. Everything a
person typed travels as a bound value.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from archive import terms
from archive.index import Query
from archive.terms import BREAK, DocumentTerms, QueryTerms

# PostgreSQL keeps no place beyond this one; what has none of its own stands there.
LAST_PLACE = 16_383

TABLE = "archive_document"
NEXT = "archive_document_next"
CREATE = f"""
CREATE TABLE {NEXT} (
    id text PRIMARY KEY,
    words tsvector NOT NULL,
    kind text NOT NULL,
    country text NOT NULL,
    prize text NOT NULL,
    years integer[] NOT NULL,
    decades integer[] NOT NULL,
    recency bigint NOT NULL,
    shown jsonb NOT NULL
)
"""
SWITCH = (
    f"CREATE INDEX ON {NEXT} USING gin (words)",
    f"DROP TABLE IF EXISTS {TABLE}",
    f"ALTER TABLE {NEXT} RENAME TO {TABLE}",
)
COUNTS = """
SELECT 'kind', kind, count(*) FROM found GROUP BY kind
UNION ALL SELECT 'country', country, count(*) FROM found WHERE country <> '' GROUP BY country
UNION ALL SELECT 'prize', prize, count(*) FROM found WHERE prize <> '' GROUP BY prize
UNION ALL SELECT 'decade', decade::text, count(*) FROM found, unnest(decades) AS decade GROUP BY decade
"""
_ORDERS = {
    "newest": "recency DESC, score DESC",
    "oldest": "recency = 0, recency, score DESC",
}


def insert_into(table: str) -> str:
    """Insert or replace one document."""
    columns = ("id", "words", "kind", "country", "prize", "years", "decades", "recency", "shown")
    casts = {"words": "tsvector", "years": "integer[]", "decades": "integer[]", "shown": "jsonb"}
    values = (f"CAST(:{name} AS {casts.get(name, 'bigint' if name == 'recency' else 'text')})" for name in columns)
    replaced = (f"{name} = excluded.{name}" for name in columns[1:])
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(values)}) "  # noqa: S608 - names of ours
        f"ON CONFLICT (id) DO UPDATE SET {', '.join(replaced)}"
    )


def found_by(query: Query) -> tuple[str, dict[str, Any]]:
    """A common table `found` with everything a query finds and its score, and the values bound in it."""
    wanted = terms.of_query(query)
    given: dict[str, Any] = {}
    conditions = " AND ".join(_conditions(query, wanted, given)) or "true"
    score = " + ".join(_worths(wanted, given)) or "0"
    return (
        f"WITH found AS MATERIALIZED (SELECT id, kind, country, prize, decades, recency, shown, {score} AS score "  # noqa: S608
        f"FROM {TABLE} WHERE {conditions})",
        given,
    )


def page_by(sort: str) -> str:
    """The rows of one page of `found`."""
    order = _ORDERS.get(sort, "score DESC, recency DESC")
    return f" SELECT shown, score FROM found ORDER BY {order}, id LIMIT :limit OFFSET :offset"  # noqa: S608


def vector_of(document: DocumentTerms) -> str:
    """The words of a document as PostgreSQL reads a tsvector."""
    places: dict[str, list[str]] = defaultdict(list)
    for at, word in enumerate(document.text):
        if word != BREAK:
            places[word].append(_place(at + 1, in_title=at < len(document.titles)))
    for word in document.numbers:
        places[word].append(f"{LAST_PLACE}B")
    for word in document.exact:
        places[word].append(_place(LAST_PLACE, in_title=word in document.exact_titles))
    for title in document.whole_titles:
        places[_whole(title)].append(_place(LAST_PLACE, in_title=True))
    return " ".join(f"{_quoted(word)}:{','.join(at)}" for word, at in places.items())


def _place(at: int, *, in_title: bool) -> str:
    return f"{min(at, LAST_PLACE)}{'A' if in_title else 'D'}"


def _conditions(query: Query, wanted: QueryTerms, given: dict[str, Any]) -> Iterable[str]:
    if must := " & ".join(filter(None, (_all_of(wanted), *map(_row_of, wanted.phrases)))):
        yield f"words @@ {_bound(must, given)}"
    for name in ("kind", "country", "prize"):
        if value := getattr(query, name):
            given[name] = value.replace("\0", " ")
            yield f"{name} = :{name}"
    if query.years:
        given["first"], given["last"] = terms.clipped(query.years)
        yield "EXISTS (SELECT FROM unnest(years) AS year WHERE year BETWEEN :first AND :last)"


def _worths(wanted: QueryTerms, given: dict[str, Any]) -> Iterable[str]:
    yield str(terms.ANYWHERE * (len(wanted.words) + bool(wanted.beginning)))
    for lexemes, worth in _worthy(wanted):
        yield f"CASE WHEN words @@ {_bound(lexemes, given)} THEN {worth} ELSE 0 END"


def _worthy(wanted: QueryTerms) -> Iterable[tuple[str, int]]:
    for word in wanted.numbers:
        yield f"{_quoted(word)}:B", terms.AS_NUMBER
    for word in wanted.exact:
        yield _quoted(word), terms.AS_TYPED
    if wanted.beginning:
        yield _quoted(wanted.beginning), terms.WHOLE_WORD
    if titled := _all_of(wanted, weight="A"):
        yield titled, terms.IN_TITLE
    if titled and wanted.exact:
        exact = (f"{_quoted(word)}:A" for word in wanted.exact)
        yield " & ".join((titled, *exact)), terms.AS_TYPED_IN_TITLE
    if wanted.together:
        yield _row_of(wanted.together), terms.TOGETHER
        yield _row_of(wanted.together, weight=":A"), terms.TOGETHER_IN_TITLE
    if wanted.whole:
        yield _quoted(_whole(wanted.whole)), terms.WHOLE_TITLE


def _all_of(wanted: QueryTerms, *, weight: str = "") -> str:
    """Every word and the beginning, with this weight."""
    must = [_quoted(word) + (weight and f":{weight}") for word in wanted.words]
    must += [f"{_quoted(wanted.beginning)}:*{weight}"] if wanted.beginning else []
    return " & ".join(must)


def _bound(lexemes: str, given: dict[str, Any]) -> str:
    name = f"lexemes_{len(given)}"
    given[name] = lexemes
    return f"CAST(:{name} AS tsquery)"


def _row_of(phrase: Iterable[str], *, weight: str = "") -> str:
    return f"({' <-> '.join(_quoted(word) + weight for word in phrase)})"


def _whole(title: str) -> str:
    return "=" + title


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
