"""How sure the parameters of the Rasch model are: the observed information of the marginal likelihood.

Louis (1982): the information of the marks with abilities known, less what is lost because they are not. The part that is lost
is the posterior variance of each letter's own slope, so both come from the tables of `likelihood`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from contest.judging.severity.likelihood import Facets, Part, Posterior, posterior
from contest.judging.severity.ratings import FloatArray

MOST_EXACT = 2500
FAINT = 1e-9
PIECE = 20_000


def observed(facets: Facets, parts: Sequence[Part], beta: FloatArray) -> Any:
    """The observed information of β, a square sparse matrix in units of 1 / β²."""
    total: Any = sparse.csr_matrix((facets.size, facets.size))
    for part in parts:
        log_chances = facets.log_chances(beta, part.nodes.abilities(beta[-2], beta[-1]))
        chances = np.exp(log_chances)
        features = _features(facets, part)
        for piece in _pieces(part):
            total = total + _of_piece(piece, posterior(piece, log_chances), chances, features)
    return total


def standard_errors(information: Any, combinations: Any) -> FloatArray:
    """Standard errors of `combinations @ β` from the information of the same β.

    Beyond `MOST_EXACT` parameters each is taken as if the others were known, which is what most programs print anyway.
    """
    size = information.shape[0]
    if size > MOST_EXACT:
        variance = 1 / np.maximum(information.diagonal(), FAINT)
        return np.asarray(np.sqrt(combinations.power(2) @ variance))
    dense = information.toarray()
    covariance = np.linalg.inv(dense + FAINT * np.eye(size))
    spread = combinations @ covariance
    return np.asarray(np.sqrt(np.maximum(np.asarray(combinations.multiply(spread).sum(axis=1)).reshape(-1), 0.0)))


def _of_piece(part: Part, reading: Posterior, chances: FloatArray, features: Any) -> Any:
    """Known abilities' information less the variance of the letters' slopes over their posterior."""
    _combinations, categories, nodes = chances.shape
    marks = _per_combination(part, categories)
    count = marks.T @ reading.chances
    within = features.T @ sparse.diags((chances * count[:, None, :]).reshape(-1)) @ features
    expected = _sum_of_categories(chances) @ features
    within = within - expected.T @ sparse.diags(count.reshape(-1)) @ expected
    at_nodes = sparse.kron(marks, sparse.identity(nodes), format="csr")
    weight = sparse.diags(reading.chances.reshape(-1))
    own = _own_scores(part, categories, features.shape[1])
    across = (expected.T @ at_nodes.T) @ (weight @ own)
    squares = expected.T @ (at_nodes.T @ weight @ at_nodes) @ expected - across - across.T + own.T @ weight @ own
    mean_slopes = _over_posterior(reading.chances) @ (at_nodes @ expected - own)
    return within - squares + mean_slopes.T @ mean_slopes


def _own_scores(part: Part, categories: int, size: int) -> Any:
    """(letter, node) × β: a letter's score along μ and σ; along the other parameters it is the same at every node."""
    ladder = np.tile(np.arange(categories, dtype=np.float64), part.cells.shape[1] // categories)
    score = part.cells @ ladder
    population = np.stack([np.outer(score, part.nodes.mean), np.outer(score, part.nodes.spread)], axis=-1).reshape(
        -1, 2
    )
    nothing = sparse.csr_matrix((len(population), size - 2))
    return sparse.hstack([nothing, sparse.csr_matrix(population)], format="csr")


def _pieces(part: Part) -> Iterator[Part]:
    """So many letters at a time as fit into memory with all their nodes."""
    for begin in range(0, len(part.letters), PIECE):
        some = slice(begin, begin + PIECE)
        prior = part.prior[some] if part.prior.ndim > 1 else part.prior
        yield replace(part, letters=part.letters[some], cells=part.cells[some], prior=prior)


def _per_combination(part: Part, categories: int) -> Any:
    """Letters × combinations: how many marks, whatever the category."""
    combinations = part.cells.shape[1] // categories
    return part.cells @ sparse.kron(sparse.identity(combinations), np.ones((categories, 1)), format="csr")


def _sum_of_categories(chances: FloatArray) -> Any:
    """(combination, node) × (combination, category, node): sums categories by their chance."""
    combinations, _categories, nodes = chances.shape
    row = np.arange(combinations * nodes).reshape(combinations, 1, nodes)
    rows = np.broadcast_to(row, chances.shape).reshape(-1)
    shape = (combinations * nodes, chances.size)
    return sparse.csr_matrix((chances.reshape(-1), (rows, np.arange(chances.size))), shape=shape)


def _over_posterior(chances: FloatArray) -> Any:
    """Letters × (letter, node): sums nodes by their posterior chance."""
    letters, nodes = chances.shape
    ends = np.arange(0, chances.size + 1, nodes)
    return sparse.csr_matrix((chances.reshape(-1), np.arange(chances.size), ends), shape=(letters, chances.size))


def _features(facets: Facets, part: Part) -> Any:
    """(combination, category, node) × β: how the log weight of each cell moves at each node."""
    combinations, categories, nodes = len(facets.judge), facets.categories, len(part.nodes.mean)
    ladder = np.tile(np.arange(categories, dtype=np.float64), combinations)
    judge = np.repeat(facets.judge, categories)
    severities = sparse.csr_matrix((-ladder, (np.arange(len(judge)), judge)), shape=(len(judge), facets.judges))
    row = np.repeat(facets.criterion, categories) * categories + np.tile(np.arange(categories), combinations)
    fixed = sparse.hstack([severities, -facets.layout.design[row]], format="csr")
    population = np.stack([np.outer(ladder, part.nodes.mean), np.outer(ladder, part.nodes.spread)], axis=-1)
    every_node = fixed[np.repeat(np.arange(len(judge)), nodes)]
    return sparse.hstack([every_node, sparse.csr_matrix(population.reshape(-1, 2))], format="csr")
