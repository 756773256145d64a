"""Loading the catalogue."""

from decimal import Decimal

from flask import Flask

from core.db import db, transaction
from stamps import queries, words
from stamps.models import Stamp, StampIssue
from stamps.rules import FIRST_OF_A_SITE
from stamps.services import give_permanent_numbers, lead_to
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
    assert (issue.numbers, issue.perforation, issue.printer, words.set_number(issue)) == ([], "", "", "")


def test_every_record_has_a_number_of_ours_that_stays(app: Flask) -> None:
    make.record()
    make.record()

    numbers = [row.number for row in queries.permanent_numbers("stamp_issue", CONTEST_STAMP)]
    found = queries.permanent_number(numbers[0])
    assert found is not None
    assert (len(numbers), found.kind, found.key) == (1, "stamp_issue", CONTEST_STAMP)


def test_a_site_numbers_its_own_things_above_the_record(app: Flask) -> None:
    make.record()
    with transaction():
        give_permanent_numbers(kind="stamp", keys=["one", "two", "one"])
        give_permanent_numbers(kind="stamp", keys=["one", "three"])

    given = [queries.permanent_numbers("stamp", key)[0].number for key in ("one", "two", "three")]
    assert given == [FIRST_OF_A_SITE, FIRST_OF_A_SITE + 1, FIRST_OF_A_SITE + 2]


def test_the_number_of_what_went_leads_to_what_it_became(app: Flask) -> None:
    with transaction():
        give_permanent_numbers(kind="stamp", keys=["one", "other"])
        lead_to(kind="stamp", key="one", other="other")

    found = queries.permanent_number(FIRST_OF_A_SITE)
    assert found is not None
    assert found.key == "other"


def test_one_designer_however_the_name_is_accented(app: Flask) -> None:
    make.record()

    named = {"vn-2021-07-31-national-treasures-gold", "vn-2001-10-09-dialogue-among-civilizations"}
    makers = {credit.maker for key in named if (issue := queries.issue(key)) for credit in issue.credits}
    assert [maker.name for maker in makers if maker.key == "nguyen-du"] == ["Nguyễn Du"]
