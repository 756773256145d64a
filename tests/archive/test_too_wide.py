"""A question that takes too long: whoever asks is told, not that nothing was found. Only PostgreSQL gives up."""

import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from archive import queries
from archive.engines import current_index, one_page
from archive.engines.postgres import PostgresIndex
from archive.engines.postgres.tables import SCHEMA
from archive.index import Query

TOO_WIDE = "This question is too wide to be answered in time"
NOTHING = "Nothing was found"


@pytest.fixture
def slow(browser: FlaskClient, postgres: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A visitor of a site whose search takes longer than it may."""
    if not isinstance(current_index(), PostgresIndex):
        pytest.skip("Whoosh answers everything in time")
    monkeypatch.setattr("archive.engines.PATIENCE", 0.3)
    with postgres.begin() as connection:
        connection.execute(text(f"LOCK TABLE {SCHEMA}.document IN ACCESS EXCLUSIVE MODE"))
        yield browser


def test_the_page_says_so_and_where_to_look_instead(slow: FlaskClient) -> None:
    answer = slow.get("/search?q=thu")
    assert (answer.status_code, TOO_WIDE in answer.text, NOTHING in answer.text) == (200, True, False)
    assert 'href="/search?q=thu&amp;kind=stamp"' in answer.text


@pytest.mark.parametrize("name", ["search", "stamps", "issues"])
def test_a_program_is_told_that_it_is_no_result(slow: FlaskClient, name: str) -> None:
    answer = slow.get(f"/api/v1/{name}?q=thu")
    assert (answer.status_code, answer.json and TOO_WIDE in answer.json["detail"]) == (422, True)


@pytest.mark.parametrize("name", ["search.csv", "search.json"])
def test_no_file_is_made_of_it(slow: FlaskClient, name: str) -> None:
    answer = slow.get(f"/{name}?q=thu")
    assert (answer.status_code, TOO_WIDE in answer.text) == (422, True)


def test_all_questions_of_a_page_together_take_no_longer_than_one_may(slow: FlaskClient) -> None:
    begun = time.monotonic()
    with one_page():
        wide = [queries.find(Query(words=(word,))).too_wide for word in ("thu", "dao", "lea", "fifty")]
    assert (wide, time.monotonic() - begun < 0.6) == ([True] * 4, True)


def test_there_are_no_suggestions(slow: FlaskClient) -> None:
    answer = slow.get("/search/suggestions?q=thu").json
    assert (answer or {}).get("suggestions") == []
