"""Whether judges can be compared at all: those who share no letters, directly or through others, cannot.

Judges and letters are one graph, a read is an edge; severities are comparable inside a connected component.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from contest.judging.severity.ratings import IntArray, Ratings


@dataclass(frozen=True)
class Link:
    """Letters to be read by both judges (positions) so that two components become one."""

    judge: int
    with_judge: int


@dataclass(frozen=True)
class Connection:
    """Judges by component, the largest (by reads) first; which judges to link, and judges who share just one letter."""

    components: tuple[tuple[int, ...], ...]
    links: tuple[Link, ...]
    weak: tuple[int, ...]

    @property
    def connected(self) -> bool:
        """Whether every judge can be compared with every other."""
        return len(self.components) <= 1


def connection(ratings: Ratings) -> Connection:
    """The components of judges, and for each beyond the first its busiest judge to be linked with the busiest of all."""
    reads = ratings.reads_of_judges
    component = _component_of_judges(ratings)
    numbers = [int(number) for number in np.unique(component)]
    groups = [tuple(int(judge) for judge in np.flatnonzero(component == number)) for number in numbers]
    groups.sort(key=lambda group: (-int(reads[list(group)].sum()), group))
    busiest = [max(group, key=lambda judge: (reads[judge], -judge)) for group in groups]
    links = tuple(Link(judge, busiest[0]) for judge in busiest[1:])
    return Connection(tuple(groups), links, _hanging_by_one(ratings) if len(ratings.judges) > 1 else ())


def _component_of_judges(ratings: Ratings) -> IntArray:
    judges, size = len(ratings.judges), len(ratings.judges) + len(ratings.letters)
    reads = ratings.reads
    edges = sparse.coo_matrix((np.ones(len(reads)), (reads.judge, judges + reads.letter)), shape=(size, size))
    return np.asarray(csgraph.connected_components(edges, directed=False)[1][:judges], dtype=np.int64)


def _hanging_by_one(ratings: Ratings) -> tuple[int, ...]:
    """Judges who share exactly one letter with anybody: one slip there moves all their letters."""
    reads = ratings.reads
    shared = ratings.reads_of_letters[reads.letter] > 1
    count = np.bincount(reads.judge[shared], minlength=len(ratings.judges))
    return tuple(int(judge) for judge in np.flatnonzero(count == 1))
