"""The many-facet Rasch model (Linacre 1989) by marginal maximum likelihood: letters, judges, criteria, steps, anchors.

The likelihood, with abilities integrated out, is climbed directly by L-BFGS along its exact slope: the same maximum as EM over
the same nodes, in tens of rounds instead of hundreds. Letters get the mean and the deviation of their posterior (EAP, SE).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from contest.judging.severity import information, likelihood
from contest.judging.severity.freedom import Anchors, Freedom, category_counts, freedom
from contest.judging.severity.likelihood import Facets, Marks, Part
from contest.judging.severity.ratings import FloatArray, IntArray, Ratings
from contest.judging.severity.scales import scale_of
from contest.judging.severity.steps import Steps, layout, start
from core.errors import Refused

NODES = 25
SEVERAL_TIMES = np.array([1, 1.5, 2, 3, 4, 6, 8, 12, 16])
# Nodes further apart than this many posterior deviations no longer see a letter's bell curve.
WIDEST_GAP = 1.4
LARGEST_DEVIATION = 10.0
# Letters whose measures deviate by less than this many logits are not told apart.
NO_SPREAD = 0.05
# The slope, for a step of one standard error, at which a climb ends: the first only shows how sure letters will be.
GLANCE = 0.3
# Of more letters than these a glance takes one in so many.
GLANCED = 50_000
STEEPNESS = 5e-4
MOST_ROUNDS = 1000


@dataclass(frozen=True)
class RaschFit:
    """What was found, in logits; each array has its standard errors beside it.

    `measure` of letters is the mean of the posterior (EAP) and its error the deviation; `step` rows are those of
    `facets.layout`; `rounds` counts evaluations of the likelihood.
    """

    facets: Facets
    parts: Sequence[Part]
    beta: FloatArray
    severity: FloatArray
    severity_se: FloatArray
    difficulty: FloatArray
    difficulty_se: FloatArray
    step: FloatArray
    step_se: FloatArray
    measure: FloatArray
    measure_se: FloatArray
    log_likelihood: float
    rounds: int

    @property
    def population_mean(self) -> float:
        """μ: nought unless letters are anchored."""
        return float(self.beta[-2])

    @property
    def population_variance(self) -> float:
        """σ²."""
        return float(self.beta[-1]) ** 2

    @property
    def is_at_bound(self) -> bool:
        """Whether σ ended at nought or at the most there is, and only because it may go no further."""
        return not 0 < self.beta[-1] < LARGEST_DEVIATION

    @property
    def tells_letters_apart(self) -> bool:
        """Whether letters differ by more than nothing; else nobody knows how unequal they are."""
        return bool(self.beta[-1] >= NO_SPREAD)


def fit(
    ratings: Ratings,
    *,
    steps: Steps = Steps.PARTIAL_CREDIT,
    anchors: Anchors | None = None,
    deviation: float | None = None,
) -> RaschFit:
    """Fit the model. Judges and criteria are centred at zero unless judges or letters are anchored.

    `deviation` of the letters' abilities: estimated when None. Refused when every mark is the same.
    """
    known = anchors or Anchors()
    scale = scale_of(ratings, common=steps is Steps.RATING_SCALE)
    if not scale.measuring.any():
        raise Refused("Every mark is the same: there is nothing to measure.")
    facets, marks = likelihood.facets_of(ratings, scale, layout(scale, steps))
    known_measures = _known_measures(ratings, known)
    room = freedom(ratings, facets, known, deviation)
    parts = _parts(marks, known_measures, np.full(len(ratings.letters), NODES))
    beta, glances = _glance(facets, parts, room, _first(ratings, facets, room))
    parts = _parts(marks, known_measures, _nodes_needed(facets, parts, beta, len(ratings.letters)))
    beta, rounds = _climb(facets, parts, room, beta, steepness=STEEPNESS)
    if np.isnan(known_measures).all():
        beta = _centred(facets, beta)
    return _result(facets, parts, room, beta, glances + rounds)


def _known_measures(ratings: Ratings, anchors: Anchors) -> FloatArray:
    """The measure of each anchored letter, NaN for the others."""
    return np.array([anchors.letters.get(letter, np.nan) for letter in ratings.letters], dtype=np.float64)


def _first(ratings: Ratings, facets: Facets, room: Freedom) -> FloatArray:
    beta = room.base.copy()
    beta[facets.judges : -2] = start(facets.scale, facets.layout, category_counts(ratings, facets))
    return beta


def _glance(facets: Facets, parts: Sequence[Part], room: Freedom, beta: FloatArray) -> tuple[FloatArray, int]:
    """About where the climb will end: from some of very many letters."""
    stride = max(1, sum(len(part.letters) for part in parts) // GLANCED)
    some = [part.every(stride) for part in parts]
    return _climb(facets, some, room, beta, steepness=GLANCE / stride**0.5)


def _parts(marks: Marks, known: FloatArray, nodes: IntArray) -> list[Part]:
    """Letters grouped by the nodes they need; those of known measure apart."""
    parts = []
    for count in np.unique(nodes[np.isnan(known)]):
        letters = np.flatnonzero(np.isnan(known) & (nodes == count))
        parts.append(Part(letters, marks[letters], *likelihood.normal_nodes(int(count))))
    anchored = np.flatnonzero(~np.isnan(known))
    if len(anchored):
        parts.append(Part(anchored, marks[anchored], *likelihood.known_nodes(known[anchored])))
    return parts


def _climb(
    facets: Facets, parts: Sequence[Part], room: Freedom, beta: FloatArray, *, steepness: float
) -> tuple[FloatArray, int]:
    """β at the top of the likelihood, and how often it was computed."""
    origin = np.asarray(beta)

    def below(free: FloatArray) -> tuple[float, FloatArray]:
        here = origin + room.steps @ (room.scale * free)
        height, slope = likelihood.log_likelihood(facets, parts, here)
        height += float(room.tilt @ here)
        return -height, -room.scale * (room.steps.T @ (slope + room.tilt))

    found = minimize(
        below,
        np.zeros(len(room.scale)),
        jac=True,
        method="L-BFGS-B",
        bounds=_bounds(room, origin),
        options={"maxiter": MOST_ROUNDS, "maxfun": MOST_ROUNDS, "maxcor": 25, "gtol": steepness, "ftol": 1e-14},
    )
    beta = origin + room.steps @ (room.scale * found.x)
    return _of_centred_judges(facets, beta) if room.is_centred else beta, int(found.nfev)


def _of_centred_judges(facets: Facets, beta: FloatArray) -> FloatArray:
    """The same model with severities centred at zero: criteria move against them."""
    shift = float(facets.severities(beta).mean())
    moved = beta.copy()
    moved[: facets.judges] -= shift
    moved[facets.judges : -2] += shift * facets.layout.harder
    return moved


def _centred(facets: Facets, beta: FloatArray) -> FloatArray:
    """The same model with criteria centred at zero: they and all letters move together."""
    difficulty = facets.layout.difficulty @ facets.gammas(beta)
    shift = float(difficulty[facets.scale.measuring].mean())
    moved = beta.copy()
    moved[facets.judges : -2] -= shift * facets.layout.harder
    moved[-2] -= shift
    return moved


def _bounds(room: Freedom, origin: FloatArray) -> list[tuple[float | None, float | None]]:
    """σ stays from nought to `LARGEST_DEVIATION`: judges who agree about everything would send it to infinity."""
    moves_deviation = np.asarray(room.steps[[-1]].todense()).reshape(-1) > 0
    low, high = -origin[-1], LARGEST_DEVIATION - origin[-1]
    return [
        (low / scale, high / scale) if moves else (None, None)
        for moves, scale in zip(moves_deviation, room.scale, strict=True)
    ]


def _nodes_needed(facets: Facets, parts: Sequence[Part], beta: FloatArray, letters: int) -> IntArray:
    """How many nodes each letter needs so that its posterior is seen: `NODES`, or several times as many."""
    needed = np.full(letters, NODES, dtype=np.int64)
    variance = _variances(facets, beta)
    for part in parts:
        if not part.nodes.spread.any():
            continue
        spent = part.alike.reads @ (facets.units @ variance)
        share = 1 / np.sqrt(1 + spent * beta[-1] ** 2)
        gaps = 2 * likelihood.REACH / (WIDEST_GAP * share)
        times = SEVERAL_TIMES[np.searchsorted(SEVERAL_TIMES[:-1], gaps / (NODES - 1))]
        needed[part.letters] = ((NODES - 1) * times + 1)[part.alike.of_letter]
    return needed


def _variances(facets: Facets, beta: FloatArray) -> FloatArray:
    """The largest variance of a mark of each combination over the abilities there are: its information about a letter."""
    spread = np.linspace(-3, 3, 13)
    here = facets.at(beta, likelihood.Nodes(np.zeros(13), np.ones(13), spread))
    return np.asarray(moments(here.chances, facets.scores)[1].max(axis=1))


def moments(chances: FloatArray, scores: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Expected score and its variance: combinations × nodes each."""
    mean = np.einsum("mxq,mx->mq", chances, scores)
    return mean, np.einsum("mxq,mx->mq", chances, scores**2) - mean**2


def _result(facets: Facets, parts: Sequence[Part], room: Freedom, beta: FloatArray, rounds: int) -> RaschFit:
    measure, measure_se, height = _measures(facets, parts, beta)
    directions = _inside_bounds(room, beta)
    whole = information.observed(facets, parts, beta).toarray()
    spread = information.covariance(directions.T @ (directions.T @ whole).T)
    views = _views(facets, centred=all(part.nodes.spread.any() for part in parts))
    errors = {name: information.standard_errors(spread, (view @ directions).tocsr()) for name, view in views.items()}
    values = {name: np.asarray(view @ beta) for name, view in views.items()}
    return RaschFit(
        facets=facets,
        parts=parts,
        beta=beta,
        severity=values["severity"],
        severity_se=errors["severity"],
        difficulty=values["difficulty"],
        difficulty_se=errors["difficulty"],
        step=values["step"],
        step_se=errors["step"],
        measure=measure,
        measure_se=measure_se,
        log_likelihood=height,
        rounds=rounds,
    )


def _inside_bounds(room: Freedom, beta: FloatArray) -> Any:
    """Where β could still move: σ at an end of what is allowed is taken as it is."""
    inside = 0 < beta[-1] < LARGEST_DEVIATION
    moves_deviation = np.asarray(room.directions[[-1]].todense()).reshape(-1) > 0
    return room.directions if inside else room.directions[:, np.flatnonzero(~moves_deviation)]


def _views(facets: Facets, *, centred: bool) -> dict[str, Any]:
    """How severities, difficulties and steps are read from β."""
    difficulty = _about_mean(facets) @ facets.layout.difficulty if centred else facets.layout.difficulty
    before, after = facets.judges, 2
    identity = sparse.identity(facets.size, format="csr")[: facets.judges]

    def of_gammas(matrix: Any) -> Any:
        rows = matrix.shape[0]
        return sparse.hstack(
            [sparse.csr_matrix((rows, before)), matrix, sparse.csr_matrix((rows, after))], format="csr"
        )

    return {
        "severity": identity,
        "difficulty": of_gammas(difficulty),
        "step": of_gammas(facets.layout.step),
    }


def _about_mean(facets: Facets) -> Any:
    """Takes the mean of the measuring criteria away, so that standard errors are those about zero."""
    measuring = facets.scale.measuring.astype(np.float64)
    return sparse.csr_matrix(np.diag(measuring) - np.outer(measuring, measuring) / measuring.sum())


def _measures(facets: Facets, parts: Sequence[Part], beta: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    """Each letter's posterior mean and deviation, and the log likelihood."""
    letters = sum(len(part.letters) for part in parts)
    measure, error, height = np.zeros(letters), np.zeros(letters), 0.0
    for part in parts:
        here = facets.at(beta, part.nodes)
        reading = likelihood.posterior(part, here)
        mean = reading.chances @ here.abilities
        variance = reading.chances @ here.abilities**2 - mean**2
        measure[part.letters] = mean[part.alike.of_letter]
        # Letters that are all taken to be equal: how unequal they are is what is not known.
        sure = (
            np.maximum(variance, 0.0)
            if beta[-1] >= NO_SPREAD or not part.nodes.spread.any()
            else np.full_like(mean, np.nan)
        )
        error[part.letters] = np.sqrt(sure)[part.alike.of_letter]
        height += likelihood.height(facets, part, reading, beta)
    return measure, error, height
