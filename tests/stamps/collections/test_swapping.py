"""Opening oneself, swap partners, messages: by choice, for grown-ups, and nothing else is ever told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts import services as accounts
from accounts.models import Person
from accounts.rules import NameShown, Relation
from core.db import db, transaction
from core.errors import Refused
from stamps.collections import queries, services
from stamps.collections.models import Collector, Message
from stamps.collections.rules import ANYTHING, MOST_BEGUN, Accepted, Condition, CopyFormat, Noted, Shown
from tests import cast, make
from tests.stamps.collections import catalogue

SECRET = "from the drawer of my aunt"
ALL = {"shows_counts": True, "shows_haves": True, "shows_swaps": True, "shows_wants": True}


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    return catalogue.small()


@pytest.fixture
def khoa(ids: dict[str, int]) -> Person:
    return cast.khoa()


@pytest.fixture
def lan(ids: dict[str, int]) -> Person:
    return cast.lan()


def opened(person: Person, *, swaps: bool = True, published: bool = False, **shown: bool) -> str:
    with transaction():
        return services.open_collector(
            person_id=person.id,
            shown=Shown(name=f"Collector {person.id}", **shown),
            published=published,
            swaps=swaps,
            says_grown_up=True,
            now=make.NOW,
        ).address


def offers(person: Person, stamp_id: int, **noted: object) -> None:
    with transaction():
        given = Noted(to_swap=True, private_note=SECRET, **noted)  # type: ignore[arg-type]
        services.add_copies(person_id=person.id, copies=[(stamp_id, given)], now=make.NOW)


def wants(person: Person, stamp_id: int, accepted: Accepted = ANYTHING) -> None:
    with transaction():
        services.want_stamps(person_id=person.id, wants=[(stamp_id, accepted)], now=make.NOW)


def fit(one: Person, other: Person, ids: dict[str, int]) -> None:
    """Each has one stamp that the other looks for."""
    offers(one, ids["vn-a-1"])
    wants(other, ids["vn-a-1"])
    offers(other, ids["vn-a-2"])
    wants(one, ids["vn-a-2"])


def partners(person: Person) -> list[tuple[int, int, int]]:
    return [(each.person_id, gives, takes) for each, gives, takes in queries.partners(person.id, most=10)]


def guarded(person: Person) -> None:
    with transaction():
        accounts.ensure_consent_text(now=make.NOW)
        accounts.give_consent(
            person=person, guardian_name="Trần Thu", relation=Relation.MOTHER, name_shown=NameShown.FULL, now=make.NOW
        )


def said(sender: Person, other: Person, body: str = "Shall we?", *, after: int = 0) -> Message:
    with transaction():
        now = make.NOW + timedelta(minutes=after)
        return services.write_to(sender_id=sender.id, other_id=other.id, body=body, now=now)


def test_partners_have_what_one_wants_and_want_what_one_has(khoa: Person, lan: Person, ids: dict[str, int]) -> None:
    fit(khoa, lan, ids)
    for person in (khoa, lan):
        opened(person)
    assert (partners(khoa), partners(lan)) == ([(lan.id, 1, 1)], [(khoa.id, 1, 1)])


def test_one_direction_alone_makes_no_partners(khoa: Person, lan: Person, ids: dict[str, int]) -> None:
    offers(lan, ids["vn-a-1"])
    wants(khoa, ids["vn-a-1"])
    for person in (khoa, lan):
        opened(person)
    assert partners(khoa) == []


def test_partners_are_ranked_by_the_smaller_number(khoa: Person, lan: Person, ids: dict[str, int]) -> None:
    """Lan offers three and takes one; Dũng offers two and takes two."""
    dung = cast.dung()
    mine, theirs = ("fr-a-1", "vn-b-1"), ("vn-a-1", "vn-a-2", "vn-a-3")
    for key in theirs:
        wants(khoa, ids[key])
        offers(lan, ids[key])
    for key in theirs[:2]:
        offers(dung, ids[key])
    for key in mine:
        offers(khoa, ids[key])
        wants(dung, ids[key])
    wants(lan, ids["fr-a-1"])
    for person in (khoa, lan, dung):
        opened(person)
    assert partners(khoa) == [(dung.id, 2, 2), (lan.id, 3, 1)]


@pytest.mark.parametrize(
    ("accepted", "noted", "fits"),
    [
        (Accepted(), {}, True),
        (Accepted((Condition.MNH, Condition.MLH)), {"condition": Condition.MLH}, True),
        (Accepted((Condition.MLH,)), {"condition": Condition.MH}, False),
        (Accepted((Condition.MH,)), {}, False),
        (Accepted(formats=(CopyFormat.SINGLE,)), {}, True),
        (Accepted(formats=(CopyFormat.BLOCK_OF_FOUR,)), {"format": CopyFormat.BLOCK}, False),
        (Accepted(formats=(CopyFormat.BLOCK,)), {"format": CopyFormat.BLOCK_OF_FOUR}, False),
        (Accepted(certificate_needed=True), {}, False),
        (Accepted(certificate_needed=True), {"certificate_expert": "BPP"}, True),
    ],
)
def test_only_what_would_be_taken_fits(
    khoa: Person, lan: Person, ids: dict[str, int], accepted: Accepted, noted: dict[str, object], fits: bool
) -> None:
    offers(lan, ids["vn-a-1"], **noted)
    wants(khoa, ids["vn-a-1"], accepted)
    offers(khoa, ids["vn-a-2"])
    wants(lan, ids["vn-a-2"])
    for person in (khoa, lan):
        opened(person)
    assert (len(partners(khoa)) == 1, len(queries.offered_to(khoa.id, lan.id, most=9)) == 1) == (fits, fits)


def test_only_who_is_open_is_found(khoa: Person, lan: Person, ids: dict[str, int]) -> None:
    fit(khoa, lan, ids)
    opened(khoa)
    assert partners(khoa) == []
    opened(lan, swaps=False, published=True, **ALL)
    assert partners(khoa) == []


def test_a_childs_account_is_opened_for_nobody(lan: Person) -> None:
    guarded(lan)
    with pytest.raises(Refused):
        opened(lan)


def test_who_turns_out_to_be_a_child_is_gone_at_once(
    khoa: Person, lan: Person, ids: dict[str, int], client: FlaskClient
) -> None:
    fit(khoa, lan, ids)
    address = [opened(person, published=True, **ALL) for person in (khoa, lan)][1]
    assert client.get(f"/collectors/{address}").status_code == 200
    guarded(lan)
    assert (partners(khoa), client.get(f"/collectors/{address}").status_code) == ([], 404)
    with pytest.raises(Refused):
        said(lan, khoa)


def test_who_does_not_say_to_be_grown_up_is_refused(khoa: Person) -> None:
    with pytest.raises(Refused), transaction():
        services.open_collector(
            person_id=khoa.id, shown=Shown("K"), published=True, swaps=True, says_grown_up=False, now=make.NOW
        )


def test_a_page_is_public_only_while_its_collector_wants_it(khoa: Person, client: FlaskClient) -> None:
    address = opened(khoa, published=False, **ALL)
    statuses = [client.get(f"/collectors/{address}").status_code]
    opened(khoa, published=True, **ALL)
    statuses.append(client.get(f"/collectors/{address}").status_code)
    with transaction():
        services.hide_collector(person_id=khoa.id)
    statuses.append(client.get(f"/collectors/{address}").status_code)
    assert (statuses, db.session.get(Collector, khoa.id)) == ([404, 200, 404], None)


@pytest.mark.parametrize("shows", ["counts", "haves", "swaps", "wants"])
def test_a_page_shows_what_was_chosen_and_nothing_else(
    khoa: Person, ids: dict[str, int], client: FlaskClient, shows: str
) -> None:
    with transaction():
        kept = Noted(private_note=SECRET, place="the safe", acquired_from="an uncle", public_note="fine")
        services.add_copies(person_id=khoa.id, copies=[(ids["vn-a-1"], kept)], now=make.NOW)
    offers(khoa, ids["vn-b-1"])
    wants(khoa, ids["fr-a-1"])
    address = opened(khoa, published=True, **{f"shows_{shows}": True})
    text = client.get(f"/collectors/{address}", headers={"Accept-Language": "en"}).text
    seen = {what: word in text for what, word in (("haves", "Herons 1"), ("swaps", "Storks 1"), ("wants", "Letters 1"))}
    expected = {"haves": shows == "haves", "swaps": shows in ("haves", "swaps"), "wants": shows == "wants"}
    assert seen == expected
    assert not any(word in text for word in (SECRET, "the safe", "an uncle", khoa.full_name, khoa.user_name))


def test_how_much_is_wanted_is_shown_with_the_wants_alone(
    khoa: Person, ids: dict[str, int], client: FlaskClient
) -> None:
    wants(khoa, ids["fr-a-1"])
    told = []
    for more in ({}, {"shows_wants": True}):
        address = opened(khoa, published=True, shows_counts=True, **more)
        text = client.get(f"/collectors/{address}", headers={"Accept-Language": "en"}).text
        told.append(text.count("<dt>Wanted</dt>"))
    assert told == [0, 1]


def test_what_is_chosen_on_the_page_is_shown(
    khoa: Person, as_: Callable[..., FlaskClient], client: FlaskClient
) -> None:
    browser = as_(khoa)
    assert browser.post("/my-stamps/showing", data={"name": "The crane", "published": "y"}).status_code == 422
    data = {"name": "The crane", "published": "y", "says_grown_up": "y"}
    assert browser.post("/my-stamps/showing", data=data).status_code == 302
    kept = queries.collector(khoa.id)
    assert kept is not None
    address = f"/collectors/{kept.address}"
    assert "The crane" in client.get(address).text
    browser.post("/my-stamps/showing/end")
    assert client.get(address).status_code == 404


def test_two_write_to_each_other_without_their_addresses(
    khoa: Person, lan: Person, ids: dict[str, int], as_: Callable[..., FlaskClient]
) -> None:
    fit(khoa, lan, ids)
    addresses = {person.id: opened(person) for person in (khoa, lan)}
    page = f"/my-stamps/partners/{addresses[lan.id]}"
    shown = as_(khoa).get(page).text
    assert ("Herons 2" in shown, "Herons 1" in shown, SECRET in shown) == (True, True, False)
    sent = as_(khoa).post(page, data={"body": "Shall we swap?"})
    assert sent.status_code == 302
    assert queries.number_unread(lan.id) == 1
    got = as_(lan).get(sent.location).text
    assert ("Shall we swap?" in got, khoa.user_name in got, queries.number_unread(lan.id)) == (True, False, 0)
    as_(lan).post(sent.location, data={"body": "Gladly."})
    assert "Gladly." in as_(khoa).get(sent.location).text
    assert as_(cast.stranger()).get(sent.location).status_code == 404


def test_who_has_nothing_to_swap_with_somebody_does_not_see_them(
    khoa: Person, lan: Person, as_: Callable[..., FlaskClient]
) -> None:
    address = [opened(person) for person in (khoa, lan)][1]
    assert as_(khoa).get(f"/my-stamps/partners/{address}").status_code == 404


def test_who_is_blocked_writes_no_more_and_is_no_partner(khoa: Person, lan: Person, ids: dict[str, int]) -> None:
    fit(khoa, lan, ids)
    for person in (khoa, lan):
        opened(person)
    conversation_id = said(khoa, lan).conversation_id
    with transaction():
        services.block(conversation=queries.conversation(conversation_id), by=lan.id)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        said(khoa, lan, after=5)
    assert (partners(khoa), partners(lan)) == ([], [])
    with transaction():
        services.unblock(conversation=queries.conversation(conversation_id), by=khoa.id)  # type: ignore[arg-type]
    assert partners(khoa) == []
    with transaction():
        services.unblock(conversation=queries.conversation(conversation_id), by=lan.id)  # type: ignore[arg-type]
    assert partners(khoa) == [(lan.id, 1, 1)]


def test_a_second_click_sends_no_second_message(khoa: Person, lan: Person) -> None:
    for person in (khoa, lan):
        opened(person)
    assert said(khoa, lan).id == said(khoa, lan).id
    assert said(khoa, lan, after=1).id != said(khoa, lan, "More", after=1).id


def test_nobody_begins_to_write_to_everybody(khoa: Person) -> None:
    opened(khoa)
    others = [make.person(f"other-{number}") for number in range(MOST_BEGUN + 1)]
    for other in others:
        opened(other)
    for other in others[:-1]:
        said(khoa, other)
    with pytest.raises(Refused):
        said(khoa, others[-1])


def test_an_organiser_reads_only_what_was_reported(
    khoa: Person, lan: Person, as_: Callable[..., FlaskClient], client: FlaskClient
) -> None:
    address, _other = (opened(person, published=True) for person in (khoa, lan))
    conversation_id = said(khoa, lan, "Come to my house").conversation_id
    hoa = cast.hoa()
    assert "Come to my house" not in as_(hoa).get("/reported-messages").text
    assert as_(hoa).post(f"/reported-messages/{conversation_id}/close").status_code == 404
    as_(lan).post(f"/my-stamps/messages/{conversation_id}/report")
    assert "Come to my house" in as_(hoa).get("/reported-messages").text
    assert as_(lan).get("/reported-messages").status_code == 404
    as_(hoa).post(f"/reported-messages/{conversation_id}/close")
    assert (client.get(f"/collectors/{address}").status_code, queries.swaps(khoa.id)) == (404, False)
    with pytest.raises(Refused):
        opened(khoa)
    assert queries.swaps(lan.id)


def test_everything_goes_with_the_collection(khoa: Person, lan: Person, as_: Callable[..., FlaskClient]) -> None:
    for person in (khoa, lan):
        opened(person)
    said(khoa, lan)
    as_(khoa).post("/my-stamps/erase")
    assert (queries.collector(khoa.id), queries.conversations_of(lan.id)) == (None, [])
    assert db.session.query(Message).count() == 0


def reported(khoa: Person, lan: Person) -> int:
    """Khoa has written to Lan, who reports it."""
    for person in (khoa, lan):
        opened(person)
    conversation_id = said(khoa, lan, "Come to my house").conversation_id
    with transaction():
        services.report(conversation=queries.conversation(conversation_id), by=lan.id, now=make.NOW)  # type: ignore[arg-type]
    return conversation_id


@pytest.mark.parametrize("way_out", ["/my-stamps/erase", "/my-stamps/showing/end"])
def test_who_was_closed_comes_back_by_no_way(
    khoa: Person, lan: Person, as_: Callable[..., FlaskClient], way_out: str
) -> None:
    conversation_id = reported(khoa, lan)
    as_(cast.hoa()).post(f"/reported-messages/{conversation_id}/close")
    as_(khoa).post(way_out)
    with pytest.raises(Refused):
        opened(khoa)


@pytest.mark.parametrize("way_out", ["/my-stamps/erase", "/my-stamps/showing/end"])
def test_who_leaves_before_the_organiser_looks_is_closed_all_the_same(
    khoa: Person, lan: Person, as_: Callable[..., FlaskClient], way_out: str
) -> None:
    conversation_id = reported(khoa, lan)
    as_(khoa).post(way_out)
    hoa = as_(cast.hoa())
    assert ("Come to my house" in hoa.get("/reported-messages").text, queries.swaps(khoa.id)) == (True, False)
    hoa.post(f"/reported-messages/{conversation_id}/close")
    with pytest.raises(Refused):
        opened(khoa)


def test_who_hid_before_being_reported_is_closed_all_the_same(
    khoa: Person, lan: Person, as_: Callable[..., FlaskClient]
) -> None:
    for person in (khoa, lan):
        opened(person)
    conversation_id = said(khoa, lan).conversation_id
    as_(khoa).post("/my-stamps/showing/end")
    as_(lan).post(f"/my-stamps/messages/{conversation_id}/report")
    as_(cast.hoa()).post(f"/reported-messages/{conversation_id}/close")
    with pytest.raises(Refused):
        opened(khoa)
    assert len(queries.conversations_of(lan.id)) == 1


@pytest.mark.parametrize("who", [0, 1])
def test_what_was_kept_for_the_organiser_alone_goes_once_looked_at(
    khoa: Person, lan: Person, as_: Callable[..., FlaskClient], who: int
) -> None:
    conversation_id = reported(khoa, lan)
    one = (khoa, lan)[who]
    as_(one).post("/my-stamps/erase")
    kept = queries.collector(one.id)
    assert kept is not None
    assert (kept.name, kept.about, kept.published_at, kept.swaps_since) == ("", "", None, None)
    as_(cast.hoa()).post(f"/reported-messages/{conversation_id}/settle")
    assert (queries.collector(one.id), queries.conversation(conversation_id)) == (None, None)
    assert db.session.query(Message).count() == 0


def test_what_is_reported_once_more_is_looked_at_once_more(
    khoa: Person, lan: Person, as_: Callable[..., FlaskClient]
) -> None:
    conversation_id = reported(khoa, lan)
    hoa = as_(cast.hoa())
    hoa.post(f"/reported-messages/{conversation_id}/settle")
    assert [each.id for each in queries.reported()] == []
    as_(lan).post(f"/my-stamps/messages/{conversation_id}/unblock")
    said(lan, khoa, "Leave me alone", after=5)
    as_(khoa).post(f"/my-stamps/messages/{conversation_id}/report")
    assert [(each.id, each.reported_by_id) for each in queries.reported()] == [(conversation_id, khoa.id)]


def test_organisers_find_what_was_reported(khoa: Person, lan: Person, as_: Callable[..., FlaskClient]) -> None:
    hoa = as_(cast.hoa())
    assert 'href="/reported-messages"' in hoa.get("/stages").text
    assert 'href="/reported-messages"' not in hoa.get("/stamps").text
    reported(khoa, lan)
    assert 'href="/reported-messages"' in hoa.get("/stamps").text
    assert 'href="/reported-messages"' not in as_(khoa).get("/stamps").text


def test_who_is_blocked_sees_no_offers(
    khoa: Person, lan: Person, ids: dict[str, int], as_: Callable[..., FlaskClient]
) -> None:
    fit(khoa, lan, ids)
    addresses = {person.id: opened(person) for person in (khoa, lan)}
    conversation_id = said(khoa, lan).conversation_id
    page = f"/my-stamps/partners/{addresses[lan.id]}"
    assert as_(khoa).get(page).status_code == 200
    as_(lan).post(f"/my-stamps/messages/{conversation_id}/block")
    assert as_(khoa).get(page).status_code == 404
    assert as_(khoa).get(f"/my-stamps/messages/{conversation_id}").status_code == 200


def test_everything_goes_with_the_person(khoa: Person, lan: Person) -> None:
    for person in (khoa, lan):
        opened(person)
    said(khoa, lan)
    with transaction():
        db.session.delete(khoa)
    assert (queries.conversations_of(lan.id), db.session.query(Message).count()) == ([], 0)
