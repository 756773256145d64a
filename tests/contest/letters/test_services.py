"""From entering to taking back: one entrant, one letter, nothing acknowledged is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts import services as accounts
from accounts.models import Consent
from accounts.rules import NameShown, Relation
from contest.editions.models import Unit
from contest.letters import numbers, queries, services
from contest.letters.blinding import BAR
from contest.letters.models import Entrant, Letter
from contest.letters.rules import LetterForm, LetterState
from core import journal
from core.db import Base, db, transaction
from core.errors import Refused
from tests import cast, make
from tests.make import NOW


@pytest.fixture
def entrant(app: Flask) -> Entrant:
    stage = make.stage()
    return make.entrant(cast.mai(), make.school(stage), stage)


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def at_once(app: Flask, act: Callable[[], Any]) -> list[Any]:
    """Two windows do the same thing at the same moment, each with a connection of its own."""
    barrier = Barrier(2)

    def window(_number: int) -> Any:
        with app.app_context():
            barrier.wait()
            return act()

    with ThreadPoolExecutor(2) as windows:
        answers = list(windows.map(window, range(2)))
    db.session.rollback()  # what was read before is old
    return answers


def test_entering_keeps_who_where_and_with_whose_consent(app: Flask) -> None:
    stage = make.stage()
    mai, school = cast.mai(), make.school(stage)
    entered = enter(stage, mai, school, full_name="  Trần  Ngọc Mai ")
    assert (entered.full_name, entered.given_name, entered.school.name) == (
        "Trần Ngọc Mai",
        "Mai",
        "Trường THCS Lê Lợi",
    )
    assert (entered.consent.version, entered.consent.given_at, entered.consent.guardian_name) == (1, NOW, "Trần Thu")


def enter(stage: Any, person: Any, school: Unit, **given: Any) -> Entrant:
    facts: dict[str, Any] = {
        "full_name": "Trần Ngọc Mai",
        "given_name": "",
        "born": date(2014, 1, 31),
        "class_name": "7A",
        "guardian_name": "Trần Thu",
        "relation": Relation.MOTHER,
        "name_shown": NameShown.FULL,
        "now": NOW,
    }
    with transaction():
        accounts.ensure_consent_text(now=NOW)
        return services.enter_stage(stage=stage, person=person, school=school, **(facts | given))


def test_two_windows_enter_once(app: Flask) -> None:
    stage = make.stage()
    stage_number, mai, school = 55, cast.mai().user_name, make.school(stage).id
    with transaction():
        accounts.ensure_consent_text(now=NOW)

    def act() -> int:
        from accounts import queries as people  # noqa: PLC0415
        from contest.editions import queries as editions  # noqa: PLC0415

        here = editions.stage(stage_number)
        person, unit = people.person_by_name(mai), editions.unit(school)
        assert here
        assert unit
        return enter(here, person, unit).id

    first, second = at_once(app, act)
    assert (first == second, count(Entrant), count(Consent)) == (True, 1, 1)


@pytest.mark.parametrize("born", [date(2010, 5, 5), date(2017, 5, 6)])
def test_who_is_too_old_or_too_young_leaves_nothing_behind(app: Flask, born: date) -> None:
    stage = make.stage()
    mai, school = cast.mai(), make.school(stage)
    with pytest.raises(Refused):
        enter(stage, mai, school, born=born)
    assert (count(Entrant), count(Consent)) == (0, 0)


def test_a_school_that_is_missing_is_added_once_and_noted(app: Flask) -> None:
    stage = make.stage()
    mai, province = cast.mai(), make.school(stage).parent
    assert province
    with transaction():
        added = [
            services.school_called(province=province, name=name, by=mai, now=NOW)
            for name in ("Trường  Kim Đồng", "Trường Kim Đồng ")
        ]
    assert len(set(added)) == 1
    assert added[0].name == "Trường Kim Đồng"
    assert [line.act for line in journal.lines_about("unit", added[0].id)] == ["unit.added_by_entrant"]


def test_two_windows_begin_one_letter(app: Flask, entrant: Entrant) -> None:
    entrant_id = entrant.id

    def act() -> int:
        mine = db.session.get_one(Entrant, entrant_id)
        with transaction():
            return services.begin_letter(entrant=mine, form=LetterForm.TYPED, now=NOW).id

    first, second = at_once(app, act)
    assert (first == second, count(Letter)) == (True, 1)


def test_two_clicks_hand_in_once(app: Flask, entrant: Entrant) -> None:
    letter_id = make.letter(entrant).id

    def act() -> str | None:
        letter = db.session.get_one(Letter, letter_id)
        with transaction():
            return services.submit_letter(letter=letter, by=letter.entrant.person, now=NOW).number

    first, second = at_once(app, act)
    acts = [line.act for line in journal.lines_about("letter", letter_id)]
    assert (first == second, acts) == (True, ["letter.begun", "letter.submitted"])


def test_two_windows_that_save_at_once_do_not_overwrite_each_other(app: Flask, entrant: Entrant) -> None:
    letter_id = make.letter(entrant, body="một").id
    texts = iter(["hai", "ba"])

    def act() -> str:
        text, letter = next(texts), db.session.get_one(Letter, letter_id)
        try:
            with transaction():
                return services.save_body(letter=letter, body=text, revision=1, now=NOW).body
        except Refused as refused:
            return refused.message

    answers = at_once(app, act)
    letter = db.session.get_one(Letter, letter_id)
    assert letter.revision == 2
    assert sorted(answers) == sorted([letter.body, "This letter was changed in another window"])


def test_saving_counts_words_and_revisions(entrant: Entrant) -> None:
    letter = make.letter(entrant, body="")
    with transaction():
        services.save_body(letter=letter, body="Bạn Lan\r\nthân mến,", revision=0, now=NOW)
    assert (letter.body, letter.word_count, letter.revision) == ("Bạn Lan\nthân mến,", 4, 1)


def test_a_forgotten_window_does_not_overwrite(entrant: Entrant) -> None:
    letter = make.letter(entrant, body="mới")
    with pytest.raises(Refused), transaction():
        services.save_body(letter=letter, body="cũ", revision=0, now=NOW)
    assert letter.body == "mới"


def test_saving_the_same_text_again_is_fine_from_any_window(entrant: Entrant) -> None:
    letter = make.letter(entrant, body="mới")
    with transaction():
        services.save_body(letter=letter, body="mới", revision=0, now=NOW)
    assert letter.revision == 1


def test_a_letter_that_is_handed_in_has_number_count_and_a_copy_without_names(entrant: Entrant) -> None:
    letter = make.handed_in(make.letter(entrant))
    assert letter.number
    assert numbers.understood(letter.number) == letter.number
    assert (letter.state, letter.submitted_at, letter.cleared_at) == (LetterState.SUBMITTED, NOW, NOW)
    assert letter.blind_body == make.LETTER.replace("Ngọc Mai", BAR)
    assert letter.word_count == 31


def test_a_number_that_is_taken_is_drawn_again(app: Flask, entrant: Entrant) -> None:
    stage = entrant.stage
    nam = make.entrant(cast.nam(), entrant.school, stage)
    draws = iter([7, 7, 8])
    given = []
    for letter in (make.letter(entrant), make.letter(nam)):
        with transaction():
            services.submit_letter(
                letter=letter, by=letter.entrant.person, now=NOW, random_below=lambda _limit: next(draws)
            )
        given.append(letter.number)
    assert given == [numbers.written(55, "00000007"), numbers.written(55, "00000008")]


def test_what_is_handed_in_cannot_be_changed(entrant: Entrant) -> None:
    letter = make.handed_in(make.letter(entrant))
    for change in (
        lambda: services.save_body(letter=letter, body="khác", revision=1, now=NOW),
        lambda: services.set_word_count(letter=letter, words=1, now=NOW),
        lambda: services.change_form(letter=letter, form=LetterForm.HANDWRITTEN, now=NOW),
    ):
        with pytest.raises(Refused), transaction():
            change()
    assert (letter.body, letter.form) == (make.LETTER, LetterForm.TYPED)


def test_a_letter_too_late_stays_a_draft(entrant: Entrant) -> None:
    letter = make.letter(entrant)
    late = entrant.stage.closes_at + timedelta(seconds=1)
    with pytest.raises(Refused):
        make.handed_in(letter, at=late)
    assert (letter.state, letter.number) == (LetterState.DRAFT, None)


def test_without_consent_nothing_is_handed_in_until_it_is_given_again(entrant: Entrant) -> None:
    letter = make.letter(entrant)
    with transaction():
        accounts.withdraw_consent(consent=entrant.consent, by=entrant.person, now=NOW)
    with pytest.raises(Refused):
        make.handed_in(letter)
    with transaction():
        services.renew_consent(
            entrant=entrant, guardian_name="Trần Thu", relation=Relation.MOTHER, name_shown=NameShown.GIVEN, now=NOW
        )
    assert make.handed_in(letter).state is LetterState.SUBMITTED


def test_after_taking_back_a_new_letter_may_be_written(entrant: Entrant) -> None:
    letter = make.handed_in(make.letter(entrant))
    for _click in range(2):
        with transaction():
            services.withdraw_letter(letter=letter, reason=" nhầm ", by=entrant.person, now=NOW)
    assert letter.state is LetterState.WITHDRAWN
    assert [line.details for line in journal.lines_about("letter", letter.id)][-1] == {"reason": "nhầm"}
    assert make.letter(entrant).id != letter.id


def test_changing_to_paper_and_back_keeps_what_was_typed(entrant: Entrant) -> None:
    letter = make.letter(entrant)
    for form in (LetterForm.HANDWRITTEN, LetterForm.TYPED):
        with transaction():
            services.change_form(letter=letter, form=form, now=NOW)
    assert (letter.body, letter.word_count) == (make.LETTER, 31)


def test_the_jurys_letter_holds_nothing_of_its_writer(entrant: Entrant) -> None:
    letter = make.handed_in(make.letter(entrant))
    blind = queries.blind_letter(letter.id)
    # Words are counted on the copy: two fewer here, so that the count tells nothing of the name's length.
    assert blind == queries.BlindLetter(
        letter.id, letter.number or "", LetterForm.TYPED, make.LETTER.replace("Ngọc Mai", BAR), 29, 0
    )


def test_the_jury_sees_no_draft_and_nothing_taken_back(entrant: Entrant) -> None:
    letter = make.letter(entrant)
    seen = [queries.blind_letter(letter.id)]
    make.handed_in(letter)
    with transaction():
        services.withdraw_letter(letter=letter, reason="", by=entrant.person, now=NOW)
    assert [*seen, queries.blind_letter(letter.id), *queries.judgeable(entrant.stage_id)] == [None, None]


def test_a_letter_may_be_judged_while_the_consent_holds(entrant: Entrant) -> None:
    letter = make.handed_in(make.letter(entrant))
    origin = queries.Origin(letter.id, entrant.school_id, entrant.school.parent_id)
    before = queries.judgeable(entrant.stage_id)
    with transaction():
        accounts.withdraw_consent(consent=entrant.consent, by=entrant.person, now=NOW)
    assert (before, queries.judgeable(entrant.stage_id)) == ([origin], [])


def test_letters_are_counted_by_where_they_are(entrant: Entrant) -> None:
    letter = make.handed_in(make.letter(entrant))
    with transaction():
        services.withdraw_letter(letter=letter, reason="", by=entrant.person, now=NOW)
    make.letter(entrant)
    make.handed_in(make.letter(make.entrant(cast.nam(), entrant.school, entrant.stage)))
    assert queries.counts(entrant.stage) == queries.Counts(drafts=1, submitted=1, withdrawn=1, to_clear=0)
