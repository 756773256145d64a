"""The marginal likelihood of the many-facet Rasch model, its slope and the posterior of every letter's ability.

A mark of category x by judge j on criterion c of a letter of ability θ has the log weight x · (θ − α_j) − G[c, x]. Abilities are
normal, θ = μ + σz, and integrated out over equidistant nodes z (the rectangle rule, which for bell curves is exact to many
places once nodes are not wider apart than the curve). Parameters are one vector β = (α, γ, μ, σ); see `steps` for γ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.special import logsumexp

from contest.judging.severity.ratings import FloatArray, IntArray, Ratings, Scale
from contest.judging.severity.steps import Layout

REACH = 5.0


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
class Part:
    """Letters that share their nodes: their positions, cells (letters × combination · category) and log prior."""

    letters: IntArray
    cells: Any
    nodes: Nodes
    prior: FloatArray

    @property
    def marks(self) -> int:
        """How many marks these letters have."""
        return int(self.cells.sum())


@dataclass(frozen=True)
class Facets:
    """What every part shares: the judge and criterion of each combination that occurs, and how categories enter."""

    judges: int
    judge: IntArray
    criterion: IntArray
    scale: Scale
    layout: Layout

    @property
    def categories(self) -> int:
        """Categories of the widest criterion."""
        return int(self.scale.used.shape[1])

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

    def log_chances(self, beta: FloatArray, abilities: FloatArray) -> FloatArray:
        """The log probability of each category: combinations × categories × nodes."""
        ladder = np.arange(self.categories)[None, :, None]
        distance = abilities[None, None, :] - self.severities(beta)[self.judge][:, None, None]
        raw = ladder * distance - self.weights(beta)[self.criterion][:, :, None]
        raw -= raw.max(axis=1, keepdims=True)
        return np.asarray(raw - np.log(np.exp(raw).sum(axis=1, keepdims=True)))


@dataclass(frozen=True)
class Posterior:
    """Of one part: letters × nodes, what each letter's ability may be; `log_likelihood` of its marks."""

    chances: FloatArray
    log_likelihood: FloatArray


def facets_of(ratings: Ratings, scale: Scale, layout: Layout) -> tuple[Facets, Any]:
    """The facets, and the cells of all letters: letters × (combination · category), how many marks fell there."""
    keys, combination = np.unique(ratings.judge * len(ratings.criteria) + ratings.criterion, return_inverse=True)
    judge, criterion = np.divmod(keys, len(ratings.criteria))
    facets = Facets(len(ratings.judges), judge, criterion, scale, layout)
    column = combination.reshape(-1) * facets.categories + scale.category
    shape = (len(ratings.letters), len(keys) * facets.categories)
    return facets, sparse.csr_matrix((np.ones(len(ratings)), (ratings.letter, column)), shape=shape)


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


def posterior(part: Part, log_chances: FloatArray) -> Posterior:
    """What the marks say of each letter of this part."""
    joint = part.cells @ log_chances.reshape(-1, log_chances.shape[-1]) + part.prior
    top = joint.max(axis=1, keepdims=True)
    np.exp(joint - top, out=joint)
    total = joint.sum(axis=1, keepdims=True)
    joint /= total
    return Posterior(joint, (np.log(total) + top)[:, 0])


def log_likelihood(facets: Facets, parts: Sequence[Part], beta: FloatArray) -> tuple[float, FloatArray]:
    """The marginal log likelihood and its slope along β (Fisher's identity: the mean slope under the posterior)."""
    total, slope = 0.0, np.zeros(facets.size)
    for part in parts:
        log_chances = facets.log_chances(beta, part.nodes.abilities(beta[-2], beta[-1]))
        reading = posterior(part, log_chances)
        total += float(reading.log_likelihood.sum())
        surprise = surprises(part, reading, np.exp(log_chances))
        slope += _slope(facets, part.nodes, surprise)
    return total, slope


def expected_counts(part: Part, reading: Posterior, categories: int) -> FloatArray:
    """Marks expected in each cell at each node: combinations × categories × nodes."""
    counts = part.cells.T @ reading.chances
    return np.asarray(counts.reshape(-1, categories, reading.chances.shape[1]))


def surprises(part: Part, reading: Posterior, chances: FloatArray) -> FloatArray:
    """Marks in each cell less those that the model expects there, at each node."""
    counts = expected_counts(part, reading, chances.shape[1])
    return np.asarray(counts - counts.sum(axis=1, keepdims=True) * chances)


def _slope(facets: Facets, nodes: Nodes, surprise: FloatArray) -> FloatArray:
    by_node = np.einsum("mxq,x->mq", surprise, np.arange(facets.categories, dtype=np.float64))
    severities = -np.bincount(facets.judge, by_node.sum(axis=1), facets.judges)
    table = np.zeros(facets.scale.used.shape)
    np.add.at(table, facets.criterion, surprise.sum(axis=2))
    gammas = -(facets.layout.design.T @ table.reshape(-1))
    pull = by_node.sum(axis=0)
    return np.concatenate([severities, gammas, [pull @ nodes.mean, pull @ nodes.spread]])
