"""The index follows what the sources say, whatever happened to it."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from archive import services, sources
from archive.engines import current_index
from archive.engines.postgres import PostgresIndex
from archive.index import Document, Query
from archive.sources import Source, index_later, rebuild_later, source_of
from core import clock, jobs
from core.db import db, transaction
from core.jobs import Job, JobState
from tests.archive.documents import ALL, FOOTBALL, THU, stamp

Shelf = dict[str, Document]


def found(typed: str) -> list[str]:
    results = current_index().search(Query(words=tuple(typed.split())))
    return [hit.key for hit in results.hits]


def indexed(document: Document) -> None:
    with transaction():
        index_later(document.kind, document.key)
    jobs.run_due()


def test_the_engine_follows_the_database_unless_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    postgres = db.engine.dialect.name == "postgresql"
    assert isinstance(current_index(), PostgresIndex) == postgres
    monkeypatch.setitem(app.config, "SEARCH_ENGINE", "whoosh")
    assert not isinstance(current_index(), PostgresIndex)


def test_a_job_puts_the_present_document(shelf: Shelf) -> None:
    indexed(THU)
    assert found("dao") == ["thu"]


def test_what_its_source_no_longer_gives_is_removed(shelf: Shelf) -> None:
    indexed(THU)
    del shelf[THU.id]
    indexed(THU)
    assert found("dao") == []


def test_the_document_is_the_one_of_the_time_of_work(shelf: Shelf) -> None:
    with transaction():
        index_later("stamp", FOOTBALL.key)
    shelf[FOOTBALL.id] = stamp(FOOTBALL.key, "Goal")
    jobs.run_due()
    assert found("goal") == [FOOTBALL.key]


def test_nothing_is_indexed_when_the_change_is_not_saved(shelf: Shelf) -> None:
    index_later("laureate", THU.key)
    db.session.rollback()
    assert jobs.run_due() == 0


def test_a_rebuild_takes_everything_from_the_sources(shelf: Shelf) -> None:
    steps: list[None] = []
    services.rebuild(step=lambda: steps.append(None))
    assert (len(steps), services.size(), current_index().search(Query()).total) == (len(ALL),) * 3


def test_a_rebuild_by_job(shelf: Shelf) -> None:
    with transaction():
        rebuild_later()
    jobs.run_due()
    assert current_index().search(Query()).total == len(ALL)


def test_what_changes_during_a_rebuild_is_not_lost(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    services.rebuild()
    stamps = source_of("stamp")

    def all_while_one_changes() -> list[Document]:
        before = list(stamps.all())
        shelf[FOOTBALL.id] = stamp(FOOTBALL.key, "Goal")
        indexed(FOOTBALL)
        return before

    changing = Source("stamp", stamps.one, all_while_one_changes, stamps.count, stamps.label)
    monkeypatch.setitem(sources._sources, "stamp", changing)
    services.rebuild()
    jobs.run_due()
    assert found("goal") == [FOOTBALL.key]


def test_what_was_taken_up_just_before_a_rebuild_is_read_once_more(shelf: Shelf) -> None:
    """A worker may have read it before the rebuild began, and put it into the index that is no more."""
    services.rebuild()
    indexed(FOOTBALL)
    services.rebuild()
    again = db.session.scalars(select(Job.arguments).where(Job.state == JobState.WAITING))
    assert list(again) == [{"kind": "stamp", "key": FOOTBALL.key}]


def test_of_two_workers_none_puts_back_what_was_withdrawn(shelf: Shelf, app: Flask) -> None:
    """The first has begun before the second read, and writes first: it cannot have read what was before."""
    services.rebuild()
    other = threading.Thread(target=lambda: in_app(app, lambda: services.bring_up_to_date([("stamp", FOOTBALL.key)])))

    def withdrawn_while_read(key: str) -> Document | None:
        present = shelf.pop(f"stamp:{key}", None)
        if present:
            other.start()
            other.join(timeout=0.5)
        return present

    stamps = source_of("stamp")
    sources._sources["stamp"] = Source("stamp", withdrawn_while_read, stamps.all, stamps.count, stamps.label)
    services.bring_up_to_date([("stamp", FOOTBALL.key)])
    other.join(timeout=10)
    assert found("2910") == []


def in_app(app: Flask, work: Callable[[], None]) -> None:
    with app.app_context():
        work()


def test_a_job_for_one_thing_heals_a_missing_index_whole(shelf: Shelf) -> None:
    lose_the_index()
    indexed(THU)
    assert current_index().search(Query()).total == len(ALL)


@pytest.mark.parametrize("time", ["once", "again"])
def test_a_test_finds_no_index_of_the_one_before(app: Flask, time: str) -> None:
    """What is there without an index would be told wrongly by one that was left behind."""
    before = current_index().search(Query()).ready
    current_index().rebuild([FOOTBALL])
    assert (before, current_index().search(Query()).ready) == (False, True)


def test_healing_is_asked_for_once(shelf: Shelf) -> None:
    for _ in range(3):
        with transaction():
            services.heal(now=clock.now())
    assert len(rebuilds()) == 1
    jobs.run_due()
    with transaction():
        services.heal(now=clock.now() + timedelta(seconds=5))
    assert len(rebuilds()) == 1
    with transaction():
        services.heal(now=clock.now() + timedelta(minutes=5))
    assert len(rebuilds()) == 2


def rebuilds() -> list[Job]:
    return list(db.session.scalars(select(Job).where(Job.name == "archive.rebuild")))


def lose_the_index() -> None:
    index = current_index()
    if isinstance(index, PostgresIndex):
        with index.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA archive_search CASCADE")
    else:
        (index.generations.folder / "current").unlink()  # type: ignore[attr-defined]
