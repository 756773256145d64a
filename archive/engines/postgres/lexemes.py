"""What is found by a GIN index: a document as a tsvector, conditions as tsqueries. Pure; no connection.

One vector holds everything, told apart by a sign in front that no word begins with, so that the index alone answers:

    thu        a folded word, at its places (with weight A in a title)     thư       a word as it is spelt
    ^thu ^thư  the same in a title                                         #2910     the number of a stamp
    _viet thu  two words side by side, ^_viet thu in a title               =viet thu a whole title
    @kind=stamp, @year=1998, @id=stamp:17: what can be narrowed by

Only common words are paired: for others the places are looked at, in the few documents that hold them. Words are
letters and digits (archive/text.py); only values need to be escaped.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from archive import terms
from archive.index import FILTERS, Document, Query
from archive.terms import BREAK, DocumentTerms, QueryTerms

# PostgreSQL takes no vector of a megabyte, and a character may have four bytes. Only nonsense comes near.
MOST_CHARACTERS = 250_000
# Values are found by so many characters: PostgreSQL takes no lexeme of two kilobytes.
LONGEST_VALUE = 256


def vector_of(found: DocumentTerms, labels: Iterable[str], common: Collection[str]) -> tuple[str, frozenset[str]]:
    """The words of a document as PostgreSQL reads a tsvector, and which those are that have places in it."""
    unplaced = "' '".join(_unplaced(found, common).union(labels))
    vector = f"{_placed(found)} '{unplaced}'"
    if len(vector) <= MOST_CHARACTERS or len(found.text) <= 1:
        return vector, frozenset(found.text) - {BREAK}
    shorter = replace(found, text=found.text[: len(found.text) // 2], exact=found.exact_titles)
    return vector_of(shorter, labels, common)


def labels_of(document: Document) -> frozenset[str]:
    """What a document can be narrowed by."""
    held = terms.facets(document)
    values = [(name, value) for name in FILTERS for value in held[name]]
    values += [("year", f"{year:04}") for year in document.years if terms.FIRST_YEAR <= year <= terms.LAST_YEAR]
    return frozenset([_known_label(name, value) for name, value in values] + [_label("id", document.id)])


def with_id(id_: str) -> str:
    """The documents with this id, as PostgreSQL reads a tsquery."""
    return _quoted(_label("id", id_))


def condition_of(query: Query, wanted: QueryTerms, common: Collection[str]) -> str:
    """What every document found must hold, as PostgreSQL reads a tsquery; "" when anything will do."""
    must = [*_all_of(wanted), *(_row(phrase, common) for phrase in wanted.phrases)]
    must += [_quoted(_label(name, value)) for name in FILTERS if (value := getattr(query, name))]
    if query.years:
        must.append(_in_years(*terms.clipped(query.years)))
    return " & ".join(must)


def year_beginnings(first: int, last: int) -> Iterator[str]:
    """The beginnings of years of four digits that cover a range: 1989..2001 by `1989`, `199`, `2000`, `2001`."""
    while first <= last:
        open_digits = next(n for n in (4, 3, 2, 1, 0) if first % 10**n == 0 and first + 10**n - 1 <= last)
        yield f"{first:04}"[: 4 - open_digits]
        first += 10**open_digits


def worths_of(wanted: QueryTerms, common: Collection[str]) -> Iterator[tuple[int, str]]:
    """How many points more, and for which of the documents found (as a tsquery)."""
    for word in wanted.numbers:
        yield terms.AS_NUMBER, _quoted("#" + word)
    for word in wanted.exact:
        yield terms.AS_TYPED, _quoted(word)
    if wanted.beginning:
        yield terms.WHOLE_WORD, _quoted(wanted.beginning)
    if wanted.together:
        yield terms.TOGETHER, _row(wanted.together, common)
    if titled := " & ".join(_all_of(wanted, sign="^")):
        yield terms.IN_TITLE, titled
        yield from ((worth, f"{titled} & {more}") for worth, more in _worths_in_title(wanted, common))
    if wanted.whole:
        yield terms.WHOLE_TITLE, _quoted("=" + wanted.whole)


def _worths_in_title(wanted: QueryTerms, common: Collection[str]) -> Iterator[tuple[int, str]]:
    if wanted.exact:
        yield terms.AS_TYPED_IN_TITLE, " & ".join(_quoted("^" + word) for word in wanted.exact)
    if wanted.together:
        yield terms.TOGETHER_IN_TITLE, _row(wanted.together, common, sign="^_", weight=":A")


def _placed(found: DocumentTerms) -> str:
    """The words at their places."""
    places: dict[str, str] = {}
    in_title = len(found.titles)
    for place, word in enumerate(found.text, 1):
        at = f"{place}A" if place <= in_title else f"{place}"
        places[word] = f"{places[word]},{at}" if word in places else at
    places.pop(BREAK, None)
    return " ".join([f"'{word}':{at}" for word, at in places.items()])


def _unplaced(found: DocumentTerms, common: Collection[str]) -> set[str]:
    """Everything that is there or not."""
    return {
        *found.exact,
        *["#" + word for word in found.numbers],
        *["=" + title for title in found.whole_titles],
        *["^" + word for word in {*found.titles, *found.exact_titles} if word != BREAK],
        *_pairs(found.text, common, sign="_"),
        *_pairs(found.titles, common, sign="^_"),
    }


def _pairs(row: Sequence[str], common: Collection[str], *, sign: str) -> list[str]:
    return [f"{sign}{one} {other}" for one, other in pairwise(row) if one in common and other in common]


def _all_of(wanted: QueryTerms, *, sign: str = "") -> Iterator[str]:
    """Every word, and the beginning."""
    yield from (_quoted(sign + word) for word in wanted.words)
    if wanted.beginning:
        yield f"{_quoted(sign + wanted.beginning)}:*"


def _row(phrase: Sequence[str], common: Collection[str], *, sign: str = "_", weight: str = "") -> str:
    """Words side by side: by pairs, which the index knows; by places where that does not say all."""
    pairs = [_quoted(pair) for pair in _pairs(phrase, common, sign=sign)]
    if len(phrase) == 2 and pairs:
        return pairs[0]
    return " & ".join((*pairs, f"({' <-> '.join(_quoted(word) + weight for word in phrase)})"))


def _in_years(first: int, last: int) -> str:
    """Any year of a range; of one that ends before it begins, none."""
    beginnings = [f"{_quoted(_label('year', beginning))}:*" for beginning in year_beginnings(first, last)]
    return f"({' | '.join(beginnings)})" if beginnings else _quoted(_label("year", ""))


def _label(name: str, value: str) -> str:
    """A value to narrow by, the only lexeme in which there may be anything: escaped."""
    kept = value[:LONGEST_VALUE].replace("\0", " ").replace("\\", "\\\\").replace("'", "''")
    return f"@{name}={kept.encode(errors='replace').decode()}"


# Few values are many documents'.
_known_label = lru_cache(maxsize=10_000)(_label)


def _quoted(lexeme: str) -> str:
    return f"'{lexeme}'"
