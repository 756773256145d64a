"""Loading the catalogue."""

from decimal import Decimal

from flask import Flask

from core.db import db, transaction
from stamps import queries
from stamps.models import Stamp, StampIssue
from tests import make

CONTEST_STAMP = "vn-2021-10-09-upu-letter-writing-50"


def test_loading_twice_doubles_nothing(app: Flask) -> None:
    make.record()
    make.record()

    assert (queries.number_of(StampIssue), queries.number_of(Stamp)) == (78, 79)


def test_every_stamp_hangs_on_its_issue(app: Flask) -> None:
    make.record()

    issue = queries.issue("vn-2001-06-05-diesel-locomotives")
    assert issue is not None
    assert [stamp.position for stamp in issue.stamps] == ["6-1", "6-2", "6-3", "6-4", "6-5", "6-6", "sheet"]


def test_a_changed_row_is_brought_back_to_what_the_file_says(app: Flask) -> None:
    make.record()
    with transaction():
        issue = queries.issue(CONTEST_STAMP)
        assert issue is not None
        issue.designer, issue.topics = "nobody", []

    make.record()

    again = queries.issue(CONTEST_STAMP)
    assert again is not None
    assert (again.designer.split(" (")[0], {topic.key for topic in again.topics}) == (
        "Phạm Quang Diệu",
        {"letter-writing", "upu"},
    )


def test_amounts_stay_exact(app: Flask) -> None:
    make.record()

    stamp = queries.stamp("vn-1981-08-05-military-stamps-4-1")
    assert stamp is not None
    db.session.refresh(stamp)
    assert (stamp.face_value, stamp.face_amount, stamp.width_mm) == ("12 xu", Decimal("0.12"), Decimal(19))


def test_what_is_not_known_stays_empty(app: Flask) -> None:
    make.record()

    issue = queries.issue(CONTEST_STAMP)
    assert issue is not None
    assert (issue.national_code, issue.perforation, issue.printer, issue.catalogue_numbers) == ("", "", "", "")
