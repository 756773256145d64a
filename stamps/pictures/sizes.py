"""Smaller sizes of pictures: files beside the kept one, made by the worker; thrown away and made again at will."""

import os
from pathlib import Path

from core import files
from stamps.pictures import making
from stamps.pictures.rules import LONGEST_SIDE, Size


def path_of(file_id: str, size: Size) -> Path:
    """Where a picture of this size lies, or will."""
    return files.path_of(f"sizes/{size.value}/{file_id}")


def make(file_id: str, size: Size) -> None:
    """Make one size of a kept picture, unless it is there."""
    path = path_of(file_id, size)
    kept = files.path_of(file_id)
    if path.exists() or not kept.exists():
        return
    made = making.smaller(kept.read_bytes(), longest=LONGEST_SIDE[size])
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    unfinished.write_bytes(made.content)
    unfinished.replace(path)


def best(file_id: str, size: Size) -> Path:
    """The file of this size; until the worker has made it, the whole picture."""
    path = path_of(file_id, size)
    return path if path.exists() else files.path_of(file_id)
