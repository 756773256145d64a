"""Long texts that are only ever compared whole (ids, titles), each known by a hash: where it is, quickly and in little room.

Sixty-four bits of BLAKE2: among a million keys two alike are met once in forty million years of new indexes.
"""

from hashlib import blake2b

import numpy as np

from archive.engines.whoosh.arrays import Array, Arrays


def key_of(text: str) -> int:
    """The number a text is known by."""
    return int.from_bytes(blake2b(text.encode(errors="replace"), digest_size=8).digest(), "little")


def key_arrays(name: str, keys: Array, documents: Array) -> dict[str, Array]:
    """Keys and whose they are, sorted."""
    order = np.argsort(keys, kind="stable")
    return {f"{name}.keys": keys[order], f"{name}.documents": documents[order]}


def documents_with(arrays: Arrays, name: str, text: str) -> Array:
    """The documents that have this text as their key, in order."""
    keys, sought = arrays[f"{name}.keys"], np.uint64(key_of(text))
    first, end = np.searchsorted(keys, sought, "left"), np.searchsorted(keys, sought, "right")
    return arrays[f"{name}.documents"][first:end]
