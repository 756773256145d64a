"""How sure the parameters of the Rasch model are: the observed information of the marginal likelihood.

Louis (1982): the information of the marks with abilities known, less what is lost because they are not. The part that is lost
is the posterior variance of each letter's own slope, so both come from the tables of `likelihood`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import linalg, sparse

from contest.judging.severity import likelihood
from contest.judging.severity.likelihood import AtNodes, Facets, Part, Posterior
from contest.judging.severity.pieces import each
from contest.judging.severity.ratings import FloatArray, IntArray

FAINT = 1e-9
# Beyond a thousand logits nothing is known.
LARGEST_VARIANCE = 1e6
# Figures of letters' slopes that are held at a time.
PIECE = 4_000_000
# Slopes of letters that more than this share of judges read are no sparse matter.
DENSE = 0.05


def observed(facets: Facets, parts: Sequence[Part], beta: FloatArray) -> Any:
    """The observed information of β, a square sparse matrix in units of 1 / β²."""
    total: Any = sparse.csr_matrix((facets.size, facets.size))
    for part in parts:
        here = facets.at(beta, part.nodes)
        reading = likelihood.posterior(part, here)
        total = total + _of_marks(facets, part, reading, here) - _lost(facets, part, reading, here)
    return total


def covariance(information: FloatArray) -> FloatArray:
    """The inverse of an information; enormous along what nothing is known about."""
    known = information + FAINT * np.eye(len(information))
    factor, failed = linalg.lapack.dpotrf(known, lower=1)
    if not failed:
        lower = np.tril(linalg.lapack.dpotri(factor, lower=1)[0])
        return np.asarray(lower + np.tril(lower, -1).T)
    values, vectors = np.linalg.eigh(information)
    return np.asarray((vectors / np.maximum(values, FAINT)) @ vectors.T)


def standard_errors(spread: FloatArray, combinations: Any) -> FloatArray:
    """Standard errors of `combinations @ β` from the covariance of the same β; NaN where nothing is known."""
    variance = np.asarray(combinations.multiply(combinations @ spread).sum(axis=1)).reshape(-1)
    return np.asarray(np.sqrt(np.where(variance < LARGEST_VARIANCE, np.maximum(variance, 0.0), np.nan)))


def _of_marks(facets: Facets, part: Part, reading: Posterior, here: AtNodes) -> Any:
    """The information there would be if abilities were known: covariances of categories, by marks at each node."""
    size, categories = len(facets.judge), facets.categories
    counts = likelihood.reads_at_nodes(facets, part, reading)
    mean = np.einsum("mxq,mx->mq", here.chances, facets.scores)
    weighed = counts[:, None, :] * here.chances
    apart = weighed * (facets.scores[:, :, None] - mean[:, None, :])
    variance = np.einsum("mxq,mx->mq", apart, facets.scores)
    nodes = np.stack([part.nodes.mean, part.nodes.spread], axis=1)
    judges = _indicator(facets.judge, facets.judges)
    cell = (facets.criterion[:, None] * categories + np.arange(categories)).reshape(-1)
    cells = _indicator(cell, facets.scale.used.size) @ facets.layout.design
    by_judge = sparse.csr_matrix(
        (apart.sum(axis=2).reshape(-1), (np.repeat(facets.judge, categories), np.arange(size * categories))),
        shape=(facets.judges, size * categories),
    )
    of_judges = sparse.diags(judges.T @ variance.sum(axis=1))
    with_nodes = -(judges.T @ (variance @ nodes))
    gammas_nodes = -(cells.T @ (apart.reshape(-1, len(nodes)) @ nodes))
    of_nodes = nodes.T @ (variance.sum(axis=0)[:, None] * nodes)
    return _together(
        (of_judges, by_judge @ cells, with_nodes), (_of_gammas(facets, weighed, here.chances), gammas_nodes), of_nodes
    )


def _of_gammas(facets: Facets, weighed: FloatArray, chances: FloatArray) -> Any:
    """The information about γ: of each criterion the covariance of its categories."""
    blocks = []
    for criterion in range(len(facets.scale.used)):
        own = facets.criterion == criterion
        one, other = (np.moveaxis(each[own], 1, 0).reshape(facets.categories, -1) for each in (weighed, chances))
        blocks.append(np.diag(one.sum(axis=1)) - one @ other.T)
    design = facets.layout.design
    return design.T @ sparse.block_diag(blocks, format="csr") @ design


def _lost(facets: Facets, part: Part, reading: Posterior, here: AtNodes) -> Any:
    """What is lost because abilities are not known: the variance of each letter's slope over its posterior."""
    total: Any = sparse.csr_matrix((facets.size, facets.size))
    if not part.nodes.spread.any():
        return total
    expected, chances = _of_units(facets, here)
    judges = _indicator(facets.units.indices[facets.units.indptr[:-1]], len(facets.judge)) @ _indicator(
        facets.judge, facets.judges
    )
    for found in each(
        lambda some: _of_piece(_Piece(part, reading, some), expected, chances, judges),
        _pieces(part, facets.layout.size + 2),
    ):
        total = total + found
    return total


class _Piece:
    """Some kinds of letters: units read, nodes, and the root of the weight of each node."""

    def __init__(self, part: Part, reading: Posterior, some: IntArray) -> None:
        self.reads, self.score = part.alike.reads[some], part.alike.score[some]
        self.nodes, self.posterior = part.nodes, reading.chances[some]
        self.root = np.sqrt(self.posterior * part.alike.weight[some][:, None])


def _of_piece(piece: _Piece, expected: FloatArray, chances: FloatArray, judges: Any) -> Any:
    """Slopes along γ, μ and σ are dense, those along severities are sparse; the products of both with both."""
    kinds, nodes = piece.root.shape
    gammas = (piece.reads @ chances.reshape(len(chances), -1)).reshape(kinds, -1, nodes)
    left = (piece.score[:, None] - piece.reads @ expected)[:, None, :]
    slopes = np.concatenate([gammas, left * piece.nodes.mean, left * piece.nodes.spread], axis=1)
    slopes -= np.einsum("pkq,pq->pk", slopes, piece.posterior)[:, :, None]
    slopes *= piece.root[:, None, :]
    common = np.moveaxis(slopes, 1, 2).reshape(kinds * nodes, -1)
    own = _slopes_of_judges(piece, expected) @ judges
    dense = own.toarray() if own.nnz > DENSE * own.shape[0] * own.shape[1] else own
    within = sparse.csr_matrix(dense.T @ dense)
    across, last = own.T @ common, common.T @ common
    return _together((within, across[:, :-2], across[:, -2:]), (last[:-2, :-2], last[:-2, -2:]), last[-2:, -2:])


def _slopes_of_judges(piece: _Piece, expected: FloatArray) -> Any:
    """(kind, node) × units: how far the score expected of a unit is from its mean over the posterior."""
    kinds, nodes = piece.root.shape
    kind, unit = np.repeat(np.arange(kinds), np.diff(piece.reads.indptr)), piece.reads.indices
    about = expected[unit]
    about = (about - (about * piece.posterior[kind]).sum(axis=1)[:, None]) * piece.root[kind]
    row = kind[:, None] * nodes + np.arange(nodes)
    column = np.broadcast_to(unit[:, None], row.shape)
    shape = (kinds * nodes, piece.reads.shape[1])
    return sparse.csr_matrix((about.reshape(-1), (row.reshape(-1), column.reshape(-1))), shape=shape)


def _of_units(facets: Facets, here: AtNodes) -> tuple[FloatArray, FloatArray]:
    """The score expected of each unit at each node, and its slope along γ: units × γ × nodes."""
    units, nodes = facets.units.shape[0], len(here.abilities)
    mean = np.einsum("mxq,mx->mq", here.chances, facets.scores)
    design = facets.layout.design.toarray().reshape(len(facets.scale.used), facets.categories, -1)
    slopes = np.zeros((units, facets.layout.size, nodes))
    for criterion, table in enumerate(design):
        own = np.flatnonzero(facets.criterion == criterion)
        by_unit = facets.units[:, own] @ here.chances[own].reshape(len(own), -1)
        slopes += np.einsum("uxq,xk->ukq", by_unit.reshape(units, -1, nodes), table)
    return facets.units @ mean, slopes


def _pieces(part: Part, columns: int) -> list[IntArray]:
    """So many kinds at a time as fit into memory with all their nodes; those with many reads first."""
    reads = np.diff(part.alike.reads.indptr)
    order = np.argsort(-reads, kind="stable")
    cost = np.cumsum(np.maximum(reads[order], columns) * len(part.nodes.mean))
    return np.split(order, np.flatnonzero(np.diff(cost // PIECE)) + 1)


def _indicator(group: IntArray, groups: int) -> Any:
    """One row each, with a one where it belongs."""
    return sparse.csr_matrix((np.ones(len(group)), (np.arange(len(group)), group)), shape=(len(group), groups))


def _together(judges: tuple[Any, Any, Any], gammas: tuple[Any, Any], population: Any) -> Any:
    """The whole from its upper blocks."""
    of_judges, with_gammas, with_population = (sparse.csr_matrix(each) for each in judges)
    of_gammas, gammas_population = (sparse.csr_matrix(each) for each in gammas)
    return sparse.bmat(
        [
            [of_judges, with_gammas, with_population],
            [with_gammas.T, of_gammas, gammas_population],
            [with_population.T, gammas_population.T, sparse.csr_matrix(population)],
        ],
        format="csr",
    )
