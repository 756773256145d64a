"""When a thing is said to have changed: whatever is said of it counts, wherever it is written down."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from core.db import db, transaction
from stamps import queries
from stamps.exchange import services as exchange
from stamps.exchange import working
from stamps.exchange.models import StampImport
from stamps.exchange.rules import ImportState
from stamps.kinds import MakerKind, Part, View
from stamps.models import Credit, Maker, Stamp, StampIssue, StampPicture, Topic
from stamps.pictures import services as pictures
from stamps.pictures.services.adding import KeptPicture
from stamps.reading.numbers import read_number
from stamps.services.describing import known_catalogues, number_thing
from tests import make
from tests.stamps.exchange.test_commands import run
from tests.stamps.opendata.drawn import picture

ISSUE = "vn-1998-06-10-world-cup-98"
STAMP = f"{ISSUE}-3-1"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def stamp(app: Flask) -> Stamp:
    """A stamp of the record with a picture, nothing of which has changed for long."""
    make.record()
    picture(_stamp())
    _wait()
    return _stamp()


def _wait() -> None:
    with transaction():
        for table in (StampIssue, Stamp):
            db.session.execute(update(table).values(changed_at=LONG_AGO))


def _stamp() -> Stamp:
    found = queries.stamp(STAMP)
    assert found is not None
    return found


def _picture() -> StampPicture:
    return _stamp().pictures[0]


def _withdraw() -> None:
    pictures.withdraw_picture(picture=_picture(), by=None, now=make.NOW)


def _restore() -> None:
    _picture().withdrawn_at = make.NOW
    db.session.flush()
    pictures.restore_picture(picture=_picture(), by=None, now=make.NOW)


def _add_picture() -> None:
    kept = KeptPicture("digest", "file", 10, 10)
    pictures.add_picture(
        thing=_stamp(), kept=kept, licence="CC0", source="drawn", view=View.FACE, by=None, now=make.NOW
    )


def _add_topic() -> None:
    _stamp().topics.append(db.session.query(Topic).order_by(Topic.id.desc()).first())


def _add_number() -> None:
    number = read_number("Mi:VN 1")
    assert number is not None
    number_thing(_stamp(), [number], known_catalogues())


def _changed() -> tuple[bool, bool, bool]:
    """Whether the stamp, its issue and another stamp of that issue have changed since."""
    db.session.expire_all()
    one, other = _stamp(), queries.stamp(f"{ISSUE}-3-2")
    assert other is not None
    return tuple(thing.changed_at > LONG_AGO for thing in (one, one.issue, other))  # type: ignore[return-value]


@pytest.mark.usefixtures("stamp")
@pytest.mark.parametrize("change", [_add_picture, _withdraw, _restore, _add_topic, _add_number])
def test_what_hangs_on_a_stamp_is_part_of_it(change: Callable[[], None]) -> None:
    with transaction():
        change()
    assert _changed() == (True, False, False)


@pytest.mark.usefixtures("stamp")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("issuer", "Another post"), ("date", "1998-06-11"), ("country", "LA"), ("name_en", "Another name")),
        *(("perforation", "14"), ("topics", [])),
    ],
)
def test_what_an_issue_says_of_all_its_stamps_changes_all_of_them(field: str, value: object) -> None:
    with transaction():
        issue = _stamp().issue
        if field == "topics":
            issue.topics.append(db.session.query(Topic).order_by(Topic.id.desc()).first())
        else:
            setattr(issue, field, value)
    assert _changed() == (True, True, True)


@pytest.mark.usefixtures("stamp")
def test_what_an_issue_says_of_itself_alone_changes_it_alone() -> None:
    with transaction():
        _stamp().issue.note = "A remark."
    assert _changed() == (False, True, False)


@pytest.mark.usefixtures("stamp")
def test_a_maker_s_new_name_changes_all_that_they_made() -> None:
    with transaction():
        maker = Maker(key="somebody", kind=MakerKind.PERSON, name="Somebody")
        db.session.add(Credit(maker=maker, stamp_id=_stamp().id, part=Part.DESIGNER))
    _wait()
    with transaction():
        maker.name = "Sømebody"
    assert _changed() == (True, False, False)


@pytest.mark.usefixtures("stamp")
def test_the_same_again_is_no_change() -> None:
    with transaction():
        issue = _stamp().issue
        issue.issuer, issue.topics = str(issue.issuer), list(issue.topics)
        number_thing(issue, [n for row in issue.numbers if (n := read_number(row.normal))], known_catalogues())
    assert _changed() == (False, False, False)


@pytest.mark.usefixtures("stamp")
def test_a_file_changes_what_it_adds_to_and_so_does_undoing_it(app: Flask, tmp_path: Path) -> None:
    """Many rows are written at once, past the session that hears of changes."""
    one = {
        "country": "VN",
        "date": "1998-06-10",
        "series": _stamp().issue.name_en,
        "name": "Another",
        "numbers": "Mi:VN 9",
    }
    path = tmp_path / "list.json"
    path.write_text(json.dumps([one]))
    assert "1 new" in run(app, "import", path).output
    assert _changed() == (False, True, False)
    _wait()
    (import_,) = db.session.scalars(select(StampImport))
    import_id = import_.id
    with transaction():
        exchange.begin(import_, ImportState.UNDOING)
    working.undo(import_id, None)
    assert _changed() == (False, True, False)


@pytest.mark.usefixtures("stamp")
def test_a_file_changes_the_stamp_that_it_tells_more_of(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    link = f"/stamps/{STAMP}"
    path.write_text(json.dumps([{"country": "VN", "date": "1998-06-10", "name": "x", "link": link, "gum": "PVA"}]))
    assert "1 of stamps that are here" in run(app, "import", path).output
    assert _changed() == (True, False, False)


@pytest.mark.usefixtures("stamp")
def test_a_stamp_that_joins_an_issue_changes_it() -> None:
    with transaction():
        db.session.add(Stamp(key="new", issue_id=_stamp().issue_id, rank=99))
    assert _changed() == (False, True, False)
