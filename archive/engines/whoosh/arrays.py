"""Named arrays in one file, mapped into memory: written once and whole, then only read, by all processes together.

A file is a line that says what it is, the arrays, each beginning where processors like it, a table of contents (JSON),
and the place of that table. Nothing here knows what the arrays hold. The table has a checksum of each array, the file one
of its table and its name: what a disk, a copy or a hand has changed is told from what was written.
"""

import json
import os
import sys
import weakref
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import numpy as np
from numpy.typing import NDArray

from archive.index import Unusable

Array: TypeAlias = NDArray[Any]
Arrays: TypeAlias = Mapping[str, Array]

MAGIC = b"temthu arrays 2\n"
ALIGNMENT = 64
# Arrays of so many bytes at most are checked when a file is opened for searching; all where that is asked for.
SMALL, EVERY, NONE = 1 << 20, sys.maxsize, -1
# Kind, place, length, checksum.
Place: TypeAlias = tuple[str, int, int, int]


def write(path: Path, arrays: Iterable[tuple[str, Array]]) -> None:
    """Write one-dimensional arrays, one after the other as they come, then take `path` in one step."""
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("wb") as out:
        out.write(MAGIC)
        table = {name: _put(out, array) for name, array in arrays}
        at, contents = out.tell(), json.dumps(table).encode()
        out.write(contents + _sum_of(path, contents).to_bytes(8, "little") + at.to_bytes(8, "little") + MAGIC)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(path)


def _put(out: BinaryIO, array: Array) -> Place:
    out.write(b"\0" * (-out.tell() % ALIGNMENT))
    at, values = out.tell(), np.ascontiguousarray(array)
    out.write(values.data)
    return array.dtype.str, at, len(array), zlib.crc32(values.data)


def _sum_of(path: Path, contents: bytes) -> int:
    """A file that has taken another one's place is not what was written there."""
    return zlib.crc32(contents, zlib.crc32(path.name.encode()))


def read(path: Path, *, checked: int = SMALL) -> Arrays:
    """The arrays of a file, mapped. Raises Unusable for a file that is not whole, not ours or not as it was written.

    Only arrays that are not larger than `checked` are read through for that. A file that is not there any more is
    another matter: FileNotFoundError, and somebody looks again.
    """
    try:
        whole = np.memmap(path, np.uint8, "r")
        table = _table_of(whole, path)
        return {name: _one_of(np.asarray(whole), place, checked=checked) for name, place in table.items()}
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{path.name} is not what was written") from error


class Scattered:
    """An array of bytes that is read here and there, a little at a time. Not mapped: what is near would be, too."""

    def __init__(self, path: Path, name: str) -> None:
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        _kind, self._at, *_rest = _table_of(np.memmap(path, np.uint8, "r"), path)[name]

    def between(self, first: int, end: int) -> bytes:
        """Some bytes; any number of threads may ask."""
        return os.pread(self._file, end - first, self._at + first)


def _table_of(whole: Array, path: Path) -> dict[str, Place]:
    end = len(whole) - len(MAGIC) - 16
    if end < len(MAGIC) or bytes(whole[: len(MAGIC)]) != MAGIC or bytes(whole[end + 16 :]) != MAGIC:
        raise Unusable(f"{path.name} is not whole, or not ours")
    written, at = (int.from_bytes(bytes(whole[first : first + 8]), "little") for first in (end, end + 8))
    contents = bytes(whole[at:end])
    if _sum_of(path, contents) != written:
        raise Unusable(f"{path.name} has the contents of another file, or broken ones")
    table: dict[str, Place] = json.loads(contents)
    return table


def _one_of(whole: Array, place: Place, *, checked: int) -> Array:
    kind, at, length, written = place
    dtype = np.dtype(kind)
    found = whole[at : at + length * dtype.itemsize]
    if len(found) <= checked and zlib.crc32(found.data) != written:
        raise ValueError(f"broken at {at}")
    return found.view(dtype)


def joined(parts: list[bytes]) -> Array:
    """Many byte strings as one array."""
    return np.frombuffer(b"".join(parts), np.uint8)


def ends_of(lengths: Array) -> Array:
    """Where each of several pieces ends that lie one after the other, with a 0 before the first."""
    ends = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=ends[1:])
    return ends
