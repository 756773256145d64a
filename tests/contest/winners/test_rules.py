"""How a person is shown, what gives a person away, how prizes are counted."""

import pytest

from accounts.rules import NameShown
from contest.winners.rules import Discretion, PersonName, PrizeKind, Tally, count_awards, differences


def thu(shown_as: NameShown) -> PersonName:
    return PersonName(full="Đào Anh Thư", given="Thư", native="", shown_as=shown_as)


@pytest.mark.parametrize(
    ("shown_as", "seen"),
    [(NameShown.FULL, "Đào Anh Thư"), (NameShown.GIVEN, "Thư, Viet Nam"), (NameShown.HIDDEN, "")],
)
def test_a_person_is_shown_in_full_by_given_name_and_country_or_not_at_all(shown_as: NameShown, seen: str) -> None:
    assert thu(shown_as).shown("Viet Nam") == seen


def test_without_a_given_name_nothing_is_shown() -> None:
    assert PersonName("Solo", "", "", NameShown.GIVEN).shown("Viet Nam") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Đào Anh Thư",
        "the letter of dao anh thu",
        "https://example.org/2021/hoc-sinh-dao-anh-thu-doat-giai",
        "https://example.org/Anh%20Th%C6%B0",
        "Thư Đào",
        "Anh Thư",
    ],
)
def test_two_words_of_a_name_together_give_a_person_away(text: str) -> None:
    assert thu(NameShown.HIDDEN).is_told_by(text)


@pytest.mark.parametrize(
    "text", ["Cuộc thi viết thư quốc tế UPU", "https://example.org/viet-thu-upu-lan-thu-50", "Thư"]
)
def test_words_that_everybody_uses_give_nobody_away(text: str) -> None:
    assert not thu(NameShown.GIVEN).is_told_by(text)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://www.ca.go.ke/kenyas-claire-gakii-wins", True),
        ("https://example.org/gakii", True),
        ("https://example.org/clairegakii.html", True),
        ("https://example.org/claire", False),
        ("https://example.org/kenyan-beats-1-7-million", False),
    ],
)
def test_an_address_tells_by_a_long_word_unless_it_is_the_given_name_shown(address: str, told: bool) -> None:
    claire = PersonName("Claire Gakii", "Claire", "", NameShown.GIVEN)

    assert claire.is_told_by(address) is told


def test_a_name_of_one_word_tells_by_itself() -> None:
    assert PersonName("Sukma", "Sukma", "", NameShown.HIDDEN).is_told_by("A letter by Sukma.")


def test_a_name_in_its_own_script_tells_as_well() -> None:
    assert PersonName("Wang Sa", "Sa", "王飒", NameShown.HIDDEN).is_told_by("作者王飒同学")


def test_discretion_lets_only_those_texts_through_that_name_nobody() -> None:
    discretion = Discretion((thu(NameShown.HIDDEN),))

    assert discretion.only(["https://upu.int/news", "https://x.vn/dao-anh-thu"]) == ["https://upu.int/news"]


def test_awards_are_counted_to_the_end_of_a_year() -> None:
    awards = [(PrizeKind.GOLD, 2010), (PrizeKind.GOLD, 2016), (PrizeKind.BRONZE, 2021), (PrizeKind.FIRST, 2010)]

    assert count_awards(awards, until=2016) == Tally(2, 0, 0, 0, 2)


def test_what_nobody_claims_cannot_differ() -> None:
    claimed, counted = Tally(None, None, None, 7, 16), Tally(2, 1, 6, 4, 16)

    assert differences(claimed, counted) == {"special_mention"}
