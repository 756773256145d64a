"""`temthu archive …` in a terminal."""

import json
from dataclasses import replace

import pytest
from click.testing import Result
from flask import Flask

from archive.commands import commands
from archive.index import Document
from archive.sources import index_later
from core.db import transaction
from tests.archive.documents import ALL, FOOTBALL, THU, stamp
from tests.archive.test_services import lose_the_index

Shelf = dict[str, Document]


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(commands, arguments)


@pytest.fixture
def full(app: Flask, shelf: Shelf) -> Flask:
    assert run(app, "rebuild").exit_code == 0
    return app


def test_a_rebuild_says_how_much_it_indexed(app: Flask, shelf: Shelf) -> None:
    assert run(app, "rebuild").stdout == f"{len(ALL)} documents indexed.\n"


def test_a_search_prints_a_table(full: Flask) -> None:
    assert run(full, "search", "dao", "anh").stdout == "laureate  2021  VN  Đào Anh Thư  /laureates/thu\n1 of 1\n"


def test_a_search_prints_json(full: Flask) -> None:
    answer = json.loads(run(full, "search", "viet thu", "--kind", "stamp", "--json").stdout)
    assert (answer["total"], [hit["key"] for hit in answer["hits"]]) == (1, ["fifty"])
    assert answer["hits"][0].keys() == {"kind", "key", "title", "url", "year", "country", "score"}
    counted = {name: values for name, values in answer["facets"].items() if values}
    assert counted == {"kind": {"stamp": 1}, "country": {"VN": 1}, "decade": {"2020": 1}}


def test_nothing_found_is_no_failure(full: Flask) -> None:
    result = run(full, "search", "zzzz")
    assert (result.exit_code, result.stdout) == (0, "Nothing was found.\n")


def test_an_unknown_kind_is_one_sentence(full: Flask) -> None:
    result = run(full, "search", "thu", "--kind", "poem")
    assert (result.exit_code, result.stderr) == (1, "Error: There is no kind poem; there are laureate, stamp.\n")


def test_a_missing_index_is_one_sentence(full: Flask) -> None:
    lose_the_index()
    result = run(full, "search", "thu")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_an_index_that_is_true_is_said_to_be(full: Flask) -> None:
    result = run(full, "check")
    assert (result.exit_code, result.stdout) == (0, "10 looked at; the index says what the database says.\n")


def test_what_the_index_says_otherwise_is_said_both_ways(full: Flask, shelf: Shelf) -> None:
    del shelf[FOOTBALL.id]
    shelf["stamp:new"] = stamp("new", "Một con tem mới")
    shelf[THU.id] = replace(THU, summary="Huy chương bạc")
    result = run(full, "check")
    assert (result.exit_code, result.stdout.splitlines()) == (
        1,
        [
            "laureate:thu: is found as it was before.",
            "stamp:new: is not found.",
            "stamp:football: is found, though it may not be (any more).",
        ],
    )


def test_a_missing_thing_is_noticed_by_the_numbers_too(full: Flask, shelf: Shelf) -> None:
    shelf["stamp:new"] = stamp("new", "Một con tem mới")
    assert "stamp: the database has 4, the index 3." in run(full, "check").stdout


def test_what_waits_to_be_indexed_is_said(full: Flask) -> None:
    with transaction():
        index_later("stamp", "football")
    assert run(full, "check").stdout.startswith("To be indexed by the worker, and different until then: 1.\n")


def test_without_an_index_there_is_nothing_to_check(full: Flask) -> None:
    lose_the_index()
    result = run(full, "check")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
