"""What a search page shows: sections by kind or one list, facets that lead on, a way out where nothing is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from markupsafe import Markup

from archive import queries, terms
from archive.asked import PER_PAGE, Asked, years_text
from archive.index import SORTS, Hit, Query, Results
from archive.query import LAST_YEAR
from archive.sources import Source, kinds, source_of, sources
from archive.text import fold, marked, typed_words, wanted
from core.countries import country_name

PER_SECTION = 5
MOST_CHOICES = 12
MOST_WAYS_OUT = 6


@dataclass(frozen=True)
class Choice:
    """One link that changes the question: what it is called, how many it finds, where it leads."""

    label: str
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class ShownHit:
    """A hit as the page shows it, the words found marked in it."""

    hit: Hit
    title: Markup
    other_title: Markup
    summary: Markup
    country: str


@dataclass(frozen=True)
class HitSection:
    """The best of one kind, and where all of it is."""

    label: str
    url: str
    total: int
    hits: list[ShownHit]


@dataclass(frozen=True)
class Answer:
    """Everything on the page. `sections` when no kind was asked for, else `hits`."""

    asked: Asked
    total: int
    is_ready: bool
    kinds: list[Choice]
    facets: list[tuple[str, list[Choice]]]
    chips: list[Choice]
    sorts: list[Choice]
    sections: list[HitSection]
    hits: list[ShownHit]
    ways_out: list[Choice]

    @property
    def last_page(self) -> int:
        """How many pages the list has."""
        return max(1, -(-self.total // PER_PAGE))


def answer(asked: Asked) -> Answer:
    """Ask the index whatever the page needs."""
    flat = bool(asked.typed.kind)
    results = queries.find(asked.query if flat else replace(asked.query, limit=0, offset=0))
    show = _shower(asked.typed)
    return Answer(
        asked=asked,
        total=results.total,
        is_ready=results.ready,
        kinds=_kinds(asked, results),
        facets=_facets(asked, results),
        chips=_chips(asked),
        sorts=_sorts(asked),
        sections=[] if flat else _sections(asked, results, show),
        hits=[show(hit) for hit in results.hits],
        ways_out=[] if results.total else _ways_out(asked),
    )


def _sections(asked: Asked, results: Results, show: Callable[[Hit], ShownHit]) -> list[HitSection]:
    counts = results.facets.get("kind", {})
    return [_section(asked, source, counts[source.kind], show) for source in sources() if counts.get(source.kind)]


def _section(asked: Asked, source: Source, total: int, show: Callable[[Hit], ShownHit]) -> HitSection:
    best = queries.find(replace(asked.typed, kind=source.kind, limit=PER_SECTION))
    return HitSection(str(source.label), asked.url(kind=source.kind), total, [show(hit) for hit in best.hits])


def _shower(query: Query) -> Callable[[Hit], ShownHit]:
    folded = terms.of_query(query)
    is_wanted = wanted(folded.words, prefix=folded.beginning)

    def show(hit: Hit) -> ShownHit:
        # The title in the language in which most of the words were found; the main one unless another says more.
        title = max(hit.titles, key=lambda one: len({fold(word) for word in typed_words(one) if is_wanted(word)}))
        return ShownHit(
            hit=hit,
            title=marked(title, is_wanted),
            other_title=marked(hit.title, is_wanted) if title != hit.title else Markup(),
            summary=marked(hit.summary, is_wanted),
            country=country_name(hit.country) if hit.country else "",
        )

    return show


def _kinds(asked: Asked, results: Results) -> list[Choice]:
    """All kinds to change between; their numbers are those without the kind asked for."""
    if asked.typed.kind:
        results = queries.find(asked.without(kind=""))
    counts = results.facets.get("kind", {})
    every = Choice(_("Everything"), asked.url(kind=None), results.total, current=not asked.typed.kind)
    return [every] + [
        Choice(str(source.label), asked.url(kind=source.kind), count, current=source.kind == asked.typed.kind)
        for source in sources()
        if (count := counts.get(source.kind, 0)) or source.kind == asked.typed.kind
    ]


def _facets(asked: Asked, results: Results) -> list[tuple[str, list[Choice]]]:
    """What can be narrowed further; a facet that is asked for already, or has one value, is left out."""
    offers = (
        (_("Country"), "" if asked.typed.country else "country", _country_choices),
        (_("Decade"), "" if asked.typed.years else "decade", _decade_choices),
        (_("Prize"), "" if asked.typed.prize else "prize", _prize_choices),
    )
    found = ((label, choices(asked, results.facets.get(name, {}))) for label, name, choices in offers)
    return [(label, choices) for label, choices in found if choices]


def _country_choices(asked: Asked, counts: Mapping[str, int]) -> list[Choice]:
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_CHOICES]
    return [Choice(country_name(code), asked.url(country=code), count) for code, count in most]


def _decade_choices(asked: Asked, counts: Mapping[str, int]) -> list[Choice]:
    ranges = ((f"{first}..{first + 9}", count) for first, count in sorted((int(d), n) for d, n in counts.items()))
    return [Choice(years.replace("..", "–"), asked.url(years=years), count) for years, count in ranges]


def _prize_choices(asked: Asked, counts: Mapping[str, int]) -> list[Choice]:
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_CHOICES]
    return [Choice(prize_name(prize), asked.url(prize=prize), count) for prize, count in most]


def prize_name(prize: str) -> str:
    """A prize in the reader's words, from whichever source knows it; else as it is."""
    names = (source.prize_name(prize) for source in sources())
    return next((name for name in names if name != prize), prize)


def _chips(asked: Asked) -> list[Choice]:
    """The filters at work, each leading to the question without it."""
    query = asked.typed
    labels = {
        "country": country_name(query.country) if query.country else "",
        "years": _years_label(query.years) if query.years else "",
        "prize": prize_name(query.prize) if query.prize else "",
    }
    return [Choice(label, asked.url(**{name: None})) for name, label in labels.items() if label]


def _years_label(years: tuple[int, int]) -> str:
    first, last = years
    if first == last:
        return str(first)
    if last == LAST_YEAR:
        return str(_("since %(year)s", year=str(first)))
    return str(_("until %(year)s", year=str(last))) if first == 0 else years_text(years).replace("..", "–")


def _sorts(asked: Asked) -> list[Choice]:
    labels = dict(zip(SORTS, (_("Best first"), _("Newest first"), _("Oldest first"), _("By number")), strict=True))
    return [
        Choice(label, asked.url(sort=None if sort == SORTS[0] else sort), current=sort == asked.typed.sort)
        for sort, label in labels.items()
    ]


def _ways_out(asked: Asked) -> list[Choice]:
    """The same question with one thing less, where that finds something."""
    found = []
    for label, url, query in [*_without_filters(asked), *_without_words(asked)][:MOST_WAYS_OUT]:
        if total := queries.find(query).total:
            found.append(Choice(label, url, total))
    return found


def _without_filters(asked: Asked) -> list[tuple[str, str, Query]]:
    kind = [(str(source_of(asked.typed.kind).label), "kind")] if asked.typed.kind in kinds() else []
    named = kind + [(chip.label, name) for chip, name in zip(_chips(asked), _filters_at_work(asked), strict=True)]
    return [
        (label, asked.url(**{name: None}), asked.without(**{name: None if name == "years" else ""}))
        for label, name in named
    ]


def _filters_at_work(asked: Asked) -> list[str]:
    return [name for name in ("country", "years", "prize") if getattr(asked.typed, name)]


def _without_words(asked: Asked) -> list[tuple[str, str, Query]]:
    words, phrases = asked.typed.words, asked.typed.phrases
    if len(words) + len(phrases) < 2:
        return []
    kept = [(word, [*words[:at], *words[at + 1 :]], phrases) for at, word in enumerate(words)]
    return [
        (word, asked.url(q=" ".join([*rest, *(f'"{phrase}"' for phrase in same)])), asked.without(words=tuple(rest)))
        for word, rest, same in kept
    ]
