"""What is private, unpublished or withdrawn enters no document of any source: some of each kind is planted here."""

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from accounts.models import Person
from accounts.rules import NameShown
from archive import services as archive
from archive.index import Query
from archive.queries import find
from archive.sources import sources
from contest.editions.models import Edition
from contest.letters import services as letters
from contest.winners import queries as winners
from contest.winners.models import Award
from contest.winners.services import show_person, withdraw_award
from core import clock, jobs
from core.db import db, transaction
from tests import make
from tests.contest.results.conftest import NAMES, Year
from tests.contest.results.test_services import WORDS, ahead, give, published, set_hour

CLAIRE = "52-international-gold-ke"
LETTER = "con phố nhỏ"


def found_in_documents(*words: str) -> set[str]:
    """Which of these words some document holds, anywhere in it."""
    with current_app.test_request_context():
        everything = [repr(document).casefold() for source in sources() for document in source.all()]
    assert everything
    return {word for word in words if any(word.casefold() in document for document in everything)}


def test_a_prize_that_is_not_published_is_in_none(year: Year, hoa: Person) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    planted = (NAMES[0], WORDS.vi, WORDS.en, WORDS.fr)
    assert found_in_documents(*planted) == set()


def test_a_prize_is_there_after_the_hour(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the test above can fail."""
    published(year, hoa, monkeypatch)
    planted = {NAMES[0], WORDS.vi, WORDS.en, WORDS.fr}
    assert found_in_documents(*planted) == planted


def test_no_word_of_a_letter_is_in_any_published_or_not(
    year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has permitted to show it. Letters that may be read: test_letters.py."""
    published(year, hoa, monkeypatch)
    assert LETTER in year.letters[0].body
    assert found_in_documents(LETTER) == set()


def test_a_withdrawn_letter_is_in_none(year: Year, hoa: Person) -> None:
    stage = year.stage
    taken_back = make.child(stage, make.school(stage), "Hồ Thị Rút", make.LETTER.replace("con phố", "chiếc cầu"))
    with transaction():
        letters.withdraw_letter(
            letter=taken_back, reason="we have moved away", by=taken_back.entrant.person, now=make.NOW
        )
    assert found_in_documents("Hồ Thị Rút", "chiếc cầu", "moved away") == set()


def test_a_withdrawn_award_is_in_none(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    award_id = published(year, hoa, monkeypatch).id
    with transaction():
        award = db.session.get_one(Award, award_id)
        withdraw_award(award=award, reason="The letter was copied.", now=clock.now(), by=hoa.id)
    assert found_in_documents(NAMES[0], WORDS.en, "copied") == set()
    assert winners.number_standing() == len(list(db.session.scalars(select(Award)))) - 1


@pytest.mark.parametrize(
    ("shown_as", "found"),
    [(NameShown.FULL, {"gakii", "claire"}), (NameShown.GIVEN, {"claire"}), (NameShown.HIDDEN, set())],
)
def test_of_a_person_only_what_is_to_be_shown_is_there(app: Flask, shown_as: NameShown, found: set[str]) -> None:
    make.record()
    with transaction():
        show(shown_as)
    assert found_in_documents("gakii", "claire") == found


def show(shown_as: NameShown) -> None:
    person = winners.laureate_of(CLAIRE)
    assert person is not None
    show_person(laureate=person, shown_as=shown_as, by=None, now=make.NOW)


def found_by_visitors(*words: str) -> set[str]:
    """Which of these words the search finds, or prints with whatever it finds."""
    everything = repr(find(Query(limit=10_000)).hits).casefold()
    return {word for word in words if word in everything or find(Query(words=(word,))).total}


@pytest.mark.parametrize(("shown_as", "found"), [(NameShown.GIVEN, {"claire"}), (NameShown.HIDDEN, set())])
def test_once_a_name_is_hidden_the_search_has_forgotten_it_wherever_it_stood(
    app: Flask, shown_as: NameShown, found: set[str]
) -> None:
    """Other awards and the editions tell of her, too; and do so again when she may be named."""
    make.record()
    told = db.session.scalars(select(Edition).where(Edition.number == 40)).one()
    told.note = "The jury remembers Claire Gakii to this day."
    db.session.commit()
    archive.rebuild()
    before = found_by_visitors("gakii", "claire")
    texts = find(Query(words=("gakii",))).total
    with transaction():
        show(shown_as)
    jobs.run_due()
    meanwhile = found_by_visitors("gakii", "claire")
    with transaction():
        show(NameShown.FULL)
    jobs.run_due()

    assert (before, meanwhile) == ({"gakii", "claire"}, found)
    assert find(Query(words=("gakii",))).total == texts > 1
