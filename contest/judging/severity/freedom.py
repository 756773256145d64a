"""What the Rasch model may move: anchored judges and letters stay, the other judges are centred, the extreme are held back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from contest.judging.severity.likelihood import Facets
from contest.judging.severity.ratings import FloatArray, IntArray, Ratings
from contest.judging.severity.scales import Scale

# A judge who only gave top (or bottom) marks is taken to have given this much less (more) in all: FACETS' rule.
EXTREME_SCORE = 0.3
FIRST_DEVIATION = 1.5


@dataclass(frozen=True)
class Anchors:
    """What is known before: severities of judges and measures of letters by name, in the model's own unit."""

    judges: Mapping[str, float] = field(default_factory=dict)
    letters: Mapping[str, float] = field(default_factory=dict)

    def hold(self, judges: Sequence[str]) -> bool:
        """Whether the severity of one of these judges is known."""
        return any(judge in self.judges for judge in judges)


@dataclass(frozen=True)
class Freedom:
    """Which β can move: β = base + steps @ free. `scale`: how far a free parameter plausibly moves; `tilt`: a slope added.

    Where no judge is anchored, all severities may move by the same while criteria move against them: the likelihood is flat
    there, which climbs easier than with a last judge tied to all the others. `directions` are those of centred severities.
    """

    base: FloatArray
    steps: Any
    directions: Any
    scale: FloatArray
    tilt: FloatArray

    @property
    def is_centred(self) -> bool:
        """Whether severities are centred at zero: no judge is anchored."""
        return bool(self.directions.shape != self.steps.shape)


def freedom(ratings: Ratings, facets: Facets, anchors: Anchors, deviation: float | None) -> Freedom:
    """Anchored severities stay; without any they are centred in the end. μ moves beside anchored letters."""
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
    steps = sparse.identity(facets.size, format="csc")[:, np.flatnonzero(free)].tocsr()
    tilt = _tilt(ratings, facets)
    if not free[: facets.judges].all():
        return Freedom(base, steps, steps, _plausible(ratings, facets, steps), tilt)
    # As if severities were centred first: what moves all of them alike must not be pulled.
    along = tilt[: facets.judges].sum() - tilt[facets.judges : -2] @ facets.layout.harder
    tilt[: facets.judges] -= along / facets.judges
    return Freedom(base, steps, _centred(steps, facets.judges), _plausible(ratings, facets, steps), tilt)


def _no_letter_twice(ratings: Ratings) -> bool:
    """Whether no letter has two marks: then nothing tells letters' differences from chance, and σ is taken as 1."""
    return int(np.bincount(ratings.letter).max(initial=0)) < 2


def _centred(steps: Any, judges: int) -> Any:
    """Directions that leave the sum of severities where it is: the last judge moves against each of the others."""
    centred = sparse.lil_matrix(steps)
    centred[judges - 1, : judges - 1] = -1.0
    keep = np.arange(steps.shape[1]) != judges - 1
    return centred.tocsc()[:, keep].tocsr()


def _plausible(ratings: Ratings, facets: Facets, steps: Any) -> FloatArray:
    """One over the root of how many marks speak about each free parameter."""
    counts = np.bincount(ratings.judge, minlength=facets.judges).astype(np.float64)
    used = facets.layout.design.T @ category_counts(ratings, facets).reshape(-1)
    marks = np.concatenate([counts, np.abs(used), [len(ratings.letters)] * 2])
    owner = np.asarray(steps.argmax(axis=0)).reshape(-1)
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
