"""Pages of one's own collection: marking, lists, wants, the whole of a copy with its picture, completeness."""

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from accounts.models import Person
from core import files
from core.db import transaction
from stamps import queries as stamps
from stamps.collections import queries, services
from stamps.collections.rules import Condition, CopyFormat, Disposition, Noted, Priority, Status
from tests import cast, make
from tests.stamps.collections import catalogue


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    return catalogue.small()


@pytest.fixture
def khoa(ids: dict[str, int]) -> Person:
    return cast.khoa()


@pytest.fixture
def album(khoa: Person, as_: Callable[..., FlaskClient]) -> FlaskClient:
    browser = as_(khoa)
    browser.get("/language/en")
    return browser


def copy_of(person: Person, stamp_id: int, **noted: object) -> int:
    with transaction():
        given = Noted(**noted)  # type: ignore[arg-type]
        return services.add_copies(person_id=person.id, copies=[(stamp_id, given)], now=make.NOW)[0].id


def picture(size: tuple[int, int] = (30, 20)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "PNG")
    out.seek(0)
    return out


def test_nobody_offers_what_is_not_out(album: FlaskClient, khoa: Person, ids: dict[str, int]) -> None:
    """Not with a new copy, nor with one that is there; what is offered already may still be noted of."""
    before, offered = copy_of(khoa, ids["vn-b-1"]), copy_of(khoa, ids["vn-b-1"], to_swap=True)
    with transaction():
        issue = stamps.issue("vn-b")
        assert issue is not None
        issue.date, issue.year = "2999-12", 2999
    for address in ("/stamps/vn-b-1/copies", f"/copies/{before}"):
        answer = album.post(address, data={"to_swap": "y", "place": "Album 7"})
        assert (answer.status_code, "What has not come out yet cannot be swapped." in answer.text) == (422, True)
    assert album.post(f"/copies/{offered}", data={"to_swap": "y", "place": "Album 7"}).status_code == 302
    assert album.post("/stamps/vn-b-1/copies", data={"place": "Album 7"}).status_code == 302
    assert queries.counts(khoa.id) == {Status.HAVE: 3, Status.SWAP: 1, Status.WANT: 0}


def test_a_set_is_marked_on_its_page_and_taken_back(album: FlaskClient, khoa: Person) -> None:
    answer = album.post("/my-stamps/mark", data={"issue": "vn-a", "do": "have", "next": "/stamps/issues/vn-a"})
    assert (answer.status_code, answer.location) == (302, "/stamps/issues/vn-a")
    page = album.get("/stamps/issues/vn-a").text
    assert ("3 stamps marked." in page, "3 of 4" in page) == (True, True)
    act = queries.last_act(khoa.id, since=make.NOW)
    assert act is not None
    undo = f"/my-stamps/acts/{act.id}/undo"
    album.post(undo, data={"next": "/stamps/issues/vn-a"})
    assert queries.counts(khoa.id)[Status.HAVE] == 0
    assert album.post(undo).status_code == 404


def test_what_is_ticked_is_marked(album: FlaskClient, khoa: Person, ids: dict[str, int]) -> None:
    album.post("/my-stamps/mark", data={"stamp": ["vn-a-1", "vn-b-2", "nothing"], "do": "want"})
    assert set(queries.wants_of(khoa.id, ids.values())) == {ids["vn-a-1"], ids["vn-b-2"]}


def test_the_keys_are_answered_with_what_to_say(album: FlaskClient, khoa: Person) -> None:
    told = album.post("/my-stamps/mark", data={"stamp": "vn-a-1", "do": "swap"}, headers={"Accept": "application/json"})
    assert (told.json["said"], told.json["statuses"]) == ("1 stamp marked.", {"vn-a-1": "I have it to swap"})
    back = album.post(told.json["undo"], headers={"Accept": "application/json"})
    assert (back.json["said"], back.json["statuses"]) == ("Taken back.", {"vn-a-1": ""})


@pytest.mark.parametrize(
    "data", [{}, {"stamp": "vn-a-1"}, {"stamp": "vn-a-1", "do": "eat"}, {"do": "have", "stamp": "\x00"}]
)
def test_nonsense_marks_nothing(album: FlaskClient, khoa: Person, data: dict[str, str]) -> None:
    assert album.post("/my-stamps/mark", data=data).status_code in (302, 400)
    assert queries.counts(khoa.id) == dict.fromkeys(Status, 0)


def test_marking_leads_nowhere_else(album: FlaskClient) -> None:
    answer = album.post("/my-stamps/mark", data={"stamp": "vn-a-1", "do": "have", "next": "https://elsewhere.example"})
    assert answer.location == "/"


def test_nobody_takes_back_what_another_marked(
    album: FlaskClient, khoa: Person, as_: Callable[..., FlaskClient]
) -> None:
    album.post("/my-stamps/mark", data={"issue": "vn-a", "do": "have"})
    act = queries.last_act(khoa.id, since=make.NOW)
    assert act is not None
    assert as_(cast.stranger()).post(f"/my-stamps/acts/{act.id}/undo").status_code == 404
    assert queries.counts(khoa.id)[Status.HAVE] == 3


def test_who_is_not_signed_in_is_shown_the_way(client: FlaskClient, ids: dict[str, int]) -> None:
    assert "/account/sign-in?next=/stamps/issues/vn-a" in client.get("/stamps/issues/vn-a").text
    assert client.post("/my-stamps/mark", data={"issue": "vn-a", "do": "have"}).status_code == 302


def test_everything_of_a_copy_is_noted_on_its_page(album: FlaskClient, khoa: Person, ids: dict[str, int]) -> None:
    copy_id = copy_of(khoa, ids["vn-a-1"])
    said = {
        "condition": "mlh",
        "format": "block_of_four",
        "grade": "F, thin spot",
        "place": "album 3",
        "acquired_on": "2020-05",
        "acquired_from": "Lan",
        "price": "12.50",
        "price_currency": "EUR",
        "certificate_expert": "BPP",
        "certificate_number": "77",
        "certificate_date": "2019",
        "public_note": "for all",
        "private_note": "for me",
        "to_swap": "y",
        "disposition": "kept",
    }
    assert album.post(f"/copies/{copy_id}", data=said).status_code == 302
    (copy,) = list(queries.every_copy(khoa.id))
    texts = {name: getattr(copy, name) for name in said if isinstance(getattr(copy, name), str)}
    assert texts == {name: value for name, value in said.items() if name in texts}
    assert (copy.condition, copy.format, copy.price) == (Condition.MLH, CopyFormat.BLOCK_OF_FOUR, Decimal("12.5"))
    assert all(value in album.get(f"/copies/{copy_id}").text for value in ("F, thin spot", "album 3", "12.5", "77"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("acquired_on", "30/02/1998"),
        ("acquired_on", "2021-13"),
        ("price", "1.2345"),
        ("price", "-1"),
        ("disposition", "eaten"),
    ],
)
def test_what_cannot_be_is_refused(
    album: FlaskClient, khoa: Person, ids: dict[str, int], field: str, value: str
) -> None:
    copy_id = copy_of(khoa, ids["vn-a-1"])
    assert album.post(f"/copies/{copy_id}", data={"disposition": "kept", field: value}).status_code == 422


def test_a_copy_that_was_sold_is_kept_in_the_history(album: FlaskClient, khoa: Person, ids: dict[str, int]) -> None:
    copy_id = copy_of(khoa, ids["vn-a-1"], to_swap=True)
    album.post(f"/copies/{copy_id}", data={"disposition": "sold", "parted_on": "2025-01", "to_swap": "y"})
    (copy,) = list(queries.every_copy(khoa.id))
    assert (copy.disposition, copy.to_swap) == (Disposition.SOLD, False)
    assert ("sold" in album.get("/my-stamps?show=gone").text, "My stamps (0)" in album.get("/my-stamps").text) == (
        True,
        True,
    )


def test_a_picture_is_the_owners_alone(
    album: FlaskClient, khoa: Person, ids: dict[str, int], as_: Callable[..., FlaskClient]
) -> None:
    copy_id = copy_of(khoa, ids["vn-a-1"])
    address = f"/copies/{copy_id}/picture"
    assert album.post(address, data={"picture": (picture(), "me.png")}).status_code == 302
    shown = album.get(f"{address}.jpg")
    assert (shown.status_code, shown.mimetype, shown.headers["Cache-Control"]) == (
        200,
        "image/jpeg",
        "private, no-store",
    )
    assert as_(cast.stranger()).get(f"{address}.jpg").status_code == 404
    (copy,) = list(queries.every_copy(khoa.id))
    kept = files.path_of(copy.picture)
    album.post(f"{address}/remove")
    assert (kept.exists(), album.get(f"{address}.jpg").status_code) == (False, 404)


def test_a_picture_goes_with_its_copy(album: FlaskClient, khoa: Person, ids: dict[str, int]) -> None:
    copy_id = copy_of(khoa, ids["vn-a-1"])
    album.post(f"/copies/{copy_id}/picture", data={"picture": (picture(), "me.png")})
    kept = files.path_of(next(iter(list(queries.every_copy(khoa.id)))).picture)
    assert kept.exists()
    album.post(f"/copies/{copy_id}/remove")
    assert not kept.exists()


def test_a_file_that_is_no_picture_is_refused(album: FlaskClient, khoa: Person, ids: dict[str, int]) -> None:
    copy_id = copy_of(khoa, ids["vn-a-1"])
    answer = album.post(f"/copies/{copy_id}/picture", data={"picture": (io.BytesIO(b"nothing"), "me.png")})
    assert (answer.status_code, "is not a picture we can read" in answer.text) == (422, True)


def test_what_would_be_taken_is_said_on_the_page_of_a_want(
    album: FlaskClient, khoa: Person, ids: dict[str, int]
) -> None:
    album.post("/stamps/vn-a-1/want")
    (want,) = list(queries.every_want(khoa.id))
    album.post(f"/wants/{want.id}", data={"conditions": ["mnh", "mlh"], "formats": ["single"], "priority": "high"})
    (want,) = list(queries.every_want(khoa.id))
    assert (want.conditions, want.formats, want.priority) == (
        (Condition.MNH, Condition.MLH),
        (CopyFormat.SINGLE,),
        Priority.HIGH,
    )
    assert "MNH, MLH · single stamp" in album.get("/my-stamps?show=want").text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"source": "country", "years": "1999"}, "Please choose a country."),
        ({"source": "country", "country": "VN", "years": "٢٠٢٠"}, "A year or two, please"),
        ({"source": "topic"}, "Please choose a topic."),
        ({"source": "series"}, "Please choose a series."),
        ({"source": "search"}, "Please type what to search for."),
    ],
)
def test_a_list_without_what_it_is_made_of_is_refused(
    album: FlaskClient, khoa: Person, given: dict[str, str], sentence: str
) -> None:
    answer = album.post("/my-stamps/lists", data={"name": "Empty", **given})
    assert (answer.status_code, sentence in answer.text, queries.lists_of(khoa.id)) == (422, True, [])


def test_a_list_is_made_of_a_country_shown_filled_and_removed(
    album: FlaskClient, khoa: Person, ids: dict[str, int]
) -> None:
    copy_of(khoa, ids["vn-b-1"])
    made = album.post(
        "/my-stamps/lists", data={"name": "VN 1999", "source": "country", "country": "VN", "years": "1999"}
    )
    assert made.status_code == 302
    text = album.get(made.location).text
    assert ("Storks 2" in text, "1 of 2" in text, "Herons" in text) == (True, True, False)
    assert "VN 1999" in album.get("/my-stamps/lists").text
    assert "nothing new" in album.post(f"{made.location}/fill", follow_redirects=True).text
    album.post(f"{made.location}/change", data={"name": "Storks", "note": "all"})
    assert "Storks" in album.get("/my-stamps/lists").text
    album.post(f"{made.location}/remove")
    assert (queries.lists_of(khoa.id), queries.counts(khoa.id)[Status.HAVE]) == ([], 1)


def test_stamps_are_put_on_a_list_with_cells_of_their_own(
    album: FlaskClient, khoa: Person, ids: dict[str, int]
) -> None:
    made = album.post("/my-stamps/lists", data={"name": "Mine", "source": "hand"}).location
    list_id = int(made.rsplit("/", 1)[1])
    album.post("/my-stamps/mark", data={"stamp": "vn-a-1", "list": list_id})
    entry = f"{made}/stamps/{ids['vn-a-1']}"
    album.post(entry, data={"quantity": "2", "condition": "cto", "public_note": "both"})
    list_ = queries.list_(list_id)
    assert list_ is not None
    (kept,) = queries.entries(list_)
    assert (kept.quantity, kept.condition, kept.public_note) == (2, Condition.CTO, "both")
    assert album.get(entry).status_code == 200
    album.post(f"{entry}/off")
    assert (queries.stamps_on(list_), album.get(entry).status_code) == ([], 404)


def test_nobody_sees_or_fills_the_list_of_another(
    album: FlaskClient, khoa: Person, as_: Callable[..., FlaskClient]
) -> None:
    made = album.post("/my-stamps/lists", data={"name": "Mine", "source": "hand"}).location
    stranger = as_(cast.stranger())
    assert [stranger.get(made).status_code, stranger.post(f"{made}/remove").status_code] == [404, 404]
    assert stranger.post("/my-stamps/mark", data={"stamp": "vn-a-1", "list": made.rsplit("/", 1)[1]}).status_code == 404


def test_two_lists_of_one_name_are_refused_on_the_form(album: FlaskClient) -> None:
    answers = [album.post("/my-stamps/lists", data={"name": "Mine", "source": "hand"}) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 422]


@pytest.mark.parametrize("by", ["country", "year", "series", "topic", "issue", "nonsense"])
def test_completeness_is_shown_every_way(album: FlaskClient, khoa: Person, ids: dict[str, int], by: str) -> None:
    copy_of(khoa, ids["vn-a-1"])
    answer = album.get(f"/my-stamps/completeness?by={by}&country=VN")
    assert ('href="/stamps/series/animals-of-vn"' in answer.text) is (by == "series")
    assert (answer.status_code, "1 of " in answer.text) == (200, True)


def test_whole_issues_are_marked_from_a_list(album: FlaskClient, khoa: Person) -> None:
    album.post("/my-stamps/mark", data={"issue": ["vn-a", "fr-a"], "do": "have"})
    assert queries.counts(khoa.id)[Status.HAVE] == 4
