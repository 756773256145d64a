"""What a document and a query come down to, the same for every engine: words in places, and what each is worth.

Every word asked for must be there, so how rare it is says nothing; where it stands and whether it is spelt
as typed say all. Ties go to the newest. Engines store and match, they decide nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.index import PICTURED, Document, Query
from archive.text import exact_words, words, words_of_each

# Stands between two texts, so that no phrase runs from one into the next; never a word itself.
BREAK = "."
# Longer texts are found by their beginning only; engines limit what they keep of one document.
MOST_KEPT = 5_000
LONGEST_TITLE = 500
FIRST_YEAR, LAST_YEAR = 0, 9999
HIGHEST_NUMBER = 10**9
HIGHEST_VALUE = 10**12
# What `recency` is to be divided by to have the year.
YEAR_UNIT = 10_000_000

# What a word is worth that stands anywhere; that is the number of a stamp; that is spelt as typed (more than all
# else together: who types `thư` does not mean `thu`, wherever it stands); that was asked for as a beginning only.
ANYWHERE = 1
AS_NUMBER = 4
AS_TYPED = 30
WHOLE_WORD = 2
# Once for the whole query: a title has all its words (some of them say nothing: half of all names have a common one),
# spelt as typed; they stand together, in this order; the title is nothing else.
IN_TITLE = 6
AS_TYPED_IN_TITLE = 4
TOGETHER = 3
TOGETHER_IN_TITLE = 3
WHOLE_TITLE = 10


@dataclass(frozen=True)
class DocumentTerms:
    """Where the words of a document stand. `titles` and `text` in order, with BREAK; `text` holds all words."""

    titles: tuple[str, ...]
    text: tuple[str, ...]
    exact_titles: frozenset[str]
    exact: frozenset[str]
    numbers: frozenset[str]
    whole_titles: frozenset[str]


@dataclass(frozen=True)
class QueryTerms:
    """What must be there, folded: `words`, `phrases` of two words or more, and the beginning of a word.

    `exact` are the words typed with diacritics, which are worth more where they stand so.
    """

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    beginning: str
    exact: frozenset[str]
    together: tuple[str, ...]

    @property
    def whole(self) -> str:
        """The title that is nothing but the words; beginnings are no whole title."""
        return "" if self.beginning else _whole(self.words)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The words that may be numbers of a catalogue."""
        return tuple(word for word in self.words if word.isdigit())


def of_document(document: Document) -> DocumentTerms:
    """The words of a document."""
    titles = tuple(dict.fromkeys(document.titles))
    texts = tuple(dict.fromkeys((*document.titles, *_texts(document))))
    read = dict(zip(texts, words_of_each(texts), strict=True)) if texts else {}
    exact_titles = frozenset(exact_words(" ".join(titles)))
    return DocumentTerms(
        titles=_in_a_row(read[title] for title in titles),
        text=_in_a_row(read.values()),
        exact_titles=exact_titles,
        exact=exact_titles | frozenset(exact_words(" ".join(texts[len(titles) :]))),
        numbers=frozenset(word for number in document.numbers for word in read[number] if word.isdigit()),
        whole_titles=frozenset(_whole(read[title]) for title in titles),
    )


def of_query(query: Query) -> QueryTerms:
    """The words of a query."""
    phrases = tuple(filter(None, map(words, query.phrases)))
    typed = [word for typed in query.words for word in words(typed)]
    beginning = typed.pop() if query.prefix and typed else ""
    must = (*typed, *(word for phrase in phrases for word in phrase))
    return QueryTerms(
        words=tuple(dict.fromkeys(must)),
        phrases=tuple(phrase for phrase in phrases if len(phrase) > 1),
        beginning=beginning,
        exact=frozenset(exact_words(" ".join((*query.words, *query.phrases)))),
        together=tuple(typed) if len(typed) > 1 else (),
    )


def once(documents: Iterable[Document]) -> Iterator[Document]:
    """Each document but once: a source that gives one twice would have it found twice."""
    seen: set[str] = set()
    for document in documents:
        if document.id not in seen:
            seen.add(document.id)
            yield document


def decades(document: Document) -> tuple[int, ...]:
    """The first years of the decades a document belongs to."""
    return tuple(dict.fromkeys(year // 10 * 10 for year in document.years))


def recency(document: Document) -> int:
    """A number that grows with the date and, within one date, with better rank; 0 when no date is known."""
    year, month, day = _date_of(document)
    return ((year * 100 + month) * 100 + day) * 1000 + 999 - min(max(document.rank, 0), 999) if year else 0


def number(document: Document) -> int:
    """A number that grows with the document's first number (`VN 2910a` after `VN 2910`); 0 without one."""
    printed = next(iter(document.numbers), "")
    found = words(printed)
    at = next((at for at, word in enumerate(found) if word.isdecimal()), None)
    if at is None:
        return 0
    letter = next((word for word in found[at + 1 : at + 2] if not word.isdecimal()), "")
    return min(int(found[at]), HIGHEST_NUMBER) * 100 + 1 + (min(ord(letter[0]) - ord("a") + 1, 98) if letter else 0)


def value(document: Document) -> int:
    """The number a document is sorted by when values are; 0 without one."""
    return min(max(document.value, 0), HIGHEST_VALUE)


def facets(document: Document) -> dict[str, tuple[str, ...]]:
    """The values a document holds in each facet."""
    return {
        "kind": (document.kind,),
        "country": tuple(filter(None, (document.country,))),
        "decade": tuple(map(str, decades(document))),
        "prize": tuple(filter(None, (document.prize,))),
        "topic": document.topics,
        "language": document.languages,
        "picture": (PICTURED,) if document.picture else (),
        "item": document.items,
        "emission": document.emissions,
        "process": document.processes,
        "maker": document.makers,
        "series": tuple(filter(None, (document.series,))),
    }


def clipped(years: tuple[int, int]) -> tuple[int, int]:
    """A range of years that every engine can hold."""
    first, last = (min(max(year, FIRST_YEAR), LAST_YEAR) for year in years)
    return first, last


def _whole(title: tuple[str, ...]) -> str:
    return " ".join(title)[:LONGEST_TITLE]


def _date_of(document: Document) -> tuple[int, int, int]:
    given = [int(part) for part in document.date.split("-") if part.isdecimal()][:3]
    if not given or given[0] > LAST_YEAR:
        given = [document.years[0] if document.years else 0]
    year, month, day = (*given, 0, 0)[:3]
    return year, month, day


def _texts(document: Document) -> Iterable[str]:
    yield document.summary
    yield from document.texts
    yield document.body
    yield from document.themes
    yield from document.country_names
    yield from document.numbers
    yield document.country
    yield document.date
    yield document.prize
    yield " ".join(map(str, document.years))


def _in_a_row(texts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    row: list[str] = []
    for found in texts:
        if found:
            row += [BREAK, *found] if row else found
    return tuple(row[:MOST_KEPT])
