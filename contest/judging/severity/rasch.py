"""The many-facet Rasch model (Linacre 1989) by marginal maximum likelihood: letters, judges, criteria, steps, anchors.

The likelihood, with abilities integrated out, is climbed directly by L-BFGS along its exact slope: the same maximum as EM over
the same nodes, in tens of rounds instead of hundreds. Letters get the mean and the deviation of their posterior (EAP, SE).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from contest.judging.severity import information, likelihood
from contest.judging.severity.likelihood import Facets, Part
from contest.judging.severity.ratings import BoolArray, FloatArray, IntArray, Ratings, Scale, scale_of
from contest.judging.severity.steps import Steps, layout, start
from core.errors import Refused

NODES = 25
MOST_NODES = 385
# Nodes further apart than this many posterior deviations no longer see a letter's bell curve.
WIDEST_GAP = 1.4
# A judge who only gave top (or bottom) marks is taken to have given this much less (more) in all: FACETS' rule.
EXTREME_SCORE = 0.3
LARGEST_DEVIATION = 10.0
FIRST_DEVIATION = 1.5
# The slope, for a step of one standard error, at which a climb ends: the first only shows how sure letters will be.
GLANCE = 0.3
STEEPNESS = 5e-4
MOST_ROUNDS = 1000


@dataclass(frozen=True)
class Anchors:
    """What is known before: severities of judges and measures of letters by name, in the model's own unit."""

    judges: Mapping[str, float] = field(default_factory=dict)
    letters: Mapping[str, float] = field(default_factory=dict)


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


@dataclass(frozen=True)
class Freedom:
    """Which β can move: β = base + directions @ free. `scale`: how far a free parameter plausibly moves."""

    base: FloatArray
    directions: Any
    scale: FloatArray
    tilt: FloatArray


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
    facets, cells = likelihood.facets_of(ratings, scale, layout(scale, steps))
    known_measures = _known_measures(ratings, known)
    freedom = _freedom(ratings, facets, known, deviation)
    parts = _parts(cells, known_measures, np.full(len(ratings.letters), NODES))
    beta, glances = _climb(facets, parts, freedom, _first(ratings, facets, freedom), steepness=GLANCE)
    parts = _parts(cells, known_measures, _nodes_needed(facets, parts, beta, len(ratings.letters)))
    beta, rounds = _climb(facets, parts, freedom, beta, steepness=STEEPNESS)
    if np.isnan(known_measures).all():
        beta = _centred(facets, beta)
    return _result(facets, parts, freedom, beta, glances + rounds)


def _known_measures(ratings: Ratings, anchors: Anchors) -> FloatArray:
    """The measure of each anchored letter, NaN for the others."""
    return np.array([anchors.letters.get(letter, np.nan) for letter in ratings.letters], dtype=np.float64)


def _freedom(ratings: Ratings, facets: Facets, anchors: Anchors, deviation: float | None) -> Freedom:
    """Anchored severities stay; without any, the last judge is minus the sum of the others. μ moves beside anchored letters."""
    base = np.zeros(facets.size)
    base[-1] = FIRST_DEVIATION
    free = np.ones(facets.size, dtype=np.bool_)
    for place, judge in enumerate(ratings.judges):
        if judge in anchors.judges:
            base[place], free[place] = anchors.judges[judge], False
    some_known = any(letter in anchors.letters for letter in ratings.letters)
    free[-2] = some_known
    if deviation is not None or _no_letter_twice(ratings):
        base[-1], free[-1] = deviation or 1.0, False
    directions = _directions(free, facets.judges)
    return Freedom(base, directions, _plausible(ratings, facets, directions), _tilt(ratings, facets))


def _no_letter_twice(ratings: Ratings) -> bool:
    """Whether no letter has two marks: then nothing tells letters' differences from chance, and σ is taken as 1."""
    return int(np.bincount(ratings.letter).max(initial=0)) < 2


def _directions(free: BoolArray, judges: int) -> Any:
    """Unit directions of what is free; those of judges leave the sum of severities where it is when none is anchored."""
    columns = sparse.identity(len(free), format="csc")[:, np.flatnonzero(free)]
    if not free[:judges].all():
        return columns.tocsr()
    centred = sparse.lil_matrix(columns)
    centred[judges - 1, : judges - 1] = -1.0
    keep = np.arange(columns.shape[1]) != judges - 1
    return centred.tocsc()[:, keep].tocsr()


def _plausible(ratings: Ratings, facets: Facets, directions: Any) -> FloatArray:
    """One over the root of how many marks speak about each free parameter."""
    counts = np.bincount(ratings.judge, minlength=facets.judges).astype(np.float64)
    used = facets.layout.design.T @ _category_counts(ratings, facets).reshape(-1)
    marks = np.concatenate([counts, np.abs(used), [len(ratings.letters)] * 2])
    owner = np.asarray(np.abs(directions).argmax(axis=0)).reshape(-1)
    return np.asarray(1 / np.sqrt(marks[owner] + 1))


def _category_counts(ratings: Ratings, facets: Facets) -> FloatArray:
    counts = np.zeros(facets.scale.used.shape)
    np.add.at(counts, (ratings.criterion, facets.scale.category), 1.0)
    return counts


def _tilt(ratings: Ratings, facets: Facets) -> FloatArray:
    """A slope added for judges (and criteria of a rating scale) with only top or only bottom marks, else endless."""
    top = facets.scale.top
    tilt = np.zeros(facets.size)
    tilt[: facets.judges] = _extremes(facets.scale, ratings.judge, facets.judges, top[ratings.criterion])
    if len(np.unique(facets.layout.step_criterion)) == 1 and facets.layout.step_criterion[0] < 0:
        criteria = len(ratings.criteria)
        of_criteria = _extremes(facets.scale, ratings.criterion, criteria, top[ratings.criterion])
        tilt[facets.judges : facets.judges + criteria] = of_criteria
    return tilt


def _extremes(scale: Scale, group: IntArray, groups: int, top: IntArray) -> FloatArray:
    score = np.bincount(group, scale.category, groups)
    most = np.bincount(group, top, groups)
    highest = (score == most) & (most > 0)
    lowest = (score == 0) & (most > 0)
    return np.asarray(EXTREME_SCORE * (highest.astype(np.float64) - lowest))


def _first(ratings: Ratings, facets: Facets, freedom: Freedom) -> FloatArray:
    beta = freedom.base.copy()
    beta[facets.judges : -2] = start(facets.scale, facets.layout, _category_counts(ratings, facets))
    return beta


def _parts(cells: Any, known: FloatArray, nodes: IntArray) -> list[Part]:
    """Letters grouped by the nodes they need; those of known measure apart."""
    parts = []
    for count in np.unique(nodes[np.isnan(known)]):
        letters = np.flatnonzero(np.isnan(known) & (nodes == count))
        parts.append(Part(letters, cells[letters], *likelihood.normal_nodes(int(count))))
    anchored = np.flatnonzero(~np.isnan(known))
    if len(anchored):
        parts.append(Part(anchored, cells[anchored], *likelihood.known_nodes(known[anchored])))
    return parts


def _climb(
    facets: Facets, parts: Sequence[Part], freedom: Freedom, beta: FloatArray, *, steepness: float
) -> tuple[FloatArray, int]:
    """β at the top of the likelihood, and how often it was computed."""
    origin = np.asarray(beta)

    def below(free: FloatArray) -> tuple[float, FloatArray]:
        here = origin + freedom.directions @ (freedom.scale * free)
        height, slope = likelihood.log_likelihood(facets, parts, here)
        height += float(freedom.tilt @ here)
        return -height, -freedom.scale * (freedom.directions.T @ (slope + freedom.tilt))

    found = minimize(
        below,
        np.zeros(len(freedom.scale)),
        jac=True,
        method="L-BFGS-B",
        bounds=_bounds(freedom, origin),
        options={"maxiter": MOST_ROUNDS, "maxfun": MOST_ROUNDS, "maxcor": 25, "gtol": steepness, "ftol": 1e-14},
    )
    return origin + freedom.directions @ (freedom.scale * found.x), int(found.nfev)


def _centred(facets: Facets, beta: FloatArray) -> FloatArray:
    """The same model with criteria centred at zero: they and all letters move together."""
    difficulty = facets.layout.difficulty @ facets.gammas(beta)
    shift = float(difficulty[facets.scale.measuring].mean())
    moved = beta.copy()
    moved[facets.judges : -2] -= shift * facets.layout.harder
    moved[-2] -= shift
    return moved


def _bounds(freedom: Freedom, origin: FloatArray) -> list[tuple[float | None, float | None]]:
    """σ stays from nought to `LARGEST_DEVIATION`: judges who agree about everything would send it to infinity."""
    moves_deviation = np.asarray(freedom.directions[[-1]].todense()).reshape(-1) > 0
    low, high = -origin[-1], LARGEST_DEVIATION - origin[-1]
    return [
        (low / scale, high / scale) if moves else (None, None)
        for moves, scale in zip(moves_deviation, freedom.scale, strict=True)
    ]


def _nodes_needed(facets: Facets, parts: Sequence[Part], beta: FloatArray, letters: int) -> IntArray:
    """How many nodes each letter needs so that its posterior is seen: `NODES`, or twice as many as often as necessary."""
    needed = np.full(letters, NODES)
    variance = _variances(facets, beta)
    for part in parts:
        if not part.nodes.spread.any():
            continue
        spent = part.cells @ np.repeat(variance, facets.categories)
        share = 1 / np.sqrt(1 + spent * beta[-1] ** 2)
        gaps = 2 * likelihood.REACH / (WIDEST_GAP * share)
        doublings = np.ceil(np.log2(np.maximum(gaps / (NODES - 1), 1)))
        needed[part.letters] = np.minimum((NODES - 1) * 2**doublings + 1, MOST_NODES)
    return needed


def _variances(facets: Facets, beta: FloatArray) -> FloatArray:
    """The largest variance of a mark of each combination over the abilities there are: its information about a letter."""
    abilities = beta[-2] + beta[-1] * np.linspace(-3, 3, 13)
    return np.asarray(moments(np.exp(facets.log_chances(beta, abilities)))[1].max(axis=1))


def moments(chances: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Expected category and its variance: combinations × nodes each."""
    ladder = np.arange(chances.shape[1], dtype=np.float64)
    mean = np.einsum("mxq,x->mq", chances, ladder)
    return mean, np.einsum("mxq,x->mq", chances, ladder**2) - mean**2


def _result(facets: Facets, parts: Sequence[Part], freedom: Freedom, beta: FloatArray, rounds: int) -> RaschFit:
    measure, measure_se, height = _measures(facets, parts, beta)
    whole = information.observed(facets, parts, beta)
    free = freedom.directions.T @ whole @ freedom.directions
    views = _views(facets, centred=all(part.nodes.spread.any() for part in parts))
    errors = {
        name: information.standard_errors(free, (view @ freedom.directions).tocsr()) for name, view in views.items()
    }
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
        abilities = part.nodes.abilities(beta[-2], beta[-1])
        reading = likelihood.posterior(part, facets.log_chances(beta, abilities))
        mean = reading.chances @ abilities
        measure[part.letters] = mean
        error[part.letters] = np.sqrt(np.maximum(reading.chances @ abilities**2 - mean**2, 0.0))
        height += float(reading.log_likelihood.sum())
    return measure, error, height
