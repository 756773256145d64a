"""One photograph against many looks: a shortlist from afar, then the likeliest again close by. Always a list, never a verdict.

From afar: every guess where the stamp lies, read from its four sides, against every signature: a product of matrices. Close by:
ORB's points say how the picture would lie on the photograph; laid there, the two are compared once more, with finer waves.
A likeness is the better of the two, between 0 and 1.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from stamps.looking.features import Features, features, shared
from stamps.looking.finding import Pixels, View, views
from stamps.looking.looks import CLOSE, as_lab, square
from stamps.looking.shelf import Part, Shelf
from stamps.looking.signature import LENGTH, TURNS, Vectors, finer, turned

SHORTLIST = 60
LOOKED_AT_CLOSELY = 16
ROWS_AT_ONCE = 8192
# Fewer points than this in common prove no map; nor does a map that leaves more than this share of the stamp outside.
LEAST_SHARED, MOST_OUTSIDE = 8, 0.4
OUTSIDE = -1000.0
# With a picture as like as this, found also by its points, another one must come as near as that before it is looked at closely.
SURE, SURELY_SHARED, MOST_GAINED = 0.96, 30, 0.2


@dataclass(frozen=True)
class Likeness:
    """How like the photograph a picture of the catalogue is; `shared`: points found in both, where they fit together."""

    key: int
    score: float
    shared: int = 0


# What is done with the pictures that are looked at closely, such as showing how far it is.
Passing = Callable[[list[Any]], Iterable[Any]]


@dataclass(frozen=True)
class _Candidate:
    part: Part
    row: int
    score: float
    view: int
    turn: int


def likenesses(
    photograph: Pixels,
    shelf: Shelf,
    *,
    only: NDArray[Any] | None = None,
    most: int = SHORTLIST,
    passing: Passing = iter,
) -> list[Likeness]:
    """The pictures most like the photograph, likeliest first; of `only` these when given."""
    seen = views(photograph)
    asked = np.concatenate([turned(view.pixels) for view in seen])
    found = sorted(_from_afar(asked, shelf, only), key=lambda one: -one.score)[: max(most, LOOKED_AT_CLOSELY)]
    closely = _Closely(seen)
    ranked: list[Likeness] = []
    for place, one in enumerate(passing(found)):
        worth = place < LOOKED_AT_CLOSELY and one.score > _bar(ranked)
        ranked.append(closely.compare(one) if worth else _said(one, one.score, 0))
    return sorted(ranked, key=lambda one: (-one.score, one.key))[:most]


def _bar(ranked: Sequence[Likeness]) -> float:
    """What a picture must reach from afar to be looked at closely, once one is found that leaves hardly a doubt."""
    sure = max((one.score for one in ranked if one.shared >= SURELY_SHARED), default=0.0)
    return sure - MOST_GAINED if sure >= SURE else 0.0


def _from_afar(asked: Vectors, shelf: Shelf, only: NDArray[Any] | None) -> list[_Candidate]:
    found = []
    for part in shelf.parts:
        scores = _scores(asked, part)
        if len(shelf.gone):
            scores[np.isin(part.keys, shelf.gone)] = -1
        if only is not None:
            scores[~np.isin(part.keys, only)] = -1
        count = min(SHORTLIST, len(scores))
        rows: Sequence[Any] = list(np.argpartition(-scores, count - 1)[:count]) if count else []
        for row in rows:
            if scores[row] > 0:
                guess = int((part.signatures[row] @ asked.T).max(axis=0).argmax())
                found.append(_Candidate(part, int(row), float(scores[row]), *divmod(guess, TURNS)))
    return found


def _scores(asked: Vectors, part: Part) -> NDArray[Any]:
    """The best product of any question with any crop, for every picture of a part."""
    best = np.empty(len(part.keys), np.float32)
    questions = np.ascontiguousarray(asked.T)
    for start in range(0, len(best), ROWS_AT_ONCE):
        some = part.signatures[start : start + ROWS_AT_ONCE]
        products = some.reshape(-1, LENGTH) @ questions
        best[start : start + len(some)] = products.reshape(len(some), -1).max(axis=1)
    return best


class _Closely:
    """The photograph's views, looked at closely when first asked for."""

    def __init__(self, seen: Sequence[View]) -> None:
        self._seen = seen
        self._known: dict[int, tuple[Features, NDArray[Any]]] = {}

    def compare(self, one: _Candidate) -> Likeness:
        """Lay the candidate on the photograph, and compare again."""
        points, lab = self._view(one.view)
        count, laid = shared(points, one.turn, one.part.features(one.row))
        if laid is None or count < LEAST_SHARED:
            return _said(one, one.score, count)
        mine = np.ascontiguousarray(np.rot90(lab, one.turn))
        score = _laid_upon(mine, as_lab(one.part.squares[one.row]), laid)
        return _said(one, max(one.score, score), count)

    def _view(self, number: int) -> tuple[Features, NDArray[Any]]:
        if number not in self._known:
            pixels = self._seen[number].pixels
            self._known[number] = (features(pixels), as_lab(square(pixels)))
        return self._known[number]


def _laid_upon(mine: NDArray[Any], theirs: NDArray[Any], laid: NDArray[Any]) -> float:
    """Likeness of what both show; what the picture does not cover counts in neither."""
    size = np.diag([CLOSE, CLOSE, 1.0])
    onto = size @ laid @ np.linalg.inv(size)
    seen = cv2.warpPerspective(
        theirs, onto, (CLOSE, CLOSE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=(OUTSIDE, 0, 0)
    )
    outside = seen[:, :, 0] < 0
    if float(outside.mean()) > MOST_OUTSIDE:
        return 0.0
    mine = mine.copy()
    for plane in (mine, seen):
        plane[outside] = plane[~outside].mean(axis=0)
    return float(finer(mine) @ finer(seen))


def _said(one: _Candidate, score: float, count: int) -> Likeness:
    return Likeness(int(one.part.keys[one.row]), min(1.0, max(0.0, score)), count)
