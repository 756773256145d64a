"""A collector's lists in and out, idempotent, undone as a whole; private proposals for what the catalogue does not know."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select

from accounts.models import Person
from core.db import db, transaction
from core.jobs import Job
from stamps.collections import services as collecting
from stamps.collections.models import CollectorList, Copy, ListEntry, Want
from stamps.collections.rules import Condition, Noted
from stamps.exchange import services
from stamps.exchange.models import ImportRow, StampImport
from stamps.exchange.rules import BATCH, Finding, ImportState, Proposal
from stamps.models import CatalogueNumber, PermanentNumber, Stamp, StampIssue
from tests import cast, make
from tests.stamps.collections import catalogue
from tests.stamps.exchange.files import DOVE, QUILL, REAL, colnect, kept
from tests.stamps.exchange.test_commands import ROSE, number_of, run

MINE = ROSE | {
    "List": "Collection,Swap,My album",
    "Quantity": "[2],[1],[]",
    "Condition": "[MNH],[U],[]",
    "Public Note": "[],[],[seen]",
    "Private Note": "[],[],[]",
}


@pytest.fixture
def mai(app: Flask) -> Person:
    return cast.mai()


def last_import() -> StampImport:
    return db.session.scalars(select(StampImport).order_by(StampImport.id.desc())).first()  # type: ignore[return-value]


def undo(import_: StampImport) -> None:
    with transaction():
        services.begin(import_, ImportState.UNDOING)
    work, at = services.Undoing(import_), None
    while True:
        with transaction():
            at = services.undo_portion(work, at, BATCH) or None
        if at is None:
            break
    with transaction():
        services.finish_undoing(import_=import_, work=work, by_id=None, now=make.NOW)


def test_lists_become_copies_wants_and_lists(app: Flask, mai: Person, tmp_path: Path) -> None:
    path = kept(tmp_path, colnect(DOVE, MINE))
    run(app, "import", path)
    run(app, "import", path, "--for", "mai")
    copies = db.session.scalars(select(Copy).order_by(Copy.id)).all()
    assert [(copy.condition, copy.to_swap) for copy in copies] == [(Condition.MNH, False)] * 2 + [
        (Condition.USED, True)
    ]
    assert [want.conditions for want in db.session.scalars(select(Want))] == [(Condition.MNH,)]
    lists = db.session.scalars(select(CollectorList).order_by(CollectorList.name)).all()
    assert [list_.name for list_ in lists] == ["My album", "Test Swap FROM"]
    assert [entry.public_note for entry in db.session.scalars(select(ListEntry).order_by(ListEntry.list_id))] == [
        "",
        "seen",
    ]
    assert run(app, "export", "--for", "mai").stdout_bytes == path.read_bytes()


def test_the_same_list_twice_doubles_nothing(app: Flask, mai: Person, tmp_path: Path) -> None:
    path = kept(tmp_path, colnect(DOVE, MINE))
    run(app, "import", path)
    for _again in range(2):
        run(app, "import", path, "--for", "mai")
    assert [number_of(table) for table in (Copy, Want, ListEntry)] == [3, 1, 2]


def test_a_list_with_more_of_it_adds_only_what_lacks(app: Flask, mai: Person, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(MINE)))
    run(app, "import", kept(tmp_path, colnect(MINE)), "--for", "mai")
    run(app, "import", kept(tmp_path, colnect(MINE | {"Quantity": "[3],[1],[]"})), "--for", "mai")
    assert number_of(Copy) == 4
    out = run(app, "export", "--for", "mai").stdout_bytes.decode()
    assert '"[3],[1],[]"' in out
    assert out.count("Rose") == 1


def test_what_the_catalogue_does_not_know_is_the_collectors_own_and_goes_out_again(
    app: Flask, mai: Person, tmp_path: Path
) -> None:
    path = kept(tmp_path, colnect(DOVE, QUILL))
    run(app, "import", path, "--for", "mai")
    assert number_of(Stamp) == 0
    assert db.session.scalars(select(ImportRow.proposal)).all() == [Proposal.PRIVATE] * 2
    assert run(app, "export", "--for", "mai").stdout_bytes == path.read_bytes()


def test_nobody_sees_anothers_lists(app: Flask, mai: Person, tmp_path: Path) -> None:
    cast.nam()
    run(app, "import", kept(tmp_path, colnect(DOVE, MINE)), "--for", "mai")
    assert b"White dove" not in run(app, "export", "--for", "nam").stdout_bytes
    assert b"White dove" not in run(app, "export").stdout_bytes


@pytest.mark.skipif(not REAL, reason="the real lists are not here")
def test_real_lists_of_one_collector_go_out_cell_by_cell(app: Flask, mai: Person) -> None:
    for path in REAL:
        run(app, "import", path, "--for", "mai")
    out = run(app, "export", "--for", "mai").stdout_bytes.decode()
    assert {line for path in REAL[:1] + REAL[2:] for line in path.read_text("utf-8-sig").splitlines()[8:-3]} <= set(
        out.splitlines()
    )


def test_what_changed_here_goes_out_changed(app: Flask, mai: Person, tmp_path: Path) -> None:
    path = kept(tmp_path, colnect(MINE))
    run(app, "import", path)
    run(app, "import", path, "--for", "mai")
    copy = db.session.scalars(select(Copy).order_by(Copy.id)).first()
    assert copy is not None
    copy.condition = Condition.MH
    db.session.commit()
    out = run(app, "export", "--for", "mai").stdout_bytes.decode()
    assert '"Collection,Collection,Swap,My album","[1],[1],[1],[]","[MH],[MNH],[U],[]"' in out


def test_an_import_into_the_catalogue_is_undone_as_a_whole(app: Flask, tmp_path: Path) -> None:
    make.record()
    tables = (Stamp, StampIssue, CatalogueNumber)
    before, numbers = [number_of(table) for table in tables], number_of(PermanentNumber)
    run(app, "import", kept(tmp_path, colnect(DOVE, ROSE, QUILL)))
    undo(last_import())
    assert [number_of(table) for table in tables] == before
    assert last_import().state is ImportState.UNDONE
    # Our numbers are never given again: they stay and lead nowhere.
    assert number_of(PermanentNumber) == numbers + 5
    run(app, "import", kept(tmp_path, colnect(DOVE)))
    assert number_of(Stamp) == before[0] + 1


def test_the_search_hears_of_items_and_issues_brought_in_and_taken_back(app: Flask, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE)))
    here = {("stamp", db.session.scalars(select(Stamp.key)).one())}
    here.add(("stamp_issue", db.session.scalars(select(StampIssue.key)).one()))
    brought = told_to_the_search()
    undo(last_import())
    assert (brought, told_to_the_search()) == (here, here)


def test_the_search_hears_of_the_issue_of_an_item_that_was_completed(app: Flask, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE | {"Perforation": "", "Link": ""})))
    issue = db.session.scalars(select(StampIssue.key)).one()
    told_to_the_search()
    run(app, "import", kept(tmp_path, colnect(DOVE | {"Catalog Codes": "Mi:EE 935, Yt:EE 7"})))
    completed = told_to_the_search()
    undo(last_import())
    assert ("stamp_issue", issue) in completed & told_to_the_search()


def told_to_the_search() -> set[tuple[str, str]]:
    """Kind and key of what is to be indexed since this was last asked."""
    told = db.session.scalars(select(Job).where(Job.name == "archive.index")).all()
    things = {(job.arguments["kind"], job.arguments["key"]) for job in told}
    db.session.execute(delete(Job).where(Job.name == "archive.index"))
    db.session.commit()
    return things


def test_what_others_use_and_what_was_changed_is_kept_and_said(app: Flask, mai: Person, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE, ROSE, QUILL)))
    import_id = last_import().id
    dove, rose, _quill = db.session.scalars(select(Stamp).order_by(Stamp.id))
    dove.paper = "coated"
    db.session.commit()
    make.saved(Copy(person_id=mai.id, stamp_id=rose.id, added_at=make.NOW))
    undo(db.session.get_one(StampImport, import_id))
    assert sorted(stamp.name_en for stamp in db.session.scalars(select(Stamp))) == ["Rose", "White dove"]
    counts = last_import().counts
    assert (counts["undone_gone"], counts["undone_kept"], sorted(counts["kept_names"])) == (
        1,
        2,
        ["Rose", "White dove"],
    )


def test_what_was_filled_is_empty_again(app: Flask, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE | {"Perforation": "", "Link": ""})))
    run(app, "import", kept(tmp_path, colnect(DOVE | {"Catalog Codes": "Mi:EE 935, Yt:EE 7"})))
    undo(last_import())
    stamp = db.session.scalars(select(Stamp)).one()
    assert (stamp.perforation, stamp.perforation_kind, stamp.perforation_across) == ("", None, None)
    assert [row.normal for row in stamp.numbers] == ["Mi:EE 935", "Sn:EE 976", "Gz:EE 44"]


def test_a_collectors_import_is_undone_but_for_what_was_noted_since(app: Flask, mai: Person, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE, MINE)))
    make.saved(
        Copy(person_id=mai.id, stamp_id=db.session.scalars(select(Stamp.id)).first(), place="my own", added_at=make.NOW)
    )
    run(app, "import", kept(tmp_path, colnect(DOVE, MINE)), "--for", "mai")
    undo(last_import())
    assert [copy.place for copy in db.session.scalars(select(Copy))] == ["my own"]
    assert [number_of(table) for table in (Want, ListEntry, CollectorList)] == [0, 0, 0]
    run(app, "import", kept(tmp_path, colnect(DOVE, MINE)), "--for", "mai")
    copy = db.session.scalars(select(Copy).order_by(Copy.id.desc())).first()
    assert copy is not None
    copy.place = "album 3"
    db.session.commit()
    undo(last_import())
    assert last_import().counts["kept_names"] == ["Rose"]
    assert number_of(Copy) == 4


def test_an_undone_import_gives_back_the_rows_of_the_one_before(app: Flask, mai: Person, tmp_path: Path) -> None:
    first = kept(tmp_path, colnect(DOVE, QUILL), "first.csv")
    run(app, "import", first, "--for", "mai")
    run(app, "import", kept(tmp_path, colnect(DOVE | {"Score": "3"})), "--for", "mai")
    assert b",3," in run(app, "export", "--for", "mai").stdout_bytes
    undo(last_import())
    assert run(app, "export", "--for", "mai").stdout_bytes == first.read_bytes()


def test_what_a_row_is_made_of_in_memory_is_what_the_database_says(app: Flask, tmp_path: Path) -> None:
    make.record()
    run(
        app,
        "import",
        kept(tmp_path, colnect(DOVE | {"Themes": "Birds,Chim,Letter writing"}, ROSE | {"Series": ""}, QUILL)),
    )
    from stamps.exchange import queries  # noqa: PLC0415 - only here
    from stamps.exchange.cells import item_cells, short  # noqa: PLC0415

    rows = db.session.scalars(select(ImportRow).where(ImportRow.finding == Finding.NEW)).all()
    known = queries.known_stamps([row.stamp_id for row in rows if row.stamp_id])
    assert [row.seen for row in rows] == [short(item_cells(known[row.stamp_id or 0])) for row in rows]


def brought_in_json(app: Flask, tmp_path: Path, pieces: list[dict[str, object]]) -> None:
    rose = {"name": "Rose", "country": "Estonia", "catalogue_numbers": "Mi:EE 937", "link": ROSE["Link"]}
    path = tmp_path / "list.json"
    path.write_text(json.dumps([rose | {"lists": "Collection", "quantities": "[1]", "copies": pieces}]))
    run(app, "import", path, "--for", "mai")


def test_everything_noted_of_each_copy_comes_back(app: Flask, mai: Person, tmp_path: Path) -> None:
    """Out as JSON, all erased, in again: the same copies, and the same JSON."""
    run(app, "import", kept(tmp_path, colnect(ROSE)))
    rose_id = db.session.scalars(select(Stamp.id)).one()
    with transaction():
        noted = [catalogue.NOTED_IN_FULL, Noted(condition=Condition.USED, to_swap=True), Noted()]
        collecting.add_copies(person_id=mai.id, copies=[(rose_id, each) for each in noted], now=make.NOW)
    out = run(app, "export", "--format", "json", "--for", "mai").stdout_bytes
    with transaction():
        collecting.erase_collection(person_id=mai.id)
    path = tmp_path / "mine.json"
    path.write_bytes(out)
    for _again in range(2):
        run(app, "import", path, "--for", "mai")
        copies = db.session.scalars(select(Copy).order_by(Copy.id)).all()
        names = [field.name for field in fields(Noted)]
        assert [Noted(**{name: getattr(copy, name) for name in names}) for copy in copies] == noted
    again = run(app, "export", "--format", "json", "--for", "mai").stdout_bytes
    assert json.loads(again)["stamps"][0]["copies"] == json.loads(out)["stamps"][0]["copies"]


def test_copies_brought_with_all_that_is_noted_are_undone_unless_something_was_noted_since(
    app: Flask, mai: Person, tmp_path: Path
) -> None:
    run(app, "import", kept(tmp_path, colnect(ROSE)))
    brought_in_json(app, tmp_path, [{"condition": "MNH", "place": "Album 3", "price": "4"}])
    undo(last_import())
    assert number_of(Copy) == 0
    brought_in_json(app, tmp_path, [{"condition": "MNH", "place": "Album 3", "price": "4"}])
    db.session.scalars(select(Copy)).one().place = "Album 4"
    db.session.commit()
    undo(last_import())
    assert number_of(Copy) == 1


def test_what_is_not_understood_of_a_copy_stays_in_its_private_note(app: Flask, mai: Person, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(ROSE)))
    piece = {"condition": "splendid", "price": "much", "acquired_on": "30/02/1998", "private_note": "mine", "shelf": 3}
    brought_in_json(app, tmp_path, [piece])
    copy = db.session.scalars(select(Copy)).one()
    assert (copy.condition, copy.price, copy.acquired_on) == (None, None, "")
    assert copy.private_note == "mine · condition: splendid · price: much · acquired_on: 30/02/1998 · shelf: 3"


def test_copies_of_a_stamp_that_the_catalogue_does_not_know_go_out_again(
    app: Flask, mai: Person, tmp_path: Path
) -> None:
    pieces: list[dict[str, object]] = [{"condition": "MNH", "price": "4"}]
    brought_in_json(app, tmp_path, pieces)
    assert number_of(Copy) == 0
    out = json.loads(run(app, "export", "--format", "json", "--for", "mai").stdout_bytes)
    assert [stamp["copies"] for stamp in out["stamps"]] == [pieces]
