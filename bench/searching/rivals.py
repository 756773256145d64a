"""What others do with the same records and questions: SQLite FTS5, tantivy, and Whoosh as it comes.

Each gets the words folded as ours are, gives the twenty best as hits of our own (what a list shows of each, stored as
JSON) with the exact total, and counts the same facets. None of them is part of the product.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import tantivy
from whoosh import fields, index, query, scoring, sorting
from whoosh.analysis import SpaceSeparatedTokenizer

from archive import terms
from archive.engines.shown import hit_of, shown_of
from archive.index import FACETS, Document, Query
from archive.spelling import is_a_letter_away
from archive.text import words

SINGLE = ("kind", "country", "decade", "prize", "picture")
MULTIPLE = ("topic", "language")


def _row(document: Document) -> dict[str, Any]:
    facets = terms.facets(document)
    title = " ".join(word for one in document.titles for word in words(one))
    text = " ".join(word for word in terms.of_document(document).text if word != terms.BREAK)
    shown = json.dumps(shown_of(document), ensure_ascii=False, separators=(",", ":"))
    return {"title": title, "text": text, "recency": terms.recency(document), "shown": shown} | {
        name: " ".join(facets.get(name, ())) for name in FACETS
    }


def _words(query_: Query) -> list[str]:
    return [word for typed in query_.words for word in words(typed)]


class Fts5:
    """SQLite's full-text search, with the facets in a table beside it."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fts.sqlite"
        self.connection = sqlite3.connect(self.path)

    def build(self, documents: Iterable[Document]) -> None:
        columns = ", ".join(("recency INTEGER", "shown", *FACETS))
        self.connection.executescript(
            f"""PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
            CREATE VIRTUAL TABLE found USING fts5(title, text, tokenize = 'unicode61', prefix = '3 4');
            CREATE VIRTUAL TABLE vocabulary USING fts5vocab(found, row);
            CREATE TABLE record (id INTEGER PRIMARY KEY, {columns});"""
        )
        names = ("recency", "shown", *FACETS)
        with self.connection:
            for number, document in enumerate(documents, 1):
                row = _row(document)
                self.connection.execute(
                    "INSERT INTO found (rowid, title, text) VALUES (?, ?, ?)", (number, row["title"], row["text"])
                )
                marks = ", ".join("?" * len(names))
                self.connection.execute(f"INSERT INTO record VALUES ({number}, {marks})", [row[name] for name in names])
        self.connection.execute("CREATE TABLE spelling AS SELECT term, doc FROM vocabulary")
        self.connection.execute("CREATE INDEX ix_spelling ON spelling (length(term), term)")
        self.connection.commit()

    def ask(self, query_: Query) -> int:
        match = " AND ".join([f'"{word}"' for word in _words(query_)] + [f'"{phrase}"' for phrase in query_.phrases])
        match += "*" if query_.prefix else ""
        total = self._page(match, query_)
        for name in query_.facets:
            self.connection.execute(
                f"SELECT {name}, count(*) FROM found JOIN record ON id = found.rowid WHERE found MATCH ? GROUP BY 1",
                (match,),
            ).fetchall()
        return total

    def _page(self, match: str, query_: Query) -> int:
        where = " AND country = ?" if query_.country else ""
        given = (match, *([query_.country] if query_.country else []))
        order = "recency DESC" if query_.sort == "newest" else "rank"
        joined = "FROM found JOIN record ON id = found.rowid" if query_.country else "FROM found"
        rows = self.connection.execute(
            f"SELECT (SELECT shown FROM record WHERE id = found.rowid) {joined} WHERE found MATCH ?{where} "
            f"ORDER BY {order} LIMIT 20 OFFSET {query_.offset}",
            given,
        ).fetchall()
        for (shown,) in rows:
            hit_of(json.loads(shown), 0)
        total: int = self.connection.execute(f"SELECT count(*) {joined} WHERE found MATCH ?{where}", given).fetchone()[
            0
        ]
        return total

    def correct(self, word: str) -> str:
        """The likeliest word a letter away: every word of about its length that begins alike is looked at."""
        near = self.connection.execute(
            "SELECT term, doc FROM spelling WHERE length(term) BETWEEN ? AND ? AND term BETWEEN ? AND ?",
            (len(word) - 1, len(word) + 1, word[0], word[0] + "\U0010ffff"),
        )
        held = [(doc, term) for term, doc in near if is_a_letter_away(word, term)]
        return max(held)[1] if held else word

    def close(self) -> None:
        self.connection.close()


class Tantivy:
    """The search library in Rust."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", tokenizer_name="whitespace")
        builder.add_text_field("text", tokenizer_name="whitespace")
        builder.add_text_field("shown", stored=True, index_option="basic")
        builder.add_integer_field("recency", fast=True)
        for name in FACETS:
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        self.schema = builder.build()
        self.folder = folder / "tantivy"
        self.folder.mkdir(exist_ok=True)
        self.index = tantivy.Index(self.schema, path=str(self.folder))
        self.searcher = self.index.searcher()

    def build(self, documents: Iterable[Document]) -> None:
        writer = self.index.writer(256_000_000, 2)
        for document in documents:
            row = _row(document)
            for name in MULTIPLE:
                row[name] = row[name].split()
            writer.add_document(tantivy.Document(**row))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, query_: Query, *, fuzzy: bool = False) -> int:
        must = [(tantivy.Occur.Must, one) for one in self._parts(query_, fuzzy=fuzzy)]
        asked = tantivy.Query.boolean_query(must)
        order = {"order_by_field": "recency"} if query_.sort == "newest" else {}
        found = self.searcher.search(asked, 20, offset=query_.offset, **order)
        for _score, address in found.hits:
            hit_of(json.loads(self.searcher.doc(address)["shown"][0]), 0)
        if query_.facets:
            self.searcher.aggregate(asked, {name: {"terms": {"field": name, "size": 100}} for name in query_.facets})
        return int(found.count)

    def _parts(self, query_: Query, *, fuzzy: bool) -> Iterable[Any]:
        for word in _words(query_):
            if query_.prefix:
                yield tantivy.Query.regex_query(self.schema, "text", f"{word}.*")
            elif fuzzy:
                yield tantivy.Query.fuzzy_term_query(self.schema, "text", word, distance=1)
            else:
                yield tantivy.Query.term_query(self.schema, "text", word)
        for phrase in query_.phrases:
            yield tantivy.Query.phrase_query(self.schema, "text", phrase.split())
        if query_.country:
            yield tantivy.Query.term_query(self.schema, "country", query_.country)

    def close(self) -> None:
        pass


class PlainWhoosh:
    """Whoosh as it comes: its own codec, scoring and facets."""

    name = "Whoosh as it comes"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "whoosh"
        self.folder.mkdir(exist_ok=True)
        text = fields.TEXT(analyzer=SpaceSeparatedTokenizer())
        facets = {
            name: fields.KEYWORD(lowercase=False) if name in MULTIPLE else fields.ID(sortable=True) for name in FACETS
        }
        self.schema = fields.Schema(
            title=text, text=text, shown=fields.STORED(), recency=fields.NUMERIC(int, 64, sortable=True), **facets
        )
        exists = index.exists_in(str(self.folder))
        self.index = index.open_dir(str(self.folder)) if exists else index.create_in(str(self.folder), self.schema)
        self.searcher = self.index.searcher(weighting=scoring.BM25F())

    def build(self, documents: Iterable[Document]) -> None:
        writer = self.index.writer(limitmb=256)
        for document in documents:
            writer.add_document(**_row(document))
        writer.commit(optimize=True)
        self.searcher = self.index.searcher(weighting=scoring.BM25F())

    def ask(self, query_: Query, *, fuzzy: bool = False) -> int:
        must = [self._word(word, prefix=query_.prefix, fuzzy=fuzzy) for word in _words(query_)]
        must += [query.Phrase("text", phrase.split()) for phrase in query_.phrases]
        must += [query.Term("country", query_.country)] if query_.country else []
        facets = sorting.Facets()
        for name in query_.facets:
            facets.add_field(name, allow_overlap=name in MULTIPLE)
        sorted_by = sorting.FieldFacet("recency", reverse=True) if query_.sort == "newest" else None
        found = self.searcher.search(
            query.And(must), limit=query_.offset + 20, sortedby=sorted_by, groupedby=facets if query_.facets else None
        )
        for hit in found[query_.offset :]:
            hit_of(json.loads(hit["shown"]), 0)
        return len(found)

    def _word(self, word: str, *, prefix: bool, fuzzy: bool) -> query.Query:
        kind: Callable[[str, str], query.Query] = query.Prefix if prefix else query.FuzzyTerm if fuzzy else query.Term
        return kind("text", word)

    def close(self) -> None:
        self.searcher.close()


RIVALS = {"fts5": Fts5, "tantivy": Tantivy, "whoosh": PlainWhoosh}
