"""How complete a collection is: varieties count for their stamp, covers do not count, and few queries are asked."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from accounts.models import Person
from core.db import db, transaction
from core.errors import Refused
from stamps import queries as stamps
from stamps.collections import queries, services
from stamps.collections.queries import Progress, Within
from stamps.collections.rules import By, ListSource, Noted, Status
from stamps.coming.models import Announcement
from stamps.coming.rules import Certainty
from stamps.models import Series, StampIssue, Topic
from tests import cast, make
from tests.stamps.collections import catalogue


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    return catalogue.small()


@pytest.fixture
def khoa(ids: dict[str, int]) -> Person:
    return cast.khoa()


def have(person: Person, *stamp_ids: int) -> None:
    with transaction():
        services.add_copies(person_id=person.id, copies=[(each, Noted()) for each in stamp_ids], now=make.NOW)


def id_of(table: type[StampIssue] | type[Series] | type[Topic], key: str) -> int:
    return db.session.scalars(select(table.id).where(table.key == key)).one()


def test_a_variety_counts_once_for_its_stamp_and_a_cover_for_nothing(khoa: Person, ids: dict[str, int]) -> None:
    have(khoa, ids["vn-a-1"], ids["vn-a-1"], ids["vn-a-1-imperf"], ids["vn-a-fdc"])
    assert queries.progress(khoa.id, By.ISSUE, id_of(StampIssue, "vn-a")) == Progress(1, 4)
    assert queries.progress(khoa.id, By.COUNTRY, "VN") == Progress(1, 6)


def test_who_has_only_the_variety_has_the_stamp(khoa: Person, ids: dict[str, int]) -> None:
    have(khoa, ids["vn-a-1-imperf"])
    issue_id = id_of(StampIssue, "vn-a")
    assert queries.progress_of_issues(khoa.id, [issue_id])[issue_id] == Progress(1, 4)
    assert queries.begun(khoa.id, By.ISSUE) == {issue_id: 1}


def test_every_way_of_looking_counts_the_same_stamps(khoa: Person, ids: dict[str, int]) -> None:
    have(khoa, ids["vn-a-2"], ids["vn-b-1"], ids["fr-a-1"])
    assert queries.begun(khoa.id, By.COUNTRY) == {"VN": 2, "FR": 1}
    assert queries.begun(khoa.id, By.YEAR) == {1999: 2, 1998: 1}
    assert queries.begun(khoa.id, By.YEAR, within=Within("VN")) == {1998: 1, 1999: 1}
    assert queries.progress(khoa.id, By.SERIES, id_of(Series, "animals-of-vn")) == Progress(2, 6)
    assert queries.totals(By.COUNTRY, ["VN", "FR"]) == {"VN": 6, "FR": 1}


def test_a_topic_counts_what_is_on_narrower_ones_and_single_stamps(khoa: Person, ids: dict[str, int]) -> None:
    """All of `vn-a` is on birds, of `vn-b` one stamp; the other stamp of `vn-b` is not."""
    have(khoa, ids["vn-a-1"], ids["vn-b-1"], ids["vn-b-2"])
    for key in ("birds", "fauna"):
        assert queries.progress(khoa.id, By.TOPIC, id_of(Topic, key)) == Progress(2, 5)


def test_what_is_not_out_or_was_called_off_misses_nowhere(khoa: Person, ids: dict[str, int]) -> None:
    have(khoa, ids["vn-b-1"], ids["vn-a-1"])
    later, cancelled = (stamps.issue(key) for key in ("vn-b", "vn-a"))
    assert later is not None
    assert cancelled is not None
    with transaction():
        later.date, later.year = "2999-12", 2999
        db.session.add(Announcement(issue_id=cancelled.id, certainty=Certainty.CANCELLED, note="", changed_at=make.NOW))
    of_issues = queries.progress_of_issues(khoa.id, [later.id, cancelled.id])
    assert set(of_issues.values()) == {Progress(0, 0)}
    assert (queries.begun(khoa.id, By.COUNTRY), queries.incomplete_issues(khoa.id, number=1, size=9)) == ({}, [])
    with pytest.raises(Refused, match="not come out yet"), transaction():
        services.mark(person_id=khoa.id, stamp_ids=[ids["vn-b-2"]], status=Status.SWAP, now=make.NOW)


def test_sets_that_miss_least_come_first_and_whole_ones_not(khoa: Person, ids: dict[str, int]) -> None:
    have(khoa, ids["vn-a-1"], ids["vn-b-1"], ids["fr-a-1"])
    found = queries.incomplete_issues(khoa.id, number=1, size=10)
    assert [(issue.key, one) for issue, one in found] == [("vn-b", Progress(1, 2)), ("vn-a", Progress(1, 4))]


def test_another_persons_copies_and_those_that_went_count_nothing(khoa: Person, ids: dict[str, int]) -> None:
    have(cast.lan(), ids["vn-a-1"])
    assert queries.begun(khoa.id, By.COUNTRY) == {}


def test_a_hundred_percent_is_said_only_of_the_whole() -> None:
    assert [Progress(999, 1000).percent, Progress(1000, 1000).percent, Progress(0, 0).percent] == [99, 100, 0]


def test_lists_are_counted_with_one_question(khoa: Person, ids: dict[str, int]) -> None:
    have(khoa, ids["vn-a-1-imperf"], ids["vn-a-fdc"])
    with transaction():
        made = [services.make_list(person_id=khoa.id, name=name, now=make.NOW, source=ListSource.HAND) for name in "AB"]
        services.put_on_list(list_=made[0], stamp_ids=[ids["vn-a-1"], ids["vn-a-2"], ids["vn-a-fdc"]])
        services.put_on_list(list_=made[1], stamp_ids=[ids["fr-a-1"]])
    person_id, (a, b) = khoa.id, tuple(each.id for each in made)
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        found = queries.progress_of_lists(person_id)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert (found, len(asked)) == ({a: Progress(2, 3), b: Progress(0, 1)}, 1)


@pytest.mark.parametrize(
    ("find", "argument", "expected"),
    [
        (queries.items_of_issue, "vn-a", ["vn-a-1", "vn-a-2", "vn-a-3", "vn-a-sheet"]),
        (queries.items_of_series, "animals-of-vn", ["vn-a-1", "vn-a-2", "vn-a-3", "vn-a-sheet", "vn-b-1", "vn-b-2"]),
        (queries.items_of_topic, "fauna", ["vn-a-1", "vn-a-2", "vn-a-3", "vn-a-sheet", "vn-b-1"]),
        (lambda years: queries.items_of_country("VN", years), (1999, 2005), ["vn-b-1", "vn-b-2"]),
        (lambda keys: queries.items_of_issues(keys, with_sheets=False), ["vn-a"], ["vn-a-1", "vn-a-2", "vn-a-3"]),
    ],
)
def test_a_list_is_filled_with_stamps_and_sheets_in_order(
    ids: dict[str, int], find: object, argument: object, expected: list[str]
) -> None:
    assert find(argument) == [ids[key] for key in expected]  # type: ignore[operator]


def test_marking_a_set_makes_it_complete(khoa: Person, ids: dict[str, int]) -> None:
    wanted = queries.items_of_issues(["vn-a"], with_sheets=True)
    with transaction():
        services.mark(person_id=khoa.id, stamp_ids=wanted, status=Status.HAVE, now=make.NOW)
    assert queries.progress(khoa.id, By.ISSUE, id_of(StampIssue, "vn-a")) == Progress(4, 4)


def test_a_topic_is_walked_down_to_everything_below_it(khoa: Person) -> None:
    assert stamps.keys_below("fauna") == ["birds", "fauna"]
    assert (stamps.keys_below("birds"), stamps.keys_below("nothing")) == (["birds"], [])
    above = stamps.topics_above()
    pairs = set(db.session.execute(select(above.c.id, above.c.topic_id)).tuples())
    birds, fauna = (id_of(Topic, key) for key in ("birds", "fauna"))
    assert pairs == {(birds, birds), (birds, fauna), (fauna, fauna)}
