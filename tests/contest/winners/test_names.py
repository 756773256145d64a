"""Who is not to be shown is shown nowhere: no byte of a page, no document, no address.

Every test first looks at the same places while the person is shown in full, so that it can fail.
"""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Person
from accounts.rules import NameShown
from contest.winners import queries
from contest.winners.documents import SOURCES
from contest.winners.services import show_person
from core.db import transaction
from core.journal import lines_about
from tests import cast, make

PAGES = (
    "/editions",
    "/editions/52",
    "/laureates?year=2023",
    "/laureates/52-international-gold-ke",
    "/laureates/52-international-silver-pt",
    "/laureates/52-international-bronze-vn",
    "/countries/KE",
    "/stamps/issues/vn-2023-05-17-uncle-ho-stilt-house",
)
CLAIRE = "52-international-gold-ke"


def show(key: str, shown_as: NameShown) -> None:
    with transaction():
        person = queries.laureate_of(key)
        assert person is not None
        show_person(laureate=person, shown_as=shown_as, by=None, now=make.NOW)


def pages_with(client: FlaskClient, *words: str) -> list[str]:
    return [url for url in PAGES if any(word in client.get(url).text.casefold() for word in words)]


def documents_with(app: Flask, word: str) -> list[str]:
    with app.test_request_context():
        return [document.id for source in SOURCES for document in source.all() if word in repr(document).casefold()]


def test_a_person_shown_in_full_is_on_every_page_that_lists_them(client: FlaskClient) -> None:
    make.record()

    assert pages_with(client, "gakii") == list(PAGES)


@pytest.mark.parametrize("shown_as", [NameShown.GIVEN, NameShown.HIDDEN])
def test_a_person_not_shown_in_full_is_in_no_byte_of_any_page(client: FlaskClient, shown_as: NameShown) -> None:
    make.record()
    show(CLAIRE, shown_as)

    assert pages_with(client, "gakii") == []


def test_a_hidden_person_is_not_told_by_given_name_age_or_school_either(client: FlaskClient) -> None:
    make.record()
    show(CLAIRE, NameShown.HIDDEN)

    assert pages_with(client, "claire", "lions junior", "embu") == []


def test_a_person_shown_by_given_name_stands_with_the_country(client: FlaskClient) -> None:
    make.record()
    show(CLAIRE, NameShown.GIVEN)

    assert "<h1>Claire, Kenya</h1>" in client.get(f"/laureates/{CLAIRE}", headers={"Accept-Language": "en"}).text


def test_the_award_of_a_hidden_person_stays(client: FlaskClient) -> None:
    make.record()
    show(CLAIRE, NameShown.HIDDEN)

    text = client.get(f"/laureates/{CLAIRE}", headers={"Accept-Language": "en"}).text
    assert ("Gold medal of 2023" in text, "name not shown" in text) == (True, True)


def test_how_many_sources_are_withheld_is_said(client: FlaskClient) -> None:
    make.record()
    show(CLAIRE, NameShown.HIDDEN)

    text = client.get("/laureates/52-international-silver-pt", headers={"Accept-Language": "en"}).text
    assert "One more source is not shown" in text


@pytest.mark.parametrize(("shown_as", "found"), [(NameShown.FULL, 1), (NameShown.GIVEN, 0), (NameShown.HIDDEN, 0)])
def test_documents_hold_only_what_is_shown(app: Flask, shown_as: NameShown, found: int) -> None:
    make.record()
    show(CLAIRE, shown_as)

    assert len(documents_with(app, "gakii")) == found


def test_a_curator_changes_how_a_person_is_shown(as_: Callable[[Person], FlaskClient]) -> None:
    make.record()
    khoa = cast.khoa()

    answer = as_(khoa).post(f"/laureates/{CLAIRE}/name", data={"shown_as": "hidden"})

    person = queries.laureate_of(CLAIRE)
    assert person is not None
    assert (answer.status_code, person.shown_as) == (302, NameShown.HIDDEN)
    line = lines_about("laureate", person.id)[-1]
    assert (line.who, line.act, line.details) == (khoa.id, "show", {"before": "full", "after": "hidden"})


def test_the_same_decision_again_leaves_no_second_line(app: Flask) -> None:
    make.record()
    show(CLAIRE, NameShown.HIDDEN)
    show(CLAIRE, NameShown.HIDDEN)

    person = queries.laureate_of(CLAIRE)
    assert person is not None
    assert len(lines_about("laureate", person.id)) == 1


def test_nonsense_is_answered_with_the_form(as_: Callable[[Person], FlaskClient]) -> None:
    make.record()

    answer = as_(cast.khoa()).post(f"/laureates/{CLAIRE}/name", data={"shown_as": "loud"})

    assert answer.status_code == 422


@pytest.mark.parametrize("who", [cast.mai, cast.lan, cast.stranger])
def test_nobody_else_may(as_: Callable[[Person], FlaskClient], who: Callable[[], Person]) -> None:
    make.record()
    browser = as_(who())

    answer = browser.post(f"/laureates/{CLAIRE}/name", data={"shown_as": "hidden"})

    assert (answer.status_code, "shown_as" in browser.get(f"/laureates/{CLAIRE}").text) == (404, False)


def test_an_award_that_names_nobody_has_no_name_to_show(as_: Callable[[Person], FlaskClient]) -> None:
    make.record()

    answer = as_(cast.khoa()).post("/laureates/23-international-gold-cn/name", data={"shown_as": "hidden"})

    assert answer.status_code == 404


def test_curators_find_in_one_place_who_is_not_named_in_full(as_: Callable[[Person], FlaskClient]) -> None:
    make.record()
    khoa = as_(cast.khoa())
    before = f"/laureates/{CLAIRE}" in khoa.get("/laureates/names").text
    show(CLAIRE, NameShown.HIDDEN)

    text = khoa.get("/laureates/names", headers={"Accept-Language": "en"}).text
    said = [words in text for words in (f'href="/laureates/{CLAIRE}"', "Gakii", "Not at all")]
    assert (before, said) == (False, [True, True, True])
    assert 'href="/laureates/names"' in khoa.get("/").text


@pytest.mark.parametrize("who", [cast.mai, cast.lan, cast.stranger])
def test_nobody_else_finds_them(as_: Callable[[Person], FlaskClient], who: Callable[[], Person]) -> None:
    assert as_(who()).get("/laureates/names").status_code == 404
