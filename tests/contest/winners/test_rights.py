"""How much of a letter may be read, without a database."""

from datetime import date, timedelta

import pytest

from contest.winners.rights import LetterRights, LetterText, Permission, is_part_of, readable, refuse_letter
from core.errors import Refused

TODAY = date(2026, 5, 5)
LETTER = LetterText("vi", body="Gửi cây đa,\nem nhớ bóng mát. Em vẫn chờ.", excerpt="em nhớ bóng mát")
BY_MOTHER = Permission(LetterRights.WHOLE, "her mother, on paper", TODAY)


@pytest.mark.parametrize(
    ("rights", "text"),
    [(LetterRights.NONE, ""), (LetterRights.EXCERPT, LETTER.excerpt), (LetterRights.WHOLE, LETTER.body)],
)
def test_as_much_is_readable_as_is_permitted(rights: LetterRights, text: str) -> None:
    assert readable(LETTER, rights) == text


@pytest.mark.parametrize(
    ("excerpt", "stands"),
    [
        ("em nhớ bóng mát", True),
        ("cây đa, em  nhớ", True),
        ("Gửi cây đa … Em vẫn chờ.", True),
        ("Gửi cây đa [...] vẫn chờ", True),
        ("", True),
        ("Em vẫn chờ … Gửi cây đa", False),
        ("em nhớ bóng", True),
        ("em quên bóng mát", False),
    ],
)
def test_an_excerpt_stands_in_the_letter_word_for_word(excerpt: str, stands: bool) -> None:
    assert is_part_of(excerpt, LETTER.body) is stands


@pytest.mark.parametrize(
    ("letter", "permission", "field"),
    [
        (LetterText("vi", excerpt="em nhớ"), BY_MOTHER, "body"),
        (LetterText("vi", body=LETTER.body), Permission(LetterRights.EXCERPT, "her mother", TODAY), "excerpt"),
        (LetterText("vi", LETTER.body, "ai đó đã viết khác"), BY_MOTHER, "excerpt"),
        (LETTER, Permission(LetterRights.WHOLE, "", TODAY), "permitted_by"),
        (LETTER, Permission(LetterRights.WHOLE, "her mother", None), "permitted_on"),
        (LETTER, Permission(LetterRights.EXCERPT, "her mother", TODAY + timedelta(days=1)), "permitted_on"),
    ],
)
def test_what_is_missing_is_asked_for(letter: LetterText, permission: Permission, field: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_letter(letter, permission, today=TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize("letter", [LETTER, LetterText("vi", excerpt="all we hold"), LetterText()])
def test_without_a_permission_a_letter_may_be_kept(letter: LetterText) -> None:
    refuse_letter(letter, Permission(), today=TODAY)


def test_an_excerpt_is_enough_where_no_more_is_held() -> None:
    refuse_letter(LetterText("vi", excerpt="em nhớ"), Permission(LetterRights.EXCERPT, "herself", TODAY), today=TODAY)
