"""Looks on the disk: replaced in one step, brought up to date in small parts, never half read."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import Refused
from stamps.looking import shelf
from stamps.looking.looks import Look, look
from stamps.looking.shelf import Unusable
from tests.stamps.looking.photographs import picture

FIRST: Look = look(np.asarray(picture(0)))


def looks(*keys: int) -> list[tuple[int, Look]]:
    return [(key, FIRST) for key in keys]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    shelf.rebuild(tmp_path, looks(7, 9))

    (part,) = shelf.read(tmp_path).parts
    assert part.keys.tolist() == [7, 9]
    assert np.array_equal(part.signatures[1], FIRST.signatures)
    assert np.array_equal(part.features(1).descriptors, FIRST.features.descriptors)


def test_pictures_are_added_taken_out_and_put_back(tmp_path: Path) -> None:
    shelf.rebuild(tmp_path, looks(1, 2))
    shelf.put(tmp_path, looks(3), without=[1])
    after = shelf.read(tmp_path).pictures()
    shelf.put(tmp_path, looks(1))

    assert (after, shelf.read(tmp_path).pictures()) == ({2, 3}, {1, 2, 3})


def test_many_parts_become_one(tmp_path: Path) -> None:
    shelf.rebuild(tmp_path, looks(0))
    for key in range(1, shelf.MOST_PARTS + 1):
        shelf.put(tmp_path, looks(key))

    held = shelf.read(tmp_path)
    assert (len(held.parts), held.pictures()) == (1, set(range(shelf.MOST_PARTS + 1)))


def test_who_reads_keeps_what_was_there_when_it_is_replaced(tmp_path: Path) -> None:
    shelf.rebuild(tmp_path, looks(1))
    before = shelf.read(tmp_path)
    shelf.rebuild(tmp_path, looks(2))

    assert (before.parts[0].keys.tolist(), shelf.read(tmp_path).parts[0].keys.tolist()) == ([1], [2])
    assert len(list(tmp_path.glob("part-*"))) == 1


def test_a_build_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    shelf.rebuild(tmp_path, looks(1))

    def breaking() -> object:
        yield 2, FIRST
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        shelf.rebuild(tmp_path, breaking())  # type: ignore[arg-type]

    assert shelf.read(tmp_path).pictures() == {1}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("building-")] == []


def test_two_builders_do_not_build_at_once(tmp_path: Path) -> None:
    def second() -> object:
        with pytest.raises(Refused):
            shelf.rebuild(tmp_path, looks(5))
        yield 1, FIRST

    shelf.rebuild(tmp_path, second())  # type: ignore[arg-type]
    assert shelf.read(tmp_path).pictures() == {1}


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "[]",
        "{}",
        '{"layout": "looks0", "parts": [], "gone": []}',
        '{"layout": "looks1", "parts": ["../x"], "gone": []}',
        '{"layout": "looks1", "parts": ["part-0000000000000000"], "gone": []}',
        '{"layout": "looks1", "parts": [1], "gone": ["x"]}',
    ],
)
def test_a_shelf_that_says_something_else_is_unusable(tmp_path: Path, broken: str) -> None:
    (tmp_path / "parts.json").write_text(broken)

    with pytest.raises(Unusable):
        shelf.read(tmp_path)


def test_nothing_there_is_unusable_and_none_is_not(tmp_path: Path) -> None:
    with pytest.raises(Unusable):
        shelf.read(tmp_path)
    shelf.rebuild(tmp_path, [])

    assert shelf.read(tmp_path).pictures() == set()


@pytest.mark.parametrize("harm", ["short", "foreign", "gone"])
def test_a_part_that_was_harmed_is_unusable(tmp_path: Path, harm: str) -> None:
    shelf.rebuild(tmp_path, looks(1))
    (part,) = tmp_path.glob("part-*")
    if harm == "short":
        (part / "signatures.bin").write_bytes(b"short")
    elif harm == "gone":
        (part / "keys.bin").unlink()
    else:
        (part / "part.json").write_text(json.dumps({"layout": "other", "count": 1}))

    with pytest.raises(Unusable):
        shelf.read(tmp_path)


def test_a_picture_without_points_is_kept(tmp_path: Path) -> None:
    plain = look(np.full((90, 90, 3), 120, np.uint8))
    shelf.rebuild(tmp_path, [(1, replace(plain))])

    assert shelf.read(tmp_path).parts[0].counts.tolist() == [0]
