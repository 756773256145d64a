"""The parts of a letter are found in Vietnamese, English and French letters."""

import pytest

from contest.letters.precheck import Part, precheck
from tests.make import LETTER

ENGLISH = """London, 5th January 2026
Dear Lan,
I am writing to tell you about my street.
Yours sincerely,
Mary"""
FRENCH = """Paris, le 1er mars 2026
Chère amie,
Je t’écris pour te parler de ma rue.
Je t’embrasse,
Marie"""


def found(text: str) -> list[str]:
    return [check.part.value for check in precheck(text) if check.found]


EVERYTHING = [part.value for part in Part]


@pytest.mark.parametrize("text", [LETTER, ENGLISH, FRENCH])
def test_a_whole_letter_lacks_nothing(text: str) -> None:
    assert found(text) == EVERYTHING


@pytest.mark.parametrize("text", ["", "  \n ", "Thành phố của em rất đẹp.\nEm yêu thành phố.\nThành phố yêu em."])
def test_a_text_that_is_no_letter_lacks_everything(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "Hà Nội, ngày 5 tháng 1 năm 2026",
        "TP. Hồ Chí Minh, Ngày 05 tháng 01 năm 2026",
        "Huế, 5/1/2026",
        "Huế, 5.1.2026",
        "Hanoi, January 5, 2026",
        "Hanoi, 5 Jan 2026",
        "Hanoï, le 5 février 2026",
        "Hanoi, 2026-01-05",
    ],
)
def test_dates_are_found(line: str) -> None:
    assert found(f"{line}\nmột\nhai") == ["place_and_date"]


@pytest.mark.parametrize(
    "line",
    ["Bạn Lan thân mến,", "Lan yêu quý!", "Kính gửi Ông Tổng Giám đốc,", "Mẹ kính mến,", "Hi Lan,", "Cher Paul,"],
)
def test_salutations_are_found(line: str) -> None:
    assert found(f"{line}\nmột\nhai\nba\nbốn\nnăm\nsáu") == ["salutation"]


def test_a_letter_that_ends_with_its_closing_is_not_signed() -> None:
    assert found("\n".join(LETTER.splitlines()[:-1])) == ["place_and_date", "salutation", "closing"]


def test_closing_and_signature_may_share_a_line() -> None:
    assert found(LETTER.replace("Thân ái,\n", "Thân ái, ")) == EVERYTHING


def test_accents_do_not_matter() -> None:
    assert found("Ha Noi, ngay 5 thang 1\nBan Lan than men\nabc\nThan ai\nMai") == EVERYTHING
