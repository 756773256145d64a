"""What an organiser has looked at, as a fingerprint that a page carries: only that is done which was seen. Pure."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from core.errors import Refused


def fingerprint(rows: Sequence[int] | Sequence[tuple[int, ...]]) -> str:
    """What changes as soon as one number does, or their order."""
    return sha256(np.array(rows, dtype=np.int64).tobytes()).hexdigest()


def refuse_unseen(rows: Sequence[int] | Sequence[tuple[int, ...]], seen: str | None) -> None:
    """Nothing is dealt that has changed since it was looked at; None stands for nobody who looks (a command, a test year).

    Where nothing is left to deal, a second click has come after the first.
    """
    if seen is not None and rows and fingerprint(rows) != seen:
        raise Refused("What would be dealt has changed since you looked. Please look again.")
