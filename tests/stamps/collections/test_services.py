"""Writing copies, wants and lists; marking a set at once, and taking it back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.models import Person
from core.db import Base, db, transaction
from core.errors import Refused
from stamps import queries as stamps
from stamps.collections import queries, services
from stamps.collections.models import Act, CollectorList, Copy, ListEntry, Want
from stamps.collections.rules import Accepted, Cells, Condition, CopyFormat, Disposition, Noted, Priority, Status
from stamps.models import Stamp
from tests import cast, make
from tests.stamps.collections import catalogue


@pytest.fixture
def khoa(app: Flask) -> Person:
    make.record()
    return cast.khoa()


@pytest.fixture
def issue_ids(khoa: Person) -> list[int]:
    """The three stamps of a set."""
    issue = stamps.issue("vn-1998-06-10-world-cup-98")
    assert issue is not None
    return [stamp.id for stamp in issue.stamps]


def stamp_of(stamp_id: int) -> Stamp:
    return db.session.get_one(Stamp, stamp_id)


def number_of(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def marked(person: Person, ids: list[int], status: Status) -> int:
    with transaction():
        return services.mark(person_id=person.id, stamp_ids=ids, status=status, now=make.NOW).id


def undone(act_id: int, *, after: timedelta = timedelta(minutes=1)) -> list[str]:
    with transaction():
        return services.undo(act=db.session.get_one(Act, act_id), now=make.NOW + after)


def want(person: Person, stamp_id: int, accepted: Accepted) -> None:
    with transaction():
        services.want_stamps(person_id=person.id, wants=[(stamp_id, accepted)], now=make.NOW)


def test_everything_noted_of_a_copy_is_kept(khoa: Person, issue_ids: list[int]) -> None:
    with transaction():
        services.add_copies(person_id=khoa.id, copies=[(issue_ids[0], catalogue.NOTED_IN_FULL)], now=make.NOW)
    (copy,) = queries.every_copy(khoa.id)
    assert {name: getattr(copy, name) for name in vars(catalogue.NOTED_IN_FULL)} == vars(catalogue.NOTED_IN_FULL)


def test_many_copies_alike_are_many(khoa: Person, issue_ids: list[int]) -> None:
    with transaction():
        services.add_copies(person_id=khoa.id, copies=[(issue_ids[0], Noted())] * 3, now=make.NOW)
    assert queries.counts(khoa.id)[Status.HAVE] == 3


def test_a_copy_that_went_is_history_and_counts_nowhere(khoa: Person, issue_ids: list[int]) -> None:
    with transaction():
        copy = services.add_copies(person_id=khoa.id, copies=[(issue_ids[0], catalogue.NOTED_IN_FULL)], now=make.NOW)[0]
        services.change_copy(
            copy=copy, noted=replace(catalogue.NOTED_IN_FULL, disposition=Disposition.SOLD, parted_on="2025")
        )
    counts, gone = queries.counts(khoa.id), db.session.scalars(queries.parted(khoa.id)).all()
    assert (counts[Status.HAVE], counts[Status.SWAP], [each.to_swap for each in gone]) == (0, 0, [False])
    assert queries.statuses_of(khoa.id, issue_ids) == {}


@pytest.mark.parametrize(
    ("accepted", "noted", "ended"),
    [
        (Accepted(), Noted(), True),
        (Accepted(conditions=(Condition.MNH,)), Noted(), False),
        (Accepted(conditions=(Condition.MNH, Condition.MLH)), Noted(condition=Condition.MLH), True),
        (Accepted(formats=(CopyFormat.SINGLE,)), Noted(), True),
        (Accepted(formats=(CopyFormat.PAIR,)), Noted(), False),
        (Accepted(certificate_needed=True), Noted(condition=Condition.MNH), False),
        (Accepted(certificate_needed=True), Noted(certificate_number="7"), True),
        (Accepted(), Noted(disposition=Disposition.SOLD), False),
    ],
)
def test_a_want_ends_with_a_copy_that_satisfies_it(
    khoa: Person, issue_ids: list[int], accepted: Accepted, noted: Noted, ended: bool
) -> None:
    want(khoa, issue_ids[0], accepted)
    with transaction():
        services.add_copies(person_id=khoa.id, copies=[(issue_ids[0], noted)], now=make.NOW)
    assert (number_of(Want) == 0) == ended


def test_a_want_is_changed(khoa: Person, issue_ids: list[int]) -> None:
    want(khoa, issue_ids[0], Accepted())
    accepted = Accepted((Condition.USED, Condition.CTO), (CopyFormat.PAIR,), certificate_needed=True)
    with transaction():
        services.change_want(
            want=next(queries.every_want(khoa.id)), accepted=accepted, priority=Priority.HIGH, public_note="clear"
        )
    (kept,) = queries.every_want(khoa.id)
    assert (kept.accepted, kept.priority, kept.public_note) == (accepted, Priority.HIGH, "clear")


def test_a_whole_set_is_marked_but_for_what_is_there(khoa: Person, issue_ids: list[int]) -> None:
    marked(khoa, issue_ids[:1], Status.HAVE)
    marked(khoa, issue_ids, Status.HAVE)
    assert queries.counts(khoa.id) == {Status.HAVE: 3, Status.SWAP: 0, Status.WANT: 0}


def test_of_a_set_only_what_is_missing_is_looked_for(khoa: Person, issue_ids: list[int]) -> None:
    marked(khoa, issue_ids[:1], Status.HAVE)
    marked(khoa, issue_ids, Status.WANT)
    assert set(queries.wants_of(khoa.id, issue_ids)) == set(issue_ids[1:])


def test_a_stamp_that_is_there_may_be_looked_for_in_another_state(khoa: Person, issue_ids: list[int]) -> None:
    marked(khoa, issue_ids[:1], Status.HAVE)
    marked(khoa, issue_ids[:1], Status.WANT)
    assert number_of(Want) == 1


def test_one_copy_of_each_is_offered(khoa: Person, issue_ids: list[int]) -> None:
    with transaction():
        services.add_copies(person_id=khoa.id, copies=[(issue_ids[0], Noted())] * 2, now=make.NOW)
    for _click in range(2):
        marked(khoa, issue_ids[:2], Status.SWAP)
    assert queries.counts(khoa.id) == {Status.HAVE: 3, Status.SWAP: 2, Status.WANT: 0}


def test_what_was_marked_is_taken_back_as_a_whole(khoa: Person, issue_ids: list[int]) -> None:
    accepted = Accepted(formats=(CopyFormat.SINGLE,))
    want(khoa, issue_ids[0], accepted)
    act = marked(khoa, issue_ids, Status.HAVE)
    assert (number_of(Copy), number_of(Want)) == (3, 0)
    undone(act)
    assert (number_of(Copy), number_of(Want), number_of(Act)) == (0, 1, 0)
    assert next(queries.every_want(khoa.id)).accepted == accepted


def test_offers_and_wants_are_taken_back(khoa: Person, issue_ids: list[int]) -> None:
    marked(khoa, issue_ids[:1], Status.HAVE)
    acts = [marked(khoa, issue_ids[:2], Status.SWAP), marked(khoa, issue_ids, Status.WANT)]
    for act in acts:
        undone(act)
    assert queries.counts(khoa.id) == {Status.HAVE: 1, Status.SWAP: 0, Status.WANT: 0}


def test_what_is_long_ago_is_not_taken_back(khoa: Person, issue_ids: list[int]) -> None:
    act = marked(khoa, issue_ids, Status.HAVE)
    with pytest.raises(Refused):
        undone(act, after=timedelta(days=8))
    assert number_of(Copy) == 3


def test_a_picture_added_since_is_named_to_be_forgotten(khoa: Person, issue_ids: list[int]) -> None:
    act = marked(khoa, issue_ids, Status.HAVE)
    with transaction():
        assert services.keep_picture(copy=next(queries.every_copy(khoa.id)), file_id="ab/ab1.jpg") == ""
    assert undone(act) == ["ab/ab1.jpg"]


def test_a_list_keeps_its_order_and_each_stamp_once(khoa: Person, issue_ids: list[int]) -> None:
    first, second, third = issue_ids
    with transaction():
        made = services.make_list(person_id=khoa.id, name="Football", now=make.NOW)
        new = [
            services.put_on_list(list_=made, stamp_ids=[third, first]),
            services.put_on_list(list_=made, stamp_ids=[first, second], cells={first: Cells(2, Condition.MNH)}),
        ]
    found = queries.entries(made)
    assert (new, [each.stamp_id for each in found]) == ([2, 1], [third, first, second])
    assert [(each.quantity, each.condition) for each in found] == [(None, None), (2, Condition.MNH), (None, None)]


def test_a_list_is_changed_emptied_and_removed(khoa: Person, issue_ids: list[int]) -> None:
    with transaction():
        made = services.make_list(person_id=khoa.id, name="Football", now=make.NOW)
        services.put_on_list(list_=made, stamp_ids=issue_ids)
        services.change_list(list_=made, name="Games", note="all of them")
        services.take_off_list(list_=made, stamp_id=issue_ids[0])
    assert (queries.lists_of(khoa.id)[0].name, len(queries.stamps_on(made))) == ("Games", 2)
    with transaction():
        services.remove_list(list_=made)
    assert (number_of(CollectorList), number_of(ListEntry)) == (0, 0)


def test_two_lists_of_a_person_have_two_names(khoa: Person) -> None:
    lan = cast.lan()
    with transaction():
        services.make_list(person_id=khoa.id, name="Football", now=make.NOW)
        services.make_list(person_id=lan.id, name="Football", now=make.NOW)
    with pytest.raises(Refused), transaction():
        services.make_list(person_id=khoa.id, name="Football", now=make.NOW)


def test_a_collection_is_erased_without_a_trace(khoa: Person, issue_ids: list[int]) -> None:
    lan = cast.lan()
    for person in (khoa, lan):
        marked(person, issue_ids[:1], Status.HAVE)
        marked(person, issue_ids, Status.WANT)
        with transaction():
            services.put_on_list(
                list_=services.make_list(person_id=person.id, name="L", now=make.NOW), stamp_ids=issue_ids
            )
    with transaction():
        services.keep_picture(copy=next(queries.every_copy(khoa.id)), file_id="ab/ab1.jpg")
    with transaction():
        assert services.erase_collection(person_id=khoa.id) == ["ab/ab1.jpg"]
    assert [number_of(table) for table in (Copy, Want, CollectorList, ListEntry, Act)] == [1, 2, 1, 3, 2]
    assert queries.counts(khoa.id) == dict.fromkeys(Status, 0)
