"""Links that change the question: kinds, facets with their counts, filters at work, sorts. Counts come from the index."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import islice

from babel import Locale
from babel.core import UnknownLocaleError
from flask_babel import get_locale
from flask_babel import gettext as _

from archive import queries
from archive.asked import FILTERS, Asked, years_text
from archive.index import SORTS, YEAR, Results
from archive.sources import source_of, sources, value_names
from archive.terms import LAST_YEAR
from core.countries import country_name

MOST_CHOICES = 12
# Of decades and years all are shown that a century or two can have.
MOST_YEARS = 24


@dataclass(frozen=True)
class Choice:
    """One link that changes the question: what it is called, how many it finds, where it leads.

    A `current` one is at work; where it is one of a facet, its link takes it back.
    """

    label: str
    url: str
    count: int | None = None
    current: bool = False


def kinds_of(asked: Asked, results: Results) -> list[Choice]:
    """All kinds to change between; their numbers are those without the kind asked for."""
    if asked.typed.kind:
        results = queries.find(replace(asked.without(kind=""), facets=("kind",)))
    counts = results.facets.get("kind", {})
    every = Choice(_("Everything"), asked.url(kind=None), results.total, current=not asked.typed.kind)
    return [every] + [
        Choice(str(source.label), asked.url(kind=source.kind), count, current=source.kind == asked.typed.kind)
        for source in sources()
        if (count := counts.get(source.kind, 0)) or source.kind == asked.typed.kind
    ]


def facets_of(asked: Asked, results: Results) -> list[tuple[str, list[Choice]]]:
    """What can be narrowed, changed or widened; what all that was found has in common tells nothing and is left out."""
    found = ((label, _choices(asked, name, results)) for name, label in _labels().items())
    return [(label, choices) for label, choices in found if choices]


def at_work(asked: Asked) -> dict[str, str]:
    """The filters at work in the reader's words, by their parameter."""
    return {name: label_of(name, _value_of(asked, name)) for name in FILTERS if getattr(asked.typed, name)}


def chips_of(asked: Asked) -> list[Choice]:
    """The filters at work, each leading to the question without it."""
    return [Choice(label, asked.url(**{name: None})) for name, label in at_work(asked).items()]


def sorts_of(asked: Asked) -> list[Choice]:
    """The orders a list can have; by value only what may have one."""
    labels = (_("Best first"), _("Newest first"), _("Oldest first"), _("By number"), _("By face value"))
    have_values = bool(asked.typed.kind and source_of(asked.typed.kind).facets)
    return [
        Choice(label, asked.url(sort=None if sort == SORTS[0] else sort), current=sort == asked.typed.sort)
        for sort, label in zip(SORTS, labels, strict=True)
        if sort != "value" or have_values
    ]


def label_of(name: str, value: str) -> str:
    """The value of a filter in the reader's words."""
    return _labeller(name, (value,))(value)


def _labeller(name: str, values: Sequence[str]) -> Callable[[str], str]:
    """How the values of a filter are put into the reader's words."""
    labellers: dict[str, Callable[[str], str]] = {
        "kind": lambda kind: str(source_of(kind).label),
        "country": country_name,
        "years": _years_label,
        "language": _language_name,
        "picture": lambda _yes: str(_("With a picture")),
    }
    if name in labellers:
        return labellers[name]
    named = value_names(name, values)
    return lambda value: named.get(value, value)


def _labels() -> dict[str, str]:
    return {
        "country": _("Country"),
        "years": _("Decade"),
        "prize": _("Prize"),
        "topic": _("Topic"),
        "item": _("Kind of item"),
        "emission": _("Purpose"),
        "process": _("Printing"),
        "maker": _("Maker"),
        "series": _("Series"),
        "language": _("Language"),
        "picture": _("Picture"),
    }


def _choices(asked: Asked, name: str, results: Results) -> list[Choice]:
    counts, current = _counts(asked, name, results), _value_of(asked, name)
    if not current and list(counts.values()) in ([], [results.total]):
        return []
    values = _shown(counts if name == "years" else _most(counts), current)
    label = _labeller(name, values)
    return [
        Choice(label(value), asked.url(**{name: None if is_current else value}), counts.get(value), is_current)
        for value in values
        for is_current in (value == current,)
    ]


def _counts(asked: Asked, name: str, results: Results) -> Mapping[str, int]:
    """How many each value would find: where one is at work, those of the question without it."""
    if name == "years":
        return _years(asked, results)
    if getattr(asked.typed, name):
        results = queries.find(replace(asked.without(**{name: ""}), facets=(name,)))
    return results.facets.get(name, {})


def _most(counts: Mapping[str, int]) -> list[str]:
    """The values that are found most often, of thousands; those found equally often by their names."""
    least = nlargest(MOST_CHOICES, counts.values())[-1:]
    often = [(-count, value) for value, count in counts.items() if count >= least[0]] if least else []
    return [value for _count, value in sorted(often)[:MOST_CHOICES]]


def _years(asked: Asked, results: Results) -> dict[str, int]:
    """Decades; where a year or a decade is at work, the years of that decade beside the decades."""
    if not asked.typed.years:
        return _ranges(results)
    decades = _ranges(queries.find(replace(asked.without(years=None), facets=("decade",))))
    first, last = asked.typed.years
    if first // 10 != last // 10:
        return decades
    decade = (first // 10 * 10, first // 10 * 10 + 9)
    years = queries.find(replace(asked.without(years=decade), facets=(YEAR,))).facets.get(YEAR, {})
    return {years_text(decade): decades.get(years_text(decade), 0)} | dict(sorted(years.items())) | decades


def _ranges(results: Results) -> dict[str, int]:
    counts = sorted((int(decade), count) for decade, count in results.facets.get("decade", {}).items())
    return {f"{first}..{first + 9}": count for first, count in counts}


def _shown(offered: Iterable[str], current: str) -> list[str]:
    """The values that are offered; the one at work always."""
    values = list(islice(offered, MOST_YEARS))
    return values if not current or current in values else [current, *values]


def _value_of(asked: Asked, name: str) -> str:
    value = getattr(asked.typed, name)
    return years_text(value) if name == "years" and value else value or ""


def _years_label(text: str) -> str:
    first, _dots, last = text.partition("..")
    if not last:
        return first
    if int(last) == LAST_YEAR:
        return str(_("since %(year)s", year=first))
    return str(_("until %(year)s", year=last)) if int(first) == 0 else f"{first}–{last}"


def _language_name(code: str) -> str:
    try:
        return str(Locale.parse(code).get_display_name(get_locale()) or code)
    except (UnknownLocaleError, ValueError):
        return code
