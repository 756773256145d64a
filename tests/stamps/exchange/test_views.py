"""The pages: a file is looked at before anything is written, brought in, undone, taken away; nobody sees another's."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Person
from core import clock, files, jobs
from core.db import db, transaction
from stamps.collections.models import CollectorList, Copy, ListEntry, Want
from stamps.curating.models import Suggestion
from stamps.exchange import rules, services, working
from stamps.exchange.models import ImportRow, StampImport
from stamps.exchange.rules import Finding, ImportState
from stamps.models import Stamp
from tests import cast
from tests.stamps.exchange.files import DOVE, QUILL, colnect, kept
from tests.stamps.exchange.test_collecting import MINE
from tests.stamps.exchange.test_commands import ROSE, number_of, run
from tests.stamps.exchange.test_reading import cut, sheet

SignIn = Callable[[Person], FlaskClient]
ENGLISH = {"Accept-Language": "en"}


def bring(browser: FlaskClient, text: str | bytes, *, to: str = "/my-stamps/files", name: str = "list.csv") -> str:
    content = text if isinstance(text, bytes) else text.encode("utf-8-sig")
    data = {"file": (io.BytesIO(content), name)}
    answer = browser.post(to, data=data, content_type="multipart/form-data", headers=ENGLISH)
    assert answer.status_code == 302, answer.text
    return answer.location


def read(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.text


@pytest.fixture
def mai(app: Flask, as_: SignIn) -> FlaskClient:
    return as_(cast.mai())


def test_a_list_is_looked_at_brought_in_and_undone(app: Flask, mai: FlaskClient, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(MINE)))
    place = bring(mai, colnect(MINE, QUILL))
    seen = read(mai, place)
    assert "A list of 39 columns" in seen
    assert "Face value: “3*80” is kept as printed." in seen
    assert "It is Rose · EE · 1994" in seen
    assert number_of(Copy) == 0
    mai.post(f"{place}/write", data={"list-0": "have", "list-1": "swap", "list-2": "list", "into": "want"})
    assert [number_of(table) for table in (Copy, Want, ListEntry)] == [3, 0, 1]
    assert "Brought in" in read(mai, place)
    assert "A quill" in read(mai, "/my-stamps/unknown")
    mai.post(f"{place}/undo")
    assert [number_of(table) for table in (Copy, Want, ListEntry, CollectorList)] == [0, 0, 0, 0]
    assert "Undone" in read(mai, place)


@pytest.mark.parametrize("what", ["read", "write", "undo"])
def test_what_the_end_of_a_process_left_undone_the_worker_does(
    app: Flask, mai: FlaskClient, tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small files are worked on while somebody waits; a process may end in the midst of that."""
    run(app, "import", kept(tmp_path, colnect(MINE)))
    place = bring(mai, colnect(MINE)) if what != "read" else ""
    if what == "undo":
        mai.post(f"{place}/write")
    with monkeypatch.context() as ended:
        ended.setattr(working, "read" if what == "read" else "on_import", lambda *_: None)
        place = bring(mai, colnect(MINE)) if what == "read" else place
        if what != "read":
            mai.post(f"{place}/{what}")
    assert "data-at-work" in read(mai, place)
    jobs.run_due(now=clock.now() + working.AT_MOST + timedelta(seconds=1))
    assert "data-at-work" not in read(mai, place)


def test_an_import_that_was_broken_off_says_how_far_it_came(app: Flask, mai: FlaskClient, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(MINE)))
    place = bring(mai, colnect(MINE, QUILL))
    mai.post(f"{place}/write")
    with transaction():
        db.session.scalars(select(StampImport).order_by(StampImport.id.desc())).first().done = 1  # type: ignore[union-attr]
    assert "Of 2 rows 1 are brought in; then the work was broken off." in read(mai, place)
    mai.post(f"{place}/undo")
    assert "Undone" in read(mai, place)


def test_rows_without_a_list_go_where_it_was_chosen(app: Flask, mai: FlaskClient, tmp_path: Path) -> None:
    rose = ROSE | dict.fromkeys(("List", "Quantity", "Condition", "Public Note", "Private Note"), "")
    run(app, "import", kept(tmp_path, colnect(rose)))
    mai.post(f"{bring(mai, colnect(rose))}/write", data={"into": "want"})
    assert number_of(Want) == 1
    mai.post(f"{bring(mai, colnect(rose | {'Score': '3'}))}/write", data={"into": "list", "into_name": "From Hà Nội"})
    assert db.session.scalars(select(CollectorList.name)).all() == ["From Hà Nội"]


def test_each_row_may_be_chosen(app: Flask, mai: FlaskClient, tmp_path: Path) -> None:
    plain = dict.fromkeys(("Link",), "")
    run(app, "import", kept(tmp_path, colnect(DOVE | plain)))
    place = bring(mai, colnect(DOVE | plain | {"FaceValue": "2"}, MINE))
    near, new = db.session.scalars(select(ImportRow).where(~ImportRow.written).order_by(ImportRow.id))
    assert (near.finding, new.finding) == (Finding.NEAR, Finding.NEW)
    dove = db.session.scalars(select(Stamp)).one()
    mai.post(f"{place}/choices", data={f"act-{near.id}": f"stamp-{dove.id}", f"act-{new.id}": "leave"})
    assert (near.stamp_id, near.act, new.act) == (dove.id, rules.RowAct.MATCH, rules.RowAct.LEAVE)
    mai.post(f"{place}/choices", data={f"act-{new.id}": f"stamp-{dove.id}"})
    assert new.act is rules.RowAct.LEAVE
    mai.post(f"{place}/choices", data={"all-new": "new"})
    assert new.act is rules.RowAct.NEW
    mai.post(f"{place}/write", data={})
    assert [want.stamp_id for want in db.session.scalars(select(Want))] == [dove.id]


def test_new_stamps_are_suggested_without_anything_of_the_collectors_own(mai: FlaskClient) -> None:
    mai.post(f"{bring(mai, colnect(DOVE))}/write", data={"offer": "y"})
    suggestion = db.session.scalars(select(Suggestion)).one()
    assert (suggestion.value, suggestion.details["numbers"]) == ("White dove", "Mi:EE 935, Sn:EE 976, Gz:EE 44")
    assert "uncle" not in str(suggestion.details)
    assert "suggested to the curators" in read(mai, "/my-stamps/unknown")


def test_looking_again_finds_what_the_catalogue_knows_by_now(app: Flask, mai: FlaskClient, tmp_path: Path) -> None:
    mai.post(f"{bring(mai, colnect(MINE))}/write", data={})
    run(app, "import", kept(tmp_path, colnect(MINE)))
    mai.post("/my-stamps/unknown")
    assert number_of(Copy) == 3
    assert "The catalogue knows all stamps" in read(mai, "/my-stamps/unknown")


@pytest.mark.parametrize("form", ["colnect", "csv", "xlsx", "json"])
def test_own_lists_are_taken_away(mai: FlaskClient, form: str) -> None:
    mai.post(f"{bring(mai, colnect(DOVE))}/write", data={})
    answer = mai.get(f"/my-stamps/files/{form}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert form == "xlsx" or b"White dove" in answer.data
    assert form != "colnect" or answer.data == colnect(DOVE).encode("utf-8-sig")


def test_a_large_file_is_worked_on_by_the_worker(mai: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stamps.exchange.views.bringing.READ_AT_ONCE", 10)
    monkeypatch.setattr("stamps.exchange.views.looking.AT_ONCE", 0)
    place = bring(mai, colnect(DOVE, QUILL))
    assert "is being read" in read(mai, place)
    jobs.run_due()
    mai.post(f"{place}/write", data={})
    assert "is being brought in" in read(mai, place)
    jobs.run_due()
    mai.post(f"{place}/undo")
    assert "is being undone" in read(mai, place)
    jobs.run_due()
    assert db.session.scalars(select(StampImport.state)).all() == [ImportState.UNDONE]


def test_the_file_as_it_was_brought_is_forgotten(app: Flask, mai: FlaskClient) -> None:
    place = bring(mai, colnect(DOVE))
    assert list(Path(app.config["UPLOADS"]).rglob("*.dat"))
    mai.post(f"{place}/forget")
    assert [number_of(table) for table in (StampImport, ImportRow)] == [0, 0]
    assert not list(Path(app.config["UPLOADS"]).rglob("*.dat"))


def test_nobody_opens_anothers_import(mai: FlaskClient, as_: SignIn) -> None:
    place = bring(mai, colnect(DOVE))
    for person in (cast.nam(), cast.khoa()):
        other = as_(person)
        assert other.get(place).status_code == 404
        assert [other.post(f"{place}/{act}").status_code for act in ("write", "undo", "choices", "forget")] == [404] * 4
    assert number_of(StampImport) == 1


def test_only_curators_bring_files_for_the_catalogue(mai: FlaskClient, as_: SignIn) -> None:
    assert mai.get("/stamps/files").status_code == 404
    khoa = as_(cast.khoa())
    place = bring(khoa, colnect(DOVE, ROSE), to="/stamps/files")
    khoa.post(f"{place}/write", data={})
    assert number_of(Stamp) == 2
    assert mai.get(place).status_code == 404
    assert "New stamps" in read(khoa, place)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"hello", "No table of stamps"),
        (b"PK\x03\x04", "not a spreadsheet"),
        (b"[[[", "This JSON cannot be read"),
        (b"\0" * 1000, "No table of stamps"),
        (b"", "No table of stamps"),
    ],
)
def test_what_is_no_list_is_answered_politely_and_not_kept(
    app: Flask, mai: FlaskClient, content: bytes, sentence: str
) -> None:
    data = {"file": (io.BytesIO(content), "a.csv")}
    answer = mai.post("/my-stamps/files", data=data, content_type="multipart/form-data", headers=ENGLISH)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not list(Path(app.config["UPLOADS"]).rglob("*.dat"))


def test_no_file_and_too_large_a_file(mai: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Please choose a file." in mai.post("/my-stamps/files", data={}, headers=ENGLISH).text
    monkeypatch.setattr("stamps.exchange.forms.LARGEST_FILE", 100)
    data = {"file": (io.BytesIO(b"x" * 101), "a.csv")}
    answer = mai.post("/my-stamps/files", data=data, content_type="multipart/form-data", headers=ENGLISH)
    assert "The file is larger than" in answer.text


def test_what_cannot_be_read_is_named_with_its_line(mai: FlaskClient) -> None:
    place = bring(mai, colnect(DOVE, 'Rose,"Alba"nia,x', QUILL))
    assert "Rose,&#34;Alba&#34;nia,x" in read(mai, place)
    mai.post(f"{place}/write", data={})
    assert "Lines that could not be read" in read(mai, place)


def test_a_second_click_changes_nothing(mai: FlaskClient, app: Flask, tmp_path: Path) -> None:
    run(app, "import", kept(tmp_path, colnect(MINE)))
    place = bring(mai, colnect(MINE))
    for _click in range(2):
        mai.post(f"{place}/write", data={})
    assert number_of(Copy) == 3
    for _click in range(2):
        mai.post(f"{place}/undo")
    assert number_of(Copy) == 0


def test_nothing_of_the_files_is_left_of_an_erased_collection(
    app: Flask, mai: FlaskClient, tmp_path: Path, as_: SignIn
) -> None:
    lan = as_(cast.lan())
    bring(lan, colnect(MINE))
    mai.post(f"{bring(mai, colnect(MINE, QUILL))}/write", data={"into": "want"})
    bring(mai, colnect(DOVE))
    waiting = files.path_of(
        db.session.scalars(select(StampImport.file_id).order_by(StampImport.id.desc())).first() or ""
    )
    assert waiting.exists()
    mai.post("/my-stamps/erase")
    exported = json.loads(run(app, "export", "--format", "json", "--for", "mai").stdout_bytes)
    assert (exported["stamps"], waiting.exists()) == ([], False)
    whose = select(Person.user_name).join(StampImport, StampImport.person_id == Person.id)
    assert (list(db.session.scalars(whose)), number_of(ImportRow)) == (["lan"], 1)


def test_what_breaks_off_is_answered_politely(app: Flask, mai: FlaskClient) -> None:
    seen = read(mai, bring(mai, cut(sheet(60)), name="list.xlsx"))
    assert "This is not a spreadsheet that can be opened." in seen
    assert "A\ufffd" in read(mai, bring(mai, r'[{"name": "A\ud800", "country": "Vietnam"}]', name="list.json"))


def test_a_file_at_which_reading_fails_leaves_nothing(
    app: Flask, mai: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(services, "read_portion", fail)
    data = {"file": (io.BytesIO(colnect(DOVE).encode()), "list.csv")}
    assert mai.post("/my-stamps/files", data=data, content_type="multipart/form-data").status_code == 500
    kept_files = [path for path in files.path_of(".").rglob("*") if path.is_file()]
    assert (number_of(StampImport), kept_files) == (0, [])


def test_stamps_that_the_catalogue_does_not_know_are_told_of_and_counted_when_undone(mai: FlaskClient) -> None:
    place = bring(mai, colnect(DOVE, QUILL))
    nothing = read(mai, "/my-stamps/unknown")
    mai.post(f"{place}/write", data={"into": "list", "into_name": "Brought"})
    told = [read(mai, address) for address in ("/my-stamps", "/my-stamps/paper/wants")]
    mai.post(f"{place}/undo")
    undone, left = read(mai, place), read(mai, "/my-stamps")
    assert "no file of yours is brought in" in nothing
    assert [text.count("2 more stamps of your files") + text.count("2 stamps of your files") for text in told] == [1, 1]
    assert "2 things that this file made are gone" in undone
    assert ("yours alone" in undone, "more stamp" in left) == (False, False)


def test_addresses_in_a_file_are_whole_and_lead_to_what_anybody_may_see(
    app: Flask, mai: FlaskClient, tmp_path: Path
) -> None:
    run(app, "import", kept(tmp_path, colnect(DOVE)))
    key = db.session.scalars(select(Stamp.key)).one()
    mai.post("/my-stamps/mark", data={"stamp": key, "do": "have"})
    head, _blank, rows = mai.get("/my-stamps/files/colnect").text.partition("\n\n")
    assert ("/my-stamps" in head, f"http://localhost/stamps/{key}" in rows) == (False, True)
    mai.post("/my-stamps/showing", data={"name": "Mai", "published": "y", "says_grown_up": "y"})
    assert '"http://localhost/collectors/' in mai.get("/my-stamps/files/colnect").text.partition("\n\n")[0]


def test_a_file_is_taken_away_from_its_page_as_it_came(app: Flask, mai: FlaskClient, as_: SignIn) -> None:
    text = colnect(MINE, QUILL)
    places = [bring(mai, one) for one in (text, colnect(MINE, DOVE))]
    assert mai.get(f"{places[0]}/file").location == places[0]
    for place in places:
        mai.post(f"{place}/write", data={"list-0": "have", "list-1": "swap", "list-2": "list", "into": "want"})
    assert f'href="{places[0]}/file"' in read(mai, places[0])
    assert mai.get(f"{places[0]}/file").data == text.encode("utf-8-sig")
    assert mai.get(f"{places[1]}/file").data == colnect(MINE, DOVE).encode("utf-8-sig")
    assert as_(cast.nam()).get(f"{places[0]}/file").status_code == 404
