"""Where on a photograph a stamp may lie, and the same stamp straightened.

The card around it is whatever colour, however lit, the frame of the photograph has: a smooth surface is laid through the
colours along the frame, and what differs from it is not card. Edges are asked as well, for a dark stamp on a dark card.
Several guesses are given, never one; the whole photograph is always the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[Any]
Corners = NDArray[Any]

# The photograph is looked over at this size; a stamp is straightened to this long side.
OVERVIEW = 320
STRAIGHTENED = 240
MOST_GUESSES = 4
# What is smaller than this share of the photograph is a speck.
LEAST_SHARE = 0.02
# Closer than this to the card's colour (CIE Lab) is card.
LEAST_DIFFERENCE = 9.0
# Keeps the surface flat where few colours along the frame hold it.
STIFFNESS = 0.01
# Corners this close (of the longer side) make the same guess.
SAME = 0.03


@dataclass(frozen=True)
class View:
    """A piece of a photograph, straightened: RGB, its long side STRAIGHTENED pixels."""

    pixels: Pixels
    corners: Corners


def views(photograph: Pixels, *, most: int = MOST_GUESSES) -> list[View]:
    """The whole photograph, and the places where a stamp seems to lie, likeliest first."""
    height, width = photograph.shape[:2]
    whole = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    found = [whole]
    for corners in _guesses(photograph):
        if all(_differ(corners, other, max(width, height)) for other in found):
            found.append(corners)
        if len(found) == most:
            break
    return [View(straightened(photograph, corners), corners) for corners in found]


def straightened(photograph: Pixels, corners: Corners) -> Pixels:
    """The quadrilateral as a rectangle, its long side STRAIGHTENED pixels."""
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    wide, high = float(max(sides[0], sides[2])), float(max(sides[1], sides[3]))
    scale = STRAIGHTENED / max(wide, high, 1.0)
    if scale < 1:
        photograph = cv2.resize(photograph, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        corners = corners * scale
        scale = 1.0
    size = (max(8, round(wide * STRAIGHTENED / max(wide, high))), max(8, round(high * STRAIGHTENED / max(wide, high))))
    target = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    turn = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return cv2.warpPerspective(photograph, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _guesses(photograph: Pixels) -> Iterator[Corners]:
    scale = min(1.0, OVERVIEW / max(photograph.shape[:2]))
    small = cv2.resize(photograph, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else photograph
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    lab = cv2.GaussianBlur(lab, (0, 0), 0.8)
    masks = (_unlike_the_card(lab), _edges(lab))
    ranked = [_outlines(mask) for mask in masks]
    for place in range(max(map(len, ranked))):
        for outlines in ranked:
            if place < len(outlines):
                yield outlines[place] / np.float32(scale)


def _unlike_the_card(lab: NDArray[Any]) -> Pixels:
    """White where the colour differs from the card's, as it would be there by the colours along the frame."""
    height, width = lab.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x / width - 0.5, y / height - 0.5
    surface = np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], axis=-1).reshape(-1, 6)
    rim = np.zeros((height, width), bool)
    edge = max(2, round(0.02 * max(height, width)))
    rim[:edge] = rim[-edge:] = rim[:, :edge] = rim[:, -edge:] = True
    at, colours = surface[rim.reshape(-1)], lab.reshape(-1, 3)[rim.reshape(-1)]
    away = np.linalg.norm(colours - np.median(colours, axis=0), axis=1)
    for _ in range(4):  # what does not lie on the surface is no card: a stamp cut by the frame
        kept = away <= max(4.0, 1.5 * float(np.median(away)))
        among = at[kept]
        laid = np.linalg.solve(among.T @ among + STIFFNESS * np.eye(6, dtype=np.float32), among.T @ colours[kept])
        away = np.linalg.norm(colours - at @ laid, axis=1)
    difference = np.linalg.norm(lab - (surface @ laid).reshape(lab.shape), axis=2)
    scaled = np.clip(difference * 2.5, 0, 255).astype(np.uint8)
    otsu, _ = cv2.threshold(scaled, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    level = max(LEAST_DIFFERENCE, min(otsu / 2.5 * 0.6, 25.0))
    return np.where(difference > level, 255, 0).astype(np.uint8)


def _edges(lab: NDArray[Any]) -> Pixels:
    slope = np.zeros(lab.shape[:2], np.float32)
    for channel in range(3):
        plane = lab[:, :, channel]
        slope += cv2.Scharr(plane, cv2.CV_32F, 1, 0) ** 2 + cv2.Scharr(plane, cv2.CV_32F, 0, 1) ** 2
    slope = np.sqrt(slope)
    level = max(16.0, 0.5 * float(np.percentile(slope, 90)))
    return np.where(slope > level, 255, 0).astype(np.uint8)


def _outlines(mask: Pixels) -> list[Corners]:
    """Quadrilaterals around what is white, the one that most likely holds the stamp first."""
    height, width = mask.shape
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (5, 5))
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel, iterations=1)
    opened = cv2.morphologyEx(_filled(closed), cv2.MORPH_OPEN, kernel)
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        area = cv2.contourArea(contour)
        if area < LEAST_SHARE * height * width:
            continue
        hull = cv2.convexHull(contour)
        corners = _four(hull)
        middle = corners.mean(axis=0) / (width, height) - 0.5
        full = area / max(1.0, cv2.contourArea(corners))
        found.append((area * min(full, 1.0) * (1.0 - float(np.abs(middle).max())), corners))
    return [corners for _, corners in sorted(found, key=lambda one: -one[0])]


def _filled(mask: Pixels) -> Pixels:
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    full = np.zeros_like(mask)
    cv2.drawContours(full, contours, -1, 255, cv2.FILLED)
    return full


def _four(hull: NDArray[Any]) -> Corners:
    """Four corners for a hull: its own where it has about four, else those of the smallest box around it."""
    box = cv2.boxPoints(cv2.minAreaRect(hull)).astype(np.float32)
    length = cv2.arcLength(hull, closed=True)
    for share in (0.02, 0.03, 0.04, 0.06, 0.08):
        few = cv2.approxPolyDP(hull, share * length, closed=True)
        if len(few) == 4:
            quad = few.reshape(4, 2).astype(np.float32)
            if cv2.contourArea(quad) > 0.8 * cv2.contourArea(box):
                return _in_order(quad)
            break
    return _in_order(box)


def _in_order(corners: Corners) -> Corners:
    """Clockwise from the corner nearest to the top left."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    return np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0)


def _differ(one: Corners, other: Corners, side: int) -> bool:
    return float(np.abs(one - other).max()) > SAME * side
