"""Looks of many pictures on the disk, to be mapped: a copy of what the pictures say, thrown away and made anew at will.

    parts.json       names the parts that are current and the pictures taken out since; replaced in one step
    part-5f3a…/      looks of some pictures, never changed once named: one file an array, `part.json` beside them
    building-5f3a…/  a whole new shelf on its way
    building         locked while somebody builds one; `writing` while parts are added or named

New pictures are a small new part; when there are many parts they become one. A reader maps the parts that `parts.json`
names at that moment, and keeps them as long as it holds them, whatever is replaced meanwhile.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import Refused
from stamps.looking.features import POINTS, Features
from stamps.looking.looks import CLOSE, CROPS, Look
from stamps.looking.signature import LENGTH

# Raised with every change of what a look is.
LAYOUT = "looks1"
MOST_PARTS = 12
_PART = re.compile(r"part-[0-9a-f]{16}")
_ARRAYS: dict[str, tuple[Any, tuple[int, ...]]] = {
    "keys": (np.int64, ()),
    "signatures": (np.float32, (CROPS, LENGTH)),
    "squares": (np.uint8, (CLOSE, CLOSE, 3)),
    "places": (np.uint8, (POINTS, 2)),
    "descriptors": (np.uint8, (POINTS, 32)),
    "counts": (np.int64, ()),
}
_mapped: dict[Path, "Part"] = {}
_mapping = threading.Lock()


class Unusable(Exception):  # noqa: N818 - a state, not an error of ours
    """There is no shelf, or it is broken, or of another format: it must be built anew."""


@dataclass(frozen=True)
class Part:
    """Looks of some pictures, one a row of every array; `keys` name the pictures."""

    keys: NDArray[np.int64]
    signatures: NDArray[np.float32]
    squares: NDArray[np.uint8]
    places: NDArray[np.uint8]
    descriptors: NDArray[np.uint8]
    counts: NDArray[np.int64]

    def features(self, row: int) -> Features:
        """Points of one picture."""
        return Features(self.places[row], self.descriptors[row], int(self.counts[row]))


@dataclass(frozen=True)
class Shelf:
    """The parts current at one moment, and the pictures of them that are gone."""

    parts: Sequence[Part]
    gone: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def pictures(self) -> set[int]:
        """Every picture that can be found."""
        held = {int(key) for part in self.parts for key in part.keys}
        return held - {int(key) for key in self.gone}


def read(folder: Path) -> Shelf:
    """Map the current shelf. Raises Unusable."""
    for _try in range(3):
        named = _named(folder)
        try:
            parts = [_map(folder / name) for name in named["parts"]]
        except FileNotFoundError:  # replaced between the two looks
            continue
        return Shelf(parts, np.array(named["gone"], np.int64))
    raise Unusable("parts are missing")


def forget(folder: Path) -> None:
    """Map anew at the next look, in this process."""
    with _mapping:
        for path in [path for path in _mapped if path.parent == folder]:
            del _mapped[path]


def rebuild(folder: Path, looks: Iterable[tuple[int, Look]]) -> int:
    """Build a whole shelf beside the current one and put it in its place; give the number of pictures."""
    with _lock(folder, "building", wait=False):
        for left in folder.glob("building-*"):  # of a builder that died
            shutil.rmtree(left, ignore_errors=True)
        made, count = _written(folder, looks, prefix="building")
        with _lock(folder, "writing"):
            named = made.replace("building", "part")
            (folder / made).rename(folder / named)
            _switch(folder, [named], [])
    return count


def put(folder: Path, looks: Iterable[tuple[int, Look]], *, without: Iterable[int] = ()) -> None:
    """Add pictures, and take others out. A picture that is there already is replaced."""
    with _lock(folder, "writing"):
        named = _named(folder)
        names, gone = list(named["parts"]), {*named["gone"], *without}
        new = list(looks)
        new_keys = {key for key, _ in new}
        if gone & new_keys or _held(folder, names) & new_keys:
            names, gone = [_joined(folder, names, gone | new_keys)], set(gone) - new_keys
        if new:
            names.append(_written(folder, new)[0])
        if len(names) > MOST_PARTS:
            names, gone = [_joined(folder, names, gone)], set()
        _switch(folder, names, sorted(gone))


def _held(folder: Path, names: Sequence[str]) -> set[int]:
    return {int(key) for name in names for key in _map(folder / name).keys}


def _joined(folder: Path, names: Sequence[str], gone: set[int]) -> str:
    """One part of several, without the pictures that are gone."""
    return _written(folder, _looks(folder, names, gone))[0]


def _looks(folder: Path, names: Sequence[str], gone: set[int]) -> Iterator[tuple[int, Look]]:
    for name in names:
        part = _map(folder / name)
        for row, key in enumerate(part.keys):
            if int(key) not in gone:
                yield int(key), Look(part.signatures[row], part.squares[row], part.features(row))


def _written(folder: Path, looks: Iterable[tuple[int, Look]], *, prefix: str = "part") -> tuple[str, int]:
    name, count = f"{prefix}-{secrets.token_hex(8)}", 0
    made = folder / name
    made.mkdir()
    out = {array: (made / f"{array}.bin").open("wb") for array in _ARRAYS}
    try:
        for key, one in looks:
            points = one.features
            row = (key, one.signatures, one.square, points.places, points.descriptors, points.count)
            for (array, (kind, _)), value in zip(_ARRAYS.items(), row, strict=True):
                out[array].write(np.ascontiguousarray(value, kind).tobytes())
            count += 1
        for file in out.values():
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    finally:
        for file in out.values():
            file.close()
    _replace(made / "part.json", {"layout": LAYOUT, "count": count})
    return name, count


def _map(path: Path) -> Part:
    """The arrays of a part, mapped once a process."""
    with _mapping:
        known = _mapped.get(path)
        if known is None:
            known = _mapped[path] = _opened(path)
        return known


def _opened(path: Path) -> Part:
    try:
        header = json.loads((path / "part.json").read_text(encoding="ascii"))
        count = int(header["count"])
        if header["layout"] != LAYOUT or count < 0:
            raise Unusable(f"{path.name} is of another format")
        arrays = {name: _array(path / f"{name}.bin", kind, (count, *shape)) for name, (kind, shape) in _ARRAYS.items()}
    except (ValueError, KeyError, TypeError) as broken:
        raise Unusable(f"{path.name} is broken") from broken
    return Part(**arrays)


def _array(path: Path, kind: Any, shape: tuple[int, ...]) -> NDArray[Any]:
    if path.stat().st_size != np.dtype(kind).itemsize * int(np.prod(shape)):
        raise ValueError(f"{path.name} has another length than it should")
    if not shape[0]:
        return np.zeros(shape, kind)
    return np.memmap(path, kind, "r", shape=shape).view(np.ndarray)


def _named(folder: Path) -> dict[str, list[Any]]:
    try:
        named = json.loads((folder / "parts.json").read_text(encoding="ascii"))
        names, gone = [str(name) for name in named["parts"]], [int(key) for key in named["gone"]]
        ours = named["layout"] == LAYOUT and all(_PART.fullmatch(name) for name in names)
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise Unusable("there is no shelf that can be read") from broken
    if not ours:
        raise Unusable("the shelf is of another format")
    return {"parts": names, "gone": gone}


def _switch(folder: Path, names: Sequence[str], gone: Sequence[int]) -> None:
    """Make these parts current in one step, and remove all others."""
    _replace(folder / "parts.json", {"layout": LAYOUT, "parts": list(names), "gone": list(gone)})
    for path in folder.iterdir():
        if _PART.fullmatch(path.name) and path.name not in names:
            shutil.rmtree(path, ignore_errors=True)
    with _mapping:
        for path in [path for path in _mapped if path.parent == folder and path.name not in names]:
            del _mapped[path]


def _replace(path: Path, content: dict[str, Any]) -> None:
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("w", encoding="ascii") as out:
        json.dump(content, out)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(path)


@contextmanager
def _lock(folder: Path, name: str, *, wait: bool = True) -> Iterator[None]:
    """One at a time, on this machine. Who died holds nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise Refused("The index of pictures is being built already.") from taken
        yield
