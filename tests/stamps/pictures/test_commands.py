"""`temthu stamps index-pictures` and `identify` in a terminal."""

import random
from pathlib import Path

import pytest
from click import Context
from click.testing import Result
from flask import Flask
from PIL import Image

from bench.looking.altering import on_its_side
from stamps.commands import commands
from stamps.models import StampIssue
from stamps.pictures import commands as _of_pictures  # noqa: F401 - adds to the group
from tests.stamps.looking.photographs import as_bytes, picture
from website.commands import temthu


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(commands, arguments)


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(as_bytes(on_its_side(picture(3), random.Random(2))))
    return path


def test_the_index_is_built_and_a_photograph_is_named(app: Flask, invented: StampIssue, photograph: Path) -> None:
    built = run(app, "index-pictures")
    named = run(app, "identify", str(photograph))

    assert (built.exit_code, built.stdout) == (0, "6 pictures can be found.\n")
    assert named.exit_code == 0
    assert named.stdout.splitlines()[0].split("\t")[1:4] == ["very alike", "VN", "2021"]
    assert named.stdout.splitlines()[0].endswith("demonstration-letters-2021-4")


def test_exit_codes_tell_nothing_likely_no_picture_and_no_index(
    app: Flask, invented: StampIssue, photograph: Path
) -> None:
    noise = photograph.with_name("noise.png")
    noise.write_bytes(as_bytes(Image.effect_noise((400, 300), 90), "PNG"))
    text = photograph.with_name("text.jpg")
    text.write_text("hello")
    wrong = run(app, "identify", str(photograph), "--limit", "0").exit_code
    without = run(app, "identify", str(photograph)).exit_code
    run(app, "index-pictures")

    codes = [run(app, "identify", str(path)).exit_code for path in (photograph, noise, text)]
    assert ([*codes, without, wrong], run(app, "identify", str(photograph), "--country", "fr").exit_code) == (
        [0, 4, 1, 3, 2],
        4,
    )


def test_what_is_no_picture_is_said_in_english(app: Flask, invented: StampIssue, tmp_path: Path) -> None:
    run(app, "index-pictures")
    text = tmp_path / "text.jpg"
    text.write_text("hello")
    assert (
        run(app, "identify", str(text)).stderr
        == "This is not a picture we can read. Please choose a photograph (JPEG or PNG).\n"
    )


def test_the_commands_are_there_under_the_name_of_the_program() -> None:
    group = temthu.get_command(Context(temthu), "stamps")
    assert {"identify", "index-pictures"} <= set(group.commands)  # type: ignore[union-attr]
