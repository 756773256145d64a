"""How sure the parameters of the Rasch model are: the observed information of the marginal likelihood.

Louis (1982): the information of the marks with abilities known, less what is lost because they are not. The part that is lost
is the posterior variance of each letter's own slope, so both come from the tables of `likelihood`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from contest.judging.severity.likelihood import Facets, Part, Posterior, posterior
from contest.judging.severity.ratings import FloatArray

MOST_EXACT = 2500
FAINT = 1e-9


def observed(facets: Facets, parts: Sequence[Part], beta: FloatArray) -> Any:
    """The observed information of β, a square sparse matrix in units of 1 / β²."""
    total = sparse.csr_matrix((facets.size, facets.size))
    for part in parts:
        log_chances = facets.log_chances(beta, part.nodes.abilities(beta[-2], beta[-1]))
        total = total + _of_part(facets, part, posterior(part, log_chances), np.exp(log_chances))
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


def _of_part(facets: Facets, part: Part, reading: Posterior, chances: FloatArray) -> Any:
    """Known abilities' information less the variance of the letters' slopes over their posterior."""
    combinations = _per_combination(part, facets.categories)
    gather = _gather(len(facets.judge), facets.categories)
    ladder, fixed = _features(facets)
    total: Any = sparse.csr_matrix((facets.size, facets.size))
    mean_slopes: Any = sparse.csr_matrix((len(part.letters), facets.size))
    for node in range(chances.shape[2]):
        weight = reading.chances[:, node]
        features = _at_node(ladder, fixed, part, node)
        chance = chances[:, :, node].reshape(-1)
        expected = gather @ sparse.diags(chance) @ features
        count = combinations.T @ weight
        within = features.T @ sparse.diags(chance * np.repeat(count, facets.categories)) @ features
        within = within - expected.T @ sparse.diags(count) @ expected
        pairs = combinations.T @ sparse.diags(weight) @ combinations
        total = total + within - expected.T @ pairs @ expected
        mean_slopes = mean_slopes + sparse.diags(weight) @ (combinations @ expected)
    return total + mean_slopes.T @ mean_slopes


def _per_combination(part: Part, categories: int) -> Any:
    """Letters × combinations: how many marks, whatever the category."""
    return part.cells @ _gather(part.cells.shape[1] // categories, categories).T


def _gather(combinations: int, categories: int) -> Any:
    """Sums the categories of each combination."""
    return sparse.kron(sparse.identity(combinations), np.ones((1, categories)), format="csr")


def _features(facets: Facets) -> tuple[FloatArray, Any]:
    """Of each cell: its category, and how its log weight moves along α and γ."""
    combinations, categories = len(facets.judge), facets.categories
    ladder = np.tile(np.arange(categories, dtype=np.float64), combinations)
    judge = np.repeat(facets.judge, categories)
    cell = np.arange(combinations * categories)
    severities = sparse.csr_matrix((-ladder, (cell, judge)), shape=(len(cell), facets.judges))
    row = np.repeat(facets.criterion, categories) * categories + np.tile(np.arange(categories), combinations)
    return ladder, sparse.hstack([severities, -facets.layout.design[row]], format="csr")


def _at_node(ladder: FloatArray, fixed: Any, part: Part, node: int) -> Any:
    """Features with those of μ and σ, which change from node to node."""
    population = np.outer(ladder, [part.nodes.mean[node], part.nodes.spread[node]])
    return sparse.hstack([fixed, sparse.csr_matrix(population)], format="csr")
