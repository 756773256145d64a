"""Writing to a stage: opening, changing, extending, with the history of each change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from accounts.models import Person
from accounts.queries import latest_consent_text
from contest.editions import defaults, queries, services
from contest.editions.models import Edition, Stage
from contest.editions.rules import UnitLevel
from core import journal
from core.db import db, transaction
from core.errors import Refused
from tests import make
from tests.contest.editions.conftest import DAY

VALUES: dict[str, Any] = {
    "theme_vi": "Viết cho đại dương",
    "theme_en": "Write to the ocean",
    "theme_fr": "Écris à l’océan",
    "youngest": 9,
    "oldest": 15,
    "reference_day": date(2026, 5, 5),
    "word_limit": 800,
    "opens_at": datetime(2025, 12, 18, 17, tzinfo=UTC),
    "closes_at": datetime(2026, 3, 5, 16, 59, tzinfo=UTC),
    "takes_typed": True,
    "takes_handwritten": True,
}


def opened(number: int = 55, **given: Any) -> Stage:
    """A stage, opened as an organiser opens it."""
    with transaction():
        return services.open_stage(number=number, country="VN", values=VALUES | given, by=None, now=make.NOW)


def change(stage: Stage, now: datetime, *, reason: str = "", seen: int | None = None, **values: Any) -> dict[str, Any]:
    """Change settings."""
    with transaction():
        return services.change_settings(stage=stage, values=values, reason=reason, by=None, now=now, seen=seen)


def history(stage: Stage) -> list[tuple[str, str, str, str]]:
    """Every change, newest first."""
    return [(each.setting, each.before, each.after, each.reason) for each in queries.changes_of(stage)]


def test_a_stage_opens_with_the_four_criteria_of_the_upu_that_weigh_the_same(app: Flask) -> None:
    stage = opened()
    assert [criterion.name_en for criterion in stage.criteria] == [
        "Structure of the letter",
        "Adherence to the theme",
        "Creativity",
        "Use of language",
    ]
    assert {(criterion.weight, criterion.most) for criterion in stage.criteria} == {(1, 10)}


def test_a_stage_opens_with_the_prizes_of_viet_nam(app: Flask) -> None:
    assert [prize.places for prize in opened().prizes] == [1, 3, 5, 30]


def test_a_stage_opens_with_a_root_and_a_wording_for_guardians(app: Flask) -> None:
    stage = opened()
    assert (queries.root_unit(stage).level, queries.provinces(stage)) == (UnitLevel.COUNTRY, [])
    assert latest_consent_text() is not None


def test_criteria_and_prizes_are_whole_in_three_languages() -> None:
    rows: list[dict[str, Any]] = [*defaults.CRITERIA, *defaults.PRIZES]
    assert [row for row in rows if not all(row[f"name_{language}"] for language in ("vi", "en", "fr"))] == []


def test_an_edition_of_the_record_is_used_and_one_it_lacks_is_made(app: Flask) -> None:
    known = make.edition(55, theme_vi="Theo tư liệu")
    assert opened(55).edition.id == known.id
    assert opened(56).edition.year == 2027


def test_an_edition_is_opened_once(app: Flask) -> None:
    opened()
    with pytest.raises(Refused, match="has been opened already"):
        opened()


def test_many_clicks_at_once_open_one_stage(app: Flask) -> None:
    def click(_number: int) -> str:
        with app.app_context():
            try:
                opened()
            except Refused as refused:
                return refused.message
            return "opened"

    db.session.rollback()
    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(click, range(4)))
    assert answers == ["Edition %(number)s has been opened already."] * 3 + ["opened"]
    assert db.session.query(Edition).count() == 1


def test_settings_that_contradict_each_other_open_nothing(app: Flask) -> None:
    with pytest.raises(Refused):
        opened(youngest=16)
    assert queries.stages() == []


def test_each_change_is_kept_with_before_after_who_when_and_why(running: Stage, now: datetime, hoa: Person) -> None:
    with transaction():
        services.change_settings(
            stage=running, values={"word_limit": 900, "oldest": 16}, reason=" Như năm 2019 ", by=hoa, now=now
        )
    assert sorted(history(running)) == [
        ("oldest", "15", "16", "Như năm 2019"),
        ("word_limit", "800", "900", "Như năm 2019"),
    ]
    assert {(each.changed_by, each.at) for each in queries.changes_of(running)} == {(hoa.id, now)}


def test_what_does_not_change_leaves_nothing_behind(running: Stage, now: datetime) -> None:
    assert change(running, now, word_limit=running.word_limit, closes_at=running.closes_at) == {}
    assert (history(running), journal.lines_about("stage", running.id)) == ([], [])


def test_once_letters_are_taken_a_change_owes_its_reason(running: Stage, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        change(running, now, reason="  ", word_limit=900)
    assert (refused.value.field, running.word_limit, history(running)) == ("reason", 800, [])


def test_before_letters_are_taken_no_reason_is_needed(coming: Stage, now: datetime) -> None:
    change(coming, now, word_limit=900)
    assert history(coming) == [("word_limit", "800", "900", "")]


def test_moving_the_opening_ahead_of_now_does_not_save_the_reason(running: Stage, now: datetime) -> None:
    with pytest.raises(Refused, match="say why"):
        change(running, now, opens_at=now + DAY)


def test_a_change_of_one_setting_is_checked_against_the_others(running: Stage, now: datetime) -> None:
    with pytest.raises(Refused, match="above the oldest"):
        change(running, now, reason="x", youngest=16)


def test_who_saw_an_older_state_does_not_undo_the_newer_one(running: Stage, now: datetime) -> None:
    seen = queries.last_change(running)
    change(running, now, reason="x", seen=seen, word_limit=900)
    with pytest.raises(Refused, match="changed the settings meanwhile"):
        change(running, now, reason="y", seen=seen, oldest=16)
    assert (running.word_limit, running.oldest) == (900, 15)


def test_a_later_close_is_kept_with_its_reason(running: Stage, now: datetime) -> None:
    later = running.closes_at + timedelta(days=16)
    before = running.closes_at
    with transaction():
        services.extend(stage=running, closes_at=later, reason="Chủ đề công bố muộn", by=None, now=now)
    assert running.closes_at == later
    assert [(each.before, each.after, each.reason) for each in queries.extensions_of(running)] == [
        (before.isoformat(), later.isoformat(), "Chủ đề công bố muộn")
    ]


def test_an_extension_is_later_than_the_close_of_now(running: Stage, now: datetime) -> None:
    with pytest.raises(Refused) as refused, transaction():
        services.extend(stage=running, closes_at=running.closes_at, reason="x", by=None, now=now)
    assert refused.value.field == "closes_at"


CRITERION = {
    "name_vi": "Cảm xúc",
    "name_en": "Feeling",
    "name_fr": "Émotion",
    "description_vi": "",
    "description_en": "",
    "description_fr": "",
    "weight": 2,
    "most": 10,
}


def test_a_new_criterion_comes_last_and_is_in_the_history(running: Stage, now: datetime) -> None:
    with transaction():
        services.save_criterion(stage=running, criterion=None, values=CRITERION, reason="thiếu", by=None, now=now)
    assert running.criteria[-1].name_en == "Feeling"
    assert history(running) == [("criteria", "", "Cảm xúc: 2 × 10", "thiếu")]


def test_each_field_of_a_criterion_that_changes_is_in_the_history(running: Stage, now: datetime) -> None:
    creativity = running.criteria[2]
    values = {"weight": 2, "most": 10, "name_vi": "Sáng tạo", "description_en": "Its own ideas."}
    with transaction():
        services.save_criterion(stage=running, criterion=creativity, values=values, reason="x", by=None, now=now)
    told = "Ideas, images and a view of the child’s own."
    assert sorted(history(running)) == [
        ("criteria.description_en", f"Sáng tạo: {told}", "Sáng tạo: Its own ideas.", "x"),
        ("criteria.weight", "Sáng tạo: 1", "Sáng tạo: 2", "x"),
    ]


def test_a_criterion_is_not_changed_without_a_reason_once_letters_are_taken(running: Stage, now: datetime) -> None:
    with pytest.raises(Refused, match="say why"), transaction():
        services.save_criterion(
            stage=running, criterion=running.criteria[0], values={"weight": 3}, reason="", by=None, now=now
        )
    assert running.criteria[0].weight == 1


def test_a_removed_criterion_stays_in_the_history(running: Stage, now: datetime) -> None:
    with transaction():
        services.remove_criterion(criterion=running.criteria[0], reason="x", by=None, now=now)
    assert len(running.criteria) == 3
    assert history(running) == [("criteria", "Bố cục bức thư: 1 × 10", "", "x")]


def test_one_criterion_must_stay(coming: Stage, now: datetime) -> None:
    with transaction():
        for criterion in list(coming.criteria)[1:]:
            services.remove_criterion(criterion=criterion, reason="", by=None, now=now)
    with pytest.raises(Refused, match="One criterion must stay"), transaction():
        services.remove_criterion(criterion=coming.criteria[0], reason="", by=None, now=now)


def test_after_a_removal_a_new_row_still_comes_last(coming: Stage, now: datetime) -> None:
    with transaction():
        services.remove_criterion(criterion=coming.criteria[0], reason="", by=None, now=now)
        services.save_criterion(stage=coming, criterion=None, values=CRITERION, reason="", by=None, now=now)
    assert coming.criteria[-1].name_en == "Feeling"
    assert len({criterion.position for criterion in coming.criteria}) == 4


def test_once_judging_has_begun_the_criteria_stay(running: Stage, now: datetime) -> None:
    with transaction():
        services.lock_criteria(stage=running, now=now)
    for write in (
        lambda: services.save_criterion(stage=running, criterion=None, values=CRITERION, reason="x", by=None, now=now),
        lambda: services.remove_criterion(criterion=running.criteria[0], reason="x", by=None, now=now),
    ):
        with pytest.raises(Refused, match="the criteria stay as they are"), transaction():
            write()
    assert len(running.criteria) == 4


def test_criteria_are_locked_at_the_first_hour(running: Stage, now: datetime) -> None:
    with transaction():
        services.lock_criteria(stage=running, now=now)
        services.lock_criteria(stage=running, now=now + DAY)
    assert running.criteria_locked_at == now


def test_prizes_may_change_while_judging(running: Stage, now: datetime) -> None:
    with transaction():
        services.lock_criteria(stage=running, now=now)
        services.save_prize(
            stage=running, prize=running.prizes[1], values={"places": 4}, reason="tài trợ", by=None, now=now
        )
    assert history(running) == [("prizes.places", "Giải nhì: 3", "Giải nhì: 4", "tài trợ")]


def test_a_removed_prize_stays_in_the_history(running: Stage, now: datetime) -> None:
    with transaction():
        services.remove_prize(prize=running.prizes[3], reason="x", by=None, now=now)
    assert [prize.places for prize in running.prizes] == [1, 3, 5]
    assert history(running) == [("prizes", "Giải khuyến khích: 30 × 1.000.000 đ", "", "x")]


def test_the_running_stage_is_the_newest_that_has_begun_else_the_next_to_come(app: Flask, now: datetime) -> None:
    assert queries.running_stage(now) is None
    later = make.stage(57, opens_at=now + 9 * DAY, closes_at=now + 19 * DAY)
    coming = make.stage(56, opens_at=now + DAY, closes_at=now + 2 * DAY)
    assert queries.running_stage(now) == coming
    begun = make.stage(55, opens_at=now - 9 * DAY, closes_at=now - DAY)
    assert queries.running_stage(now) == begun
    assert queries.stages() == [later, coming, begun]


def test_the_edition_to_open_follows_the_newest_stage_else_the_year(app: Flask) -> None:
    assert queries.number_to_open(datetime(2026, 1, 1, tzinfo=UTC)) == 55
    make.stage(60)
    assert queries.number_to_open(datetime(2026, 1, 1, tzinfo=UTC)) == 61
