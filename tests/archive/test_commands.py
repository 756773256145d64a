"""`temthu archive …` in a terminal."""

import json

import pytest
from click.testing import Result
from flask import Flask

from archive.commands import commands
from archive.index import Document
from tests.archive.documents import ALL
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
