"""Which stamps a list is to hold, by where it came from: an issue, a series, country and years, a topic, a search."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from archive import queries as archive
from archive.asked import asked
from stamps.collections import queries
from stamps.collections.rules import MOST_ON_LIST, ListSource, years_in


def stamps_of(source: ListSource, key: str) -> list[int]:
    """Ids of the stamps, in the order of the catalogue; of a search, the best first."""
    ways: Mapping[ListSource, Callable[[str], list[int]]] = {
        ListSource.ISSUE: queries.items_of_issue,
        ListSource.SERIES: queries.items_of_series,
        ListSource.TOPIC: queries.items_of_topic,
        ListSource.COUNTRY: _of_country,
        ListSource.SEARCH: _found,
    }
    return ways[source](key)[:MOST_ON_LIST] if source in ways and key else []


def _of_country(key: str) -> list[int]:
    country, _blank, years = key.partition(" ")
    return queries.items_of_country(country, years_in(years))


def _found(words: str) -> list[int]:
    typed = asked({"q": words, "kind": "stamp"}).query
    found = archive.find(replace(typed, kind="stamp", limit=MOST_ON_LIST, offset=0, facets=()))
    return queries.ids_of([hit.key for hit in found.hits])
