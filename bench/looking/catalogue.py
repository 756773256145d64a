"""The pictures of the bench, a shelf made of them, and others to fill it up."""

import csv
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from stamps.looking import shelf
from stamps.looking.features import POINTS, Features
from stamps.looking.looks import CLOSE, Look, as_lab, look
from stamps.looking.signature import SIDE, signature

PICTURES = next(
    (place for above in Path(__file__).resolve().parents if (place := above / "shared" / "data").exists()),
    Path("shared"),
)
# A picture that fills up is never one of those asked for.
FIRST_OF_OTHERS = 1_000_000


def real() -> list[Path]:
    """The pictures that rows of the world's stamps point to, each file once; none where the data is not."""
    try:
        with (PICTURES / "stamps-world.csv").open(encoding="utf-8", newline="") as rows:
            names = {row["image"] for row in csv.DictReader(rows) if row["image"].startswith("pictures/")}
    except FileNotFoundError:
        return []
    return sorted(path for path in (PICTURES / name for name in names) if path.exists())


def opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB")


def looks(paths: list[Path]) -> Iterator[tuple[int, Look]]:
    for key, path in enumerate(paths):
        yield key, look(np.asarray(opened(path)))


def build(folder: Path, paths: list[Path], *, size: int) -> None:
    """A shelf of the real pictures, filled up to `size`."""
    seen = dict(looks(paths))
    shelf.rebuild(folder, seen.items())
    chance = np.random.default_rng(1874)
    made = ((FIRST_OF_OTHERS + number, _another(chance, seen)) for number in range(size - len(paths)))
    shelf.put(folder, made)


def _another(chance: np.random.Generator, seen: dict[int, Look]) -> Look:
    """A picture unlike all others: a real one mirrored and recoloured, half of a second laid over it; points of both."""
    one, two = (seen[int(key)] for key in chance.choice(len(seen), 2, replace=False))
    square = one.square[:, ::-1] if chance.random() < 0.5 else one.square[::-1]
    share = chance.uniform(0.3, 0.7)
    square = (share * square.astype(np.float32) + (1 - share) * two.square[::-1, ::-1]).astype(np.uint8)
    square[:, :, 1:] = square[:, :, [2, 1]] if chance.random() < 0.5 else 255 - square[:, :, 1:]
    lab = as_lab(square)
    crops = [lab[round(CLOSE * share) : CLOSE - round(CLOSE * share)] for share in (0.0, 0.02, 0.04, 0.08)]
    signatures = np.stack([signature(cv2.resize(crop, (SIDE, SIDE), interpolation=cv2.INTER_AREA)) for crop in crops])
    half = POINTS // 2
    places = np.concatenate([one.features.places[:half], two.features.places[half:]])
    descriptors = np.concatenate([one.features.descriptors[:half], two.features.descriptors[half:]])
    return Look(signatures, square, Features(places, descriptors, min(one.features.count, two.features.count)))
