"""What the segments of an index answer together: how many, how they divide, and one page of the best.

Pages are chosen on arrays; only what is shown of them becomes objects.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from archive.engines.shown import SHOWN, hit_of
from archive.engines.whoosh.arrays import Array
from archive.engines.whoosh.segments import Segment
from archive.index import Hit, Query, Results
from archive.terms import QueryTerms


@dataclass(frozen=True)
class _Best:
    """The best documents of a segment, best first: what they are sorted by, their numbers and points."""

    segment: Segment
    order: Array
    documents: Array
    points: Array


def answer(segments: Iterable[Segment], query: Query, wanted: QueryTerms) -> Results:
    """The answer to a query."""
    offset = max(query.offset, 0)
    end = offset + max(query.limit, 0)
    facets: dict[str, Counter[str]] = {name: Counter() for name in query.facets}
    total, best = 0, []
    for segment in segments:
        found = segment.matching(query, wanted)
        total += len(found)
        for name, counted in segment.facets(query.facets, found).items():
            facets[name].update(counted)
        if end > offset and len(found):
            best.append(_best(segment, query.sort, segment.points(wanted, found), found, end))
    return Results(_page(best, offset, end), total, facets)


def spellings(segments: Iterable[Segment], word: str) -> Mapping[str, int]:
    """The word and those a letter away, with how many documents hold each."""
    counted: Counter[str] = Counter()
    for segment in segments:
        counted.update(segment.spellings(word))
    return counted


def _best(segment: Segment, sort: str, points: Array, found: Array, end: int) -> _Best:
    order = segment.order(sort, points, found)
    first = first_of(order, end)
    return _Best(segment, order[first], found[first], points[first])


def _page(best: Sequence[_Best], offset: int, end: int) -> tuple[Hit, ...]:
    if not best:
        return ()
    order = np.concatenate([one.order for one in best])
    owners = np.repeat(np.arange(len(best)), [len(one.order) for one in best])
    documents = np.concatenate([one.documents for one in best])
    points = np.concatenate([one.points for one in best])
    at = np.argsort(-order, kind="stable")[offset:end]
    places = zip(owners[at].tolist(), documents[at].tolist(), strict=True)
    # Read in one go, which is quicker than one by one.
    shown = json.loads(b"[" + b",".join([best[owner].segment.shown(document) for owner, document in places]) + b"]")
    scored = zip(shown, points[at].tolist(), strict=True)
    return tuple(hit_of(dict(zip(SHOWN, one, strict=True)), score) for one, score in scored)


def first_of(order: Array, end: int) -> Array:
    """Where the greatest `end` numbers (one at least) stand, greatest first; of equal ones the first."""
    among = np.arange(len(order))
    if len(order) > end:
        least = np.partition(order, len(order) - end)[len(order) - end]
        above = np.flatnonzero(order > least)
        among = np.concatenate([above, np.flatnonzero(order == least)[: end - len(above)]])
    return among[np.argsort(-order[among], kind="stable")]
