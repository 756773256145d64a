"""What everybody reads once results are public, and what goes from every page when it must."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts import services as accounts
from accounts.models import Person
from accounts.rules import NameShown
from contest.letters.rules import LetterState
from contest.results import queries, services
from contest.winners import queries as winners
from core import clock, jobs
from core.db import db, transaction
from tests.contest.addresses import every_address, everything
from tests.contest.results.conftest import NAMES, Year
from tests.contest.results.test_services import WORDS, ahead, at, cancel, give, set_hour

PUBLIC = ("/laureates/", "/laureates", "/editions/", "/search", "/countries/")


@pytest.fixture
def visitor(client: FlaskClient) -> FlaskClient:
    """Somebody without an account, who reads English."""
    client.get("/language/en")
    return client


def telling(app: Flask, visitor: FlaskClient, words: str) -> list[str]:
    """Kinds of addresses at which a visitor reads these words."""
    found = everything(visitor, every_address(app))
    told = [address for address, (_status, _headers, body) in found.items() if words.encode() in body]
    return sorted({next((kind for kind in PUBLIC if address.startswith(kind)), address) for address in told})


def publish(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> str:
    """The hour has come; gives the address of the best letter's award."""
    award = give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    at(ahead(61), monkeypatch)
    recorded = winners.award_of_stage(award.id)
    assert recorded is not None
    return f"/laureates/{recorded.key}"


def test_at_the_hour_the_name_is_on_every_page_of_the_record(
    app: Flask, year: Year, hoa: Person, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = telling(app, visitor, NAMES[0])
    publish(year, hoa, monkeypatch)
    assert (before, telling(app, visitor, NAMES[0])) == (
        [],
        ["/countries/", "/editions/", "/laureates", "/laureates/", "/search"],
    )


def test_only_letters_with_a_prize_are_told(
    app: Flask, year: Year, hoa: Person, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(year, hoa, monkeypatch)
    assert [telling(app, visitor, name) for name in NAMES[1:]] == [[], []]


def test_a_moved_hour_shows_nothing_at_the_old_one(
    app: Flask, year: Year, hoa: Person, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(year, 0, 0, hoa)
    for minutes in (60, 120):
        set_hour(year, ahead(minutes), hoa)
    early, late = ahead(61), ahead(121)
    told = []
    for moment in (early, late):
        at(moment, monkeypatch)
        told.append(telling(app, visitor, WORDS.en))
    assert told == [[], ["/laureates/"]]


def test_a_cancelled_hour_shows_nothing(
    app: Flask, year: Year, hoa: Person, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    cancel(year, hoa)
    at(ahead(61), monkeypatch)
    assert (telling(app, visitor, NAMES[0]), telling(app, visitor, WORDS.en)) == ([], [])


def test_a_job_that_runs_twice_shows_the_prize_once(
    year: Year, hoa: Person, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(year, hoa, monkeypatch)
    hour = year.stage.results_at
    assert hour is not None
    with transaction():
        services.publish(stage_id=year.stage.id, hour=hour.isoformat())
    jobs.run_due(now=clock.now())
    assert [visitor.get(page).text.count(f">{NAMES[0]}<") for page in ("/editions/55", "/laureates")] == [1, 1]


@pytest.mark.parametrize("wished", [NameShown.GIVEN, NameShown.HIDDEN])
def test_a_name_the_guardian_does_not_wish_told_is_on_no_page(
    app: Flask, year: Year, hoa: Person, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch, wished: NameShown
) -> None:
    with transaction():
        year.letters[0].entrant.consent.name_shown = wished
    address = publish(year, hoa, monkeypatch)
    assert (telling(app, visitor, NAMES[0]), visitor.get(address).status_code) == ([], 200)


def test_a_consent_withdrawn_takes_the_name_off_every_page_and_leaves_the_prize(
    app: Flask, year: Year, hoa: Person, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = publish(year, hoa, monkeypatch)
    before = telling(app, visitor, NAMES[0])
    with transaction():
        accounts.withdraw_consent(consent=year.letters[0].entrant.consent, by=hoa, now=clock.now())
    at(ahead(1), monkeypatch)
    page = visitor.get(address)
    assert (before != [], telling(app, visitor, NAMES[0])) == (True, [])
    assert (page.status_code, "First prize" in page.text) == (200, True)


def test_a_withdrawn_award_stays_with_its_day_and_reason(
    year: Year, hoa: Person, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = publish(year, hoa, monkeypatch)
    before = "withdrawn" in visitor.get(address).text
    [award] = queries.awards_of(year.stage)
    day = year.stage.opens_at
    with transaction():
        services.withdraw_award(award=award, reason="Copied from a book", by=hoa, now=day)
    page = visitor.get(address)
    assert (before, page.status_code, "Copied from a book" in page.text) == (False, 200, True)
    assert "This award was withdrawn on December 19, 2025" in page.text


def test_a_withdrawn_award_is_no_prize_on_its_authors_page(
    year: Year, hoa: Person, as_: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(year, hoa, monkeypatch)
    mine = as_(year.letters[0].entrant.person)
    page = f"/letters/{year.letters[0].id}"
    before = WORDS.vi in mine.get(page).text
    [award] = queries.awards_of(year.stage)
    with transaction():
        services.withdraw_award(award=award, reason="Copied from a book", by=hoa, now=clock.now())
    assert (before, WORDS.vi in mine.get(page).text) == (True, False)


def test_following_a_letter_by_its_number_never_tells_what_it_was_given(
    year: Year, hoa: Person, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(year, hoa, monkeypatch)
    page = visitor.get(f"/track?number={year.letters[0].number}").text
    assert ("Results published" in page, NAMES[0] in page, WORDS.en in page, "First prize" in page) == (
        True,
        False,
        False,
        False,
    )


def test_a_letter_taken_back_before_the_hour_is_not_published(
    app: Flask, year: Year, hoa: Person, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(year, 0, 0, hoa)
    give(year, 1, 1, hoa)
    set_hour(year, ahead(), hoa)
    with transaction():
        year.letters[0].state = LetterState.WITHDRAWN
    at(ahead(61), monkeypatch)
    db.session.expire_all()
    assert (telling(app, visitor, NAMES[0]), telling(app, visitor, NAMES[1]) != []) == ([], True)
