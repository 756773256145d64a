"""Guardians' consent: versions of the wording, giving, seeing and withdrawing it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts import queries, services
from accounts.models import Consent, Person
from accounts.rules import NameShown, Relation
from core import clock, journal
from core.db import transaction
from core.errors import Refused
from tests import cast
from tests.accounts.conftest import ENGLISH
from tests.make import NOW

As = Callable[[Person], FlaskClient]
WORDING = {"text_vi": "Tôi đồng ý.", "text_en": "I agree.", "text_fr": "J’accepte."}


@pytest.fixture
def wording(app: Flask) -> None:
    """The first wording is there."""
    with transaction():
        services.ensure_consent_text(now=NOW)


@pytest.fixture
def mai(app: Flask) -> Person:
    """A student."""
    return cast.mai()


def given(person: Person) -> Consent:
    """A mother's yes."""
    with transaction():
        return services.give_consent(
            person=person, guardian_name=" Trần Thu ", relation=Relation.MOTHER, name_shown=NameShown.GIVEN, now=NOW
        )


def test_a_consent_keeps_version_day_and_who(wording: None, mai: Person) -> None:
    consent = given(mai)
    kept = (consent.version, consent.given_at, consent.guardian_name, consent.name_shown, consent.withdrawn_at)
    assert kept == (1, NOW, "Trần Thu", NameShown.GIVEN, None)


def test_nobody_agrees_to_nothing(mai: Person) -> None:
    with pytest.raises(Refused, match="not yet written what guardians agree to"):
        given(mai)


def test_the_first_wording_is_written_once(wording: None) -> None:
    with transaction():
        services.ensure_consent_text(now=NOW)
    assert [text.version for text in queries.consent_texts()] == [1]


def test_the_first_wording_says_in_every_language_that_it_can_be_withdrawn(wording: None) -> None:
    text = queries.latest_consent_text()
    assert text is not None
    said = ("rút lại" in text.text_vi, "withdraw" in text.text_en, "retirer" in text.text_fr)
    assert said == (True, True, True)


def test_a_new_wording_is_a_new_version_and_a_consent_keeps_the_old(wording: None, mai: Person, as_: As) -> None:
    consent = given(mai)
    assert as_(cast.hoa()).post("/consent-texts", data=WORDING).status_code == 302
    assert [text.version for text in queries.consent_texts()] == [2, 1]
    assert (consent.version, given(mai).version) == (1, 2)


def test_the_same_wording_sent_twice_is_one_version(wording: None, as_: As) -> None:
    browser = as_(cast.hoa())
    for _click in range(2):
        browser.post("/consent-texts", data=WORDING)
    assert [text.version for text in queries.consent_texts()] == [2, 1]


def test_who_wrote_a_wording_is_in_the_journal(wording: None, as_: As) -> None:
    hoa = cast.hoa()
    as_(hoa).post("/consent-texts", data=WORDING)
    assert [line.who for line in journal.lines_about("consent_text", 2)] == [hoa.id]


def test_a_wording_is_whole_in_three_languages(wording: None, as_: As) -> None:
    answer = as_(cast.hoa()).post("/consent-texts", data=WORDING | {"text_fr": " "}, headers=ENGLISH)
    assert (answer.status_code, "I agree." in answer.text) == (422, True)


def test_the_organiser_is_told_to_have_the_wording_checked(wording: None, as_: As) -> None:
    page = as_(cast.hoa()).get("/consent-texts", headers=ENGLISH).text
    assert "Please check it with the International Bureau and your lawyer" in page


def test_only_an_organiser_writes_what_guardians_agree_to(wording: None, mai: Person, as_: As) -> None:
    assert [as_(person).get("/consent-texts").status_code for person in (mai, cast.lan(), cast.khoa())] == [404] * 3


def test_the_family_sees_its_consent_and_nobody_elses(wording: None, mai: Person, as_: As) -> None:
    given(mai)
    nam = cast.nam()
    seen = ["Trần Thu" in as_(person).get("/account/consent").text for person in (mai, nam)]
    assert seen == [True, False]


def test_the_family_withdraws_its_consent(wording: None, mai: Person, as_: As) -> None:
    consent = given(mai)
    answer = as_(mai).post(f"/account/consent/{consent.id}/withdraw")
    assert answer.status_code == 302
    assert consent.withdrawn_at is not None
    assert [line.act for line in journal.lines_about("person", mai.id)] == ["consent.given", "consent.withdrawn"]


def test_withdrawing_twice_keeps_the_first_day(wording: None, mai: Person) -> None:
    consent = given(mai)
    for moment in (NOW, clock.now()):
        with transaction():
            services.withdraw_consent(consent=consent, by=mai, now=moment)
    assert consent.withdrawn_at == NOW


def test_nobody_withdraws_the_consent_of_another_family(wording: None, mai: Person, as_: As) -> None:
    consent = given(mai)
    others = [cast.nam(), cast.lan(), cast.stranger()]
    answers = [as_(person).post(f"/account/consent/{consent.id}/withdraw").status_code for person in others]
    assert (answers, consent.withdrawn_at) == ([404, 404, 404], None)


def test_an_organiser_withdraws_for_a_family_that_writes(wording: None, mai: Person, as_: As) -> None:
    consent = given(mai)
    as_(cast.hoa()).post(f"/account/consent/{consent.id}/withdraw")
    assert consent.withdrawn_at is not None


def test_a_withdrawn_consent_is_not_deleted(wording: None, mai: Person) -> None:
    consent = given(mai)
    with transaction():
        services.withdraw_consent(consent=consent, by=mai, now=NOW)
    assert queries.consents_of(mai) == [consent]
