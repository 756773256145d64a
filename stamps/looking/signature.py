"""What a picture looks like from afar: a few slow waves of its lightness and colours, as one vector of length one.

Like a perceptual hash, but not cut down to bits, and with colour: likeness is a product of two vectors, many at once are a
product of matrices. Brightness and contrast fall out, as the light of a photograph does; so do sizes and proportions.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from stamps.looking.finding import Pixels

Vectors = NDArray[Any]

SIDE = 32
# So many waves along either side: of lightness, and of the two colours.
LIGHT_WAVES, COLOUR_WAVES = 9, 5
FINER_LIGHT_WAVES, FINER_COLOUR_WAVES = 16, 6
COLOUR_WEIGHT = 0.6
# Slow waves are strong in every picture and tell little: a wave counts by its frequency to this power.
POWER = 0.7
# A colour cast and a grey stamp's noise: contrasts below this (CIE Lab) are not blown up.
QUIET = 6.0
LENGTH = LIGHT_WAVES**2 - 1 + 2 * COLOUR_WAVES**2 - 2
# Reading a picture from another side: 0, 90, 180 and 270 degrees against the clock.
TURNS = 4


def small(pixels: Pixels) -> NDArray[Any]:
    """The picture as a square of SIDE by SIDE, CIE Lab."""
    square = cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(square.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)


def signature(lab: NDArray[Any]) -> Vectors:
    """The vector of a small Lab square."""
    return _joined(lab, LIGHT_WAVES, COLOUR_WAVES)


def finer(lab: NDArray[Any]) -> Vectors:
    """The vector of a Lab square with more waves: for two pictures that lie exactly upon each other."""
    lab = cv2.resize(lab, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return _joined(lab, FINER_LIGHT_WAVES, FINER_COLOUR_WAVES)


def turned(pixels: Pixels) -> Vectors:
    """Signatures of the picture and of its three quarter turns, one a row."""
    lab = small(pixels)
    return np.stack([signature(np.ascontiguousarray(np.rot90(lab, turn))) for turn in range(TURNS)])


def _joined(lab: NDArray[Any], light_waves: int, colour_waves: int) -> Vectors:
    light = _waves(lab[:, :, 0], light_waves)
    colour = np.concatenate([_waves(lab[:, :, channel], colour_waves) for channel in (1, 2)])
    whole = np.concatenate([_of_length_one(light), COLOUR_WEIGHT * _of_length_one(colour)])
    return _of_length_one(whole, quiet=0.0)


def _waves(plane: NDArray[Any], most: int) -> NDArray[Any]:
    waves = cv2.dct(np.ascontiguousarray(plane))[:most, :most] / SIDE
    rows, columns = np.mgrid[0:most, 0:most]
    weight = (np.hypot(rows, columns) ** POWER).astype(np.float32)
    slow: NDArray[Any] = (waves * weight).reshape(-1)[1:]
    return slow


def _of_length_one(vector: NDArray[Any], *, quiet: float = QUIET) -> NDArray[Any]:
    scaled: Vectors = vector / np.float32(np.hypot(float(np.linalg.norm(vector)), quiet) or 1.0)
    return scaled
