"""The marginal likelihood of the many-facet Rasch model, its slope and the posterior of every letter's ability.

A mark of category x, score s, by judge j on criterion c of a letter of ability θ has the log weight s · (θ − α_j) − G[c, x].
Abilities are normal, θ = μ + σz, and integrated out over equidistant nodes z (the rectangle rule, which for bell curves is exact
to many places once nodes are not wider apart than the curve). Parameters are one vector β = (α, γ, μ, σ); see `steps` for γ.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse
from scipy.special import logsumexp

from contest.judging.severity.pieces import in_pieces
from contest.judging.severity.ratings import FloatArray, IntArray, Ratings
from contest.judging.severity.scales import Scale
from contest.judging.severity.steps import Layout

REACH = 5.0
# Letters that are looked at together.
PIECE = 20_000
# Scores that differ by less are equal, in whatever order their thirds were added.
SCORE_PLACES = 9


@dataclass(frozen=True)
class Nodes:
    """Abilities at which the likelihood is computed: fixed + μ · mean + σ · spread, each an array over the nodes."""

    fixed: FloatArray
    mean: FloatArray
    spread: FloatArray

    def abilities(self, mean: float, deviation: float) -> FloatArray:
        """Abilities under this population."""
        return np.asarray(self.fixed + self.mean * mean + self.spread * deviation)


@dataclass(frozen=True)
class Marks:
    """What letters have: the sum of their scores, letters × units read, and letters × (combination · category)."""

    score: FloatArray
    reads: Any
    cells: Any

    def __getitem__(self, letters: Any) -> "Marks":
        """Those of some letters."""
        return Marks(self.score[letters], self.reads[letters], self.cells[letters])


@dataclass(frozen=True)
class Alike:
    """Letters with the same score from the same units have the same posterior: it is computed once.

    `of_letter` leads from a letter to its kind; `weight`: how many letters; `score` and `reads` (kinds × units) of each kind.
    """

    of_letter: IntArray
    weight: FloatArray
    score: FloatArray
    reads: Any


@dataclass(frozen=True)
class Part:
    """Letters that share their nodes: their positions, marks and log prior."""

    letters: IntArray
    marks: Marks
    nodes: Nodes
    prior: FloatArray

    def every(self, stride: int) -> "Part":
        """One letter in so many; all, where each has a prior of its own."""
        if stride == 1 or self.prior.ndim > 1:
            return self
        return replace(self, letters=self.letters[::stride], marks=self.marks[slice(None, None, stride)])

    @cached_property
    def alike(self) -> Alike:
        """Kinds of letters; where each letter has a prior of its own, each is its own kind."""
        marks, size = self.marks, len(self.letters)
        kind = np.arange(size) if self.prior.ndim > 1 else _kinds(marks)
        first, weight = np.unique(kind, return_index=True, return_counts=True)[1:]
        return Alike(kind, weight.astype(np.float64), marks.score[first], marks.reads[first])

    @cached_property
    def seen(self) -> FloatArray:
        """How many marks fell into each cell."""
        return np.asarray(self.marks.cells.sum(axis=0)).reshape(-1)


@dataclass(frozen=True)
class Facets:
    """What every part shares: the judge and criterion of each combination that occurs, and how categories enter.

    A unit is a judge with the criteria marked in one read; `units`: units × combinations.
    """

    judges: int
    judge: IntArray
    criterion: IntArray
    units: Any
    scale: Scale
    layout: Layout

    @property
    def categories(self) -> int:
        """Categories of the widest criterion."""
        return int(self.scale.used.shape[1])

    @cached_property
    def scores(self) -> FloatArray:
        """How many steps above the lowest each category of a combination lies: combinations × categories."""
        return self.scale.score[self.criterion]

    @property
    def size(self) -> int:
        """The length of β."""
        return self.judges + self.layout.size + 2

    def severities(self, beta: FloatArray) -> FloatArray:
        """α of β."""
        return beta[: self.judges]

    def gammas(self, beta: FloatArray) -> FloatArray:
        """γ of β."""
        return beta[self.judges : -2]

    def weights(self, beta: FloatArray) -> FloatArray:
        """G: criteria × categories, infinite where a category was never used."""
        table = (self.layout.design @ self.gammas(beta)).reshape(self.scale.used.shape)
        return np.where(self.scale.used, table, np.inf)

    def log_weights(self, beta: FloatArray, abilities: FloatArray) -> FloatArray:
        """The log weight of each category, s · (θ − α) − G: combinations × categories × nodes."""
        distance = abilities[None, None, :] - self.severities(beta)[self.judge][:, None, None]
        return np.asarray(self.scores[:, :, None] * distance - self.weights(beta)[self.criterion][:, :, None])

    def at(self, beta: FloatArray, nodes: Nodes) -> "AtNodes":
        """Chances of all marks at these nodes."""
        abilities = nodes.abilities(beta[-2], beta[-1])
        weights = self.log_weights(beta, abilities)
        top = weights.max(axis=1, keepdims=True)
        weights -= top
        np.exp(weights, out=weights)
        total = weights.sum(axis=1, keepdims=True)
        weights /= total
        return AtNodes(abilities, weights, self.units @ (np.log(total) + top)[:, 0])


@dataclass(frozen=True)
class AtNodes:
    """At each node: its ability; chances (combinations × categories × nodes); log of all weights of a unit (units × nodes)."""

    abilities: FloatArray
    chances: FloatArray
    log_total: FloatArray


@dataclass(frozen=True)
class Posterior:
    """Of one part: kinds × nodes, what a letter's ability may be; `height`: log likelihood of its marks but for their weights."""

    chances: FloatArray
    height: FloatArray


def facets_of(ratings: Ratings, scale: Scale, layout: Layout) -> tuple[Facets, Marks]:
    """The facets, and the marks of all letters."""
    letters, criteria = len(ratings.letters), len(ratings.criteria)
    keys, combination = np.unique(ratings.judge * criteria + ratings.criterion, return_inverse=True)
    combination = combination.reshape(-1)
    judge, criterion = np.divmod(keys, criteria)
    unit = _units(ratings)
    count = int(unit.max()) + 1
    reads_of_unit = np.bincount(unit, minlength=count)
    unit_of_mark = unit[ratings.reads.of_mark]
    units = _counted(unit_of_mark, combination, (count, len(keys)))
    units = (sparse.diags(1 / reads_of_unit) @ units).tocsr()
    facets = Facets(len(ratings.judges), judge, criterion, units, scale, layout)
    column = combination * facets.categories + scale.category
    steps = np.bincount(ratings.letter, scale.score[ratings.criterion, scale.category], letters)
    marks = Marks(
        score=steps.astype(np.float64).round(SCORE_PLACES),
        reads=_counted(ratings.reads.letter, unit, (letters, count)),
        cells=_counted(ratings.letter, column, (letters, len(keys) * facets.categories)),
    )
    return facets, marks


def _units(ratings: Ratings) -> IntArray:
    """The unit of each read: its judge, and which criteria were marked how often."""
    reads = ratings.reads
    code = reads.judge
    for criterion in range(len(ratings.criteria)):
        marked = np.bincount(reads.of_mark[ratings.criterion == criterion], minlength=len(reads))
        if np.ptp(marked):
            code = np.unique(code * (int(marked.max()) + 1) + marked, return_inverse=True)[1].reshape(-1)
    return np.unique(code, return_inverse=True)[1].reshape(-1)


def _counted(row: IntArray, column: IntArray, shape: tuple[int, int]) -> Any:
    """A sparse matrix of how often each row met each column."""
    found = sparse.csr_matrix((np.ones(len(row)), (row, column)), shape=shape)
    found.sum_duplicates()
    return found


def _kinds(marks: Marks) -> IntArray:
    """A number for each letter, the same where score and units are: told apart by one unit after the other."""
    reads = marks.reads
    count = np.diff(reads.indptr)
    order = np.argsort(-count, kind="stable")
    longer = len(count) - np.searchsorted(np.sort(count), np.arange(int(count.max(initial=0))), side="right")
    kind = np.unique(marks.score, return_inverse=True)[1].reshape(-1)
    found = int(kind.max(initial=0)) + 1
    for place, size in enumerate(longer.tolist()):
        some = order[:size]
        apart, renamed = np.unique(
            kind[some] * reads.shape[1] + reads.indices[reads.indptr[some] + place], return_inverse=True
        )
        kind[some], found = found + renamed.reshape(-1), found + len(apart)
    return np.unique(kind, return_inverse=True)[1].reshape(-1)


def normal_nodes(count: int) -> tuple[Nodes, FloatArray]:
    """Equidistant nodes of the population, `count` of them, and their log prior."""
    spread = np.linspace(-REACH, REACH, count)
    density = -(spread**2) / 2
    return Nodes(np.zeros(count), np.ones(count), spread), density - logsumexp(density)


def known_nodes(measures: FloatArray) -> tuple[Nodes, FloatArray]:
    """Letters whose measure is known: a node for each, and a log prior (letters × nodes) that allows no other."""
    nothing = np.zeros(len(measures))
    prior = np.where(np.eye(len(measures), dtype=np.bool_), 0.0, -np.inf)
    return Nodes(measures, nothing, nothing), prior


def posterior(part: Part, here: AtNodes) -> Posterior:
    """What the marks say of each kind of letter of this part."""
    alike, kinds = part.alike, len(part.alike.weight)
    chances, height = np.empty((kinds, len(here.abilities))), np.empty(kinds)

    def fill(some: slice) -> None:
        joint = np.multiply.outer(alike.score[some], here.abilities, out=chances[some])
        joint -= alike.reads[some] @ here.log_total
        joint += part.prior[some] if part.prior.ndim > 1 else part.prior
        top = joint.max(axis=1, keepdims=True)
        joint -= top
        np.exp(joint, out=joint)
        total = joint.sum(axis=1, keepdims=True)
        joint /= total
        height[some] = (np.log(total) + top)[:, 0]

    in_pieces(fill, kinds)
    return Posterior(chances, height)


def log_likelihood(facets: Facets, parts: Sequence[Part], beta: FloatArray) -> tuple[float, FloatArray]:
    """The marginal log likelihood and its slope along β (Fisher's identity: the mean slope under the posterior)."""
    total, slope = 0.0, np.zeros(facets.size)
    for part in parts:
        here = facets.at(beta, part.nodes)
        reading = posterior(part, here)
        total += height(facets, part, reading, beta)
        slope += _slope(facets, part, reading, here)
    return total, slope


def height(facets: Facets, part: Part, reading: Posterior, beta: FloatArray) -> float:
    """The log likelihood of the marks of a part: that of their scores, and the weights of the marks at ability nought."""
    fixed = np.where(part.seen > 0, facets.log_weights(beta, np.zeros(1)).reshape(-1), 0.0)
    return float(part.alike.weight @ reading.height + part.seen @ fixed)


def reads_at_nodes(facets: Facets, part: Part, reading: Posterior) -> FloatArray:
    """How many marks of each combination are of letters at each node: combinations × nodes."""
    alike = part.alike

    def units_read(some: slice) -> FloatArray:
        return np.asarray(alike.reads[some].T @ (reading.chances[some] * alike.weight[some, None]))

    by_unit = sum(in_pieces(units_read, len(alike.weight)))
    return np.asarray(facets.units.T @ by_unit)


def expected_counts(part: Part, reading: Posterior, categories: int) -> FloatArray:
    """Marks in each cell by the node that their letter is at: combinations × categories × nodes."""
    nodes = reading.chances.shape[1]
    counts = np.zeros((part.marks.cells.shape[1], nodes))
    for begin in range(0, len(part.letters), PIECE):
        some = slice(begin, begin + PIECE)
        counts += part.marks.cells[some].T @ reading.chances[part.alike.of_letter[some]]
    return counts.reshape(-1, categories, nodes)


def _slope(facets: Facets, part: Part, reading: Posterior, here: AtNodes) -> FloatArray:
    """Marks seen less marks expected, along each parameter."""
    expected = reads_at_nodes(facets, part, reading)[:, None, :] * here.chances
    by_node = np.einsum("mxq,mx->mq", expected, facets.scores)
    surprise = part.seen.reshape(-1, facets.categories) - expected.sum(axis=2)
    severities = -np.bincount(facets.judge, (surprise * facets.scores).sum(axis=1), facets.judges)
    table = np.zeros(facets.scale.used.shape)
    np.add.at(table, facets.criterion, surprise)
    gammas = -(facets.layout.design.T @ table.reshape(-1))
    pull = (part.alike.weight * part.alike.score) @ reading.chances - by_node.sum(axis=0)
    return np.concatenate([severities, gammas, [pull @ part.nodes.mean, pull @ part.nodes.spread]])
