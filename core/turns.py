"""Costly work is done one at a time in a process, so that the other processors stay free; who waits too long is refused."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A queue of one piece of work; whoever comes waits so many seconds at most."""

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self._free = threading.BoundedSemaphore(1)

    @contextmanager
    def turn(self, *, otherwise: Exception) -> Iterator[None]:
        """Around the work; raises `otherwise` when it does not come to its turn in time."""
        if not self._free.acquire(timeout=self._seconds):
            raise otherwise
        try:
            yield
        finally:
            self._free.release()
