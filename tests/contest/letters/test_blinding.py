"""The jury's copy names nobody."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import fold
from contest.letters.blinding import BAR, blind

FAMILY = ["Nguyễn", "Trần", "Lê", "Đặng", "Huỳnh", "Võ"]
REST = ["Ngọc", "Mai", "Thị", "Đăng", "Khoa", "Bình", "An", "Hòa", "Quỳnh", "Ý"]
NAMES = st.builds(
    lambda family, rest: " ".join([family, *rest]),
    st.sampled_from(FAMILY),
    st.lists(st.sampled_from(REST), min_size=1, max_size=3),
)
WAYS = [
    str,
    str.upper,
    str.lower,
    fold,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: name.replace(" ", "  "),
    lambda name: name.replace(" ", "\n"),
    lambda name: name.replace(" ", " - "),
    lambda name: name.replace(" ", "_"),
    "\u200b".join,
]
PIECES = st.sampled_from(
    [*FAMILY, *REST, "bạn", "thân", "mến", ",", ".", "\n", "(", ")", "“", "”", "!", "2026", "P.S."]
)


def mai(text: str) -> str:
    return blind(text, full_name="Trần Ngọc Mai", given_name="Mai", school="Trường THCS Lê Lợi")


@given(NAMES, st.lists(PIECES, max_size=30), st.lists(PIECES, max_size=30), st.sampled_from(WAYS))
def test_no_full_name_survives(name: str, before: list[str], after: list[str], way: object) -> None:
    text = " ".join([*before, way(name), *after])  # type: ignore[operator]
    copy = blind(text, full_name=name, given_name=name.rsplit(maxsplit=1)[-1], school="Trường THCS Lê Lợi")
    left = "".join(sign for sign in fold(copy) if unicodedata.category(sign) != "Cf")
    assert not re.search(r"(?<!\w)" + r"[\W_]+".join(fold(name).split()) + r"(?!\w)", left)
    assert BAR in copy


@given(NAMES, NAMES)
def test_the_bar_tells_nothing_of_the_name(one: str, other: str) -> None:
    copies = {
        blind(f"Em là {name} đây.", full_name=name, given_name=name.split()[-1], school="") for name in (one, other)
    }
    assert copies == {f"Em là {BAR} đây."}


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("Em là Trần Ngọc Mai.", f"Em là {BAR}."),
        ("Mai Trần Ngọc viết.", f"{BAR} viết."),
        ("(TRAN NGOC MAI)", f"({BAR})"),
        ("TrầnNgọcMai2012@thu.vn", f"{BAR}2012@thu.vn"),
        ("Em học trường THCS Lê Lợi.", f"Em học {BAR}."),
        ("Em học Lê Lợi, lớp 7.", f"Em học {BAR}, lớp 7."),
        ("Mình tên là Mai.", f"Mình tên là {BAR}."),
        ("My name is Mai.", f"My name is {BAR}."),
        ("Je m’appelle Mai.", f"Je m’appelle {BAR}."),
    ],
)
def test_names_and_school_are_covered_wherever_they_stand(text: str, copy: str) -> None:
    rest = "\nmột\nhai\nba\nbốn"
    assert mai(text + rest) == copy + rest


@pytest.mark.parametrize("line", ["Cây mai nở vàng.", "Mai này lớn lên", "tràn ngập ngọc mai", "Trần Ngọc Maika"])
def test_words_of_the_language_stay(line: str) -> None:
    text = f"{line}\nmột\nhai\nba\nbốn"
    assert mai(text) == text


def test_peace_is_no_name_unless_it_is_written_as_one() -> None:
    text = "Em mong hòa bình.\nHòa Bình viết.\nmột\nhai\nba\nbốn"
    copy = blind(text, full_name="Nguyễn Hòa Bình", given_name="Bình", school="")
    assert copy == f"Em mong hòa bình.\n{BAR} viết.\nmột\nhai\nba\nbốn"


@pytest.mark.parametrize(
    "signature", ["Mai", "mai", "Ngọc Mai", "NGỌC MAI", "Trần Mai", "Ký tên: Mai", "Mai.", "Trần Ngọc"]
)
def test_the_signature_is_covered(signature: str) -> None:
    text = f"một\nhai\nba\nbốn\nThân ái,\n{signature}"
    assert "mai" not in fold(mai(text))
    assert "ngoc" not in fold(mai(text))
    assert BAR in mai(text)


def test_the_signature_before_a_postscript_is_covered() -> None:
    assert "Mai" not in mai("Thân ái,\nBạn của cậu, Mai\n\nT.B. một\nhai\nba\nbốn\nnăm")


def test_a_signature_far_from_the_end_is_covered_on_its_own_line() -> None:
    assert mai("  Mai  \nmột\nhai\nba\nbốn\nnăm").splitlines()[0].strip() == BAR


def test_a_long_last_paragraph_keeps_its_words() -> None:
    line = "Ngày mai, khi những cánh mai vàng nở rộ trước hiên nhà, mình sẽ viết tiếp cho bạn nghe."
    assert mai(line) == line


@pytest.mark.parametrize("school", ["", "Trường"])
def test_a_school_without_a_name_of_its_own_covers_nothing(school: str) -> None:
    text = "Trường em có cây đa."
    assert blind(text, full_name="", given_name="", school=school) == text
