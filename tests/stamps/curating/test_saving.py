"""Saving sets: understood, kept as printed where it is not, with author, source and undo; loading the record leaves it."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Person
from core.db import db, transaction
from core.errors import Refused
from core.evidence import Confidence, citations_of, claims_about
from core.jobs import Job
from core.journal import lines_about
from stamps import queries as stamps
from stamps.collections import services as collections
from stamps.curating import queries, services
from stamps.curating.models import Revision
from stamps.curating.rules import Act
from stamps.curating.services import RowSaid, SetSaid, fields
from stamps.kinds import StampKind, ValueKind
from stamps.models import Stamp, StampIssue
from stamps.rules import fields_in_doubt
from tests import cast, make

KEY = "vn-1998-06-10-world-cup-98-3-1"
ISSUE = "vn-1998-06-10-world-cup-98"
FACTS = {
    "country": "VN",
    "date": "2026-12-01",
    "name_vi": "Hoa sen",
    "name_en": "Lotus (invented)",
    "currency": "VND",
    "number": "vn 1190",
    "designer": "Nguyễn Ví Dụ",
    "topics": "Viết thư, upu",
}
ROWS: list[dict[str, str]] = [
    {
        "kind": "stamp",
        "position": "2-1",
        "number": "VN4001",
        "face_value": "4000",
        "numbers": "mi vn3900, wad:VN001.26",
    },
    {
        "kind": "stamp",
        "position": "2-2",
        "number": "4002",
        "face_value": "3*80",
        "perforation": "13.33 x 13.5",
        "size": "32x43",
    },
    {"kind": "souvenir_sheet", "face_value": "15000", "members": "*"},
    {"kind": "first_day_cover", "size": "190 x 110"},
]


@pytest.fixture
def khoa(app: Flask) -> Person:
    """The curator, and the record to curate."""
    make.record()
    return cast.khoa()


def enter(by: Person, facts: dict[str, str] = FACTS, rows: list[dict[str, str]] = ROWS, **said: Any) -> StampIssue:
    with transaction():
        given = SetSaid(facts=facts, rows=[RowSaid("", row) for row in rows], **said)
        return services.enter_set(said=given, by=by, now=make.NOW)


def change(key: str, by: Person, **typed: str) -> Revision:
    source = typed.pop("source", "")
    with transaction():
        thing = stamps.stamp(key) or stamps.issue(key)
        assert thing is not None
        said = SetSaid(facts={}, source=source, confidence=Confidence.HIGH)
        made = services.change_thing(thing=thing, typed=typed, said=said, by=by, now=make.NOW)
    assert made is not None
    return made


def undo(revision: Revision, by: Person) -> Revision | None:
    with transaction():
        return services.undo(revision=db.session.get_one(Revision, revision.id), by=by, now=make.NOW)


def stamp(key: str = KEY) -> Stamp:
    found = stamps.stamp(key)
    assert found is not None
    return found


def test_a_whole_set_is_entered_and_understood(khoa: Person) -> None:
    issue = enter(khoa, source="https://example.org/sheet", confidence=Confidence.MEDIUM)
    one, two, sheet, cover = issue.stamps
    assert (issue.key, issue.year, issue.n_stamps, issue.n_sheets) == ("vn-2026-12-01-lotus-invented", 2026, 2, 1)
    assert [row.normal for row in issue.numbers] == ["VN-set:1190"]
    assert [row.normal for row in one.numbers] == ["VN:4001", "Mi:VN 3900", "WNS:VN001.2026"]
    assert [credit.maker.key for credit in issue.credits] == ["nguyen-vi-du"]
    assert {topic.key for topic in issue.topics} == {"letter-writing", "upu"}
    assert ([member.stamp.position for member in sheet.members], cover.kind) == (
        ["2-1", "2-2"],
        StampKind.FIRST_DAY_COVER,
    )
    assert (one.currency, one.face_amount, two.width_mm, one.confidence) == ("VND", 4000, 32, Confidence.MEDIUM)
    assert citations_of("stamp", one.key) == ["https://example.org/sheet"]


def test_a_new_item_that_says_no_currency_has_that_of_its_issue(khoa: Person) -> None:
    """The screen sends every cell, empty ones too."""
    rows = [{**row, "currency": said} for row, said in zip(ROWS[:2], ("", "USD"), strict=True)]
    assert [item.currency for item in enter(khoa, rows=rows).stamps] == ["VND", "USD"]


def test_what_is_not_understood_stays_as_printed_and_is_in_doubt(khoa: Person) -> None:
    issue = enter(khoa, facts=FACTS | {"date": "30/02/1998"})
    two = issue.stamps[1]
    assert (two.face_value, two.face_kind, two.face_amount) == ("3*80", ValueKind.SUM, None)
    assert (issue.date, issue.date_printed, issue.year) == ("", "30/02/1998", None)
    doubts = fields_in_doubt(
        face_value=two.face_value, currency="VND", perforation=two.perforation, date="", date_printed=issue.date_printed
    )
    assert doubts == ["face_value", "perforation", "date"]


def test_readers_see_what_was_not_understood_as_it_is_printed(khoa: Person, client: FlaskClient) -> None:
    issue = enter(khoa, facts=FACTS | {"date": "30/02/1998"})
    key, second = issue.key, issue.stamps[1].key
    shown = client.get(f"/stamps/issues/{key}", headers={"Accept-Language": "en"}).text
    of_issue, of_stamp = (client.get(f"/api/v1/{path}").json for path in (f"issues/{key}", f"stamps/{second}"))
    assert "30/02/1998 (as printed, not understood)" in shown
    assert (of_issue["date"], of_issue["date_as_printed"], of_issue["not_understood"]) == (None, "30/02/1998", ["date"])
    assert (of_stamp["date_as_printed"], of_stamp["perforation"]["printed"]) == ("30/02/1998", "13.33 x 13.5")
    assert of_stamp["not_understood"] == ["face_value", "perforation", "date"]


def test_an_issue_of_unknown_number_says_how_many_are_listed(khoa: Person, client: FlaskClient) -> None:
    issue = enter(khoa, rows=[{"kind": "stamp", "face_value": "400"}, {"kind": "souvenir_sheet"}])
    shown = client.get(f"/stamps/issues/{issue.key}", headers={"Accept-Language": "en"}).text
    assert shown.count("1 listed here") == 2


def test_everything_entered_has_a_number_of_ours_and_reaches_search_and_journal(khoa: Person) -> None:
    issue = enter(khoa)
    things = [("stamp_issue", issue.key), *(("stamp", item.key) for item in issue.stamps)]
    assert all(stamps.permanent_numbers(*thing) for thing in things)
    jobs = db.session.scalars(select(Job).where(Job.name == "archive.index"))
    assert {(job.arguments["kind"], job.arguments["key"]) for job in jobs} >= set(things)
    (revision,) = queries.history(things)
    assert [line.act for line in lines_about("stamp_revision", revision.id)] == ["catalogue.entered"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"kind": "stamp", "size": "big"}, "rows-0-size"),
        ({"kind": "stamp", "numbers": "2910"}, "rows-0-numbers"),
        ({"kind": "stamp", "number": "none"}, "rows-0-number"),
        ({"kind": "stamp", "topics": "no such topic"}, "rows-0-topics"),
        ({"kind": "souvenir_sheet", "members": "9-9"}, "rows-0-members"),
        ({"kind": "stamp", "sales_end": "30/02/1998"}, "rows-0-sales_end"),
    ],
)
def test_what_cannot_be_is_refused_in_its_cell_and_nothing_is_kept(
    khoa: Person, row: dict[str, str], field: str
) -> None:
    before = stamps.number_of(StampIssue)
    with pytest.raises(Refused) as refused:
        enter(khoa, rows=[row])
    assert (refused.value.field, stamps.number_of(StampIssue)) == (field, before)


def test_no_two_items_stand_at_the_same_position(khoa: Person) -> None:
    with pytest.raises(Refused, match="position"):
        enter(khoa, rows=[ROWS[0], ROWS[0]])


def test_varieties_hang_to_any_depth_and_never_in_a_ring(khoa: Person) -> None:
    rows = [ROWS[0], {"kind": "stamp", "parent": "2-1", "difference": "paper"}]
    issue = enter(khoa, rows=rows)
    one, two = issue.stamps
    assert two.parent is one
    with pytest.raises(Refused, match="variety of itself"):
        change(one.key, khoa, parent=two.key)
    with pytest.raises(Refused, match="variety of itself"):
        change(one.key, khoa, parent=one.key)


def test_a_change_with_a_source_becomes_a_claim_and_the_disagreement_stays(khoa: Person) -> None:
    was = stamp().position
    change(KEY, khoa, position="3-9", source="https://example.org/other")
    told = {
        claim.value: (claim.chosen, claim.by_hand) for claim in claims_about("stamp", KEY) if claim.field == "position"
    }
    assert told == {"3-9": (True, True), was: (False, True)}


def test_a_change_is_undone_and_the_record_says_so(khoa: Person) -> None:
    was = stamp().position
    made = change(KEY, khoa, position="3-9")
    undone = undo(made, khoa)
    assert undone is not None
    assert (stamp().position, undone.undoes_id, undone.act) == (was, made.id, Act.UNDONE)


def test_an_undo_never_loses_a_later_change(khoa: Person) -> None:
    first = change(KEY, khoa, position="3-8")
    second = change(KEY, khoa, position="3-9")
    with pytest.raises(Refused, match="changed again since"):
        undo(first, khoa)
    undo(second, khoa)
    undo(first, khoa)
    assert stamp().position == "3-1"


def test_an_entered_set_is_taken_back_and_brought_again_whole(khoa: Person) -> None:
    issue = enter(khoa)
    key, items = issue.key, [item.key for item in issue.stamps]
    numbers = [stamps.permanent_numbers("stamp", item)[0].number for item in items]
    taken_back = undo(queries.history([("stamp_issue", key)])[0], khoa)
    assert taken_back is not None
    assert (stamps.issue(key), [stamps.stamp(item) for item in items]) == (None, [None] * 4)
    undo(taken_back, khoa)
    again = stamps.issue(key)
    assert again is not None
    assert [item.key for item in again.stamps] == items
    assert [member.stamp.position for member in again.stamps[2].members] == ["2-1", "2-2"]
    assert (again.stamps[0].face_value, again.designer) == ("4000", "Nguyễn Ví Dụ")
    assert len(numbers) == 4


def test_what_collectors_have_is_not_taken_out(khoa: Person) -> None:
    with transaction():
        collections.add_copy(person_id=khoa.id, stamp=stamp(), now=make.NOW)
    with pytest.raises(Refused, match="Collectors"), transaction():
        services.retire_thing(thing=stamp(), by=khoa, now=make.NOW, reason="")


def test_two_records_become_one_and_everything_moves_along(khoa: Person) -> None:
    mai, other = cast.mai(), "vn-1998-06-10-world-cup-98-3-2"
    change(other, khoa, note="of the other", perforation="11")
    change(KEY, khoa, perforation="13")
    with transaction():
        collections.add_copy(person_id=mai.id, stamp=stamp(other), now=make.NOW)
        for key in (KEY, other):
            collections.want_stamp(person_id=khoa.id, stamp=stamp(key), now=make.NOW)
    numbers = [row.number for row in stamps.permanent_numbers("stamp", other)]
    with transaction():
        services.merge(one=stamp(other), into=stamp(), by=khoa, now=make.NOW)
    from stamps.collections import queries as mine  # noqa: PLC0415

    assert stamps.stamp(other) is None
    assert len(mine.copies_of(mai.id, stamp())) == 1
    assert mine.want(khoa.id, stamp()) is not None
    assert {stamps.permanent_number(number).key for number in numbers} == {KEY}  # type: ignore[union-attr]
    assert "11" in {claim.value for claim in claims_about("stamp", KEY) if claim.field == "perforation"}
    assert stamp().perforation == "13"
    make.record()
    assert stamps.stamp(other) is None


def test_loading_the_record_keeps_what_curators_decided_and_claims_what_the_file_says(khoa: Person) -> None:
    was = stamp().position
    change(KEY, khoa, position="3-9")
    make.record()
    make.record()
    told = [(claim.value, claim.chosen) for claim in claims_about("stamp", KEY) if claim.field == "position"]
    assert (stamp().position, told) == ("3-9", [(was, False)])


def test_what_was_taken_out_does_not_come_again_with_the_record(khoa: Person) -> None:
    with transaction():
        services.retire_thing(thing=stamp(), by=khoa, now=make.NOW, reason="invented")
    make.record()
    assert stamps.stamp(KEY) is None


def test_nobody_saves_over_what_another_saved_meanwhile(khoa: Person) -> None:
    issue = stamps.issue(ISSUE)
    assert issue is not None
    change(KEY, khoa, position="3-9")
    said = SetSaid(facts={"name_en": "Mine"})
    with pytest.raises(Refused, match="after you had opened"), transaction():
        services.change_set(issue=stamps.issue(ISSUE) or issue, said=said, seen=0, by=khoa, now=make.NOW)


def test_what_a_form_shows_is_no_change_when_it_comes_back(khoa: Person) -> None:
    issue = enter(khoa)
    said = SetSaid(
        facts={name: fields.shown(issue, name) for name in fields.fields_of(issue)},
        rows=[
            RowSaid(item.key, {name: fields.shown(item, name) for name in fields.fields_of(item)})
            for item in issue.stamps
        ],
    )
    with transaction():
        again = stamps.issue(issue.key)
        assert again is not None
        seen = queries.latest_revision(services.records_of(again))
        assert services.change_set(issue=again, said=said, seen=seen, by=khoa, now=make.NOW) is None
