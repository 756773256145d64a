"""Finding in one segment of a Whoosh index: sets of document numbers, points, positions.

Whoosh matches and scores document by document in Python; its index is asked here for whole sets of
documents instead, which is quicker and is all that our way of scoring needs. A segment never changes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from whoosh.reading import IndexReader

from archive import terms
from archive.engines.whoosh.schema import year_term
from archive.index import FACETS, Query
from archive.terms import QueryTerms

# Words side by side are worth a few points; looking for them in more documents than this is not worth the wait.
MOST_LOOKED_INTO = 20_000
Documents = set[int]


class Segment:
    """One segment, asked for one query."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader

    def matching(self, query: Query, wanted: QueryTerms) -> Documents:
        """The documents that hold everything asked for."""
        must = [self.holding(name, value) for name in ("kind", "country", "prize") if (value := getattr(query, name))]
        if wanted.words or wanted.beginning:
            must.append(self._all_in("text", wanted))
        if query.years:
            first, last = terms.clipped(query.years)
            must.append(self._between("years", year_term(first), year_term(last)))
        found = self._all_of(must)
        for phrase in wanted.phrases:
            found = self.side_by_side("text", phrase, found)
        return found

    def points(self, wanted: QueryTerms, found: Documents) -> Counter[int]:
        """What each document found is worth."""
        points: Counter[int] = Counter()
        for worth, documents in self._worths(wanted, found):
            for document in documents:
                points[document] += worth
        return points

    def facets(self, found: Documents) -> dict[str, Counter[str]]:
        """How many of the found hold each value of each facet."""
        return {name: self._counted(name, found) for name in FACETS}

    def column(self, name: str) -> Sequence[Any]:
        """The values of a column by document number."""
        values: Sequence[Any] = self.reader.column_reader(name, translate=False)
        return values

    def holding(self, field: str, word: str) -> Documents:
        """The documents with this word in this field."""
        text = self.reader.schema[field].to_bytes(word)
        if (field, text) not in self.reader:
            return set()
        return set(self.reader.postings(field, text).all_ids())

    def side_by_side(self, field: str, phrase: Sequence[str], among: Documents) -> Documents:
        """Those documents in which the words of a phrase follow each other."""
        for word in dict.fromkeys(phrase):
            among = among & self.holding(field, word)
        if not among:
            return among
        # Where the phrase may begin, document by document, narrowed by every further word.
        begins: dict[int, set[int]] = {}
        for at, word in enumerate(phrase):
            places = self._places(field, word, among)
            here = {document: {place - at for place in found} for document, found in places.items()}
            begins = {document: begins[document] & here[document] for document in begins} if at else here
        return {document for document, places in begins.items() if places}

    def _worths(self, wanted: QueryTerms, found: Documents) -> Iterable[tuple[int, Documents]]:
        yield terms.ANYWHERE * (len(wanted.words) + bool(wanted.beginning)), found
        for word in wanted.numbers:
            yield terms.AS_NUMBER, found & self.holding("numbers", word)
        for word in wanted.exact:
            yield terms.AS_TYPED, found & self.holding("exact", word)
        if wanted.beginning:
            yield terms.WHOLE_WORD, found & self.holding("text", wanted.beginning)
        if wanted.together and len(found) <= MOST_LOOKED_INTO:
            yield terms.TOGETHER, self.side_by_side("text", wanted.together, found)
        titled = self._all_in("titles", wanted) & found
        yield terms.IN_TITLE, titled
        if wanted.exact:
            yield terms.AS_TYPED_IN_TITLE, titled.intersection(*(self.holding("exact_titles", w) for w in wanted.exact))
        if wanted.together and len(titled) <= MOST_LOOKED_INTO:
            yield terms.TOGETHER_IN_TITLE, self.side_by_side("titles", wanted.together, titled)
        yield terms.WHOLE_TITLE, titled & self.holding("whole_titles", wanted.whole)

    def _all_in(self, field: str, wanted: QueryTerms) -> Documents:
        """The documents with every word in one field; without words, none."""
        must = [self.holding(field, word) for word in wanted.words]
        if wanted.beginning:
            must.append(self._beginning(field, wanted.beginning))
        return self._all_of(must) if must else set()

    def _beginning(self, field: str, beginning: str) -> Documents:
        return self._between(field, beginning, beginning + "\U0010ffff")

    def _all_of(self, must: list[Documents]) -> Documents:
        if not must:
            return set(self.reader.all_doc_ids())
        return set.intersection(*sorted(must, key=len))

    def _between(self, field: str, first: str, last: str) -> Documents:
        """The documents with a word of this field between two others, both included."""
        found: Documents = set()
        end = last.encode()
        for name, text in self.reader.terms_from(field, first.encode()):
            if name != field or text > end:
                break
            found.update(self.reader.postings(field, text).all_ids())
        return found

    def _places(self, field: str, word: str, among: Documents) -> dict[int, list[int]]:
        """Where a word stands in each of the documents, all of which hold it."""
        postings = self.reader.postings(field, self.reader.schema[field].to_bytes(word))
        places: dict[int, list[int]] = {}
        for document in sorted(among):
            postings.skip_to(document)
            places[document] = postings.value_as("positions")
        return places

    def _counted(self, name: str, found: Documents) -> Counter[str]:
        column = self.column(f"facet_{name}")
        counted: Counter[str] = Counter()
        for values, count in Counter(column[document] for document in found).items():
            for value in values.decode().split():
                counted[value] += count
        return counted
