"""What counts on, what is alike, what a size is."""

from decimal import Decimal

import pytest

from core.errors import Refused
from stamps.curating.rules import Likeness, Traits, any_alike, copied, counted_on, likenesses, next_position, read_size


@pytest.mark.parametrize(
    ("number", "following"),
    [
        ("2910", "2911"),
        ("Mi:VN 2910", "Mi:VN 2911"),
        ("2910a", "2911"),
        ("099", "100"),
        ("WNS:VN001.2026", "WNS:VN002.2026"),
        ("", ""),
        ("none", ""),
    ],
)
def test_numbers_count_on(number: str, following: str) -> None:
    assert counted_on(number) == following


@pytest.mark.parametrize(("position", "following"), [("4-1", "4-2"), ("4-4", ""), ("sheet", ""), ("", "")])
def test_positions_count_on_to_the_last_one(position: str, following: str) -> None:
    assert next_position(position) == following


def test_the_previous_stamp_is_copied_with_its_face_value_free() -> None:
    row = {
        "key": "one",
        "number": "9",
        "position": "2-1",
        "face_value": "4000",
        "numbers": "Mi:VN 9, Sn:VN 8",
        "name_vi": "Sen",
    }
    assert copied(row) == {
        "key": "",
        "number": "10",
        "position": "2-2",
        "face_value": "",
        "numbers": "Mi:VN 10, Sn:VN 9",
        "name_vi": "Sen",
    }


@pytest.mark.parametrize(
    ("text", "size"),
    [("37x37", (Decimal(37), Decimal(37))), ("31,5 × 46 mm", (Decimal("31.5"), Decimal(46))), ("", (None, None))],
)
def test_a_size_is_read_width_first(text: str, size: tuple[Decimal | None, Decimal | None]) -> None:
    assert read_size(text) == size


def test_what_is_no_size_is_refused() -> None:
    with pytest.raises(Refused):
        read_size("as big as a thumb")


def test_titles_are_alike_whatever_their_accents_and_a_word_more() -> None:
    assert any_alike(["Kỷ niệm 50 năm cuộc thi"], ["ky niem 50 nam Cuoc thi UPU"])
    assert not any_alike(["Hoa sen"], ["Hoa mai"])
    assert not any_alike([""], [""])


def test_only_the_same_country_and_year_make_a_title_or_a_size_suspicious() -> None:
    mine = Traits("VN", 2021, ("Hoa sen",), frozenset(("VN:1",)), frozenset(("37 x 37 4000",)))
    assert likenesses(mine, mine) == (Likeness.NUMBER, Likeness.TITLE, Likeness.SIZE_AND_VALUE)
    other = Traits("VN", 2020, ("Hoa sen",), frozenset(), frozenset(("37 x 37 4000",)))
    assert likenesses(mine, other) == ()
    assert likenesses(Traits("VN", None, ("Hoa sen",)), Traits("VN", None, ("Hoa sen",))) == ()
