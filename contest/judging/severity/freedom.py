"""What the Rasch model may move: anchored judges and letters stay, the other judges are centred, the extreme are held back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from contest.judging.severity.likelihood import Facets
from contest.judging.severity.ratings import BoolArray, FloatArray, IntArray, Ratings, Scale

# A judge who only gave top (or bottom) marks is taken to have given this much less (more) in all: FACETS' rule.
EXTREME_SCORE = 0.3
FIRST_DEVIATION = 1.5


@dataclass(frozen=True)
class Anchors:
    """What is known before: severities of judges and measures of letters by name, in the model's own unit."""

    judges: Mapping[str, float] = field(default_factory=dict)
    letters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Freedom:
    """Which β can move: β = base + directions @ free. `scale`: how far a free parameter plausibly moves."""

    base: FloatArray
    directions: Any
    scale: FloatArray
    tilt: FloatArray


def freedom(ratings: Ratings, facets: Facets, anchors: Anchors, deviation: float | None) -> Freedom:
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
    used = facets.layout.design.T @ category_counts(ratings, facets).reshape(-1)
    marks = np.concatenate([counts, np.abs(used), [len(ratings.letters)] * 2])
    owner = np.asarray(np.abs(directions).argmax(axis=0)).reshape(-1)
    return np.asarray(1 / np.sqrt(marks[owner] + 1))


def category_counts(ratings: Ratings, facets: Facets) -> FloatArray:
    """How often each category was used: criteria × categories."""
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
