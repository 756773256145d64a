"""What a picture looks like close by: ORB's points, and how many of them two pictures share at places that fit together.

Both pictures are straightened, so a point can only lie near where it lies in the other one; what is left over from
straightening (a crop, a few degrees, perspective) is one projective map, found by RANSAC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from stamps.looking.finding import STRAIGHTENED, Pixels

# So many points a picture; fewer are filled up with zeros.
POINTS = 160
# Bits of 256 by which descriptors of one point may differ, and the share of the second best that the best must stay below.
MOST_BITS, CLEARLY = 72, 0.9
# So far (of the straightened side) may a point have moved; so far from the map may it lie.
MOVED, BESIDE = 0.22, 0.025
LEAST_SHARED = 4


@dataclass(frozen=True)
class Features:
    """Points of one picture: places in [0, 1] of width and height as bytes, descriptors; `count` of them are real."""

    places: NDArray[Any]
    descriptors: NDArray[Any]
    count: int


def features(pixels: Pixels) -> Features:
    """The points of a straightened picture, spread over it."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    grey = cv2.createCLAHE(2.0, (4, 4)).apply(grey)
    orb = cv2.ORB.create(3 * POINTS, 1.3, 4, 10, 0, 2, cv2.ORB_HARRIS_SCORE, 21, 7)
    points, descriptors = orb.detectAndCompute(grey, None)
    if descriptors is None:
        return Features(np.zeros((POINTS, 2), np.uint8), np.zeros((POINTS, 32), np.uint8), 0)
    kept = _spread([point.pt for point in points], [point.response for point in points])
    size = np.array(grey.shape[::-1], np.float32)
    places = np.array([points[one].pt for one in kept], np.float32) / size
    return _padded(np.clip(np.rint(places * 255), 0, 255).astype(np.uint8), descriptors[kept])


def _spread(places: Sequence[Sequence[float]], strength: Sequence[float]) -> list[int]:
    """The strongest of every cell of a grid in turn, until there are enough."""
    order = sorted(range(len(places)), key=lambda one: -strength[one])
    taken: dict[tuple[int, int], int] = {}
    turn = []
    for one in order:
        cell = (int(places[one][0] * 6 / STRAIGHTENED), int(places[one][1] * 6 / STRAIGHTENED))
        taken[cell] = taken.get(cell, 0) + 1
        turn.append((taken[cell], one))
    return [one for _, one in sorted(turn, key=lambda pair: pair[0])[:POINTS]]


def _padded(places: NDArray[Any], descriptors: NDArray[Any]) -> Features:
    count = len(places)
    room = ((0, POINTS - count), (0, 0))
    return Features(np.pad(places, room), np.pad(descriptors, room), count)


def turned(places: NDArray[Any], turn: int) -> NDArray[Any]:
    """Where points lie after so many quarter turns against the clock; places in [0, 1]."""
    x, y = places[:, 0], places[:, 1]
    moved = ((x, y), (y, 1 - x), (1 - x, 1 - y), (1 - y, x))[turn % 4]
    return np.stack(moved, axis=1).astype(np.float32)


def shared(mine: Features, turn: int, theirs: Features) -> tuple[int, NDArray[Any] | None]:
    """How many points fit together, and the map from my places (turned) to theirs."""
    if min(mine.count, theirs.count) < LEAST_SHARED:
        return 0, None
    here = turned(mine.places[: mine.count].astype(np.float32) / 255, turn)
    there = theirs.places[: theirs.count].astype(np.float32) / 255
    bits = _bits_apart(mine.descriptors[: mine.count], theirs.descriptors[: theirs.count])
    for axis in (0, 1):
        bits[np.abs(here[:, None, axis] - there[None, :, axis]) > MOVED] = 256
    best = bits.argmin(axis=1)
    rows = np.arange(len(bits))
    least = bits[rows, best]
    mutual = bits.argmin(axis=0)[best] == rows
    bits[rows, best] = 256
    clear = mutual & (least <= MOST_BITS) & (least < CLEARLY * bits.min(axis=1))
    if int(clear.sum()) < LEAST_SHARED:
        return 0, None
    found, inliers = cv2.findHomography(here[clear], there[best[clear]], cv2.USAC_DEFAULT, BESIDE, maxIters=200)
    if found is None or inliers is None:
        return 0, None
    return int(inliers.sum()), found


def _bits_apart(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    words = (np.ascontiguousarray(points).view(np.uint64).T for points in (one, other))
    apart: NDArray[Any] = np.zeros((len(one), len(other)), np.int16)
    for mine, theirs in zip(*words, strict=True):
        apart += np.bitwise_count(mine[:, None] ^ theirs[None, :])
    return apart
