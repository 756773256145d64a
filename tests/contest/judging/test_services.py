"""Judges, rounds and marks: nothing acknowledged is lost, nothing is changed without a trace."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from accounts import services as accounts
from accounts.models import Person
from accounts.rules import Role
from contest.editions.models import Stage, Unit
from contest.judging import preparing, queries, services
from contest.judging.models import Assignment, Judge, Mark, MarkChange, Round
from contest.judging.rules import AssignmentState, RoundState
from contest.judging.terms import RoundMethod
from contest.letters.models import Letter
from core import journal
from core.db import Base, db, transaction
from core.errors import Refused
from tests import cast, make
from tests.make import NOW


def save(read: Assignment, points: str, criterion: int = 0) -> None:
    with transaction():
        services.save_mark(
            assignment=read, criterion=read.round.stage.criteria[criterion], points=Decimal(points), now=NOW
        )


def undo(read: Assignment) -> None:
    last = queries.last_change(read)
    with transaction():
        services.undo_mark(assignment=read, change_id=last.id if last else None, now=NOW)


def recuse(read: Assignment) -> None:
    with transaction():
        services.recuse(assignment=read, by=read.judge.person, now=NOW)


def points_of(read: Assignment) -> list[str]:
    return [f"{mark.points}" for _criterion, mark in sorted(queries.marks_of(read).items())]


def log_of(read: Assignment) -> list[tuple[str, str]]:
    return [(str(change.before), str(change.after)) for change in queries.changes_of(read)]


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def at_once(app: Flask, *acts: Callable[[], Any]) -> None:
    """Each act in a window of its own, at the same moment."""
    barrier = Barrier(len(acts))

    def window(act: Callable[[], Any]) -> None:
        with app.app_context():
            barrier.wait()
            with transaction():
                act()

    with ThreadPoolExecutor(len(acts)) as windows:
        list(windows.map(window, acts))
    db.session.rollback()


def test_appointing_twice_is_once(stage: Stage, lan: Judge) -> None:
    assert make.judge(stage, lan.person) == lan


def test_an_organiser_cannot_judge_because_organisers_see_names(stage: Stage, hoa: Person) -> None:
    with pytest.raises(Refused, match="cannot judge"):
        make.judge(stage, hoa)


def test_a_child_of_the_stage_cannot_judge(stage: Stage, letters: list[Letter]) -> None:
    with pytest.raises(Refused, match="entered the stage as a child"):
        make.judge(stage, letters[0].entrant.person)


def test_limits_are_kept_as_given(stage: Stage, school: Unit, lan: Judge, hoa: Person) -> None:
    for units in ([school], [school, school.parent], [school.parent]):
        with transaction():
            services.set_limits(judge=lan, capacity=7, units=units, by=hoa, now=NOW)
    assert (lan.capacity, [barrier.unit for barrier in lan.barriers]) == (7, [school.parent])


def test_what_waits_goes_to_others_when_a_judge_leaves_and_what_was_marked_stays(
    read: Assignment, lan: Judge, dung: Judge, hoa: Person
) -> None:
    make.marks(read, "9")
    with transaction():
        services.dismiss_judge(judge=lan, by=hoa, now=NOW)
    held = [(each.judge_id == dung.id, each.given_back) for each in queries.held_in(read.round)]
    assert (sorted(held), lan.left_at, read.state) == (
        [(False, False), (False, True), (False, True), (False, True), *[(True, False)] * 3],
        NOW,
        AssignmentState.MARKED,
    )


def test_who_has_left_is_dealt_nothing_more_until_appointed_again(
    stage: Stage, school: Unit, read: Assignment, lan: Judge, dung: Judge, hoa: Person
) -> None:
    with transaction():
        services.dismiss_judge(judge=lan, by=hoa, now=NOW)
    make.child(stage, school)
    first = {judge_id for _letter, judge_id in preparing.dealt(read.round).pairs}
    make.judge(stage, lan.person)
    assert (first, lan.left_at) == ({dung.id}, None)


def test_coming_back_is_noted(stage: Stage, read: Assignment, lan: Judge, hoa: Person) -> None:
    with transaction():
        services.dismiss_judge(judge=lan, by=hoa, now=NOW)
    for _click in range(2):
        make.judge(stage, lan.person)
    acts = [line.act for line in journal.lines_about("stage", stage.id) if line.act.startswith("judge.")]
    assert acts == ["judge.appointed", "judge.dismissed", "judge.returned"]


def test_who_has_become_an_organiser_meanwhile_does_not_come_back(
    stage: Stage, read: Assignment, lan: Judge, hoa: Person
) -> None:
    with transaction():
        services.dismiss_judge(judge=lan, by=hoa, now=NOW)
        accounts.add_role(person=lan.person, role=Role.ORGANISER, by=None, now=NOW)
    with pytest.raises(Refused, match="cannot judge"):
        make.judge(stage, lan.person)
    assert lan.left_at is not None


def test_who_becomes_an_organiser_is_dealt_nothing_more(
    stage: Stage, letters: list[Letter], lan: Judge, dung: Judge
) -> None:
    with transaction():
        accounts.add_role(person=lan.person, role=Role.ORGANISER, by=None, now=NOW)
    round_ = make.planned_round(stage)
    assert {judge_id for _letter, judge_id in preparing.dealt(round_).pairs} == {dung.id}


def test_who_has_left_changes_no_mark_and_gives_no_letter_back(read: Assignment, lan: Judge, hoa: Person) -> None:
    make.marks(read, "7")
    with transaction():
        services.dismiss_judge(judge=lan, by=hoa, now=NOW)
    for act in (lambda: save(read, "2"), lambda: undo(read), lambda: recuse(read)):
        with pytest.raises(Refused, match="no longer judge"):
            act()
    assert points_of(read) == ["7.0", "7.0"]


def test_a_judge_never_gets_a_letter_that_was_declared(
    stage: Stage, letters: list[Letter], lan: Judge, dung: Judge, hoa: Person
) -> None:
    for _click in range(2):
        with transaction():
            services.exclude_letter(judge=lan, letter=letters[0], by=hoa, now=NOW)
    make.open_round(stage, reads=2)
    assert letters[0] not in [each.letter for each in queries.desk_of(lan.person)]


@pytest.mark.parametrize("points", [(), ("7",)])
def test_a_letter_declared_while_it_lies_on_the_desk_goes_to_another_judge_at_once(
    read: Assignment, lan: Judge, dung: Judge, hoa: Person, points: tuple[str, ...]
) -> None:
    for each in points:
        make.marks(read, each)
    with transaction():
        gone = services.exclude_letter(judge=lan, letter=read.letter, by=hoa, now=NOW)
    assert (gone, read.state, [each.letter_id for each in queries.desk_of(dung.person)]) == (
        1,
        AssignmentState.RECUSED,
        [read.letter_id],
    )


def test_what_was_said_of_a_relative_in_a_closed_round_stays(read: Assignment, lan: Judge, hoa: Person) -> None:
    make.marks(read, "7")
    make.closed(read.round, hoa)
    with transaction():
        gone = services.exclude_letter(judge=lan, letter=read.letter, by=hoa, now=NOW)
    assert (gone, read.state) == (0, AssignmentState.MARKED)


@pytest.mark.parametrize(("bars_province", "letters_read"), [(False, {"same province", "far"}), (True, {"far"})])
def test_the_own_school_is_never_read_and_the_own_province_not_where_the_round_says_so(
    stage: Stage, school: Unit, lan: Judge, hoa: Person, bars_province: bool, letters_read: set[str]
) -> None:
    make.child(stage, school)
    named = {
        make.child(stage, make.school(stage, "Trường THCS Trưng Vương")).id: "same province",
        make.child(stage, make.school(stage, "Trường THCS Huế", "Huế")).id: "far",
    }
    with transaction():
        services.set_limits(judge=lan, capacity=None, units=[], home=school, by=hoa, now=NOW)
    make.open_round(stage, bars_province=bars_province)
    assert {named.get(each.letter_id) for each in queries.desk_of(lan.person)} == letters_read


def test_anchors_are_read_by_every_judge_and_drawn_from_the_seed(
    stage: Stage, letters: list[Letter], lan: Judge, dung: Judge
) -> None:
    round_ = make.open_round(stage, anchors=2)
    held = [each.letter_id for each in queries.held_in(round_)]
    assert {letter_id for letter_id in held if held.count(letter_id) == 2} == queries.anchors_of(round_)
    assert (len(queries.anchors_of(round_)), len(held)) == (2, 6)


def test_a_judge_never_gets_letters_of_a_barred_province(
    stage: Stage, letters: list[Letter], lan: Judge, dung: Judge, school: Unit, hoa: Person
) -> None:
    far = make.child(stage, make.school(stage, "Trường THCS Huế", "Huế"))
    with transaction():
        services.set_limits(judge=lan, capacity=None, units=[school.parent], by=hoa, now=NOW)
    make.open_round(stage, reads=2)
    assert [each.letter for each in queries.desk_of(lan.person)] == [far]


def test_opening_deals_what_the_preview_showed_and_locks_the_criteria(
    stage: Stage, letters: list[Letter], lan: Judge, dung: Judge
) -> None:
    with transaction():
        round_ = services.plan_round(stage=stage, reads_per_letter=1, seed="seed", by=None, now=NOW)
    preview = preparing.dealt(round_)
    with transaction():
        services.open_round(round_=round_, by=None, now=NOW)
    held = {(each.letter_id, each.judge_id) for each in queries.held_in(round_)}
    assert (held, stage.criteria_locked_at) == (set(preview.pairs), NOW)


def test_the_same_plan_sent_twice_is_one_round(stage: Stage, letters: list[Letter], lan: Judge) -> None:
    def plan(seed: str) -> Round:
        with transaction():
            return services.plan_round(stage=stage, reads_per_letter=1, seed=seed, by=None, now=NOW)

    assert [plan(seed).position for seed in ("seed", "seed", "other")] == [1, 1, 2]


def test_a_round_is_opened_once_by_two_clicks(app: Flask, stage: Stage, letters: list[Letter], lan: Judge) -> None:
    with transaction():
        round_ = services.plan_round(stage=stage, reads_per_letter=1, seed="seed", by=None, now=NOW)
    round_id = round_.id

    dealt = []

    def click() -> None:
        dealt.append(services.open_round(round_=db.session.get_one(Round, round_id), by=None, now=NOW).loads)

    at_once(app, click, click)
    assert (count(Assignment), dealt) == (len(letters), [{lan.id: len(letters)}] * 2)


def test_two_rounds_are_never_open_at_once(stage: Stage, read: Assignment) -> None:
    with pytest.raises(Refused, match="Another round is open"):
        make.open_round(stage)


def test_topping_up_deals_letters_that_came_later(
    stage: Stage, school: Unit, read: Assignment, lan: Judge, hoa: Person
) -> None:
    late = make.child(stage, school)
    for _click in range(2):
        with transaction():
            services.top_up(round_=read.round, by=hoa, now=NOW)
    assert [each.letter for each in queries.desk_of(lan.person)].count(late) == 1


def test_a_mark_is_there_with_its_line_in_the_log(read: Assignment) -> None:
    save(read, "7.5")
    assert (points_of(read), log_of(read)) == (["7.5"], [("None", "7.5")])


@pytest.mark.parametrize("points", ["7.3", "-0.5"])
def test_the_database_itself_keeps_no_other_marks_than_halves(read: Assignment, points: str) -> None:
    with pytest.raises(IntegrityError):
        save(read, points)


def test_the_same_mark_again_leaves_no_line(read: Assignment) -> None:
    save(read, "7.5")
    save(read, "7.5")
    assert (count(Mark), count(MarkChange)) == (1, 1)


def test_a_changed_mark_keeps_what_it_was_in_the_log(read: Assignment) -> None:
    save(read, "7.5")
    save(read, "8.0")
    assert (points_of(read), log_of(read)) == (["8.0"], [("None", "7.5"), ("7.5", "8.0")])


def test_one_mark_given_in_two_windows_at_once_is_one_mark(app: Flask, read: Assignment) -> None:
    read_id = read.id

    def click() -> None:
        mine = db.session.get_one(Assignment, read_id)
        services.save_mark(assignment=mine, criterion=mine.round.stage.criteria[0], points=Decimal(9), now=NOW)

    at_once(app, click, click)
    assert (count(Mark), count(MarkChange)) == (1, 1)


def test_a_read_is_done_when_every_criterion_has_its_mark(read: Assignment) -> None:
    states = []
    for criterion in (0, 1):
        save(read, "6", criterion)
        states.append(read.state)
    assert states == [AssignmentState.WAITING, AssignmentState.MARKED]


def test_undo_takes_back_one_change_after_the_other_and_says_when_none_is_left(read: Assignment) -> None:
    for points in ("5.0", "6.0"):
        save(read, points)
    seen = []
    for _undo in range(2):
        undo(read)
        seen.append(points_of(read))
    with pytest.raises(Refused, match="nothing to take back"):
        undo(read)
    assert seen == [["5.0"], []]


def test_undo_makes_a_finished_read_unfinished(read: Assignment) -> None:
    make.marks(read, "8")
    undo(read)
    assert (read.state, read.finished_at) == (AssignmentState.WAITING, None)


def test_undo_is_in_the_log_too(read: Assignment) -> None:
    save(read, "5.0")
    undo(read)
    assert log_of(read) == [("None", "5.0"), ("5.0", "None")]


def test_two_clicks_on_undo_take_back_one_mark(read: Assignment) -> None:
    for points in ("5.0", "6.0"):
        save(read, points)
    change_id = queries.last_change(read).id
    for _click in range(2):
        with transaction():
            services.undo_mark(assignment=read, change_id=change_id, now=NOW)
    assert points_of(read) == ["5.0"]


def test_an_old_page_does_not_take_back_what_it_has_not_shown(read: Assignment) -> None:
    save(read, "5.0")
    shown = queries.last_change(read).id
    save(read, "6.0")
    with pytest.raises(Refused, match="Another mark has been given since"), transaction():
        services.undo_mark(assignment=read, change_id=shown, now=NOW)


def test_a_letter_given_back_goes_to_another_judge_at_once(read: Assignment, dung: Judge, lan: Judge) -> None:
    with transaction():
        new = services.recuse(assignment=read, by=lan.person, now=NOW)
    assert (new.judge, new.letter, read.state) == (dung, read.letter, AssignmentState.RECUSED)


def test_marks_of_a_letter_given_back_stay_in_the_log_and_do_not_count(
    read: Assignment, dung: Judge, lan: Judge
) -> None:
    make.marks(read, "9")
    with transaction():
        services.recuse(assignment=read, by=lan.person, now=NOW)
    assert (queries.given_in(read.round), len(queries.changes_of(read))) == ([], 2)


def test_nobody_left_to_read_it_leaves_it_for_the_top_up(
    stage: Stage, read: Assignment, lan: Judge, hoa: Person
) -> None:
    with transaction():
        assert services.recuse(assignment=read, by=lan.person, now=NOW) is None
    assert list(preparing.dealt(read.round).lacking) == [read.letter_id]
    dung = make.judge(stage, cast.dung())
    with transaction():
        services.top_up(round_=read.round, by=hoa, now=NOW)
    assert [each.letter for each in queries.desk_of(dung.person)] == [read.letter]


def test_a_later_round_never_deals_a_letter_to_a_judge_who_recognised_the_child(
    stage: Stage, read: Assignment, lan: Judge, dung: Judge, hoa: Person
) -> None:
    with transaction():
        new = services.recuse(assignment=read, by=lan.person, now=NOW)
    assert new
    make.marks(new, "7")
    make.closed(read.round, hoa)
    make.decided(read.round, hoa, read.letter)
    later = make.open_round(stage)
    assert [(each.letter_id, each.judge_id) for each in queries.held_in(later)] == [(read.letter_id, dung.id)]
    assert queries.recognised_by(lan) == {read.letter_id: 1}


def test_recusing_twice_is_once(app: Flask, read: Assignment, dung: Judge, lan: Judge) -> None:
    read_id, person_id = read.id, lan.person_id

    def click() -> None:
        mine = db.session.get_one(Assignment, read_id)
        services.recuse(assignment=mine, by=db.session.get_one(Person, person_id), now=NOW)

    at_once(app, click, click)
    assert len([each for each in queries.held_in(read.round) if each.letter_id == read.letter_id]) == 2


def test_a_closed_round_takes_no_more_marks(read: Assignment, hoa: Person) -> None:
    make.closed(read.round, hoa)
    with pytest.raises(Refused, match="This round is closed"):
        save(read, "5")


def test_a_round_opened_again_takes_marks(read: Assignment, hoa: Person) -> None:
    make.closed(read.round, hoa)
    with transaction():
        services.reopen_round(round_=read.round, by=hoa, now=NOW)
    save(read, "5.0")
    assert (points_of(read), read.round.state) == (["5.0"], RoundState.OPEN)


def test_a_round_stays_closed_once_an_hour_is_promised(read: Assignment, hoa: Person) -> None:
    round_ = make.closed(read.round, hoa)
    with transaction():
        round_.stage.results_at = NOW + timedelta(days=1)
    with pytest.raises(Refused, match="hour of publication"), transaction():
        services.reopen_round(round_=round_, by=hoa, now=NOW)


def test_an_earlier_round_stays_closed(read: Assignment, hoa: Person, stage: Stage) -> None:
    make.marks(read, "9")
    make.closed(read.round, hoa)
    make.decided(read.round, hoa, read.letter)
    make.closed(make.open_round(stage), hoa)
    with pytest.raises(Refused, match="another one has followed"), transaction():
        services.reopen_round(round_=read.round, by=hoa, now=NOW)


def test_a_letter_whose_consent_is_withdrawn_leaves_desk_ranking_and_dealing(
    read: Assignment, lan: Judge, hoa: Person
) -> None:
    make.marks(read, "9")
    with transaction():
        accounts.withdraw_consent(consent=read.letter.entrant.consent, by=hoa, now=NOW)
    round_ = read.round
    assert read not in queries.desk_of(lan.person)
    assert (queries.assignment(read.id), queries.given_in(round_), preparing.dealt(round_).pairs) == (None, [], ())


def test_progress_counts_each_judge_and_how_often_letters_were_read(read: Assignment, lan: Judge, dung: Judge) -> None:
    make.marks(read, "9")
    with transaction():
        services.recuse(assignment=queries.desk_of(lan.person)[1], by=lan.person, now=NOW)
    rows = {row.judge: (row.pile.done, row.waiting, row.given_back) for row in queries.progress_of(read.round)}
    assert (rows, queries.reads_done(read.round)) == ({lan: (1, 2, 1), dung: (0, 1, 0)}, {0: 3, 1: 1})


def test_letters_beyond_a_smaller_room_go_to_others_at_once(
    stage: Stage, letters: list[Letter], lan: Judge, dung: Judge, hoa: Person
) -> None:
    round_ = make.open_round(stage)
    first = queries.desk_of(lan.person)[0]
    make.marks(first, "7")
    with transaction():
        gone = services.set_limits(judge=lan, capacity=1, units=[], by=hoa, now=NOW)
    desks = [len(queries.desk_of(judge.person, round_)) for judge in (lan, dung)]
    assert (gone, desks, first.state) == (1, [1, 3], AssignmentState.MARKED)


def test_letters_of_a_school_barred_later_leave_the_desk_at_once(
    stage: Stage, school: Unit, letters: list[Letter], lan: Judge, dung: Judge, hoa: Person
) -> None:
    make.open_round(stage)
    with transaction():
        gone = services.set_limits(judge=lan, capacity=None, units=[], home=school, by=hoa, now=NOW)
    assert (gone, queries.desk_of(lan.person), len(queries.desk_of(dung.person))) == (2, [], 4)


@pytest.mark.parametrize("given", [{}, {"reads": 2}, {"anchors": 1}, {"method": RoundMethod.SCREENING, "reads": 2}])
def test_what_is_missing_is_told_without_dealing_where_every_read_is_dealt(
    stage: Stage, school: Unit, letters: list[Letter], lan: Judge, dung: Judge, given: dict[str, Any]
) -> None:
    round_ = make.open_round(stage, **given)

    def told() -> tuple[bool, object]:
        short, whole = preparing.missing(round_), preparing.preview(round_)
        return (short == whole, (len(short.pairs), short.groups))

    found = [told()]
    make.child(stage, school)
    found.append(told())
    make.judge(stage, make.person("third"))
    found.append(told())
    assert [same for same, _what in found] == [True] * 3


def test_letters_of_a_round_are_counted_as_they_are_listed(stage: Stage, read: Assignment, hoa: Person) -> None:
    make.marks(read, "9")
    make.closed(read.round, hoa)
    following = make.planned_round(stage)
    undecided = queries.count_entries(following)
    make.decided(read.round, hoa, read.letter)
    found = [(queries.count_entries(each), len(queries.entries(each))) for each in (read.round, following)]
    assert (undecided, found) == (0, [(4, 4), (1, 1)])


def test_who_marks_keeps_neither_the_round_nor_the_judge_from_others(
    app: Flask, lan: Judge, letters: list[Letter]
) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time")
    make.open_round(lan.stage)
    dealt = queries.desk_of(lan.person)[0]
    read_id, round_id, judge_id = dealt.id, dealt.round_id, dealt.judge_id
    db.session.commit()
    db.session.expunge_all()
    with transaction():
        read = queries.assignment(read_id)
        assert read is not None
        queries.hold(read.round, shared=True)
        queries.hold(read)
        with db.engine.begin() as another:
            shared = another.execute(
                select(Round.id).where(Round.id == round_id).with_for_update(read=True, nowait=True)
            )
            alone = another.execute(select(Judge.id).with_for_update(nowait=True))
            assert (shared.scalars().all(), judge_id in alone.scalars().all()) == ([round_id], True)
