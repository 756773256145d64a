"""Pages of the record."""

import pytest
from flask.testing import FlaskClient

from tests import make


@pytest.fixture
def record(app: object) -> None:
    make.record()


def text_of(client: FlaskClient, url: str) -> str:
    answer = client.get(url, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.usefixtures("record")
def test_a_year_opens_its_laureates_and_the_stamps_of_its_year(client: FlaskClient) -> None:
    text = text_of(client, "/editions/50")

    links = ("/laureates/50-international-bronze-vn", "/stamps/issues/vn-2021-10-09-upu-letter-writing-50")
    assert [f'href="{link}"' in text for link in links] == [True, True]


@pytest.mark.usefixtures("record")
def test_a_laureate_leads_to_the_year_and_its_stamps(client: FlaskClient) -> None:
    text = text_of(client, "/laureates/50-international-bronze-vn")

    links = ("/editions/50", "/stamps/issues/vn-2021-10-09-upu-letter-writing-50", "/laureates/50-national-first-vn")
    assert [f'href="{link}"' in text for link in links] == [True, True, True]


@pytest.mark.usefixtures("record")
def test_a_year_shows_the_theme_in_every_language_known(client: FlaskClient) -> None:
    text = text_of(client, "/editions/40")

    assert [f'lang="{code}">' in text for code in ("vi", "en", "fr", "zh")] == [True] * 4


@pytest.mark.usefixtures("record")
def test_a_year_of_which_nothing_is_known_says_so(client: FlaskClient) -> None:
    text = text_of(client, "/editions/2")

    assert ("not known" in text, "number and year are counted" in text) == (True, True)


@pytest.mark.usefixtures("record")
def test_sources_that_disagree_on_a_year_are_both_shown(client: FlaskClient) -> None:
    text = text_of(client, "/editions/52")

    assert ("Sources disagree: Countries taking part" in text, "<strong>35<" in text, "<strong>38<" in text) == (
        True,
        True,
        True,
    )


@pytest.mark.usefixtures("record")
def test_a_country_shows_the_claimed_tally_beside_the_counted_one(client: FlaskClient) -> None:
    text = text_of(client, "/countries/VN")

    assert ("1987 to 2021" in text, "This record, to 2021" in text) == (True, True)


@pytest.mark.usefixtures("record")
def test_the_list_narrows_by_country_prize_and_year(client: FlaskClient) -> None:
    text = text_of(client, "/laureates?country=VN&prize=gold&level=international")

    assert ("2 awards" in text, "39-international-gold-vn" in text, "45-international-gold-vn" in text) == (
        True,
        True,
        True,
    )


@pytest.mark.usefixtures("record")
def test_an_award_that_names_nobody_says_so(client: FlaskClient) -> None:
    assert "name not known" in text_of(client, "/laureates/23-international-gold-cn")


@pytest.mark.usefixtures("record")
def test_years_lead_to_their_neighbours(client: FlaskClient) -> None:
    text = text_of(client, "/editions/50")

    assert ('rel="prev" href="/editions/49"' in text, 'rel="next" href="/editions/51"' in text) == (True, True)


@pytest.mark.parametrize(
    "url", ["/editions/99", "/editions/999999999999999999999", "/laureates/none", "/countries/ZQ", "/countries/vn"]
)
def test_what_is_not_there_is_404(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "query", ["year=x", "year=99999999999999999999", "page=0", "prize=x", "level=x", "country=%00"]
)
def test_nonsense_in_the_address_is_no_error(client: FlaskClient, query: str) -> None:
    assert client.get(f"/laureates?{query}").status_code == 200


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("query", ["country=Xx", "prize=nobel", "level=lunar", "year=abc"])
def test_what_an_address_asks_in_vain_is_said_to_be_left_out(client: FlaskClient, query: str) -> None:
    assert f"“{query.partition('=')[2]}” means nothing here and was left out" in text_of(client, f"/laureates?{query}")
