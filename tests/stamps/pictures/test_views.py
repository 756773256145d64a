"""Which stamp is this: a photograph sent, the likeliest stamps in order; and the pictures themselves."""

import io
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts.models import Person
from bench.looking.altering import by_telephone
from core.db import db, transaction
from core.jobs import Job
from stamps.collections import services as collections
from stamps.models import StampIssue
from stamps.pictures import queries, rules, services
from tests import cast, make
from tests.stamps.looking.photographs import as_bytes, picture
from tests.stamps.pictures.conftest import work

KITE = "demonstration-letters-2021-3"
ENGLISH = {"Accept-Language": "en"}


def ask(client: FlaskClient, content: bytes, **given: str) -> TestResponse:
    data = {"picture": (io.BytesIO(content), "photo.jpg"), "country": "", "year": ""} | given
    return client.post("/stamps/by-picture", data=data, headers=ENGLISH, follow_redirects=True)


def telephone(number: int) -> bytes:
    return as_bytes(by_telephone(picture(number).resize((180, 240)), random.Random(number)))


def places_of(answer: TestResponse) -> list[str]:
    parts = answer.text.split('<h2 class="alike-title"><a href="')[1:]
    return [part.split('"', 1)[0] for part in parts]


def test_a_photograph_leads_to_its_stamp(indexed: StampIssue, client: FlaskClient) -> None:
    answer = ask(client, telephone(2))

    assert (answer.status_code, places_of(answer)[0]) == (200, f"/stamps/{KITE}")
    assert ("very alike" in answer.text, "Your photograph was not kept." in answer.text) == (True, True)


def test_the_next_likely_ones_stand_below_what_is_like_it(indexed: StampIssue, client: FlaskClient) -> None:
    answer = ask(client, telephone(2))
    alike, _heading, less = answer.text.partition("Less alike")

    likest, next_ones = (set(re.findall(r'alike-title"><a href="([^"]+)"', text)) for text in (alike, less))
    assert (f"/stamps/{KITE}" in likest, bool(next_ones), likest & next_ones) == (True, True, set())


def test_the_photograph_is_kept_nowhere(indexed: StampIssue, client: FlaskClient, app: Flask) -> None:
    def files() -> list[str]:
        return sorted(str(path) for path in Path(app.config["DATA"]).rglob("*") if path.is_file())

    before = files()
    ask(client, telephone(2))

    assert files() == before


def test_an_answer_can_be_looked_at_again_and_narrowed(indexed: StampIssue, client: FlaskClient) -> None:
    address = ask(client, telephone(2)).request.url

    assert places_of(client.get(address)) == places_of(client.get(f"{address}&country=VN&year=2021"))
    assert places_of(client.get(f"{address}&country=FR")) == []


def test_a_question_is_narrowed_before_it_is_asked(indexed: StampIssue, client: FlaskClient) -> None:
    assert places_of(ask(client, telephone(2), country="VN", year="2021"))[0] == f"/stamps/{KITE}"


def test_an_address_not_written_by_us_leads_to_no_answer(indexed: StampIssue, client: FlaskClient) -> None:
    answer = client.get("/stamps/by-picture/found?of=W1sxLDk5OSw5OV1d.forged", headers=ENGLISH)

    assert ("leads to no answer any more" in answer.text, places_of(answer)) == (True, [])


@pytest.mark.parametrize("content", [b"", b"hello", b"GIF89a", as_bytes(picture(0))[:500]])
def test_what_is_no_picture_is_refused(indexed: StampIssue, client: FlaskClient, content: bytes) -> None:
    answer = ask(client, content)

    assert (answer.status_code, "This is not a picture we can read" in answer.text) == (422, True)


def test_nothing_chosen_is_said(indexed: StampIssue, client: FlaskClient) -> None:
    answer = client.post("/stamps/by-picture", data={}, headers=ENGLISH)

    assert (answer.status_code, "Please choose a picture first." in answer.text) == (422, True)


def test_who_asks_too_often_waits(indexed: StampIssue, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_ASKED", 2)
    answers = [ask(client, telephone(1)).status_code for _ in range(3)]

    assert answers == [200, 200, 422]


def test_without_an_index_the_page_says_so_and_has_it_built(invented: StampIssue, client: FlaskClient) -> None:
    text = client.get("/stamps/by-picture", headers=ENGLISH).text
    waiting = [job.name for job in db.session.query(Job) if job.name == queries.REBUILD]
    work()

    assert ("The pictures are being made ready" in text, waiting) == (True, [queries.REBUILD])
    assert "Look for it" in client.get("/stamps/by-picture", headers=ENGLISH).text


def test_with_no_pictures_at_all_the_page_says_so(client: FlaskClient) -> None:
    assert "There are no pictures of stamps here yet." in client.get("/stamps/by-picture", headers=ENGLISH).text


def test_what_a_collector_has_stands_beside(
    indexed: StampIssue, as_: Callable[[Person], FlaskClient], khoa: Person
) -> None:
    kite = indexed.stamps[2]
    with transaction():
        collections.want_stamp(person_id=khoa.id, stamp=kite, now=make.NOW)

    assert "tag-gold" in ask(as_(khoa), telephone(2)).text


def test_a_withdrawn_picture_is_shown_nowhere(indexed: StampIssue, client: FlaskClient, khoa: Person) -> None:
    (kite,) = queries.pictures_of(indexed.stamps[2])
    address = f"/stamps/pictures/{kite.key}/thumbnail"
    before = client.get(address).status_code
    found = ask(client, telephone(2)).request.url
    with transaction():
        services.withdraw_picture(picture=kite, by=khoa, now=make.NOW)

    assert (before, client.get(address).status_code) == (200, 404)
    assert f"/stamps/{KITE}" not in places_of(client.get(found))


def test_until_the_worker_has_made_a_size_the_whole_picture_is_shown(invented: StampIssue, client: FlaskClient) -> None:
    (kite,) = queries.pictures_of(invented.stamps[2])
    address = f"/stamps/pictures/{kite.key}/thumbnail"
    whole = len(client.get(address).data)
    work()

    assert len(client.get(address).data) < whole


@pytest.fixture
def curator(khoa: Person, as_: Callable[[Person], FlaskClient]) -> Iterator[FlaskClient]:
    browser = as_(khoa)
    browser.get("/language/en")
    return browser


def sent(number: int = 4, **given: str) -> dict[str, object]:
    said = {
        "view": "face",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "source": "own scan",
        "author": "Khoa",
    }
    return {"picture": (io.BytesIO(as_bytes(picture(number))), "scan.jpg"), **said, **given}


def test_a_curator_adds_a_picture_and_withdraws_it(invented: StampIssue, curator: FlaskClient) -> None:
    page = f"/stamps/issues/{invented.key}/pictures"
    curator.post(page, data=sent())
    (added,) = queries.pictures_of(invented)
    text = curator.get(page).text
    curator.post(f"/stamps/pictures/{added.key}/withdraw")

    assert ("CC BY 4.0" in text, "own scan" in text, "Khoa" in text) == (True, True, True)
    assert (queries.pictures_of(invented), len(queries.pictures_of(invented, withdrawn=True))) == ([], 1)


def test_a_picture_without_a_source_is_not_taken(invented: StampIssue, curator: FlaskClient, app: Flask) -> None:
    answer = curator.post(f"/stamps/{KITE}/pictures", data=sent(source=" "))

    assert (answer.status_code, len(queries.pictures_of(invented.stamps[2]))) == (422, 1)


def test_only_curators_look_after_pictures(
    invented: StampIssue, as_: Callable[[Person], FlaskClient], client: FlaskClient
) -> None:
    lan = as_(cast.lan())
    page = f"/stamps/{KITE}/pictures"

    assert (client.get(page).status_code, lan.get(page).status_code) == (302, 404)
    assert lan.get("/stamps/by-picture/index").status_code == 404


def test_the_index_page_says_how_much_there_is_and_builds_anew(indexed: StampIssue, curator: FlaskClient) -> None:
    text = " ".join(curator.get("/stamps/by-picture/index").text.split())
    curator.post("/stamps/by-picture/index")

    assert "<dt>Of them in the index</dt> <dd>6</dd>" in text
    assert db.session.query(Job).filter_by(name=queries.REBUILD, state="waiting").count() == 1
