"""Pages of the stamps."""

import pytest
from flask.testing import FlaskClient

from tests import make

ISSUE = "/stamps/issues/vn-2021-10-09-upu-letter-writing-50"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def record(app: object) -> None:
    make.record()


def text_of(client: FlaskClient, url: str) -> str:
    answer = client.get(url, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.usefixtures("record")
def test_an_issue_shows_both_claimed_ends_of_sale(client: FlaskClient) -> None:
    text = text_of(client, ISSUE)

    assert ("Sources disagree: End of sale" in text, "June 30, 2023" in text, "June 30, 2022" in text) == (
        True,
        True,
        True,
    )


@pytest.mark.usefixtures("record")
def test_an_issue_says_what_is_not_known(client: FlaskClient) -> None:
    text = " ".join(text_of(client, ISSUE).split())

    assert '<dt>Perforation</dt> <dd class="unknown">not known</dd>' in text


@pytest.mark.usefixtures("record")
def test_the_stamp_of_the_contest_leads_to_the_contest_and_its_laureates(client: FlaskClient) -> None:
    text = text_of(client, ISSUE)

    assert ('href="/editions/50"' in text, 'href="/laureates/50-international-bronze-vn"' in text) == (True, True)


@pytest.mark.usefixtures("record")
def test_the_list_narrows_by_country_year_and_topic(client: FlaskClient) -> None:
    text = text_of(client, "/stamps?country=VN&year=2021&topic=letter-writing")

    assert ("1 issue<" in text, ISSUE in text) == (True, True)


@pytest.mark.usefixtures("record")
def test_a_topic_has_a_page(client: FlaskClient) -> None:
    assert "Stamps on Letter writing" in text_of(client, "/stamps/topics/letter-writing")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "query", ["year=99999999999999999999", "page=-7", "page=99999999999", "country=%00", "topic=%00", "topic=x"]
)
def test_nonsense_in_the_address_is_no_error(client: FlaskClient, query: str) -> None:
    assert client.get(f"/stamps?{query}").status_code == 200


@pytest.mark.parametrize("url", ["/stamps/issues/none", "/stamps/none", "/stamps/%00", "/stamps/topics/none"])
def test_what_is_not_there_is_404(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(("query", "said"), [("country=Xx", "Xx"), ("year=abc", "abc"), ("topic=%3Cb%3E", "&lt;b&gt;")])
def test_what_an_address_asks_in_vain_is_said_to_be_left_out(client: FlaskClient, query: str, said: str) -> None:
    assert f"“{said}” means nothing here and was left out" in text_of(client, f"/stamps?{query}")


@pytest.mark.usefixtures("record")
def test_nothing_is_said_to_be_left_out_of_what_is_understood(client: FlaskClient) -> None:
    assert "was left out" not in text_of(client, "/stamps?country=&year=2021&topic=upu")
