"""Letters of the stage: nobody finds a word of them before the hour, and after it what a guardian has permitted."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from accounts import services as accounts
from accounts.models import Person
from archive import services as archive
from archive.queries import find
from archive.query import parse
from contest.letters.blinding import BAR
from contest.letters.models import Letter
from contest.letters.rules import LetterForm
from contest.results import services
from contest.results.models import StageAward
from contest.winners.models import AwardLetter
from contest.winners.rights import LetterRights, LetterText, Permission
from core import clock, jobs
from core.db import db, transaction
from core.errors import Refused
from tests.contest.results.conftest import NAMES, Year
from tests.contest.results.test_services import ahead, at, give, published, set_hour

# In every letter of the stage there is a street; in no other thing of the platform.
STREET, EXCERPT = "con phố nhỏ", "Mình viết thư này … kể cho bạn nghe về con phố"
BOTH = {"con phố", "thân ái"}


def offer(award: StageAward, rights: LetterRights, by: Person, *, excerpt: str = EXCERPT) -> None:
    permission = Permission(rights, "Trần Văn Ba (father), by telephone", clock.now().date())
    with transaction():
        services.offer_letter(
            award=award, letter=LetterText("vi", excerpt=excerpt), permission=permission, by=by, now=clock.now()
        )


def searched() -> set[str]:
    """Which of two phrases the search finds in an award; the first stands in the excerpt, the other does not."""
    return {phrase for phrase in BOTH if find(parse(f'kind:laureate "{phrase}"', kinds=("laureate",))).total}


def hour_strikes(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    set_hour(year, ahead(), hoa)
    at(ahead(61), monkeypatch)
    jobs.run_due(now=clock.now())


@pytest.mark.parametrize("rights", list(LetterRights))
def test_before_the_hour_no_word_is_found_or_in_the_record(year: Year, hoa: Person, rights: LetterRights) -> None:
    offer(give(year, 0, 0, hoa), rights, hoa)
    set_hour(year, ahead(), hoa)
    archive.rebuild()
    assert (searched(), db.session.query(AwardLetter).count()) == (set(), 0)


@pytest.mark.parametrize(
    ("rights", "found", "body"),
    [
        (LetterRights.NONE, set(), None),
        (LetterRights.EXCERPT, {"con phố"}, ""),
        (LetterRights.WHOLE, BOTH, "blind"),
    ],
)
def test_at_the_hour_as_much_is_copied_as_is_permitted(
    year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch, rights: LetterRights, found: set[str], body: str | None
) -> None:
    blind = year.letters[0].blind_body
    offer(give(year, 0, 0, hoa), rights, hoa)
    hour_strikes(year, hoa, monkeypatch)
    kept = db.session.query(AwardLetter).one_or_none()
    assert searched() == found
    assert (kept and kept.body) == (blind if body == "blind" else body)


def test_the_name_stays_covered(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    assert NAMES[0] in year.letters[0].body
    offer(give(year, 0, 0, hoa), LetterRights.WHOLE, hoa)
    hour_strikes(year, hoa, monkeypatch)
    body = db.session.query(AwardLetter).one().body
    assert (NAMES[0] in body, BAR in body) == (False, True)


def test_letters_without_a_prize_are_in_no_search(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(give(year, 0, 0, hoa), LetterRights.WHOLE, hoa)
    hour_strikes(year, hoa, monkeypatch)
    archive.rebuild()
    assert find(parse(f'"{STREET}"')).total == 1


def test_who_withdraws_before_the_hour_is_not_copied(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(give(year, 0, 0, hoa), LetterRights.WHOLE, hoa)
    withdraw_consent(year, hoa)
    hour_strikes(year, hoa, monkeypatch)
    assert (searched(), db.session.query(AwardLetter).count()) == (set(), 0)


def test_who_withdraws_afterwards_is_found_no_more(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(give(year, 0, 0, hoa), LetterRights.WHOLE, hoa)
    hour_strikes(year, hoa, monkeypatch)
    assert searched() == BOTH
    withdraw_consent(year, hoa)
    jobs.run_due(now=clock.now())
    assert searched() == set()


def test_a_withdrawn_prize_takes_its_letter(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    award_id = give(year, 0, 0, hoa).id
    offer(db.session.get_one(StageAward, award_id), LetterRights.WHOLE, hoa)
    hour_strikes(year, hoa, monkeypatch)
    assert searched() == BOTH
    with transaction():
        award = db.session.get_one(StageAward, award_id)
        services.withdraw_award(award=award, reason="The letter was copied.", by=hoa, now=clock.now())
    jobs.run_due(now=clock.now())
    assert searched() == set()


def test_a_word_that_is_covered_cannot_be_chosen(year: Year, hoa: Person) -> None:
    award = give(year, 0, 0, hoa)
    with pytest.raises(Refused, match="word for word"):
        offer(award, LetterRights.EXCERPT, hoa, excerpt=NAMES[0])


def test_a_photographed_letter_has_no_text_to_offer(year: Year, hoa: Person) -> None:
    award = give(year, 0, 0, hoa)
    with transaction():
        db.session.get_one(Letter, award.letter_id).form = LetterForm.HANDWRITTEN
    with pytest.raises(Refused, match="photographed"):
        offer(award, LetterRights.WHOLE, hoa)


def test_after_publication_it_is_looked_after_in_the_record(
    year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = published(year, hoa, monkeypatch).stage_award_id
    with pytest.raises(Refused, match="published"):
        offer(db.session.get_one(StageAward, origin), LetterRights.WHOLE, hoa)


def test_an_organiser_records_a_permission(year: Year, hoa: Person, desk: FlaskClient) -> None:
    award = give(year, 0, 0, hoa)
    url, letter_url = f"/awards/{award.id}/letter", f"/letters/{award.letter_id}/award"
    assert "Nobody has permitted yet" in desk.get(letter_url).text
    given = {"rights": "excerpt", "language": "vi", "excerpt": EXCERPT, "permitted_by": "her father"}
    assert desk.post(url, data=given).status_code == 422
    assert desk.post(url, data=given | {"permitted_on": "2025-05-05"}).status_code == 302
    assert "everybody reads an excerpt, as her father permitted on May 5, 2025" in desk.get(letter_url).text


def test_the_permission_is_no_more_to_be_changed_once_published(
    year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch, as_: Callable[[Person], FlaskClient]
) -> None:
    origin = published(year, hoa, monkeypatch).stage_award_id
    assert as_(hoa).get(f"/awards/{origin}/letter").status_code == 404


def withdraw_consent(year: Year, hoa: Person) -> None:
    with transaction():
        accounts.withdraw_consent(consent=year.letters[0].entrant.consent, by=hoa, now=clock.now())
