"""Everything by which one picture of the catalogue is found again: from afar, crops tolerated, and close by."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from stamps.looking.features import Features, features
from stamps.looking.finding import Pixels, views
from stamps.looking.signature import Vectors, signature, small

# A photograph may show less than the picture: without its margin, or cut by the frame. So much off every side.
INSETS = (0.0, 0.04, 0.08)
# Those, and the stamp itself where the picture shows what it lies on.
CROPS = len(INSETS) + 1
# The picture kept for looking closely: a square of so many points, CIE Lab in bytes.
CLOSE = 48


@dataclass(frozen=True)
class Look:
    """One picture: signatures (CROPS of them), a small square of it, its points."""

    signatures: Vectors
    square: NDArray[Any]
    features: Features


def look(picture: Pixels) -> Look:
    """The look of a picture of the catalogue."""
    seen = views(picture, most=2)
    whole = seen[0].pixels
    crops = [_inset(whole, share) for share in INSETS] + [seen[-1].pixels]
    signatures = np.stack([signature(small(crop)) for crop in crops])
    return Look(signatures, square(whole), features(whole))


def square(pixels: Pixels) -> NDArray[Any]:
    """The picture as CLOSE by CLOSE, Lab in bytes."""
    return cv2.cvtColor(cv2.resize(pixels, (CLOSE, CLOSE), interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2LAB)


def as_lab(square: NDArray[Any]) -> NDArray[Any]:
    """Lab in its own units, from bytes."""
    units: NDArray[Any] = np.array((100 / 255, 1, 1), np.float32)
    lab: NDArray[Any] = (square - np.array((0, 128, 128), np.float32)) * units
    return lab


def _inset(pixels: Pixels, share: float) -> Pixels:
    height, width = pixels.shape[:2]
    top, left = round(height * share), round(width * share)
    return pixels[top : height - top, left : width - left]
