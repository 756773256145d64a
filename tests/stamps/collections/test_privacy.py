"""What somebody has is theirs alone: no address of the platform tells anybody else, not the search, not the journal."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from accounts.models import Person
from archive.sources import sources
from core.db import db, transaction
from core.journal import JournalLine
from stamps.collections import services
from stamps.collections.rules import Accepted, Cells, Noted, Priority, Shown, Status
from tests import cast
from tests.contest.addresses import every_address
from tests.make import NOW
from tests.stamps.collections import catalogue

SECRET = "Zwiebelturm"


@pytest.fixture
def khoa(app: Flask) -> Person:
    """A collector who has noted a secret wherever something can be noted, opened to partners but with no public page."""
    ids, khoa, lan = catalogue.small(), cast.khoa(), cast.lan()
    noted = Noted(
        grade=SECRET,
        place=SECRET,
        acquired_from=SECRET,
        certificate_expert=SECRET,
        public_note=SECRET,
        private_note=SECRET,
        parted_with=SECRET,
        to_swap=True,
    )
    with transaction():
        db.session.execute(delete(JournalLine))
        services.add_copies(person_id=khoa.id, copies=[(ids["vn-a-1"], noted)], now=NOW)
        (want,) = services.want_stamps(person_id=khoa.id, wants=[(ids["vn-b-1"], Accepted())], now=NOW)
        services.change_want(
            want=want, accepted=Accepted(), priority=Priority.HIGH, public_note=SECRET, private_note=SECRET
        )
        made = services.make_list(person_id=khoa.id, name=SECRET, note=SECRET, now=NOW)
        services.put_on_list(
            list_=made, stamp_ids=[ids["vn-a-1"]], cells={ids["vn-a-1"]: Cells(public_note=SECRET, private_note=SECRET)}
        )
        services.mark(person_id=khoa.id, stamp_ids=[ids["fr-a-1"]], status=Status.HAVE, now=NOW)
        for person in (khoa, lan):
            services.open_collector(
                person_id=person.id,
                shown=Shown(name=SECRET, about=SECRET, shows_haves=True, shows_swaps=True, shows_wants=True),
                published=False,
                swaps=True,
                says_grown_up=True,
                now=NOW,
            )
        services.write_to(sender_id=khoa.id, other_id=lan.id, body=SECRET, now=NOW)
    return khoa


@pytest.mark.parametrize("who", [None, cast.stranger, cast.hoa, cast.mai])
def test_no_address_tells_anybody_else(
    app: Flask,
    khoa: Person,
    client: FlaskClient,
    as_: Callable[[Person], FlaskClient],
    who: Callable[[], Person] | None,
) -> None:
    browser = as_(who()) if who else client
    assert [address for address in every_address(app) if SECRET in browser.get(address).text] == []


def test_the_search_knows_nothing(app: Flask, khoa: Person) -> None:
    with app.test_request_context():
        assert [document for source in sources() for document in source.all() if SECRET in repr(document)] == []


def test_the_owner_sees_what_was_noted(khoa: Person, as_: Callable[[Person], FlaskClient]) -> None:
    """Or the test above could not fail."""
    browser = as_(khoa)
    assert [SECRET in browser.get(address).text for address in ("/my-stamps", "/my-stamps/lists")] == [True, True]


def test_the_journal_tells_nothing(khoa: Person) -> None:
    assert list(db.session.scalars(select(JournalLine.act))) == []
