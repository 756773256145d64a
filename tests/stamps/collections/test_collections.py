"""What people keep and look for: theirs alone, once for two clicks, gone with the person."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from accounts.models import Person
from archive import services as archive
from archive.sources import sources
from core.db import db, transaction
from core.journal import JournalLine
from stamps import queries as stamps
from stamps.collections import queries, services
from stamps.collections.models import Copy, Want
from stamps.collections.rules import Condition, CopyFormat, Noted, Status, status_of
from stamps.models import Stamp
from tests import cast, make

KEY = "vn-1998-06-10-world-cup-98-3-1"
PAGE = f"/stamps/{KEY}"
NOTE = "from the drawer of my aunt"


@pytest.fixture
def khoa(app: Flask) -> Person:
    """A collector, and the record to collect from."""
    make.record()
    return cast.khoa()


@pytest.fixture
def album(khoa: Person, as_: Callable[..., FlaskClient]) -> FlaskClient:
    """The collector's browser in English."""
    browser = as_(khoa)
    browser.get("/language/en")
    return browser


def stamp() -> Stamp:
    found = stamps.stamp(KEY)
    assert found is not None
    return found


def add(person: Person, *, now: datetime = make.NOW, **said: Any) -> int:
    with transaction():
        return services.add_copy(person_id=person.id, stamp=stamp(), now=now, noted=Noted(**said)).id


def number_of(table: type[Copy] | type[Want]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_stamp_is_added_on_its_page_with_what_is_known_of_it(album: FlaskClient, khoa: Person) -> None:
    album.post(f"{PAGE}/copies", data={"condition": "used", "format": "block", "to_swap": "y", "private_note": NOTE})
    (copy,) = queries.copies_of(khoa.id, stamp())
    assert (copy.condition, copy.format, copy.to_swap, copy.private_note) == (
        Condition.USED,
        CopyFormat.BLOCK,
        True,
        NOTE,
    )
    text = album.get(PAGE).text
    assert ("used (U) · block · to swap" in text, NOTE in text) == (True, True)


def test_nothing_need_be_known_of_a_copy(album: FlaskClient, khoa: Person) -> None:
    assert album.post(f"{PAGE}/copies").status_code == 302
    (copy,) = queries.copies_of(khoa.id, stamp())
    assert (copy.condition, copy.format, copy.to_swap, copy.private_note) == (None, None, False, "")


def test_what_cannot_be_is_answered_with_the_form(album: FlaskClient) -> None:
    assert album.post(f"{PAGE}/copies", data={"condition": "eaten"}).status_code == 422
    assert number_of(Copy) == 0


def test_a_second_click_adds_no_second_copy(khoa: Person) -> None:
    first = add(khoa, condition=Condition.MNH)
    again = add(khoa, condition=Condition.MNH, now=make.NOW + timedelta(seconds=3))
    later = add(khoa, condition=Condition.MNH, now=make.NOW + timedelta(minutes=3))
    other = add(khoa, condition=Condition.USED)
    assert (first == again, len({first, later, other})) == (True, 3)


def test_who_has_a_stamp_looks_for_it_no_longer(album: FlaskClient) -> None:
    for _click in range(2):
        album.post(f"{PAGE}/want")
    assert (number_of(Want), "I want it" in album.get(PAGE).text) == (1, True)
    album.post(f"{PAGE}/copies")
    assert number_of(Want) == 0


def test_a_want_is_taken_back(album: FlaskClient) -> None:
    album.post(f"{PAGE}/want")
    for _click in range(2):
        assert album.post(f"{PAGE}/want/end").status_code == 302
    assert number_of(Want) == 0


def test_a_copy_is_changed_and_removed(album: FlaskClient, khoa: Person) -> None:
    copy_id = add(khoa, private_note=NOTE)
    assert NOTE in album.get(f"/copies/{copy_id}").text
    album.post(f"/copies/{copy_id}", data={"condition": "mnh", "private_note": "better than I thought"})
    copy = db.session.get_one(Copy, copy_id)
    assert (copy.condition, copy.private_note) == (Condition.MNH, "better than I thought")
    album.post(f"/copies/{copy_id}/remove")
    assert number_of(Copy) == 0


def test_the_lists_are_those_of_the_page(album: FlaskClient, khoa: Person) -> None:
    add(khoa, private_note=NOTE)
    add(khoa, to_swap=True, condition=Condition.MH)
    text = album.get("/my-stamps").text
    assert ("My stamps (2)" in text, "To swap (1)" in text, "Wanted (0)" in text) == (True, True, True)
    assert (NOTE in text, NOTE in album.get("/my-stamps?show=swap").text) == (True, False)


@pytest.mark.parametrize("query", ["show=nonsense", "page=0", "page=99999999999", "page=x", "show=%00"])
def test_nonsense_in_the_address_is_no_error(album: FlaskClient, query: str) -> None:
    assert album.get(f"/my-stamps?{query}").status_code == 200


def test_nobody_sees_or_changes_the_copies_of_another(khoa: Person, as_: Callable[..., FlaskClient]) -> None:
    copy_id = add(khoa, private_note=NOTE)
    stranger = as_(cast.stranger())
    assert stranger.get(f"/copies/{copy_id}").status_code == 404
    assert stranger.post(f"/copies/{copy_id}").status_code == 404
    assert stranger.post(f"/copies/{copy_id}/remove").status_code == 404
    assert [NOTE in stranger.get(address).text for address in (PAGE, "/my-stamps")] == [False, False]
    assert number_of(Copy) == 1


def test_who_is_not_signed_in_is_asked_to(khoa: Person, client: FlaskClient) -> None:
    answers = [client.get("/my-stamps"), client.post(f"{PAGE}/want"), client.post(f"{PAGE}/copies")]
    assert [answer.status_code for answer in answers] == [302] * 3
    assert f'href="/account/sign-in?next=/stamps/{KEY}"' in client.get(PAGE).text


def test_no_stamp_that_is_not_there_is_marked(album: FlaskClient) -> None:
    assert album.post("/stamps/nothing/want").status_code == 404


def test_a_collection_goes_with_the_person(khoa: Person) -> None:
    add(khoa)
    with transaction():
        services.want_stamp(person_id=khoa.id, stamp=list(stamps.every_item())[-1], now=make.NOW)
    with transaction():
        db.session.delete(khoa)
    assert (number_of(Copy), number_of(Want)) == (0, 0)


def test_a_collection_leaves_no_line_in_the_journal(khoa: Person) -> None:
    with transaction():
        db.session.execute(delete(JournalLine))
    add(khoa, private_note=NOTE)
    assert db.session.scalar(select(func.count()).select_from(JournalLine)) == 0


def test_a_private_note_is_in_no_document(app: Flask, khoa: Person) -> None:
    add(khoa, private_note=NOTE)
    with app.test_request_context():
        assert not any(NOTE in repr(document) for source in sources() for document in source.all())


def test_results_show_ones_own_status_and_nobody_elses(
    album: FlaskClient, khoa: Person, as_: Callable[..., FlaskClient]
) -> None:
    archive.rebuild()
    add(khoa, to_swap=True)
    stranger = as_(cast.stranger())
    stranger.get("/language/en")
    address = "/search?q=chuyen+bong&kind=stamp"
    badge = "I have it to swap"
    assert (badge in album.get(address).text, badge in stranger.get(address).text) == (True, False)


@pytest.mark.parametrize(
    ("copies", "to_swap", "wanted", "status"),
    [
        (0, 0, False, None),
        (0, 0, True, Status.WANT),
        (1, 0, False, Status.HAVE),
        (1, 0, True, Status.HAVE),
        (2, 1, False, Status.SWAP),
    ],
)
def test_one_thing_is_said_of_a_stamp(copies: int, to_swap: int, wanted: bool, status: Status | None) -> None:
    assert status_of(copies=copies, to_swap=to_swap, wanted=wanted) == status
