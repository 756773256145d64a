"""How criteria and their categories enter the model: partial credit (own steps each) or one rating scale for all.

Both are one table G of criteria × categories that is linear in a few parameters γ: the log weight of category x of criterion c
of score s is s · (ability − severity) − G[c, x]. The lowest category has G = 0; one that nobody used has no weight at all.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

from contest.judging.severity.ratings import FloatArray
from contest.judging.severity.scales import Scale


class Steps(StrEnum):
    """Whether each criterion has steps of its own."""

    PARTIAL_CREDIT = "partial-credit"
    RATING_SCALE = "rating-scale"


@dataclass(frozen=True)
class Layout:
    """γ and what is read from it.

    `design`: (criteria · categories) × γ, so that G = design @ γ. `difficulty`: criteria × γ; `harder` is how γ moves when
    every criterion gets harder by one logit. `step`: rows × γ, one row for each step between neighbouring used categories;
    `step_criterion` (−1: all) and `step_category`, which it leads to.
    """

    design: Any
    difficulty: Any
    harder: FloatArray
    step: Any
    step_criterion: list[int]
    step_category: list[int]

    @property
    def size(self) -> int:
        """How many γ there are."""
        return int(self.design.shape[1])


def layout(scale: Scale, steps: Steps) -> Layout:
    """The layout of these steps on this scale."""
    return _partial_credit(scale) if steps is Steps.PARTIAL_CREDIT else _rating_scale(scale)


def start(scale: Scale, layout_: Layout, counts: FloatArray) -> FloatArray:
    """γ to begin with: the plain log odds of the categories, from how often each was used (criteria × categories)."""
    wanted = np.where(scale.used, np.log(counts[:, :1] + 1) - np.log(counts + 1), 0.0)
    return np.asarray(sparse.linalg.lsqr(layout_.design, wanted.reshape(-1))[0])


def _partial_credit(scale: Scale) -> Layout:
    """γ are G itself, of every used category above the lowest."""
    criteria, categories = scale.used.shape
    cells = [(c, x) for c in range(criteria) for x in range(1, categories) if scale.used[c, x]]
    number = {cell: place for place, cell in enumerate(cells)}
    design = _rows(criteria * categories, len(cells), [(c * categories + x, number[c, x], 1.0) for c, x in cells])
    top = scale.top
    tops = [(c, number[c, int(top[c])], 1 / float(scale.score[c, top[c]])) for c in range(criteria) if top[c] > 0]
    difficulty = _rows(criteria, len(cells), tops)
    gaps, entries = _steps_between(scale), []
    for row, (c, low, high) in enumerate(gaps):
        entries.append((row, number[c, high], 1.0))
        entries += [(row, number[c, low], -1.0)] if low else []
    raw = _rows(len(gaps), len(cells), entries)
    harder = np.array([scale.score[cell] for cell in cells], dtype=np.float64)
    return _with_steps(scale, design, (difficulty, harder), raw, gaps, each=True)


def _rating_scale(scale: Scale) -> Layout:
    """γ are the criteria's difficulties, then the shared F of the used categories strictly inside the scale."""
    criteria, categories = scale.used.shape
    top = int(scale.top[0])
    inner = [x for x in range(1, top) if scale.used[0, x]]
    size = criteria + len(inner)
    entries = [(c * categories + x, c, float(scale.score[c, x])) for c in range(criteria) for x in range(1, categories)]
    for place, x in enumerate(inner, start=criteria):
        entries += [(c * categories + x, place, 1.0) for c in range(criteria)]
    difficulty = _rows(criteria, size, [(c, c, 1.0) for c in range(criteria)])
    gaps = [gap for gap in _steps_between(scale) if gap[0] == 0]
    place_of = {x: place for place, x in enumerate(inner, start=criteria)}
    rises: list[tuple[int, int, float]] = []
    for row, (_criterion, low, high) in enumerate(gaps):
        rises += [(row, place_of[high], 1.0)] if high in place_of else []
        rises += [(row, place_of[low], -1.0)] if low in place_of else []
    design = _rows(criteria * categories, size, entries)
    harder = (np.arange(size) < criteria).astype(np.float64)
    return _with_steps(scale, design, (difficulty, harder), _rows(len(gaps), size, rises), gaps, each=False)


def _steps_between(scale: Scale) -> list[tuple[int, int, int]]:
    """(criterion, from, to) of neighbouring used categories."""
    return [
        (c, low, high)
        for c in range(len(scale.used))
        for places in [np.flatnonzero(scale.used[c])]
        for low, high in pairwise(places.tolist())
    ]


def _with_steps(
    scale: Scale,
    design: Any,
    criteria: tuple[Any, FloatArray],
    raw: Any,
    gaps: list[tuple[int, int, int]],
    *,
    each: bool,
) -> Layout:
    """Steps are rises of G for one step of the scale, less the difficulty, so that the steps of a criterion sum to nought."""
    difficulty, harder = criteria
    width = np.array([scale.score[c, high] - scale.score[c, low] for c, low, high in gaps], dtype=np.float64)
    per_category = sparse.diags(1 / width) @ raw if len(gaps) else raw
    if each:
        per_category = per_category - difficulty[[c for c, _low, _high in gaps]]
    owners = [c if each else -1 for c, _low, _high in gaps]
    return Layout(design, difficulty, harder, per_category, owners, [high for _c, _low, high in gaps])


def _rows(rows: int, columns: int, entries: list[tuple[int, int, float]]) -> Any:
    """A sparse matrix of these (row, column, value)."""
    if not entries:
        return sparse.csr_matrix((rows, columns))
    row, column, value = zip(*entries, strict=True)
    return sparse.csr_matrix((value, (row, column)), shape=(rows, columns))
