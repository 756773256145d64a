"""Until the hour nobody but organisers finds a result anywhere: every address is walked by everybody; after it, it is there."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Person
from contest.results import queries
from core import clock, jobs
from core.db import db
from tests import cast
from tests.contest.addresses import answered, every_address, everything
from tests.contest.results.conftest import NAMES, Year
from tests.contest.results.test_services import WORDS, ahead, give, set_hour

Browsers = dict[str, FlaskClient]


@pytest.fixture
def browsers(year: Year, client: FlaskClient, as_: Callable[..., FlaskClient]) -> Browsers:
    """Everybody but organisers: a visitor, the winner, another child, the judge, the curator, a stranger."""
    judge = queries.reads_of(year.letters[0])[0].assignment.judge.person
    people = {
        "winner": year.letters[0].entrant.person,
        "rival": year.letters[1].entrant.person,
        "judge": judge,
        "curator": cast.khoa(),
        "stranger": cast.stranger(),
    }
    return {"visitor": client} | {who: as_(person) for who, person in people.items()}


def finders(browsers: Browsers, addresses: list[str], words: str) -> set[str]:
    """Who finds these words at any address; who has found them looks no further."""
    return {
        who
        for who, browser in browsers.items()
        if any(words.encode() in answered(browser, address)[2] for address in addresses)
    }


def test_before_the_hour_nobody_finds_the_citation_the_name_or_a_rank_and_no_byte_tells_that_a_prize_was_given(
    app: Flask, year: Year, hoa: Person, browsers: Browsers
) -> None:
    """Winner or not: before the hour every address answers to everybody as if the first prize had not been given."""
    give(year, 1, 1, hoa)
    set_hour(year, ahead(), hoa)
    addresses = every_address(app)
    before = {who: everything(browser, addresses) for who, browser in browsers.items()}
    give(year, 0, 0, hoa)
    after = {who: everything(browser, addresses) for who, browser in browsers.items()}
    changed = {
        (who, address) for who in browsers for address in addresses if before[who][address] != after[who][address]
    }
    told = {
        (who, address)
        for who, pages in after.items()
        for address, (_status, _headers, body) in pages.items()
        if any(words.encode() in body for words in (WORDS.vi, WORDS.en, WORDS.fr))
        or (who != "winner" and NAMES[0].encode() in body)
    }
    assert (told, changed) == (set(), set())


def test_after_the_hour_everybody_finds_it(
    app: Flask, year: Year, hoa: Person, browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the test above can fail."""
    give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    moment = ahead(61)
    monkeypatch.setattr(clock, "now", lambda: moment)
    jobs.run_due(now=moment)
    db.session.rollback()
    addresses = [
        address for address in every_address(app) if address.startswith(("/laureates", "/editions", "/search"))
    ]
    expected = set(browsers)
    assert (finders(browsers, addresses, NAMES[0]), finders(browsers, addresses, WORDS.en)) == (expected, expected)


def test_organisers_find_it_before_the_hour(app: Flask, year: Year, hoa: Person, desk: FlaskClient) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    assert finders({"organiser": desk}, every_address(app), WORDS.en) == {"organiser"}


def test_the_hour_itself_is_public(year: Year, hoa: Person, client: FlaskClient) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    client.get("/language/en")
    assert "Results will be published on" in client.get("/editions/55").text


def test_a_child_sees_the_own_prize_after_the_hour_and_no_other(
    year: Year, hoa: Person, browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    pages = {who: f"/letters/{letter.id}" for who, letter in zip(("winner", "rival"), year.letters, strict=False)}
    before = {who: WORDS.vi in browsers[who].get(page).text for who, page in pages.items()}
    moment = ahead(61)
    monkeypatch.setattr(clock, "now", lambda: moment)
    jobs.run_due(now=moment)
    db.session.rollback()
    after = {who: WORDS.vi in browsers[who].get(page).text for who, page in pages.items()}
    assert (before, after) == ({"winner": False, "rival": False}, {"winner": True, "rival": False})
