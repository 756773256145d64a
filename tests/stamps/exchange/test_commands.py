"""`temthu stamps import` and `export`: the catalogue in and out of files."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from core import clock, jobs, processes
from core.db import Base, db, transaction
from core.errors import Refused
from core.jobs import Job, JobState
from core.journal import JournalLine
from stamps.exchange import services, working
from stamps.exchange.commands import commands
from stamps.exchange.matching import portions_of
from stamps.exchange.models import ImportRow, StampImport
from stamps.exchange.records import Record
from stamps.exchange.rules import Finding, ImportState
from stamps.exchange.tables import table_of
from stamps.models import CatalogueNumber, Credit, Maker, PermanentNumber, Stamp, StampIssue
from tests import make
from tests.stamps.exchange.files import DOVE, QUILL, REAL, TAIL, colnect, kept

ROSE = DOVE | {"Name": "Rose", "Catalog Codes": "Mi:EE 937", "Link": "https://colnect.com/stamps/stamp/900003"}


def run(app: Flask, *words: str | Path) -> Result:
    result = app.test_cli_runner().invoke(commands, [str(word) for word in words])
    db.session.rollback()
    if isinstance(result.exception, Refused):
        raise result.exception
    assert result.exception is None, result.exception
    return result


def number_of(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_list_becomes_a_set_of_stamps(app: Flask, tmp_path: Path) -> None:
    assert (
        "2 new; 1 with something in doubt"
        in run(app, "import", kept(tmp_path, colnect(DOVE, ROSE | {"FaceValue": "3*80"}))).output
    )
    issue = db.session.scalars(select(StampIssue)).one()
    assert (issue.country, issue.date, issue.name_en) == ("EE", "1994-08-23", "Birds of peace (1994)")
    assert [stamp.name_en for stamp in issue.stamps] == ["White dove", "Rose"]
    assert [row.normal for row in issue.stamps[0].numbers] == ["Mi:EE 935", "Sn:EE 976", "Gz:EE 44"]
    assert [credit.maker.name for credit in issue.stamps[0].credits] == [
        "Mari Kask",
        "Jaan Tamm",
        "AS Vaba Trükk, Tallinn",
    ]
    assert number_of(PermanentNumber) == 3


@pytest.mark.parametrize(
    "text",
    [
        colnect(DOVE, QUILL),
        colnect(DOVE, 'Rose,"Alba"nia,x', QUILL),
        colnect(DOVE, QUILL, ROSE).replace("900002\n", "900002\r\n"),
        colnect(DOVE, QUILL, ROSE).replace("\n", "\r\n").replace("900002\r\n", "900002\n"),
        colnect(DOVE, QUILL).removesuffix(TAIL).removesuffix("\n"),
    ],
    ids=["usual", "broken quoting", "one line end of Windows", "all but one of Windows", "cut off without a line end"],
)
def test_what_came_in_goes_out_byte_for_byte(app: Flask, tmp_path: Path, text: str) -> None:
    path = kept(tmp_path, text)
    run(app, "import", path)
    assert run(app, "export").stdout_bytes == path.read_bytes()


@pytest.mark.skipif(not REAL, reason="the real lists are not here")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_the_real_lists_go_out_byte_for_byte(app: Flask, path: Path) -> None:
    run(app, "import", path)
    assert run(app, "export").stdout_bytes == path.read_bytes()


def test_the_same_file_twice_changes_nothing(app: Flask, tmp_path: Path) -> None:
    path = kept(tmp_path, colnect(DOVE, QUILL))
    run(app, "import", path)
    tables = (Stamp, StampIssue, CatalogueNumber, Credit, Maker, PermanentNumber, ImportRow)
    before = [number_of(table) for table in tables]
    assert "2 unchanged" in run(app, "import", path).output
    assert [number_of(table) for table in tables] == before
    assert run(app, "export").stdout_bytes == path.read_bytes()


def test_a_dry_run_leaves_no_trace(app: Flask, tmp_path: Path) -> None:
    assert run(app, "import", kept(tmp_path, colnect(DOVE)), "--dry-run").output.endswith("Would be: 1 new.\n")
    assert [number_of(table) for table in (Stamp, StampImport, ImportRow)] == [0, 0, 0]


def test_a_stamp_that_is_here_gets_what_it_lacks_and_keeps_what_it_has(app: Flask, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE | {"Paper": "", "Colors": "White", "Link": ""})))
    assert (
        "1 of stamps that are here"
        in run(
            app,
            "import",
            kept(tmp_path, colnect(DOVE | {"Paper": "coated", "Colors": "Red", "Catalog Codes": "Mi:EE 935, Yt:EE 7"})),
        ).output
    )
    stamp = db.session.scalars(select(Stamp)).one()
    assert (stamp.paper, stamp.colours) == ("coated", "White")
    assert [row.normal for row in stamp.numbers] == ["Mi:EE 935", "Sn:EE 976", "Gz:EE 44", "Yt:EE 7"]


def test_a_cell_changed_here_goes_out_changed_and_the_others_as_they_came(app: Flask, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE)))
    db.session.scalars(select(Stamp)).one().paper = "coated"
    db.session.commit()
    path = kept(tmp_path, run(app, "export").stdout_bytes)
    table = table_of(path)
    (row,) = table.rows
    assert dict(zip(table.header.columns, row.cells, strict=True)) == dict.fromkeys(table.header.columns, "") | DOVE | {
        "Paper": "coated"
    }


def test_a_variety_hangs_below_its_parent_wherever_it_stands(app: Flask, tmp_path: Path) -> None:
    variety = ROSE | {"Parent Item": "900001"}
    looped = DOVE | {"Parent Item": "900003"}
    run(app, "import", kept(tmp_path, colnect(variety, DOVE)))
    child = db.session.scalars(select(Stamp).where(Stamp.name_en == "Rose")).one()
    assert child.parent is not None
    assert child.parent.name_en == "White dove"
    run(app, "import", kept(tmp_path, colnect(looped)))
    assert child.parent.parent_id is None or child.parent.parent_id != child.id


def test_near_duplicates_are_found_within_what_is_here(app: Flask, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE | {"Link": ""})))
    run(app, "import", kept(tmp_path, colnect(DOVE | {"Link": "", "Catalog Codes": "Mi:EE 935", "FaceValue": "2"})))
    assert db.session.scalars(select(ImportRow.finding).order_by(ImportRow.id)).all() == [Finding.NEW, Finding.NEAR]


def test_json_and_csv_of_the_catalogue(app: Flask, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE)))
    (stamp,) = json.loads(run(app, "export", "--format", "json").stdout_bytes)["stamps"]
    assert (stamp["name"], stamp["catalogue_numbers"]) == ("White dove", DOVE["Catalog Codes"])
    assert "White dove" in run(app, "export", "--format", "csv").stdout_bytes.decode()


def test_the_record_goes_out_as_a_list_that_comes_in_again(app: Flask, tmp_path: Path) -> None:
    make.record()
    path = kept(tmp_path, run(app, "export").stdout_bytes)
    before = number_of(Stamp)
    run(app, "import", path)
    assert number_of(Stamp) == before


def test_nobody_of_that_name(app: Flask) -> None:
    with pytest.raises(Refused, match="Nobody here is called"):
        run(app, "export", "--for", "nobody")


def test_two_rows_of_one_file_are_two_stamps_whatever_number_they_share(app: Flask, tmp_path: Path) -> None:
    plain = DOVE | {"Link": ""}
    run(
        app, "import", kept(tmp_path, colnect(plain, *[plain | {"Colors": f"Shade {number}"} for number in range(600)]))
    )
    assert number_of(Stamp) == 601


def test_an_import_into_the_catalogue_is_in_the_journal(app: Flask, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE)))
    line = db.session.scalars(select(JournalLine)).one()
    assert (line.act, line.details) == ("stamps.imported", {"new": 1, "matched": 0, "left": 0})


def interrupted_in_portion(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sits at the terminal breaks off in this portion, before it is saved."""
    written = services.take_portion
    begun = []

    def write(work: services.Work, records: Sequence[Record]) -> None:
        written(work, records)
        begun.append(records)
        if len(begun) == number:
            raise KeyboardInterrupt

    monkeypatch.setattr(services, "take_portion", write)


def test_an_import_that_was_interrupted_is_undone_like_any_other(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variety of the saved portion hangs below a stamp of the lost one: only what is saved stays."""
    link = "https://colnect.com/stamps/stamp/"
    rows = [
        ROSE | {"Name": f"Rose {n}", "Catalog Codes": "", "FaceValue": str(n), "Link": f"{link}{n}"}
        for n in range(1, 1101)
    ]
    rows[0] |= {"Parent Item": "1100"}
    path = kept(tmp_path, colnect(*rows))
    with monkeypatch.context() as patched:
        interrupted_in_portion(3, patched)
        result = app.test_cli_runner().invoke(commands, ["import", str(path)])
        assert result.exit_code == 1
        db.session.rollback()
    (import_,) = db.session.scalars(select(StampImport)).all()
    assert (import_.state, import_.done, number_of(Stamp), import_.counts["new"]) == (
        ImportState.DONE,
        1000,
        1000,
        1000,
    )
    import_id = import_.id
    with transaction():
        services.begin(import_, ImportState.UNDOING)
    working.undo(import_id, None)
    assert (number_of(Stamp), number_of(StampIssue)) == (0, 0)


def test_an_import_that_was_interrupted_is_brought_to_its_end_by_the_same_file(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kept(tmp_path, colnect(DOVE, ROSE))
    with monkeypatch.context() as patched:
        interrupted_in_portion(1, patched)
        app.test_cli_runner().invoke(commands, ["import", str(path)])
        db.session.rollback()
    assert (number_of(StampImport), number_of(Stamp)) == (0, 0)
    assert "2 new" in run(app, "import", path).output


@pytest.fixture
def ended() -> str:
    """The name of a process that is gone."""
    told = "from core import processes; print(processes.own())"
    return subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.strip()


def begun(path: Path, *, portions: int, process: str) -> int:
    """An import of which a process has written so many portions of two rows."""
    table = table_of(path)
    with transaction():
        import_ = services.receive(
            path=path, file_name="list.csv", file_id="", person_id=None, by_id=None, now=clock.now()
        )
        services.begin(import_, ImportState.WORKING)
        import_.total = sum(1 for _row in table_of(path).rows)
        working.look_after(import_.id, process)
        work, import_id = services.Work(import_, now=clock.now()), import_.id
    for records in islice(portions_of(table.rows, 2), portions):
        with transaction():
            services.take_portion(work, records)
    return import_id


def looked_after() -> None:
    jobs.run_due(now=clock.now() + timedelta(minutes=1, seconds=1))


def test_an_import_whose_process_was_killed_is_undone_like_any_other(app: Flask, tmp_path: Path, ended: str) -> None:
    """Varieties of what was written hang where they belong, too."""
    variety = ROSE | {"Name": "Rose, blue", "Link": "https://colnect.com/stamps/stamp/900004", "Parent Item": "900003"}
    import_id = begun(kept(tmp_path, colnect(DOVE, ROSE, variety, QUILL, QUILL)), portions=2, process=ended)
    looked_after()
    import_ = db.session.get_one(StampImport, import_id)
    assert (import_.state, import_.done, import_.total, import_.counts["new"]) == (ImportState.DONE, 4, 5, 4)
    hung = select(Stamp.name_en).where(Stamp.parent_id.is_not(None))
    assert list(db.session.scalars(hung)) == ["Rose, blue"]
    made = {*db.session.scalars(select(Stamp.key)), *db.session.scalars(select(StampIssue.key))}
    assert {job.arguments["key"] for job in db.session.scalars(select(Job).where(Job.name == "archive.index"))} == made
    with transaction():
        services.begin(import_, ImportState.UNDOING)
    working.undo(import_id, None)
    assert (number_of(Stamp), number_of(StampIssue)) == (0, 0)


def test_of_an_import_that_was_killed_before_it_wrote_nothing_is_left(app: Flask, tmp_path: Path, ended: str) -> None:
    begun(kept(tmp_path, colnect(DOVE)), portions=0, process=ended)
    looked_after()
    assert number_of(StampImport) == 0


def test_an_import_whose_process_still_runs_is_left_alone(app: Flask, tmp_path: Path) -> None:
    import_id = begun(kept(tmp_path, colnect(DOVE, ROSE, QUILL)), portions=1, process=processes.own())
    looked_after()
    waiting = db.session.scalars(select(Job.name).where(Job.state == JobState.WAITING)).all()
    assert (db.session.get_one(StampImport, import_id).state, waiting) == (
        ImportState.WORKING,
        ["stamps.import_at_work"],
    )


def test_links_of_a_file_begin_with_the_site_that_is_named(app: Flask) -> None:
    make.record()
    links = {row["link"] for row in json.loads(run(app, "export", "--format", "json").output)["stamps"]}
    whole = run(app, "export", "--format", "json", "--site", "https://stamps.example/").output
    assert {row["link"] for row in json.loads(whole)["stamps"]} == {f"https://stamps.example{link}" for link in links}


def test_a_dry_run_writes_nothing_at_any_moment(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    look = services.look_at_portion
    monkeypatch.setattr(services, "look_at_portion", lambda *given: (look(*given), seen.append(number_of(StampImport))))
    run(app, "import", kept(tmp_path, colnect(DOVE)), "--dry-run")
    assert seen == [0]


@pytest.mark.parametrize("name", ["empty.csv", "empty.json"])
def test_a_row_that_says_nothing_becomes_no_stamp(app: Flask, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    given = {
        "empty.csv": "Name,Country,Issued on,My column\nDove,Estonia,1994,\n,,,\n , ,,mine\nRose,Estonia,1994,\n",
        "empty.json": json.dumps(
            [{"name": "Dove", "country": "Estonia"}, {"name": ""}, {"country": None}, {"name": "Rose"}]
        ),
    }
    path.write_text(given[name])
    assert run(app, "import", path, "--dry-run").output.endswith("Would be: 2 new.\n")
    assert run(app, "import", path).output.endswith("Rows: 2 new.\n")
    assert sorted(db.session.scalars(select(Stamp.name_local))) == ["Dove", "Rose"]


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_a_stamp_that_stands_in_a_file_twice_is_one_new_stamp(
    app: Flask, tmp_path: Path, words: tuple[str, ...]
) -> None:
    output = run(app, "import", kept(tmp_path, colnect(DOVE, DOVE, ROSE)), *words).output
    assert output.endswith("2 new; 1 of stamps that are here.\n")


OTHERS = "Name;Country;Issued on;Mein Feld;Name;;=x\nDove;Estonia;1994;secret;Taube;;\nRose;Estonia;1995;;;side;1\n"


@pytest.mark.parametrize("form", ["csv", "colnect"])
def test_columns_that_say_nothing_to_us_go_out_at_the_end(app: Flask, tmp_path: Path, form: str) -> None:
    run(app, "import", kept(tmp_path, OTHERS))
    for _round in range(2):  # out, and out again after it came in here
        table = table_of(kept(tmp_path, run(app, "export", "--format", form).stdout_bytes))
        assert [name.lstrip("'") for name in table.header.names[39:]] == ["Mein Feld", "Name (2)", "column 6", "=x"]
        rows = [row.cells[39:] for row in table.rows if not row.frame]
        assert rows == [("secret", "Taube", "", ""), ("", "", "side", "1")]
        run(app, "import", kept(tmp_path, run(app, "export", "--format", form).stdout_bytes))


def test_json_holds_what_says_nothing_to_us_too(app: Flask, tmp_path: Path) -> None:
    given = [
        {"name": "Dove", "country": "Estonia", "rating": 5, "where": {"album": 3}},
        {"name": "Rose", "country": "Estonia"},
    ]
    path = tmp_path / "list.json"
    path.write_text(json.dumps(given))
    run(app, "import", path)
    (dove, rose) = json.loads(run(app, "export", "--format", "json").stdout_bytes)["stamps"]
    assert (dove["rating"], dove["where"], rose.keys() & {"rating", "where"}) == ("5", '{"album": 3}', set())


def test_a_list_says_how_many_stamps_it_contains(app: Flask, tmp_path: Path) -> None:
    """A line that could not be read goes out, and is none of the stamps the list says it contains."""
    run(app, "import", kept(tmp_path, colnect(DOVE, 'Rose,"Alba"nia,x')))
    db.session.scalars(select(Stamp)).one().paper = "coated"
    db.session.commit()
    assert "This list contains 1 Stamps" in run(app, "export").stdout_bytes.decode()
