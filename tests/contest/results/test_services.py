"""Prizes, the hour, publication: nothing in the record before, everything once and for good after."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from accounts import services as accounts
from accounts.models import Person
from accounts.rules import NameShown
from contest.judging import services as judging_services
from contest.judging.models import Mark
from contest.letters.models import Letter
from contest.results import queries, services
from contest.results.models import StageAward
from contest.winners.models import Award
from contest.winners.rules import AwardLevel, PrizeKind
from contest.winners.services import NamesOf
from core import clock, jobs, journal
from core.db import db, transaction
from core.errors import Refused
from core.jobs import Job, JobState
from tests.contest.results.conftest import Year

WORDS = NamesOf("Ấm áp như ngọn nến", "Warm as a candle", "Chaud comme une bougie")


def give(year: Year, letter: int, prize: int, by: Person, citations: NamesOf = WORDS) -> StageAward:
    with transaction():
        return services.give_prize(
            letter=year.letters[letter], prize=year.prizes[prize], citations=citations, by=by, now=clock.now()
        )


def set_hour(year: Year, hour: datetime, by: Person) -> None:
    with transaction():
        services.set_hour(stage=year.stage, hour=hour, by=by, now=clock.now())


def cancel(year: Year, by: Person) -> None:
    with transaction():
        services.cancel_hour(stage=year.stage, by=by, now=clock.now())


def ahead(minutes: int = 60) -> datetime:
    return clock.now() + timedelta(minutes=minutes)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock strikes, and the worker does what is due."""
    monkeypatch.setattr(clock, "now", lambda: moment)
    jobs.run_due(now=moment)
    db.session.rollback()


def recorded() -> list[Award]:
    return list(db.session.scalars(select(Award).order_by(Award.id)))


def published(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> Award:
    """The best letter has the first prize, and the hour has come."""
    give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    at(ahead(61), monkeypatch)
    return recorded()[0]


def test_ranks_show_ties_as_ties(year: Year) -> None:
    rows = queries.ranking_of(year.stage).rows
    assert [(row.number, row.ranked.rank, row.ranked.tied, row.ranked.mean) for row in rows] == [
        (letter.number, rank, tied, mean)
        for letter, rank, tied, mean in zip(year.letters, (1, 2, 2), (False, True, True), (9.5, 8, 8), strict=True)
    ]


def test_letters_nobody_has_read_to_the_end_are_counted_apart(year: Year) -> None:
    with transaction():
        db.session.delete(db.session.scalars(select(Mark)).first())
    ranking = queries.ranking_of(year.stage)
    assert (len(ranking.rows), ranking.unread) == (2, 1)


def test_a_page_of_the_ranking_is_that_part_of_all_of_it(year: Year) -> None:
    every = queries.ranking_of(year.stage)
    pages = [queries.ranking_of(year.stage, at=at, most=1) for at in (1, 2, 9)]
    assert [page.rows for page in pages] == [every.rows[:1], every.rows[1:2], every.rows[-1:]]
    assert {(page.pages, page.letters, page.suggested, page.unread) for page in pages} == {
        (len(every.rows), len(every.rows), sum(row.suggested is not None for row in every.rows), every.unread)
    }


def test_a_letter_gets_a_prize_with_words_of_the_jury(year: Year, hoa: Person) -> None:
    award = give(year, 0, 0, hoa)
    assert (award.prize, award.citation_vi, award.citation_en, award.citation_fr) == (
        year.prizes[0],
        WORDS.vi,
        WORDS.en,
        WORDS.fr,
    )


def test_giving_again_changes_prize_and_words_and_the_same_again_nothing(year: Year, hoa: Person) -> None:
    first = give(year, 0, 0, hoa)
    again = [give(year, 0, 1, hoa, NamesOf("Khác")) for _click in range(2)]
    acts = [line.act for line in journal.lines_about("stage", year.stage.id) if line.act == "award.given"]
    assert (again, first.prize, len(acts)) == ([first, first], year.prizes[1], 2)


def test_more_prizes_than_places_are_refused(year: Year, hoa: Person) -> None:
    give(year, 0, 0, hoa)
    with pytest.raises(Refused, match="of this prize are given"):
        give(year, 1, 0, hoa)


def test_no_prize_before_the_round_is_closed(year: Year, hoa: Person) -> None:
    with transaction():
        judging_services.reopen_round(round_=year.round_, by=hoa, now=clock.now())
    with pytest.raises(Refused, match="still open"):
        give(year, 0, 0, hoa)


def test_a_citation_must_not_name_a_child_who_is_not_to_be_named(year: Year, hoa: Person) -> None:
    with transaction():
        year.letters[0].entrant.consent.name_shown = NameShown.GIVEN
    with pytest.raises(Refused, match="does not wish") as refused:
        give(year, 0, 0, hoa, NamesOf(en="The letter of Tran Ngoc Mai"))
    assert refused.value.field == "citation_en"
    assert give(year, 0, 0, hoa, NamesOf(en="Mai writes with warmth")).citation_en == "Mai writes with warmth"


def test_the_ranking_alone_gives_up_to_the_tie(year: Year, hoa: Person) -> None:
    given = []
    for _click in range(2):
        with transaction():
            given.append(services.give_all_suggested(stage=year.stage, by=hoa, now=clock.now()))
    border = queries.ranking_of(year.stage).border
    assert (given, [award.letter for award in queries.awards_of(year.stage)]) == ([1, 0], [year.letters[0]])
    assert border is not None
    assert (border.rank, border.letters, border.places) == (2, 2, 1)


def test_what_the_jury_has_given_stays_and_the_ranking_fills_the_rest(year: Year, hoa: Person) -> None:
    give(year, 2, 1, hoa)
    with transaction():
        services.give_all_suggested(stage=year.stage, by=hoa, now=clock.now())
    given = {award.letter: award.prize for award in queries.awards_of(year.stage)}
    assert given == {year.letters[0]: year.prizes[0], year.letters[2]: year.prizes[1]}


def test_a_prize_can_be_taken_back_before_publication(year: Year, hoa: Person) -> None:
    award = give(year, 0, 0, hoa)
    with transaction():
        services.take_prize_back(award=award, by=hoa, now=clock.now())
    assert queries.awards_of(year.stage) == []


def test_no_hour_without_a_prize(year: Year, hoa: Person) -> None:
    with pytest.raises(Refused, match="No prize has been given"):
        set_hour(year, ahead(), hoa)


def test_nothing_is_recorded_before_the_hour(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(60), hoa)
    at(ahead(59), monkeypatch)
    assert (recorded(), year.stage.published_at) == ([], None)


def test_at_the_hour_the_prize_is_in_the_record(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    award = published(year, hoa, monkeypatch)
    assert (award.level, award.prize, award.rank, award.country, award.age, award.place) == (
        AwardLevel.NATIONAL,
        PrizeKind.FIRST,
        1,
        "VN",
        12,
        "Hà Nội",
    )
    assert (award.laureate.full_name, award.laureate.shown_as, award.citation_fr) == (
        "Trần Ngọc Mai",
        NameShown.FULL,
        WORDS.fr,
    )


def test_a_worker_that_comes_late_publishes_late(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    late = ahead(60 * 24 * 3)
    at(late, monkeypatch)
    assert (len(recorded()), year.stage.published_at) == (1, late)


def test_a_job_that_runs_twice_publishes_once(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    published(year, hoa, monkeypatch)
    moment = year.stage.published_at
    with transaction():
        job = db.session.scalars(select(Job).where(Job.name == "results.publish")).one()
        job.state = JobState.WAITING
    at(ahead(90), monkeypatch)
    assert (len(recorded()), year.stage.published_at) == (1, moment)


def test_the_job_of_an_hour_that_was_moved_does_nothing(
    year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(60), hoa)
    set_hour(year, ahead(120), hoa)
    early, late = ahead(61), ahead(121)
    at(early, monkeypatch)
    before = len(recorded())
    at(late, monkeypatch)
    assert (before, len(recorded())) == (0, 1)


def test_an_hour_can_be_brought_forward(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(120), hoa)
    set_hour(year, ahead(60), hoa)
    at(ahead(61), monkeypatch)
    assert len(recorded()) == 1


def test_setting_the_same_hour_twice_is_once(year: Year, hoa: Person) -> None:
    give(year, 0, 0, hoa)
    hour = ahead()
    for _click in range(2):
        set_hour(year, hour, hoa)
    assert len(list(db.session.scalars(select(Job).where(Job.name == "results.publish")))) == 1


def test_a_cancelled_hour_publishes_nothing(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    for _click in range(2):
        cancel(year, hoa)
    at(ahead(61), monkeypatch)
    assert (recorded(), year.stage.published_at, year.stage.results_at) == ([], None, None)


def test_once_the_hour_has_come_nothing_is_changed_even_before_the_worker_runs(
    year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    award = give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    moment = ahead(61)
    monkeypatch.setattr(clock, "now", lambda: moment)
    with pytest.raises(Refused, match="are published"):
        cancel(year, hoa)
    with pytest.raises(Refused, match="are published"):
        set_hour(year, ahead(600), hoa)
    with pytest.raises(Refused, match="are published"):
        give(year, 1, 1, hoa)
    with pytest.raises(Refused, match="are published"), transaction():
        services.take_prize_back(award=award, by=hoa, now=clock.now())


@pytest.mark.parametrize("wished", NameShown)
def test_a_name_is_recorded_as_the_guardian_wished(
    year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch, wished: NameShown
) -> None:
    with transaction():
        year.letters[0].entrant.consent.name_shown = wished
    assert published(year, hoa, monkeypatch).laureate.shown_as is wished


def withdraw_consent(letter: Letter, by: Person) -> None:
    with transaction():
        accounts.withdraw_consent(consent=letter.entrant.consent, by=by, now=clock.now())


def test_without_consent_the_prize_is_recorded_and_the_name_is_not_shown(
    year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    withdraw_consent(year.letters[0], hoa)
    at(ahead(61), monkeypatch)
    assert [award.laureate.shown_as for award in recorded()] == [NameShown.HIDDEN]


def test_a_consent_withdrawn_after_publication_takes_the_name_down(
    year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    award = published(year, hoa, monkeypatch)
    withdraw_consent(year.letters[0], hoa)
    at(ahead(1), monkeypatch)
    assert award.laureate.shown_as is NameShown.HIDDEN


def test_a_published_award_is_withdrawn_with_its_reason_and_never_deleted(
    year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    award = published(year, hoa, monkeypatch)
    [given] = queries.awards_of(year.stage)
    first = clock.now()
    for reason in ("Copied from a book", "Another reason"):
        with transaction():
            services.withdraw_award(award=given, reason=reason, by=hoa, now=clock.now())
    assert (award.withdrawn_at, award.withdrawn_reason) == (first, "Copied from a book")
    assert (given.withdrawn_at, given.withdrawn_reason) == (first, "Copied from a book")


def test_a_withdrawal_needs_its_reason(year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    published(year, hoa, monkeypatch)
    [given] = queries.awards_of(year.stage)
    with pytest.raises(Refused, match="say why"), transaction():
        services.withdraw_award(award=given, reason="  ", by=hoa, now=clock.now())
