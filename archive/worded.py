"""Hits in the reader's words: the title and summary of their language, the words found marked, the person's own status.

Pages, suggestions and files are made from these; engines know nothing of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urljoin

from flask import request
from markupsafe import Markup

from archive import terms
from archive.facts import title_of
from archive.index import Hit, Query
from archive.passages import Wanted, passage
from archive.sources import source_of
from archive.text import fold, marked, typed_words, wanted
from core.countries import country_name


@dataclass(frozen=True)
class ShownHit:
    """A hit as the page shows it. `passage`: the part of a longer text in which the words stand, or nothing."""

    hit: Hit
    title: Markup
    other_title: Markup
    summary: Markup
    passage: Markup
    country: str
    status: str


def shown(hits: Sequence[Hit], query: Query) -> list[ShownHit]:
    """Hits of a query as the page shows them."""
    is_wanted = wanted_by(query)
    statuses = {kind: source_of(kind).statuses(keys) for kind, keys in _keys_by_kind(hits).items()}
    return [_shown(hit, is_wanted, statuses[hit.kind].get(hit.key, "")) for hit in hits]


def wanted_by(query: Query) -> Wanted:
    """Whether a word of a text is one that was asked for; it remembers, since texts say the same words again and again."""
    folded = terms.of_query(query)
    return cache(wanted(folded.words, prefix=folded.beginning))


def best_title(hit: Hit, is_wanted: Callable[[str], bool]) -> str:
    """The title in the language in which most of the words were found; the reader's unless another says more."""
    titles = dict.fromkeys((title_of(hit), *hit.titles))
    return max(titles, key=lambda one: len({fold(word) for word in typed_words(one) if is_wanted(word)}))


def fields_of(hit: Hit) -> dict[str, Any]:
    """A hit for programs and spreadsheets: plain values, the address whole, texts in the reader's language."""
    return {
        "kind": hit.kind,
        "key": hit.key,
        "title": title_of(hit),
        "titles": list(hit.titles),
        "summary": source_of(hit.kind).summary(hit),
        "year": hit.year,
        "country": hit.country or None,
        "number": hit.number or None,
        "picture": urljoin(request.url_root, hit.picture) if hit.picture else None,
        "url": urljoin(request.url_root, hit.url),
    }


def _shown(hit: Hit, is_wanted: Callable[[str], bool], status: str) -> ShownHit:
    title, own_title = best_title(hit, is_wanted), title_of(hit)
    return ShownHit(
        hit=hit,
        title=marked(title, is_wanted),
        other_title=marked(own_title, is_wanted) if title != own_title else Markup(),
        summary=marked(source_of(hit.kind).summary(hit), is_wanted),
        passage=passage(hit.body, is_wanted),
        country=country_name(hit.country) if hit.country else "",
        status=status,
    )


def _keys_by_kind(hits: Iterable[Hit]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for hit in hits:
        keys.setdefault(hit.kind, []).append(hit.key)
    return keys
