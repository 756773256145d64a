"""What a search page shows: sections by kind or one list, facets that lead on, a way out where nothing is found."""

from dataclasses import dataclass, replace

from archive import queries
from archive.asked import LAST_PAGE, PER_PAGE, Asked, last_page
from archive.choices import Choice, at_work, chips_of, facets_of, kinds_of, label_of, sorts_of
from archive.engines import one_page
from archive.exports import AT_ONCE
from archive.index import Query, Results
from archive.named import begun_with, hits_of, named, named_first
from archive.queries import Found
from archive.sources import sources
from archive.worded import ShownHit, shown

PER_SECTION = 5
MOST_WAYS_OUT = 6
# What the counts of tabs and facets are not needed for.
NOTHING_COUNTED: tuple[str, ...] = ()
# What is found by its number has no words to mark.
NO_WORDS = Query()


@dataclass(frozen=True)
class HitSection:
    """The best of one kind, and where all of it is."""

    label: str
    url: str
    total: int
    hits: list[ShownHit]


@dataclass(frozen=True)
class Correction:
    """Words that find something in place of those typed, and the address that insists on the latter."""

    typed: str
    found: str
    insist_url: str


@dataclass(frozen=True)
class Answer:
    """Everything on the page. `sections` when no kind was asked for, else `hits`."""

    asked: Asked
    total: int
    is_ready: bool
    is_too_wide: bool
    correction: Correction | None
    kinds: list[Choice]
    facets: list[tuple[str, list[Choice]]]
    chips: list[Choice]
    sorts: list[Choice]
    sections: list[HitSection]
    hits: list[ShownHit]
    ways_out: list[Choice]
    named: list[ShownHit]

    @property
    def is_list(self) -> bool:
        """Whether there is one list with pages."""
        return bool(self.asked.typed.kind)

    @property
    def last_page(self) -> int:
        """How many pages the list has, of which no more than LAST_PAGE are shown."""
        return last_page(self.total)

    @property
    def is_cut(self) -> bool:
        """Whether there is more than can be turned to."""
        return self.total > LAST_PAGE * PER_PAGE

    @property
    def before_url(self) -> str:
        """The page before this one, if there is one."""
        at = self.asked.page
        return self.asked.page_url(at - 1) if self.is_list and 1 < at <= self.last_page else ""

    @property
    def after_url(self) -> str:
        """The page after this one, if there is one."""
        at = self.asked.page
        return self.asked.page_url(at + 1) if self.is_list and at < self.last_page else ""


@one_page()
def answer(asked: Asked) -> Answer:
    """Ask the index whatever the page needs."""
    first = named(asked.text, asked.typed) if asked.page == 1 else ()
    query = asked.query if asked.typed.kind else asked.without(of_each_kind=PER_SECTION)
    found = found_for(replace(asked, exact=asked.exact or bool(first)), query)
    results, meant = found.results, replace(asked, typed=_meant(asked.typed, found.query))
    return Answer(
        asked=asked,
        total=results.total,
        is_ready=results.ready,
        is_too_wide=results.too_wide,
        correction=_correction(asked, found),
        kinds=kinds_of(meant, results) if results.total else [],
        facets=facets_of(meant, results) if results.total else [],
        chips=chips_of(asked),
        sorts=sorts_of(asked),
        sections=[] if asked.typed.kind else _sections(meant, results),
        hits=shown(results.hits, found.query),
        ways_out=[] if first else _ways_out(asked, results),
        named=shown(first, NO_WORDS),
    )


def found_for(asked: Asked, query: Query) -> Found:
    """What a query finds; with a slip of the fingers put right, unless the words are meant as they stand."""
    if asked.unread:
        return Found(Results(hits=(), total=0), query)
    return queries.find_as_typed(query) if asked.exact else queries.find_or_correct(query)


def list_for(asked: Asked) -> Found:
    """A page of a list for programs, with what the text names at its beginning; the words are not corrected then."""
    return _beginning_with_named(asked, asked.query)


def file_for(asked: Asked) -> Found:
    """The same for a whole list; as much of it is read as shows whether what is named is found besides."""
    whole = replace(asked, page=1)
    return _beginning_with_named(whole, replace(whole.without(facets=()), limit=AT_ONCE))


def _beginning_with_named(asked: Asked, query: Query) -> Found:
    first = named_first(asked)
    found = found_for(replace(asked, exact=asked.exact or bool(first)), query)
    return replace(found, results=begun_with(first, found.results), first=hits_of(first))


def _meant(typed: Query, found: Query) -> Query:
    """The question as it was answered, without the page."""
    return replace(typed, words=found.words, phrases=found.phrases, prefix=found.prefix)


def _correction(asked: Asked, found: Found) -> Correction | None:
    if not found.is_corrected:
        return None
    return Correction(asked.text, found.corrected, asked.url(exact="1"))


def _sections(meant: Asked, results: Results) -> list[HitSection]:
    counts = results.facets.get("kind", {})
    return [
        HitSection(
            str(source.label),
            meant.url(kind=source.kind),
            counts[source.kind],
            shown(results.of_each_kind.get(source.kind, ()), meant.typed),
        )
        for source in sources()
        if counts.get(source.kind)
    ]


def _ways_out(asked: Asked, results: Results) -> list[Choice]:
    """The same question with one thing less, where that finds something; one that is too wide asked of one kind."""
    if results.too_wide:
        narrower = [] if asked.typed.kind else sources()
        return [Choice(str(source.label), asked.url(kind=source.kind)) for source in narrower]
    if results.total or not results.ready or asked.unread:
        return []
    found = []
    for label, url, query in [*_without_filters(asked), *_without_words(asked)][:MOST_WAYS_OUT]:
        if total := queries.find(replace(query, facets=NOTHING_COUNTED)).total:
            found.append(Choice(label, url, total))
    return found


def _without_filters(asked: Asked) -> list[tuple[str, str, Query]]:
    kind = {"kind": label_of("kind", asked.typed.kind)} if asked.typed.kind else {}
    return [
        (label, asked.url(**{name: None}), asked.without(**{name: None if name == "years" else ""}))
        for name, label in (kind | at_work(asked)).items()
    ]


def _without_words(asked: Asked) -> list[tuple[str, str, Query]]:
    words, phrases = asked.typed.words, asked.typed.phrases
    quoted = [f'"{phrase}"' for phrase in phrases]
    if len(words) + len(phrases) < 2:
        return []
    return [
        *((word, asked.url(q=" ".join([*rest, *quoted])), asked.without(words=rest)) for word, rest in _but_one(words)),
        *(
            (phrase, asked.url(q=" ".join([*words, *(f'"{one}"' for one in rest)])), asked.without(phrases=rest))
            for phrase, rest in _but_one(phrases)
        ),
    ]


def _but_one(said: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Each, with all the others."""
    return [(one, (*said[:at], *said[at + 1 :])) for at, one in enumerate(said)]
