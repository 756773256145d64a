"""Named arrays in one file, mapped into memory: written once and whole, then only read, by all processes together.

A file is a line that says what it is, the length of a table of contents, the table (JSON), and the arrays, each
beginning where processors like it. Nothing here knows what the arrays hold.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from archive.index import Unusable

Array: TypeAlias = NDArray[Any]
Arrays: TypeAlias = Mapping[str, Array]

MAGIC = b"temthu arrays 1\n"
ALIGNMENT = 64


def write(path: Path, arrays: Arrays) -> None:
    """Write one-dimensional arrays under a name of their own, then take `path` in one step."""
    table, at = {}, 0
    for name, array in arrays.items():
        table[name] = (array.dtype.str, at, len(array))
        at += -(-array.nbytes // ALIGNMENT) * ALIGNMENT
    contents = json.dumps({"arrays": table, "bytes": at}).encode()
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("wb") as out:
        out.write(MAGIC + len(contents).to_bytes(8, "little") + contents)
        out.write(b"\0" * (_beginning(len(contents)) - out.tell()))
        for array in arrays.values():
            out.write(np.ascontiguousarray(array).data)
            out.write(b"\0" * (-array.nbytes % ALIGNMENT))
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(path)


def read(path: Path) -> Arrays:
    """The arrays of a file, without reading them yet. Raises Unusable for a file that is not whole or not ours."""
    try:
        whole = np.asarray(np.memmap(path, np.uint8, "r"))
        return _arrays_in(whole)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable from error


def _arrays_in(whole: Array) -> Arrays:
    head = len(MAGIC) + 8
    if bytes(whole[: len(MAGIC)]) != MAGIC:
        raise Unusable
    length = int.from_bytes(bytes(whole[len(MAGIC) : head]), "little")
    contents = json.loads(bytes(whole[head : head + length]))
    body = whole[_beginning(length) :]
    if len(body) != contents["bytes"]:
        raise Unusable
    return {name: _one_of(body, *place) for name, place in contents["arrays"].items()}


def _one_of(body: Array, kind: str, at: int, length: int) -> Array:
    dtype = np.dtype(kind)
    return body[at : at + length * dtype.itemsize].view(dtype)


def _beginning(length: int) -> int:
    """Where the arrays begin after a table of this length."""
    return -(-(len(MAGIC) + 8 + length) // ALIGNMENT) * ALIGNMENT


def joined(parts: list[bytes]) -> Array:
    """Many byte strings as one array."""
    return np.frombuffer(b"".join(parts), np.uint8)


def ends_of(lengths: Array) -> Array:
    """Where each of several pieces ends that lie one after the other, with a 0 before the first."""
    ends = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=ends[1:])
    return ends
