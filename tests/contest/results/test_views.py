"""The organiser's pages of results; nobody else finds them."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

import pytest
from flask.testing import FlaskClient

from accounts.models import Person
from contest.judging import services as judging_services
from contest.judging.ranking import Given, Weighing, ranking
from contest.results import queries
from contest.winners import queries as winners
from core import clock, jobs
from core.db import db, transaction
from core.localtime import to_local
from tests import cast, make
from tests.contest.results.conftest import Year
from tests.contest.results.test_services import ahead, give, published, set_hour


def award_page(year: Year, letter: int = 0) -> str:
    return f"/letters/{year.letters[letter].id}/award"


def cells(page: str) -> str:
    return " ".join(page.replace("<td>", " ").replace("</td>", " ").split())


def typed(hour: object) -> dict[str, str]:
    return {"hour": to_local(hour).strftime("%Y-%m-%dT%H:%M")}


@pytest.mark.parametrize("who", ["mai", "lan", "khoa", "stranger"])
def test_nobody_but_organisers_finds_anything(
    who: str, year: Year, hoa: Person, as_: Callable[..., FlaskClient]
) -> None:
    award = give(year, 0, 0, hoa)
    browser = as_(judge_of(year) if who == "lan" else getattr(cast, who)())
    pages = ["/stages/55/results", "/stages/55/results/ranking.csv", "/stages/55/results/marks.csv", award_page(year)]
    pages += ["/stages/55/results/hour", f"/awards/{award.id}/withdraw"]
    acts = ["/stages/55/results/suggested", "/stages/55/results/hour/cancel", f"/awards/{award.id}/take-back"]
    found = [browser.get(path).status_code for path in pages]
    found += [browser.post(path).status_code for path in (*acts, *pages[3:])]
    assert (set(found), queries.awards_of(year.stage)) == ({404}, [award])


def judge_of(year: Year) -> Person:
    reads = queries.reads_of(year.letters[0])
    return reads[0].assignment.judge.person


def test_the_author_of_a_letter_does_not_find_its_award(
    year: Year, hoa: Person, as_: Callable[..., FlaskClient]
) -> None:
    give(year, 0, 0, hoa)
    assert as_(year.letters[0].entrant.person).get(award_page(year)).status_code == 404


def test_the_ranking_shows_numbers_and_ties_and_no_names(desk: FlaskClient, year: Year) -> None:
    page = desk.get("/stages/55/results").text
    shown = [page.count(str(letter.number)) for letter in year.letters]
    assert (shown, page.count('<span aria-hidden="true">=</span>'), "Trần Ngọc Mai" in page) == ([1, 1, 1], 2, False)


def test_the_ranking_shows_what_it_suggests_and_where_the_jury_decides(desk: FlaskClient, year: Year) -> None:
    page = desk.get("/stages/55/results").text
    assert page.count("suggested: First prize") == 1
    assert "2 letters share rank 2, but “Second prize” has room for 1" in page


def test_what_is_suggested_can_be_given_by_one_button(desk: FlaskClient, year: Year) -> None:
    page = desk.post("/stages/55/results/suggested", follow_redirects=True).text
    assert ("1 prize is given." in page, [award.letter for award in queries.awards_of(year.stage)]) == (
        True,
        [year.letters[0]],
    )


def test_the_spreadsheet_of_the_ranking_holds_every_line(desk: FlaskClient, year: Year, hoa: Person) -> None:
    give(year, 0, 0, hoa)
    answer = desk.get("/stages/55/results/ranking.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["rank"], row["tied"], row["letter"], row["mean"], row["prize"]) for row in rows] == [
        ("1", "0", year.letters[0].number, "9.5000", "First prize"),
        ("2", "1", year.letters[1].number, "8.0000", ""),
        ("2", "1", year.letters[2].number, "8.0000", ""),
    ]


def test_whoever_holds_the_marks_can_compute_the_ranking_again(desk: FlaskClient, year: Year) -> None:
    rows = list(csv.DictReader(io.StringIO(desk.get("/stages/55/results/marks.csv").text.removeprefix("\ufeff"))))
    ids: dict[str, int] = defaultdict(lambda: len(ids) + 1)
    weighings = [Weighing(ids[row["criterion"]], int(row["weight"]), int(row["most"])) for row in rows[:1]]
    marks = [
        Given(ids[row["letter"]], ids[row["letter"] + row["judge"]], ids[row["criterion"]], Fraction(row["points"]))
        for row in rows
        if row["state"] == "marked"
    ]
    again = {each.letter_id: (each.rank, each.mean) for each in ranking(marks, weighings)}
    assert again == {ids[row.number]: (row.ranked.rank, row.ranked.mean) for row in queries.ranking_of(year.stage).rows}


def test_a_cell_that_a_spreadsheet_would_compute_is_text(desk: FlaskClient, year: Year, hoa: Person) -> None:
    with transaction():
        year.prizes[0].name_en = "=HYPERLINK(1)"
    give(year, 0, 0, hoa)
    assert "'=HYPERLINK(1)" in desk.get("/stages/55/results/ranking.csv").text


def test_the_award_page_shows_reads_their_log_and_who_wrote(desk: FlaskClient, year: Year) -> None:
    page = desk.get(award_page(year)).text
    assert ("lan" in cells(page), "9.5" in page, "Every change of a mark by lan" in page) == (True, True, True)
    assert "Trần Ngọc Mai" in page


def test_while_the_round_is_open_nobody_sees_who_wrote(desk: FlaskClient, year: Year, hoa: Person) -> None:
    with transaction():
        judging_services.reopen_round(round_=year.round_, by=hoa, now=clock.now())
    page = desk.get(award_page(year)).text
    assert ("Trần Ngọc Mai" in page, "shown once the round is closed" in page) == (False, True)


def test_a_draft_has_no_award_page(desk: FlaskClient, year: Year) -> None:
    draft = make.letter(make.entrant(cast.mai(), year.letters[0].entrant.school, year.stage))
    assert desk.get(f"/letters/{draft.id}/award").status_code == 404


def test_a_prize_is_given_with_words_and_the_page_shows_them_again(desk: FlaskClient, year: Year) -> None:
    given = {"prize": str(year.prizes[1].id), "citation_vi": "Ấm áp như ngọn nến"}
    answers = [desk.post(award_page(year), data=given).location for _click in range(2)]
    [award] = queries.awards_of(year.stage)
    assert (answers, award.prize, award.citation_vi) == (
        ["/stages/55/results"] * 2,
        year.prizes[1],
        "Ấm áp như ngọn nến",
    )
    assert "Ấm áp như ngọn nến" in desk.get(award_page(year)).text


def test_a_prize_that_is_gone_is_refused_and_the_words_are_kept(desk: FlaskClient, year: Year, hoa: Person) -> None:
    give(year, 0, 0, hoa)
    answer = desk.post(award_page(year, 1), data={"prize": str(year.prizes[0].id), "citation_fr": "Très beau"})
    assert (answer.status_code, "All 1 of this prize are given." in answer.text, "Très beau" in answer.text) == (
        422,
        True,
        True,
    )


@pytest.mark.parametrize("prize", ["", "999999", "first"])
def test_a_prize_that_is_not_in_the_table_is_refused(desk: FlaskClient, year: Year, prize: str) -> None:
    assert desk.post(award_page(year), data={"prize": prize}).status_code == 422


def test_a_prize_of_another_stage_is_refused(desk: FlaskClient, year: Year) -> None:
    foreign = make.prize(make.stage(54))
    assert desk.post(award_page(year), data={"prize": str(foreign.id)}).status_code == 422


def test_a_prize_is_taken_back_once(desk: FlaskClient, year: Year, hoa: Person) -> None:
    award = give(year, 0, 0, hoa)
    button = f"/awards/{award.id}/take-back"
    answers = [desk.post(button).status_code for _click in range(2)]
    assert (answers, queries.awards_of(year.stage)) == ([302, 404], [])


def test_an_hour_is_typed_in_local_time(desk: FlaskClient, year: Year, hoa: Person) -> None:
    give(year, 0, 0, hoa)
    answer = desk.post("/stages/55/results/hour", data={"hour": "2027-01-02T08:30"})
    db.session.expire_all()
    hour = year.stage.results_at
    assert (answer.status_code, hour and hour.isoformat()) == (302, "2027-01-02T01:30:00+00:00")


@pytest.mark.parametrize("hour", ["", "tomorrow", "2020-01-01T00:00", "9999-99-99T00:00"])
def test_an_hour_that_cannot_be_is_refused(desk: FlaskClient, year: Year, hoa: Person, hour: str) -> None:
    give(year, 0, 0, hoa)
    answer = desk.post("/stages/55/results/hour", data={"hour": hour})
    assert (answer.status_code, year.stage.results_at) == (422, None)


def test_an_hour_is_cancelled_by_a_button(desk: FlaskClient, year: Year, hoa: Person) -> None:
    give(year, 0, 0, hoa)
    set_hour(year, ahead(), hoa)
    shown = "Cancel the hour" in desk.get("/stages/55/results").text
    desk.post("/stages/55/results/hour/cancel")
    assert (shown, year.stage.results_at) == (True, None)


def test_the_minute_that_is_typed_is_the_minute_of_publication(
    desk: FlaskClient, year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(year, 0, 0, hoa)
    desk.post("/stages/55/results/hour", data=typed(ahead(60)))
    db.session.expire_all()
    hour = year.stage.results_at
    assert hour is not None
    counts = []
    for moment in (hour - timedelta(seconds=1), hour):
        monkeypatch.setattr(clock, "now", lambda at=moment: at)
        jobs.run_due(now=moment)
        db.session.rollback()
        counts.append(year.stage.published_at is not None)
    assert counts == [False, True]


def test_a_published_prize_is_withdrawn_with_its_reason(
    desk: FlaskClient, year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(year, hoa, monkeypatch)
    [award] = queries.awards_of(year.stage)
    empty = desk.post(f"/awards/{award.id}/withdraw", data={"reason": ""}).status_code
    desk.post(f"/awards/{award.id}/withdraw", data={"reason": "Copied from a book"})
    recorded = winners.award_of_stage(award.id)
    assert (empty, recorded and recorded.withdrawn_reason) == (422, "Copied from a book")
    assert "withdrawn" in desk.get("/stages/55/results").text


def test_after_publication_no_prize_is_given_any_more(
    desk: FlaskClient, year: Year, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(year, hoa, monkeypatch)
    answer = desk.post(award_page(year, 1), data={"prize": str(year.prizes[1].id)})
    assert (answer.status_code, len(queries.awards_of(year.stage))) == (422, 1)
