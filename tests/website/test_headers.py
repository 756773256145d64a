"""What every answer carries."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from archive import services as archive
from tests import cast


def test_no_page_may_load_anything_from_elsewhere(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_pages_of_a_signed_in_person_are_kept_by_no_cache(as_: Callable[..., FlaskClient]) -> None:
    assert as_(cast.mai()).get("/").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/", "/search?q=thu", "/stamps", "/search.csv?q=thu", "/api/v1/search?q=thu"])
def test_what_is_said_in_the_readers_language_says_so_to_caches(client: FlaskClient, address: str) -> None:
    archive.rebuild()
    answer = client.get(address)
    assert (answer.status_code, sorted(answer.vary)) == (200, ["Accept-Language", "Cookie"])


def test_static_files_are_kept_for_a_year_under_an_address_with_their_version(client: FlaskClient) -> None:
    assert "css?v=" in client.get("/").text
