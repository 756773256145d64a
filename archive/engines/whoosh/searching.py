"""What the segments of an index answer together: how many, how they divide, and one page of the best.

Pages are chosen on arrays; only what is shown of them becomes objects.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from archive.engines.shown import SHOWN, hit_of
from archive.engines.whoosh.arrays import Array
from archive.engines.whoosh.segments import Segment
from archive.index import Hit, Query, Results
from archive.terms import QueryTerms

# So many of the first of a kind are remembered for each order: as many as pages can be turned.
MOST_FIRST = 20_000


@dataclass(frozen=True)
class _Best:
    """Documents of a segment: what they are sorted by, their numbers and points."""

    segment: Segment
    order: Array
    documents: Array
    points: Array

    @classmethod
    def of(cls, segment: Segment, sort: str, wanted: QueryTerms, found: Array) -> "_Best":
        """All that were found, in no order."""
        points = segment.points(wanted, found)
        return cls(segment, segment.order(sort, points, found), found, points)

    def among(self, places: Array) -> "_Best":
        """Some of them."""
        return _Best(self.segment, self.order[places], self.documents[places], self.points[places])

    def first(self, end: int) -> "_Best":
        """The best, best first."""
        return self.among(first_of(self.order, end))


def answer(segments: Iterable[Segment], query: Query, wanted: QueryTerms) -> Results:
    """The answer to a query."""
    offset = max(query.offset, 0)
    end = offset + max(query.limit, 0)
    facets: dict[str, Counter[str]] = {name: Counter() for name in query.facets}
    total, best, of_each = 0, [], defaultdict[str, list[_Best]](list)
    for segment in segments:
        found = segment.matching(query, wanted)
        total += len(found)
        for name, counted in segment.facets(query, found).items():
            facets[name].update(counted)
        if not len(found) or not (end > offset or query.of_each_kind):
            continue
        if not query.of_each_kind and end <= MOST_FIRST and (whole := segment.whole(found)):
            best.append(_kept(segment, whole, query.sort, wanted, found).among(np.arange(min(end, len(found)))))
            continue
        ranked = _Best.of(segment, query.sort, wanted, found)
        if end > offset:
            best.append(ranked.first(end))
        for kind, places in segment.by_value("kind", found) if query.of_each_kind else ():
            of_each[kind].append(ranked.among(places).first(query.of_each_kind))
    by_kind = {kind: _page(some, 0, query.of_each_kind) for kind, some in of_each.items()}
    return Results(_page(best, offset, end), total, facets, of_each_kind=by_kind)


def _kept(segment: Segment, kind: str, sort: str, wanted: QueryTerms, found: Array) -> _Best:
    """The first of everything of a kind, in an order: looked for once."""
    kept: _Best | None = segment.firsts.get((kind, sort))
    if kept is None:
        kept = segment.firsts[kind, sort] = _Best.of(segment, sort, wanted, found).first(MOST_FIRST)
    return kept


def spellings(segments: Iterable[Segment], word: str) -> Mapping[str, int]:
    """The word and those a letter away, with how many documents hold each."""
    counted: Counter[str] = Counter()
    for segment in segments:
        counted.update(segment.spellings(word))
    return counted


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
