"""Finding in one segment of an index: sets of documents, points, places, counts, all on arrays.

Whoosh matches and scores document by document in Python; here whole sets are worked on at once. A segment never
changes and any number of threads may ask it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from archive import terms
from archive.engines import ordering
from archive.engines.whoosh import arrays
from archive.engines.whoosh.arrays import Array, Arrays, Scattered
from archive.engines.whoosh.coded import Coded, coded_in
from archive.engines.whoosh.keys import documents_with
from archive.engines.whoosh.schema import CODED_FIELDS, WORD_FIELDS
from archive.engines.whoosh.sets import FEW, at, both, is_in, ranges, union
from archive.engines.whoosh.slips import a_letter_away
from archive.engines.whoosh.words import Postings, postings_in
from archive.index import FILTERS, YEAR, Query
from archive.terms import QueryTerms

# Looking up the places of a word document by document pays where there are so many times more of them.
MUCH_MORE = 8
# Of so many values it is remembered which documents hold them: some megabytes each where that is nearly every one of a million.
VALUES_REMEMBERED = 64
# Of so many lists without words it is remembered how they divide: half a megabyte each where they hold thousands of makers.
LISTS_REMEMBERED = 32
# One value of a column, or whole numbers from one to another.
Value = str | tuple[int, int]


class Content:
    """What is in the file of a segment."""

    def __init__(self, found: Arrays, shown: Scattered) -> None:
        self.arrays, self.shown = found, shown
        self.size = len(found["shown_ends"]) - 1
        self.fields: Mapping[str, Postings] = {name: postings_in(found, name) for name in WORD_FIELDS}
        self.columns: Mapping[str, Coded] = {name: coded_in(found, name) for name in CODED_FIELDS}

    @classmethod
    def of(cls, path: Path, *, checked: int = arrays.SMALL) -> "Content":
        """Open a file, its arrays up to a size `checked` against what was written. Raises Unusable, FileNotFoundError."""
        return cls(arrays.read(path, checked=checked), Scattered(path, "shown"))

    def with_id(self, id_: str) -> Array:
        """The documents with this id, those that were deleted included."""
        return documents_with(self.arrays, "id", id_)


class Segment:
    """A segment without the documents deleted from it."""

    def __init__(self, content: Content, deleted: Collection[int] = ()) -> None:
        self.content, self.deleted = content, frozenset(deleted)
        self.arrays, self.fields, self.columns = content.arrays, content.fields, content.columns
        self.size = content.size
        # How many places there are in all.
        self.length = int(self.arrays["starts"][-1])
        self.is_there = np.ones(self.size, bool) if deleted else None
        if self.is_there is not None:
            self.is_there[list(deleted)] = False
        self._holding = _holders(self.columns, self.is_there)
        self._of_kind: dict[str, Array] = {}
        # Whole kinds are few, and dear to count: theirs is kept for good, that of other lists for a while.
        self._totals: dict[tuple[str, str], Mapping[str, int]] = {}
        self._divided: dict[Query, dict[str, Mapping[str, int]]] = {}
        # What `searching` remembers of whole kinds.
        self.firsts: dict[tuple[str, str], Any] = {}

    @cached_property
    def everything(self) -> Array:
        """Every document."""
        every = np.arange(self.size, dtype=np.uint32)
        return every if self.is_there is None else every[self.is_there]

    def whole_kind(self, kind: str) -> Array:
        """Every document of a kind: looked for once, since lists of a kind are asked for again and again."""
        known = self._of_kind.get(kind)
        if known is None:
            known = self._of_kind[kind] = self._holding("kind", kind)
        return known

    def whole(self, found: Array) -> str:
        """The kind of which this is every document, or nothing."""
        return next((kind for kind, of_it in self._of_kind.items() if of_it is found), "")

    def matching(self, query: Query, wanted: QueryTerms) -> Array:
        """The documents that hold everything asked for."""
        if _asks_for_a_kind(query):
            return self.whole_kind(query.kind) if query.kind else self.everything
        found = self._with_words(wanted)
        for phrase in wanted.phrases:
            found = self._both(found, self.side_by_side(phrase, found)[0])
        filters = list(_filters(query))
        if found is self.everything and filters:
            found = min((self._holding(name, value) for name, value in filters), key=len)
        for name, value in filters:
            column = self.columns[name]
            found = found[_sets_of(column, value)[column.codes.take(at(found))]]
        return found

    def _with_words(self, wanted: QueryTerms) -> Array:
        found = self._all_in("text", wanted)
        if found is None:
            return self.everything
        return found if self.is_there is None else found[self.is_there[found]]

    def points(self, wanted: QueryTerms, found: Array) -> Array:
        """What each document found is worth."""
        points = np.full(len(found), terms.ANYWHERE * (len(wanted.words) + bool(wanted.beginning)), np.int64)
        for worth, documents in self._worths(wanted, found):
            if len(documents):
                points[is_in(found, documents, self.size)] += worth
        return points

    def _worths(self, wanted: QueryTerms, found: Array) -> Iterable[tuple[int, Array]]:
        for word in wanted.numbers:
            yield terms.AS_NUMBER, self.fields["numbers"].of(word)
        for word in wanted.exact:
            yield terms.AS_TYPED, self.fields["exact"].of(word)
        if wanted.beginning:
            yield terms.WHOLE_WORD, self.fields["text"].of(wanted.beginning)
        if wanted.together:
            anywhere, in_title = self.side_by_side(wanted.together, found)
            yield terms.TOGETHER, anywhere
        titled = self._all_in("titles", wanted)
        if titled is not None and len(titled):
            yield terms.IN_TITLE, titled
            yield from self._worths_in_title(wanted, titled, in_title if wanted.together else titled[:0])
        if wanted.whole:
            yield terms.WHOLE_TITLE, documents_with(self.arrays, "whole_titles", wanted.whole)

    def _worths_in_title(self, wanted: QueryTerms, titled: Array, together: Array) -> Iterable[tuple[int, Array]]:
        if wanted.exact:
            exact = titled
            for word in wanted.exact:
                exact = self._both(exact, self.fields["exact_titles"].of(word))
            yield terms.AS_TYPED_IN_TITLE, exact
        yield terms.TOGETHER_IN_TITLE, self._both(together, titled)

    def facets(self, query: Query, found: Array) -> dict[str, Mapping[str, int]]:
        """How many of the found hold each value of the facets asked for: once for all pages of a list without words."""
        if query.words or query.phrases:
            return self._divide(query.facets, found)
        listed = replace(query, sort="", offset=0, limit=0, of_each_kind=0)
        known = self._divided.get(listed)
        if known is None:
            if len(self._divided) >= LISTS_REMEMBERED:
                self._divided = {}
            known = self._divided[listed] = self._divide(query.facets, found)
        return known

    def _divide(self, names: Sequence[str], found: Array) -> dict[str, Mapping[str, int]]:
        places = at(found) if names else found
        return {name: self._counted(name, found, places) for name in names}

    def _counted(self, name: str, found: Array, places: Array) -> Mapping[str, int]:
        if name == YEAR:
            return ordering.years(self.arrays["recency"].take(places))
        whole = self.whole(found)
        if found is self.everything or whole:
            return self._counted_once(whole, name, places)
        return self.columns[name].counts(places)

    def _counted_once(self, kind: str, name: str, places: Array) -> Mapping[str, int]:
        known = self._totals.get((kind, name))
        if known is None:
            known = self._totals[kind, name] = self.columns[name].counts(places)
        return known

    def by_value(self, name: str, found: Array) -> Iterable[tuple[str, Array]]:
        """Where among the documents found those stand that hold each value of a column."""
        column = self.columns[name]
        codes = column.codes.take(at(found))
        for value in column.values:
            if len(places := np.flatnonzero(column.holding(value).take(codes))):
                yield value, places

    def side_by_side(self, phrase: Sequence[str], among: Array) -> tuple[Array, Array]:
        """Those of some documents in which the words of a phrase follow each other: anywhere, and in a title."""
        numbers = [self.fields["text"].vocabulary.find(word) for word in phrase]
        if None in numbers or not len(among):
            return among[:0], among[:0]
        beginnings = self._beginnings([number for number in numbers if number is not None], among)
        starts = self.arrays["starts"]
        documents = np.searchsorted(starts, beginnings, side="right") - 1
        in_title = beginnings - starts[documents] < self.arrays["title_length"][documents]
        return _once(documents), _once(documents[in_title])

    def _beginnings(self, numbers: Sequence[int], among: Array) -> Array:
        """The places at which these words follow each other: those of the rarest, as far as the others stand beside."""
        ends = self.arrays["place_ends"]
        first, *others = sorted(range(len(numbers)), key=lambda one: int(ends[numbers[one] + 1] - ends[numbers[one]]))
        places = self._places(numbers[first], among)
        beginnings = places[places >= first] - np.uint32(first)
        for other in others:
            beyond = self.length + len(numbers)
            beginnings = beginnings[is_in(beginnings + np.uint32(other), self._places(numbers[other], among), beyond)]
        return beginnings

    def _places(self, number: int, among: Array) -> Array:
        """Where a word stands; not much more than its places in some documents."""
        ends, starts = self.arrays["place_ends"], self.arrays["starts"]
        places = self.arrays["places"][ends[number] : ends[number + 1]]
        if len(places) < max(FEW, MUCH_MORE * len(among)):
            return places
        first, end = (np.searchsorted(places, starts.take(one).astype(np.uint32)) for one in (at(among), at(among) + 1))
        return places[ranges(first, end)]

    def order(self, sort: str, points: Array, found: Array) -> Array:
        """A number for each document found; the greatest comes first. Of all segments alike."""
        return ordering.order(sort, self.arrays[ordering.column_of(sort)].take(at(found)), points)

    def shown(self, document: int) -> bytes:
        """What a list shows of a document, as a JSON list."""
        ends = self.arrays["shown_ends"]
        return self.content.shown.between(int(ends[document]), int(ends[document + 1]))

    def spellings(self, word: str) -> dict[str, int]:
        """The word and those a letter away, with how many documents hold each."""
        text = self.fields["text"]
        own = text.vocabulary.find(word)
        numbers = list(a_letter_away(self.arrays, text.vocabulary, word)) + ([(own, word)] if own is not None else [])
        held = {one: self._still_there(text.between(number, number + 1)) for number, one in numbers}
        return {one: count for one, count in held.items() if count}

    def _still_there(self, documents: Array) -> int:
        return len(documents) if self.is_there is None else int(self.is_there[documents].sum())

    def _all_in(self, field: str, wanted: QueryTerms) -> Array | None:
        """The documents with every word in one field; None when there are no words."""
        postings = self.fields[field]
        must = [postings.of(word) for word in wanted.words]
        if wanted.beginning:
            must.append(union(postings.beginning(wanted.beginning), self.size))
        if not must:
            return None
        found, *others = sorted(must, key=len)
        for documents in others:
            found = self._both(found, documents)
        return found

    def _both(self, some: Array, others: Array) -> Array:
        return both(some, others, self.size)


def _filters(query: Query) -> Iterable[tuple[str, Value]]:
    """The columns that are filtered, and by what."""
    for name in FILTERS:
        if value := getattr(query, name):
            yield name, value
    if query.years:
        yield "years", terms.clipped(query.years)


def _sets_of(column: Coded, value: Value) -> Array:
    """For each set of a column whether it will do."""
    return column.holding(value) if isinstance(value, str) else column.between(*value)


def _holders(columns: Mapping[str, Coded], is_there: Array | None) -> Callable[[str, Value], Array]:
    """What finds every document with a value and remembers the last ones: a page asks for the same value many times."""

    @lru_cache(maxsize=VALUES_REMEMBERED)
    def holding(name: str, value: Value) -> Array:
        column = columns[name]
        holds = _sets_of(column, value)[column.codes]
        return np.flatnonzero(holds if is_there is None else holds & is_there).astype(np.uint32)

    return holding


def _asks_for_a_kind(query: Query) -> bool:
    """Whether everything of a kind, or of all kinds, is asked for."""
    nothing = Query(kind=query.kind, sort=query.sort, offset=query.offset, limit=query.limit, facets=query.facets)
    return query == replace(nothing, of_each_kind=query.of_each_kind)


def _once(documents: Array) -> Array:
    """Ascending numbers, each once."""
    keep = np.ones(len(documents), bool)
    keep[1:] = documents[1:] != documents[:-1]
    return documents[keep].astype(np.uint32)
