"""Files that people hand in: kept under an id in the data folder, never under the name they came with.

Knows bytes and names of places; what a file must be is checked by the feature that takes it.
"""

import os
import secrets
from pathlib import Path

from flask import current_app


def keep(content: bytes, *, ending: str) -> str:
    """Store bytes durably and give the id they are kept under, e.g. `3f/3fa9…c1.jpg`.

    Written beside its final place, flushed to the disk and renamed, so that an id that has been
    given out always names a whole file.
    """
    name = secrets.token_hex(16)
    file_id = f"{name[:2]}/{name}.{ending}"
    path = path_of(file_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(path)
    return file_id


def path_of(file_id: str) -> Path:
    """Where a kept file lies. The id must be one that `keep` gave."""
    folder = Path(current_app.config["UPLOADS"]).resolve()
    path = (folder / file_id).resolve()
    if not path.is_relative_to(folder):
        raise ValueError("not an id of ours")
    return path


def forget(file_id: str) -> None:
    """Remove a kept file; one that is gone already is fine."""
    path_of(file_id).unlink(missing_ok=True)
