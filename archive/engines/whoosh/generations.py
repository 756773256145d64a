"""Folders an index lives in: one of them is current, a new one is built beside it and takes its place in one step.

    index/current             holds the name of the current folder, and nothing else
    index/whoosh1-5f3a…/      a generation: the index itself
    index/building            locked while somebody builds

The name carries the format: a folder of another format, or anything else found here, is not ours to read.
"""

import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh.util.filelock import FileLock

from core.errors import Refused

# The current folder of each index, as long as the file that names it looks the same.
_known: dict[Path, tuple[tuple[int, int], Path]] = {}
# A file system's clock is coarse: what changed a moment ago may change again and look the same.
SETTLED = 2_000_000_000


def looks(path: Path) -> tuple[int, int] | None:
    """What a file or folder looks like while nobody changes it; None when that may be too soon to say."""
    found = os.stat(path)  # noqa: PTH116 - looked at by every search
    return (found.st_ino, found.st_mtime_ns) if time.time_ns() - found.st_mtime_ns > SETTLED else None


class Generations:
    """The folders of one index."""

    def __init__(self, folder: Path, *, layout: str) -> None:
        self.folder = folder
        self.layout = layout
        self._name = re.compile(rf"{re.escape(layout)}-[0-9a-f]{{16}}")

    def current(self) -> Path | None:
        """The folder to read and write, or None when there is none of ours."""
        try:
            seen = looks(self.folder / "current")
        except OSError:
            return None
        if seen is not None and (known := _known.get(self.folder)) and known[0] == seen:
            return known[1]
        name, before = self._named(), ""
        while name != before and not (self.folder / name).is_dir():  # it may just have been replaced
            name, before = self._named(), name
        if name == before:
            return None
        if seen is not None:
            _known[self.folder] = seen, self.folder / name
        return self.folder / name

    def _named(self) -> str:
        try:
            name = (self.folder / "current").read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return ""
        return name if self._name.fullmatch(name) else ""

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A new folder; when the block ends well it becomes the current one, else it is thrown away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            made = self.folder / f"{self.layout}-{secrets.token_hex(8)}"
            made.mkdir()
            try:
                yield made
                self._switch_to(made)
            finally:
                self._remove_others()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One builder at a time, on this machine. A builder that died holds nothing."""
        lock = FileLock(str(self.folder / "building"))
        if not lock.acquire(blocking=False):
            raise Refused("The search index is being rebuilt already.")
        try:
            yield
        finally:
            lock.release()

    def _switch_to(self, made: Path) -> None:
        unfinished = self.folder / "current.part"
        with unfinished.open("w", encoding="ascii") as out:
            out.write(made.name)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(self.folder / "current")

    def _remove_others(self) -> None:
        """Remove what is not current, half-built folders of builders that died included.

        Who still reads an old folder keeps the files it has open, and looks again when one is gone.
        """
        current = self.current()
        for folder in self.folder.iterdir():
            if folder != current and re.fullmatch(r"[a-z]+\d+-[0-9a-f]{16}", folder.name):
                shutil.rmtree(folder, ignore_errors=True)
