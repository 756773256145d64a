"""Named arrays in one file, mapped into memory: written once and whole, then only read, by all processes together.

A file is a line that says what it is, the arrays, each beginning where processors like it, a table of contents (JSON),
and the place of that table. Nothing here knows what the arrays hold.
"""

import json
import os
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import numpy as np
from numpy.typing import NDArray

from archive.index import Unusable

Array: TypeAlias = NDArray[Any]
Arrays: TypeAlias = Mapping[str, Array]

MAGIC = b"temthu arrays 1\n"
ALIGNMENT = 64


def write(path: Path, arrays: Iterable[tuple[str, Array]]) -> None:
    """Write one-dimensional arrays, one after the other as they come, then take `path` in one step."""
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("wb") as out:
        out.write(MAGIC)
        table = {name: _put(out, array) for name, array in arrays}
        at = out.tell()
        out.write(json.dumps(table).encode() + at.to_bytes(8, "little") + MAGIC)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(path)


def _put(out: BinaryIO, array: Array) -> tuple[str, int, int]:
    out.write(b"\0" * (-out.tell() % ALIGNMENT))
    at = out.tell()
    out.write(np.ascontiguousarray(array).data)
    return array.dtype.str, at, len(array)


def read(path: Path) -> Arrays:
    """The arrays of a file, mapped: nothing is read yet. Raises Unusable for a file that is not whole or not ours.

    One that is not there any more is another matter: FileNotFoundError, and somebody looks again.
    """
    try:
        whole = np.memmap(path, np.uint8, "r")
        table = _table_of(whole)
        return {name: _one_of(np.asarray(whole), *place) for name, place in table.items()}
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable from error


class Scattered:
    """An array of bytes that is read here and there, a little at a time. Not mapped: what is near would be, too."""

    def __init__(self, path: Path, name: str) -> None:
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        _kind, self._at, _length = _table_of(np.memmap(path, np.uint8, "r"))[name]

    def between(self, first: int, end: int) -> bytes:
        """Some bytes; any number of threads may ask."""
        return os.pread(self._file, end - first, self._at + first)


def _table_of(whole: Array) -> dict[str, tuple[str, int, int]]:
    end = len(whole) - len(MAGIC) - 8
    if end < len(MAGIC) or bytes(whole[: len(MAGIC)]) != MAGIC or bytes(whole[end + 8 :]) != MAGIC:
        raise Unusable
    at = int.from_bytes(bytes(whole[end : end + 8]), "little")
    table: dict[str, tuple[str, int, int]] = json.loads(bytes(whole[at:end]))
    return table


def _one_of(whole: Array, kind: str, at: int, length: int) -> Array:
    dtype = np.dtype(kind)
    return whole[at : at + length * dtype.itemsize].view(dtype)


def joined(parts: list[bytes]) -> Array:
    """Many byte strings as one array."""
    return np.frombuffer(b"".join(parts), np.uint8)


def ends_of(lengths: Array) -> Array:
    """Where each of several pieces ends that lie one after the other, with a 0 before the first."""
    ends = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=ends[1:])
    return ends
