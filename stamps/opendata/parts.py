"""Parts of a list for programs: walked from its beginning to its end, or pages, found by the search or by the database.

A walk goes by the order in which things came into the catalogue, so that what comes or changes meanwhile shifts nothing,
and a part far behind costs no more than the first. It is narrowed by the database; what only the search knows has pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from archive import queries as archive
from archive.asked import Asked
from archive.index import Query, Results
from stamps import queries
from stamps.browsing import ITEMS
from stamps.listing import narrowed_of
from stamps.queries.lists import Issues, Items

# What the database does not narrow by as the search does.
ONLY_SEARCHED = ("words", "phrases", "prize", "language", "maker")
# Orders that the database knows; "relevance" without words is the newest first.
ORDERS = {"relevance": "newest", "newest": "newest", "oldest": "oldest", "value": "value"}
# Where a walk begins: before every id.
BEGINNING = 0


@dataclass(frozen=True)
class Part:
    """Some things of a list, by key. `after`: where the next part of a walk begins; None at the end, and of a page.

    `facets` is None while there is no index that counts.
    """

    keys: Sequence[str]
    total: int
    facets: Mapping[str, Mapping[str, int]] | None
    after: int | None = None


def is_narrowed_by_the_database(asked: Asked) -> bool:
    """Whether nothing is asked for that only the search knows."""
    return not asked.unread and not any(getattr(asked.typed, name) for name in ONLY_SEARCHED)


def can_do_without_index(asked: Asked) -> bool:
    """Whether the database can give a page of it, in its order."""
    return is_narrowed_by_the_database(asked) and asked.typed.sort in ORDERS


def next_of(asked: Asked, after: int) -> Part:
    """The things behind this place; the search only counts."""
    rows = queries.keys_after(_like(asked.typed), after, asked.per_page + 1)
    some = rows[: asked.per_page]
    counted = archive.find_as_typed(replace(asked.query, offset=0, limit=0)).results
    return Part(
        [key for _id, key in some], *_counts(asked, counted), after=some[-1][0] if len(rows) > len(some) else None
    )


def page_of(asked: Asked, results: Results) -> Part:
    """A page as the search found it; where there is no index, by the database."""
    if results.ready:
        return Part([hit.key for hit in results.hits], *_counts(asked, results))
    query, at = _like(asked.typed, ORDERS[asked.typed.sort]), (asked.page, asked.per_page)
    keys = [] if asked.is_too_deep else queries.keys_of(query, number=at[0], size=at[1])
    return Part(keys, *_counts(asked, results))


def _counts(asked: Asked, results: Results) -> tuple[int, Mapping[str, Mapping[str, int]] | None]:
    """The total, and that of every value."""
    if results.ready and not results.too_wide:
        return results.total, {name: counts for name, counts in results.facets.items() if name != "kind"}
    return queries.count(_like(asked.typed)), None


def _like(typed: Query, order: str = "newest") -> Issues | Items:
    narrowed = narrowed_of(typed)
    return queries.items_like(narrowed, order) if typed.kind == ITEMS else queries.issues_like(narrowed, order)
