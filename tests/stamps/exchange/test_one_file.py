"""Each file by itself: out of a collector's lists or the catalogue as it came, whatever else was brought."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from core.db import db, transaction
from core.errors import Refused
from stamps.exchange import services
from stamps.exchange.models import StampImport
from stamps.models import Stamp
from tests import cast
from tests.stamps.exchange.files import DOVE, QUILL, REAL, colnect, kept
from tests.stamps.exchange.test_collecting import MINE
from tests.stamps.exchange.test_commands import ROSE, run


def file_number(result: Result) -> str:
    return result.output.partition("File ")[2].partition(".")[0]


LISTS = {
    "first": colnect(MINE, ROSE),
    "second": colnect(MINE, 'Rose,"Alba"nia,x', QUILL).replace("\n", "\r\n"),
    "plain": "Name;Country;Issued on;Mein Feld\nLily;Estonia;1994;secret\nTulip;Estonia;1995;\n",
}


@pytest.mark.parametrize("collector", [("--for", "mai"), ()])
def test_each_of_several_files_goes_out_by_itself_byte_for_byte(
    app: Flask, tmp_path: Path, collector: tuple[str, ...]
) -> None:
    """The second file repeats a row of the first one."""
    cast.mai()
    paths = {name: kept(tmp_path, text, f"{name}.csv") for name, text in LISTS.items()}
    numbers = {name: file_number(run(app, "import", path, *collector)) for name, path in paths.items()}
    for name, path in paths.items():
        assert run(app, "export", *collector, "--import", numbers[name]).stdout_bytes == path.read_bytes()


def test_a_file_with_a_change_keeps_its_frame_and_the_other_rows(app: Flask, tmp_path: Path) -> None:
    path = kept(tmp_path, colnect(DOVE, ROSE))
    number = file_number(run(app, "import", path))
    run(app, "import", kept(tmp_path, colnect(QUILL)))
    db.session.scalars(select(Stamp).where(Stamp.name_en == "Rose")).one().paper = "coated"
    db.session.commit()
    wanted = colnect(DOVE, ROSE | {"Paper": "coated"})
    assert run(app, "export", "--import", number).stdout_bytes == wanted.encode("utf-8-sig")


def test_a_file_goes_out_whole_when_the_one_it_repeats_is_forgotten(app: Flask, tmp_path: Path) -> None:
    path = kept(tmp_path, colnect(DOVE, QUILL))
    first, second = (file_number(run(app, "import", path)) for _time in range(2))
    with transaction():
        services.forget(import_=db.session.get_one(StampImport, int(first)))
    assert run(app, "export", "--import", second).stdout_bytes == path.read_bytes()


def test_nobody_takes_a_file_of_another_list(app: Flask, tmp_path: Path) -> None:
    cast.mai()
    number = file_number(run(app, "import", kept(tmp_path, colnect(MINE)), "--for", "mai"))
    with pytest.raises(Refused, match="There is no file"):
        run(app, "export", "--import", number)


@pytest.mark.skipif(not REAL, reason="the real lists are not here")
def test_the_real_lists_go_out_each_by_itself_of_one_collector(app: Flask, tmp_path: Path) -> None:
    cast.mai()
    numbers = [file_number(run(app, "import", path, "--for", "mai")) for path in REAL]
    for path, number in zip(REAL, numbers, strict=True):
        assert run(app, "export", "--for", "mai", "--import", number).stdout_bytes == path.read_bytes()
