"""Letters of laureates are read and found exactly as far as is permitted, on either engine.

Every word planted is first looked for where it may be found, so that each test can fail.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import Person
from accounts.rules import NameShown
from archive import services as archive
from contest.winners import queries
from contest.winners.models import Award
from contest.winners.rights import LetterRights, LetterText, Permission
from contest.winners.services import keep_letter, show_person, withdraw_award, withdraw_permission
from core import jobs
from core.db import db, transaction
from core.journal import lines_about
from tests import cast, make, searching

CLAIRE = "52-international-gold-ke"
PAGE = f"/laureates/{CLAIRE}"
# Nothing else on the platform holds these words: one stands in the excerpt, the other in the rest of the letter.
CHOSEN, REST = "baobabvogel", "mangotraeume"
BODY = f"Dear tree,\nI saw the {CHOSEN} in your crown.\nAt night I keep my {REST} to myself."
EXCERPT = f"I saw the {CHOSEN} in your crown."
ENGLISH = {"Accept-Language": "en"}


def award() -> Award:
    found = queries.award(CLAIRE)
    assert found is not None
    return found


def kept(rights: LetterRights, body: str = BODY, excerpt: str = EXCERPT) -> None:
    permission = Permission(rights, "her guardian, on paper", make.NOW.date())
    with transaction():
        keep_letter(award=award(), letter=LetterText("en", body, excerpt), permission=permission, by=None, now=make.NOW)
    jobs.run_due()


def read(client: FlaskClient) -> set[str]:
    """Which of the planted words a visitor meets: on the page of the award, or by asking the search in any way."""
    addresses = [PAGE, *(f"{way}?q={word}" for word in (CHOSEN, REST) for way in WAYS)]
    answers = {url: client.get(url, headers=ENGLISH) for url in addresses}
    assert {answer.status_code for answer in answers.values()} == {200}
    # The box and the addresses repeat what was typed: only what stands in a hit counts.
    found = {word for word in (CHOSEN, REST) if word in answers[PAGE].text}
    hits = {word for word in (CHOSEN, REST) for way in WAYS if CLAIRE in answers[f"{way}?q={word}"].text}
    assert hits == found
    return found


WAYS = ("/search", "/search/suggestions", "/search.json", "/search.csv", "/api/v1/search")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    make.record()
    searching.rebuild()
    return app.test_client()


@pytest.mark.parametrize(
    ("rights", "found"),
    [(LetterRights.NONE, set()), (LetterRights.EXCERPT, {CHOSEN}), (LetterRights.WHOLE, {CHOSEN, REST})],
)
def test_as_much_is_found_as_is_permitted(client: FlaskClient, rights: LetterRights, found: set[str]) -> None:
    assert read(client) == set()
    kept(rights)
    assert read(client) == found


@pytest.mark.parametrize("rebuilt", [False, True])
def test_a_permission_withdrawn_takes_it_from_page_and_search(client: FlaskClient, rebuilt: bool) -> None:
    kept(LetterRights.WHOLE)
    assert read(client) == {CHOSEN, REST}
    with transaction():
        withdraw_permission(award=award(), by=None, now=make.NOW)
    archive.rebuild() if rebuilt else jobs.run_due()
    assert read(client) == set()


def test_an_award_withdrawn_takes_it_too(client: FlaskClient) -> None:
    kept(LetterRights.WHOLE)
    with transaction():
        withdraw_award(award=award(), reason="Copied from a book.", now=make.NOW, by=None)
    jobs.run_due()
    assert read(client) == set()


def test_of_somebody_who_is_not_shown_no_letter_is(client: FlaskClient) -> None:
    kept(LetterRights.WHOLE)
    with transaction():
        person = queries.laureate_of(CLAIRE)
        assert person is not None
        show_person(laureate=person, shown_as=NameShown.HIDDEN, by=None, now=make.NOW)
    jobs.run_due()
    assert read(client) == set()


def test_a_letter_that_names_who_is_not_to_be_named_is_not_shown(client: FlaskClient) -> None:
    kept(LetterRights.WHOLE, body=f"{BODY}\nClaire Gakii")
    assert read(client) == {CHOSEN, REST}
    with transaction():
        person = queries.laureate_of(CLAIRE)
        assert person is not None
        person.full_name = "Claire Gakii"
        show_person(laureate=person, shown_as=NameShown.GIVEN, by=None, now=make.NOW)
    jobs.run_due()
    assert read(client) == set()


def test_a_permission_narrowed_leaves_the_excerpt(client: FlaskClient) -> None:
    kept(LetterRights.WHOLE)
    kept(LetterRights.EXCERPT)
    assert read(client) == {CHOSEN}


def test_the_passage_of_the_letter_is_shown_with_the_word_marked(client: FlaskClient) -> None:
    kept(LetterRights.WHOLE)
    text = client.get(f"/search?q={REST}", headers=ENGLISH).text
    assert f"At night I keep my <mark>{REST}</mark> to myself." in text


def test_the_language_of_the_letter_narrows(client: FlaskClient) -> None:
    kept(LetterRights.EXCERPT)
    assert CLAIRE in client.get(f"/search?q={CHOSEN}&language=en", headers=ENGLISH).text
    assert CLAIRE not in client.get(f"/search?q={CHOSEN}&language=fr&exact=1", headers=ENGLISH).text


def test_the_journal_says_who_permitted_and_no_word_of_the_letter(client: FlaskClient) -> None:
    kept(LetterRights.EXCERPT)
    with transaction():
        withdraw_permission(award=award(), by=None, now=make.NOW)
        withdraw_permission(award=award(), by=None, now=make.NOW + timedelta(days=1))
    lines = lines_about("award", award().id)
    assert [(line.act, line.details) for line in lines] == [
        ("keep letter", {"rights": "excerpt", "permitted_by": "her guardian, on paper"}),
        ("withdraw letter", {}),
    ]


GIVEN = {
    "rights": "excerpt",
    "language": "en",
    "body": BODY,
    "excerpt": EXCERPT,
    "permitted_by": "her guardian",
    "permitted_on": "2025-05-05",
}


def test_a_curator_keeps_a_letter_and_withdraws_it(client: FlaskClient, as_: Callable[[Person], FlaskClient]) -> None:
    curator = as_(cast.khoa())
    assert curator.post(f"{PAGE}/letter", data=GIVEN).status_code == 302
    jobs.run_due()
    assert read(client) == {CHOSEN}
    assert curator.post(f"{PAGE}/letter/withdraw").status_code == 302
    jobs.run_due()
    assert read(client) == set()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"permitted_by": " "}, "Please say who permitted it."),
        ({"permitted_on": "yesterday"}, "A day, please"),
        ({"permitted_on": ""}, "Please give the day of the permission."),
        ({"excerpt": "something else"}, "word for word"),
        ({"rights": "everything"}, "letter"),
    ],
)
def test_what_makes_no_sense_is_asked_again(
    client: FlaskClient, as_: Callable[[Person], FlaskClient], changed: dict[str, str], said: str
) -> None:
    answer = as_(cast.khoa()).post(f"{PAGE}/letter", data=GIVEN | changed, headers=ENGLISH)
    assert (answer.status_code, said in answer.text, award().letter) == (422, True, None)


def test_loading_the_record_again_leaves_letters_alone(client: FlaskClient) -> None:
    kept(LetterRights.EXCERPT)
    make.record()
    archive.rebuild()
    db.session.rollback()
    assert read(client) == {CHOSEN}
