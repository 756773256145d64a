"""Issues to come: the calendar and its feeds, reserving, standing orders, the clerk's list; each sees their own."""

from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Person
from accounts.rules import Role
from core import clock
from core.db import db, transaction
from core.journal import JournalLine
from core.localtime import local_day
from stamps import queries as stamps
from stamps.coming import queries, services
from stamps.coming.models import Offer, Reservation
from stamps.coming.rules import Allotment, Certainty, Goods
from stamps.coming.services import Limits
from stamps.curating import services as curating
from stamps.curating.services import RowSaid, SetSaid
from stamps.models import StampIssue
from tests import cast, make

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def khoa(app: Flask) -> Person:
    """The curator, and the record."""
    make.record()
    return cast.khoa()


@pytest.fixture
def clerk(khoa: Person) -> Person:
    """Whoever stands at the counter."""
    return make.person("tuyet", Role.CLERK, full_name="Bùi Thị Tuyết")


def today() -> date:
    return local_day(clock.now())


def issue(khoa: Person, day: str, name: str = "Lotus (invented)", topics: str = "flora") -> StampIssue:
    said = SetSaid(
        facts={"country": "VN", "date": day, "name_en": name, "currency": "VND", "topics": topics},
        rows=[
            RowSaid("", {"kind": "stamp", "position": "1-1", "face_value": "4000"}),
            RowSaid("", {"kind": "first_day_cover"}),
        ],
    )
    with transaction():
        return curating.enter_set(said=said, by=khoa, now=clock.now())


def in_days(number: int) -> str:
    return (today() + timedelta(days=number)).isoformat()


def offer(made: StampIssue, clerk: Person, *, available: int | None = 3, most: int | None = 2, days: int = 5) -> Offer:
    with transaction():
        return services.open_offer(
            issue=stamps.issue(made.key) or made,
            last_day=today() + timedelta(days=days),
            rule=Allotment.ROUNDS,
            parts={Goods.SET: Limits(available, most), Goods.FIRST_DAY_COVER: Limits(None, None)},
            pickup="Counter 3",
            by=clerk,
            now=clock.now(),
            today=today(),
        )


def close(offer: Offer) -> None:
    with transaction():
        db.session.get_one(Offer, offer.id).last_day = today() - timedelta(days=1)


def english(browser: FlaskClient) -> FlaskClient:
    browser.get("/language/en")
    return browser


def events(client: FlaskClient, query: str = "") -> dict[str, icalendar.Event]:
    answer = client.get(f"/new-issues.ics?language=en{query}")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    found = icalendar.Calendar.from_ical(answer.text)
    return {str(event["summary"]): event for event in found.walk("VEVENT")}


def test_the_calendar_shows_what_comes_and_what_came_lately(khoa: Person, client: FlaskClient) -> None:
    issue(khoa, in_days(20))
    issue(khoa, in_days(-20), "Bamboo (invented)")
    text = client.get("/new-issues", headers={"Accept-Language": "en"}).text
    to_come, lately = text.split("Lately out")
    assert ("Lotus (invented)" in to_come, "Bamboo (invented)" in lately) == (True, True)
    assert "1 stamp, first day cover" in text
    assert "Lotus (invented)" not in client.get("/new-issues?country=FR").text
    assert "Lotus (invented)" in client.get("/new-issues?topic=flora").text
    day = today() + timedelta(days=20)
    assert "Lotus (invented)" in client.get(f"/new-issues/{day.year}/{day.month}").text


@pytest.mark.parametrize(
    "address", ["/new-issues?country=%00&topic=x", "/new-issues.ics?topic=%00", "/new-issues.atom?country=x"]
)
def test_nonsense_in_the_address_is_no_error(khoa: Person, client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/new-issues/2026/13", "/new-issues/1/1", "/new-issues/9999/1"])
def test_a_month_that_cannot_be_is_not_found(khoa: Person, client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_issue_is_an_all_day_event(khoa: Person, client: FlaskClient) -> None:
    issue(khoa, in_days(20))
    event = events(client)["Lotus (invented) (Vietnam)"]
    day = today() + timedelta(days=20)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (day, day + timedelta(days=1))
    assert (event["status"], event["sequence"], event["transp"]) == ("TENTATIVE", 0, "TRANSPARENT")


def test_a_month_without_a_day_is_the_whole_month(khoa: Person, client: FlaskClient) -> None:
    first = (today().replace(day=1) + timedelta(days=70)).replace(day=1)
    issue(khoa, first.isoformat()[:7])
    event = events(client)["Lotus (invented) (Vietnam)"]
    assert (event.decoded("dtstart"), event.decoded("dtend").day, event["status"]) == (first, 1, "TENTATIVE")


def test_a_moved_and_a_cancelled_issue_stay_the_same_event(khoa: Person, client: FlaskClient) -> None:
    made = issue(khoa, in_days(20))
    uid = events(client)["Lotus (invented) (Vietnam)"]["uid"]
    with transaction():
        again = stamps.issue(made.key)
        assert again is not None
        curating.change_thing(
            thing=again, typed={"date": in_days(25)}, said=SetSaid(facts={}), by=khoa, now=clock.now()
        )
    moved = events(client)["Lotus (invented) (Vietnam)"]
    assert (moved["uid"], moved["sequence"], "moved from" in moved["description"]) == (uid, 1, True)
    with transaction():
        again = stamps.issue(made.key)
        assert again is not None
        for certainty in (Certainty.CONFIRMED, Certainty.CANCELLED, Certainty.CANCELLED):
            services.announce(issue=again, certainty=certainty, note="", by=khoa, now=clock.now())
    cancelled = events(client)["cancelled: Lotus (invented) (Vietnam)"]
    assert (cancelled["uid"], cancelled["sequence"], cancelled["status"]) == (uid, 2, "CANCELLED")


def test_the_feed_has_an_entry_an_issue_under_an_address_that_stays(khoa: Person, client: FlaskClient) -> None:
    made = issue(khoa, in_days(20))
    answer = client.get("/new-issues.atom?language=fr")
    feed = ElementTree.fromstring(answer.data)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert answer.mimetype == "application/atom+xml"
    assert entry.findtext(f"{ATOM}id") == f"tag:localhost,2026:stamp-issue:{made.key}"
    assert entry.find(f"{ATOM}link").get("href") == f"http://localhost/stamps/issues/{made.key}"  # type: ignore[union-attr]
    assert feed.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")


@pytest.mark.parametrize("name", ["ics", "atom"])
def test_a_calendar_that_has_not_changed_is_not_sent_again(khoa: Person, client: FlaskClient, name: str) -> None:
    issue(khoa, in_days(20))
    first = client.get(f"/new-issues.{name}")
    again = [
        client.get(f"/new-issues.{name}", headers={asked: first.headers[told]}).status_code
        for asked, told in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
    ]
    issue(khoa, in_days(30), "Bamboo (invented)")
    changed = client.get(f"/new-issues.{name}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again, changed.status_code) == ([304, 304], 200)


def test_a_collector_reserves_within_the_limit_and_until_the_last_day(
    khoa: Person, clerk: Person, as_: Callable[..., FlaskClient]
) -> None:
    made = offer(issue(khoa, in_days(20)), clerk)
    mai = cast.mai()
    browser, address = english(as_(mai)), f"/offers/{made.id}"
    assert browser.post(address, data={"set": "3"}).status_code == 422
    assert queries.mine(mai.id) == []
    browser.post(address, data={"set": "2", "first_day_cover": "1"})
    assert [(row.part.goods, row.quantity) for row in queries.mine(mai.id)] == [
        (Goods.FIRST_DAY_COVER, 1),
        (Goods.SET, 2),
    ]
    browser.post(address, data={"set": "0", "first_day_cover": "1"})
    assert [row.part.goods for row in queries.mine(mai.id)] == [Goods.FIRST_DAY_COVER]
    close(made)
    assert browser.post(address, data={"set": "1"}).status_code == 422


def test_a_standing_order_reserves_of_offers_before_and_after_it(
    khoa: Person, clerk: Person, as_: Callable[..., FlaskClient]
) -> None:
    offer(issue(khoa, in_days(20)), clerk)
    mai = cast.mai()
    browser = english(as_(mai))
    order = {"country": "VN", "topic": "", "goods": "set", "quantity": "5", "since": today().isoformat()}
    assert browser.post("/my-reservations", data=order).status_code == 302
    assert browser.post("/my-reservations", data=order).status_code == 302
    offer(issue(khoa, in_days(30), "Bamboo (invented)"), clerk)
    offer(issue(khoa, in_days(-10), "Too early (invented)"), clerk)
    assert [(row.quantity, row.standing_id is not None) for row in queries.mine(mai.id)] == [(2, True), (2, True)]
    (standing,) = queries.standing_orders(mai.id)
    assert english(as_(cast.nam())).post(f"/standing-orders/{standing.id}/end").status_code == 404
    browser.post(f"/standing-orders/{standing.id}/end")
    offer(issue(khoa, in_days(40), "Afterwards (invented)"), clerk)
    assert len(queries.mine(mai.id)) == 2


def test_it_is_decided_once_after_the_last_day_and_everybody_sees_the_rule(
    khoa: Person, clerk: Person, as_: Callable[..., FlaskClient]
) -> None:
    made = offer(issue(khoa, in_days(20)), clerk)
    people = [cast.mai(), cast.nam()]
    for person in people:
        english(as_(person)).post(f"/offers/{made.id}", data={"set": "2"})
    counter = english(as_(clerk))
    seed = made.seed
    before = english(as_(people[0])).get(f"/offers/{made.id}").text
    assert ("everybody gets one" in before, "seal" in before, seed in before) == (True, True, False)
    assert counter.post(f"/clerk/offers/{made.id}/allot").status_code == 422
    close(made)
    for _click in range(2):
        assert counter.post(f"/clerk/offers/{made.id}/allot").status_code == 302
    given = sorted(queries.mine(person.id)[0].given or 0 for person in people)
    assert given == [1, 2]
    assert seed in english(as_(people[0])).get(f"/offers/{made.id}").text


def test_the_clerk_ticks_what_was_handed_over_and_takes_the_list_along(
    khoa: Person, clerk: Person, as_: Callable[..., FlaskClient]
) -> None:
    made = offer(issue(khoa, in_days(20)), clerk)
    mai = make.person("mai", full_name="=Trần Ngọc Mai")
    as_(mai).post(f"/offers/{made.id}", data={"set": "2"})
    close(made)
    counter = english(as_(clerk))
    counter.post(f"/clerk/offers/{made.id}/allot")
    row = queries.mine(mai.id)[0]
    counter.post(f"/clerk/reservations/{row.id}/handed", data={"handed": "yes"})
    assert db.session.get_one(Reservation, row.id).handed_at is not None
    counter.post(f"/clerk/reservations/{row.id}/handed", data={"handed": ""})
    assert db.session.get_one(Reservation, row.id).handed_at is None
    assert "Trần Ngọc Mai" in counter.get(f"/clerk/offers/{made.id}?by=goods").text
    lines = counter.get(f"/clerk/offers/{made.id}.csv").text.splitlines()
    assert lines[1].startswith("mai,'=Trần Ngọc Mai,set,2,2,")
    acts = [line.act for line in db.session.query(JournalLine).filter_by(thing_kind="stamp_reservation")]
    assert acts == ["reservation.handed", "reservation.not_handed"]


def test_the_clerk_opens_and_changes_an_offer(khoa: Person, clerk: Person, as_: Callable[..., FlaskClient]) -> None:
    made, counter = issue(khoa, in_days(20)), english(as_(clerk))
    said = {"last_day": in_days(5), "rule": "arrival", "offered_set": "yes", "available_set": "100", "most_set": "5"}
    assert counter.post(f"/clerk/issues/{made.key}", data={"last_day": in_days(5)}).status_code == 422
    assert counter.post(f"/clerk/issues/{made.key}", data=said | {"last_day": in_days(-1)}).status_code == 422
    assert counter.post(f"/clerk/issues/{made.key}", data=said).status_code == 302
    assert (
        counter.post(f"/clerk/issues/{made.key}", data=said | {"available_set": "80", "rule": "rounds"}).status_code
        == 302
    )
    (opened,) = queries.offers()
    assert (opened.rule, opened.parts[0].available, opened.parts[0].most_each) == (Allotment.ARRIVAL, 80, 5)


def test_reservations_are_seen_by_their_collector_and_the_clerk_only(
    khoa: Person, clerk: Person, as_: Callable[..., FlaskClient], client: FlaskClient
) -> None:
    made = offer(issue(khoa, in_days(20)), clerk)
    mai = cast.mai()
    as_(mai).post(f"/offers/{made.id}", data={"set": "2"})
    row = queries.mine(mai.id)[0]
    for address in (
        "/clerk",
        f"/clerk/offers/{made.id}",
        f"/clerk/offers/{made.id}.csv",
        f"/clerk/issues/{made.issue.key}",
    ):
        assert [
            as_(person).get(address).status_code for person in (khoa, cast.hoa() if address == "/clerk" else khoa, mai)
        ] == [404] * 3
        assert client.get(address).status_code == 302
    assert as_(khoa).post(f"/clerk/reservations/{row.id}/handed").status_code == 404
    assert mai.full_name not in as_(khoa).get(f"/offers/{made.id}").text
    assert client.get("/my-reservations").status_code == 302


def test_only_curators_say_how_sure_an_issue_is(khoa: Person, clerk: Person, as_: Callable[..., FlaskClient]) -> None:
    made = issue(khoa, in_days(20))
    address = f"/curating/issues/{made.key}/announcement"
    assert as_(clerk).post(address, data={"certainty": "cancelled"}).status_code == 404
    assert as_(khoa).post(address, data={"certainty": "cancelled", "note": "No paper."}).status_code == 302
    text = english(as_(khoa)).get(f"/stamps/issues/{made.key}").text
    assert ("cancelled" in text, "No paper." in text) == (True, True)


def cancel(made: StampIssue, khoa: Person) -> None:
    with transaction():
        again = stamps.issue(made.key)
        assert again is not None
        services.announce(issue=again, certainty=Certainty.CANCELLED, note="", by=khoa, now=clock.now())


def test_a_standing_order_has_its_share_of_goods_added_later(
    khoa: Person, clerk: Person, as_: Callable[..., FlaskClient]
) -> None:
    """What was given back of the other goods is not asked for anew."""
    made, mai = issue(khoa, in_days(20)), cast.mai()
    said = {"last_day": in_days(5), "rule": "rounds", "offered_set": "yes"}
    counter, browser = english(as_(clerk)), english(as_(mai))
    counter.post(f"/clerk/issues/{made.key}", data=said)
    for goods in ("set", "first_day_cover"):
        order = {"country": "VN", "topic": "", "goods": goods, "quantity": "2", "since": today().isoformat()}
        browser.post("/my-reservations", data=order)
    (opened,) = queries.offers()
    browser.post(f"/offers/{opened.id}", data={"set": "0"})
    assert queries.mine(mai.id) == []
    counter.post(f"/clerk/issues/{made.key}", data=said | {"offered_first_day_cover": "yes"})
    assert [(row.part.goods, row.quantity) for row in queries.mine(mai.id)] == [(Goods.FIRST_DAY_COVER, 2)]


def test_the_last_day_is_not_moved_into_the_past(khoa: Person, clerk: Person, as_: Callable[..., FlaskClient]) -> None:
    """But what there is may be said anew after it, until it is decided who gets what."""
    made, counter = issue(khoa, in_days(20)), english(as_(clerk))
    said = {"last_day": in_days(5), "rule": "rounds", "offered_set": "yes", "available_set": "5"}
    counter.post(f"/clerk/issues/{made.key}", data=said)
    assert counter.post(f"/clerk/issues/{made.key}", data=said | {"last_day": in_days(-1)}).status_code == 422
    (opened,) = queries.offers()
    close(opened)
    changed = said | {"last_day": in_days(-1), "available_set": "7"}
    assert counter.post(f"/clerk/issues/{made.key}", data=changed).status_code == 302
    assert [part.available for part in db.session.get_one(Offer, opened.id).parts] == [7]


def test_nothing_is_reserved_of_a_cancelled_issue(khoa: Person, clerk: Person, as_: Callable[..., FlaskClient]) -> None:
    """What was reserved before may still be given back."""
    made = issue(khoa, in_days(20))
    opened, mai = offer(made, clerk), cast.mai()
    browser, counter = english(as_(mai)), english(as_(clerk))
    browser.post(f"/offers/{opened.id}", data={"set": "2"})
    cancel(made, khoa)
    assert browser.post(f"/offers/{opened.id}", data={"set": "2", "first_day_cover": "1"}).status_code == 422
    assert "was cancelled" in browser.get(f"/offers/{opened.id}").text
    order = {"country": "VN", "topic": "", "goods": "first_day_cover", "quantity": "2", "since": today().isoformat()}
    browser.post("/my-reservations", data=order)
    assert [row.quantity for row in queries.mine(mai.id)] == [2]
    assert browser.post(f"/offers/{opened.id}", data={"set": "0"}).status_code == 302
    assert queries.mine(mai.id) == []
    close(opened)
    assert counter.post(f"/clerk/offers/{opened.id}/allot").status_code == 422
    other = issue(khoa, in_days(30), "Bamboo (invented)")
    cancel(other, khoa)
    said = {"last_day": in_days(5), "rule": "rounds", "offered_set": "yes"}
    assert counter.post(f"/clerk/issues/{other.key}", data=said).status_code == 422
