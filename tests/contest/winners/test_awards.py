"""Awards of this platform enter the record once and are withdrawn in public."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from accounts.rules import NameShown
from archive.engines.shown import hit_of, shown_of
from archive.facts import title_of
from contest.editions.models import Edition
from contest.winners import queries
from contest.winners.documents import SOURCES, award_summary, of_award
from contest.winners.models import Award, Laureate
from contest.winners.rules import AwardLevel
from contest.winners.services import NamesOf, record_laureate, withdraw_award
from contest.winners.shown import show
from core.db import db, transaction
from core.errors import Refused
from core.journal import lines_about
from tests import make


@pytest.fixture
def edition(app: Flask) -> Edition:
    return make.edition(55)


def record(edition: Edition, **given: Any) -> Award:
    told: dict[str, Any] = {
        "country": "VN",
        "level": AwardLevel.NATIONAL,
        "prize_name": NamesOf("Giải nhất", "First prize", "Premier prix"),
        "rank": 1,
        "full_name": "Trần Ngọc Mai",
        "given_name": "Mai",
        "shown_as": NameShown.FULL,
        "citations": NamesOf("Bức thư ấm áp", "A warm letter", "Une lettre chaleureuse"),
        "origin": 7,
        "now": make.NOW,
    }
    with transaction():
        return record_laureate(edition=edition, **(told | given))


def test_the_same_origin_gives_the_award_of_the_first_time(edition: Edition) -> None:
    first = record(edition).id
    second = record(edition, full_name="Somebody Else").id

    assert (first == second, queries.number_of(Award)) == (True, 1)


def test_keys_tell_no_name(edition: Edition) -> None:
    record(edition)

    award = queries.award("55-national-vn-of-stage-7")
    assert award is not None
    assert isinstance(award.laureate, Laureate)
    assert award.laureate.key == "vn-2026-of-stage-7"


def test_prize_and_citation_are_shown_in_the_readers_language(edition: Edition, client: FlaskClient) -> None:
    record(edition)

    text = client.get("/laureates/55-national-vn-of-stage-7", headers={"Accept-Language": "fr"}).text
    assert ("Premier prix" in text, "Une lettre chaleureuse" in text, "First prize" in text) == (True, True, False)


def test_the_search_finds_the_prize_in_three_languages(edition: Edition, app: Flask) -> None:
    record(edition)
    with app.test_request_context():
        award = queries.standing_awards()[0]
        document = of_award(show(award, queries.discretion()), award.edition)

    assert {"Giải nhất", "First prize", "Premier prix"} <= set(document.texts)
    assert document.body.splitlines() == ["Bức thư ấm áp", "A warm letter", "Une lettre chaleureuse"]


@pytest.mark.parametrize(
    ("shown_as", "told"), [(NameShown.FULL, True), (NameShown.GIVEN, False), (NameShown.HIDDEN, False)]
)
def test_a_child_is_not_told_by_the_jurys_words(
    edition: Edition, client: FlaskClient, shown_as: NameShown, told: bool
) -> None:
    record(edition, shown_as=shown_as, citations=NamesOf(vi="Ngọc Mai viết rất hay"))

    assert ("Ngọc" in client.get("/laureates/55-national-vn-of-stage-7").text) is told


def test_a_withdrawn_award_stays_with_its_day_and_reason(edition: Edition, client: FlaskClient) -> None:
    award_id = record(edition).id
    with transaction():
        award = db.session.get_one(Award, award_id)
        withdraw_award(award=award, reason=" The letter was copied. ", now=make.NOW, by=None)

    text = client.get("/laureates/55-national-vn-of-stage-7", headers={"Accept-Language": "en"}).text
    assert ("withdrawn on January 15, 2026" in text, "The letter was copied." in text) == (True, True)
    assert [line.act for line in lines_about("award", award_id)] == ["record", "withdraw"]


def test_an_award_is_not_withdrawn_without_a_reason(edition: Edition) -> None:
    award = record(edition)

    with pytest.raises(Refused), transaction():
        withdraw_award(award=award, reason="  ", now=make.NOW, by=None)


def test_withdrawing_again_keeps_the_first_reason(edition: Edition) -> None:
    award_id = record(edition).id
    for reason in ("First.", "Second."):
        with transaction():
            withdraw_award(award=db.session.get_one(Award, award_id), reason=reason, now=make.NOW, by=None)

    assert db.session.get_one(Award, award_id).withdrawn_reason == "First."


@pytest.mark.parametrize(("language", "summary"), [("vi", "Giải nhất"), ("en", "First prize"), ("fr", "Premier prix")])
def test_a_laureate_found_is_worded_in_the_readers_language(
    edition: Edition, app: Flask, language: str, summary: str
) -> None:
    record(edition)
    with app.test_request_context():
        award = queries.standing_awards()[0]
        hit = hit_of(shown_of(of_award(show(award, queries.discretion()), award.edition)), 1.0)
        with force_locale(language):
            assert award_summary(hit) == summary


def test_who_is_shown_by_given_name_stands_with_the_country_in_the_readers_language(
    edition: Edition, app: Flask
) -> None:
    record(edition, shown_as=NameShown.GIVEN)
    with app.test_request_context():
        award = queries.standing_awards()[0]
        document = of_award(show(award, queries.discretion()), award.edition)
        with force_locale("fr"):
            assert title_of(hit_of(shown_of(document), 1.0)) == "Mai, Viêt Nam"
    assert document.titles == ("Mai, Việt Nam", "Mai, Vietnam", "Mai, Viêt Nam")


def test_an_award_withdrawn_is_searched_no_more(edition: Edition, app: Flask) -> None:
    award_id = record(edition).id
    with transaction():
        withdraw_award(award=db.session.get_one(Award, award_id), reason="Copied.", now=make.NOW, by=None)
    laureates = next(source for source in SOURCES if source.kind == "laureate")
    assert (laureates.one("55-national-vn-of-stage-7"), list(laureates.all()), laureates.count()) == (None, [], 0)
