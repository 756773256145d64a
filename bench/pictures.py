"""Found by picture: 1,325 real stamps photographed in many ways, beside pHash; 3,400 and 100,000 pictures.

The queries are made of the pictures themselves (bench/looking/altering.py): no telephone took them. Right is only a picture
that is the same to the pixel. TEMTHU_BENCH_QUERIES (default 200) of each alteration are asked, drawn by chance; 0 means all.
"""

import hashlib
import os
import random
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import cv2
import imagehash
import numpy as np
from PIL import Image

from bench.looking import catalogue
from bench.looking.altering import ASKED, HARSHER, Alteration
from stamps.looking import shelf
from stamps.looking.comparing import Likeness, likenesses

QUERIES = int(os.environ.get("TEMTHU_BENCH_QUERIES", "200"))
SIZES = (3_400, 100_000)
ALIKE = 0.93


def main() -> None:
    """Both sizes, and the rival against the real pictures only."""
    paths = catalogue.real()
    if not paths:
        print("No pictures here; they are not part of the project.")
        return
    same = [hashlib.sha256(np.asarray(catalogue.opened(path)).tobytes()).hexdigest() for path in paths]
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            _against(Path(folder), paths, same, size)
    _rival(paths, same)


def _against(folder: Path, paths: list[Path], same: list[str], size: int) -> None:
    begun = perf_counter()
    catalogue.build(folder, paths, size=size)
    held = shelf.read(folder)
    space = sum(file.stat().st_size for file in folder.rglob("*.bin")) / 2**20
    print(f"{size:,} pictures: built in {perf_counter() - begun:.0f} s, {space:,.0f} MB on the disk")
    if size == SIZES[0]:
        _near_identical(held, same)
    for name, alter in (ASKED | HARSHER).items():
        _one_way(name, alter, paths, same, held)
    _absent(held, paths)


def _one_way(name: str, alter: Alteration, paths: list[Path], same: list[str], held: shelf.Shelf) -> None:
    ranks, seconds, likes = [], [], []
    work = process_time()
    spared = 0.0
    for key in _asked(len(paths)):
        before = process_time()
        photograph = np.asarray(alter(catalogue.opened(paths[key]), random.Random(key)).convert("RGB"))
        spared += process_time() - before
        begun = perf_counter()
        found = likenesses(photograph, held)
        seconds.append(perf_counter() - begun)
        ranks.append(_rank(found, key, same))
        likes.append(found[0].score)
    rank, ms = np.array(ranks), np.array(seconds) * 1000
    work = (process_time() - work - spared) / len(ms) * 1000
    first, five = np.mean(rank == 0), np.mean((rank >= 0) & (rank < 5))
    times = f"p50 {np.median(ms):.0f} p95 {np.percentile(ms, 95):.0f} ms, work {work:.0f} ms"
    print(
        f"  {name:<32} first {first:.3f}  of five {five:.3f}  {times}  likeness p5 {np.percentile(likes, 5):.2f}",
        flush=True,
    )


def _asked(count: int) -> list[int]:
    return random.Random(2021).sample(range(count), QUERIES) if 0 < QUERIES < count else list(range(count))


def _rank(found: list[Likeness], key: int, same: list[str]) -> int:
    for rank, one in enumerate(found):
        if one.key < len(same) and same[one.key] == same[key]:
            return rank
    return -1


def _near_identical(held: shelf.Shelf, same: list[str]) -> None:
    whole = np.concatenate([part.signatures[:, 0] for part in held.parts])[: len(same)]
    close = np.argwhere(np.triu(whole @ whole.T > ALIKE, 1))
    pixels = sum(same[one] == same[other] for one, other in close)
    print(f"  near-identical pairs (signatures above {ALIKE}): {len(close)}, of them the same to the pixel: {pixels}")


def _absent(held: shelf.Shelf, paths: list[Path]) -> None:
    """What is said of a stamp that the catalogue does not hold."""
    likes, shared = [], []
    for key in _asked(len(paths)):
        others = np.array([one for one in held.pictures() if one != key], np.int64)
        photograph = np.asarray(ASKED["dark card, turned 3°, dimmed"](catalogue.opened(paths[key]), random.Random(key)))
        best = likenesses(photograph, held, only=others)[0]
        likes.append(best.score)
        shared.append(best.shared)
    print(
        f"  a stamp that is not there: likeness of the first p50 {np.median(likes):.2f} p95 {np.percentile(likes, 95):.2f}"
    )
    print(f"  … points shared p50 {np.median(shared):.0f} p95 {np.percentile(shared, 95):.0f}", flush=True)


def _rival(paths: list[Path], same: list[str]) -> None:
    """pHash of 64 bits by imagehash, the nearest first: how OpenNumismat looks pictures up."""
    hashes = np.array([_phash(catalogue.opened(path)) for path in paths])
    print(f"pHash 64 against {len(paths):,}")
    for name, alter in (ASKED | HARSHER).items():
        print(f"  {name:<32} first {_share(hashes, paths, same, alter):.3f}", flush=True)


def _share(hashes: np.ndarray, paths: list[Path], same: list[str], alter: Alteration) -> float:
    right = 0
    for key in _asked(len(paths)):
        asked = _phash(alter(catalogue.opened(paths[key]), random.Random(key)).convert("RGB"))
        nearest = int((hashes != asked).sum(axis=1).argmin())
        right += same[nearest] == same[key]
    return right / len(_asked(len(paths)))


def _phash(picture: Image.Image) -> np.ndarray:
    return np.asarray(imagehash.phash(picture).hash.reshape(-1))


if __name__ == "__main__":
    cv2.setNumThreads(2)
    main()
