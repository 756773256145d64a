"""Lists of schools as people hand them in, and the order of names."""

import unicodedata

import pytest

from contest.editions import tree
from core.errors import Refused

LINE = ("Hà Nội", "Trường THCS Lê Lợi")


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội; Trường THCS Lê Lợi",
        "Hà Nội\tTrường THCS Lê Lợi",
        "Hà Nội,Trường THCS Lê Lợi",
        '"Hà Nội";"Trường THCS Lê Lợi"',
        "Hà Nội;Trường THCS Lê Lợi;;",
        "\n  Hà  Nội ;  Trường\u00a0THCS Lê Lợi \n\n",
        "Hà Nội; Trường THCS\u200b Lê Lợi",
        "Tỉnh/Thành phố;Trường\nHà Nội;Trường THCS Lê Lợi",
        "province,school\r\nHà Nội,Trường THCS Lê Lợi\r\n",
        unicodedata.normalize("NFD", "Hà Nội; Trường THCS Lê Lợi"),
    ],
)
def test_a_line_is_province_and_school_however_it_is_written(text: str) -> None:
    assert tree.school_lines(text) == [LINE]


def test_a_comma_after_a_semicolon_belongs_to_the_name() -> None:
    assert tree.school_lines("Huế; Trường A, cơ sở 2") == [("Huế", "Trường A, cơ sở 2")]


def test_a_comma_in_quotes_belongs_to_the_name() -> None:
    assert tree.school_lines('Huế,"Trường A, cơ sở 2"') == [("Huế", "Trường A, cơ sở 2")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Hà Nội", 1),
        ("Hà Nội; A\n\nHuế;", 3),
        ("Hà Nội; A\n; B", 2),
        ("Hà Nội; A\x00", 1),
        ("Hà Nội; " + "A" * 161, 1),
    ],
)
def test_a_line_that_is_not_whole_is_refused_by_its_number(text: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        tree.school_lines(text)
    assert (refused.value.field, refused.value.values["line"]) == ("lines", line)


def test_lines_written_for_the_second_look_read_the_same() -> None:
    lines = [LINE, ("Huế", "Trường A, cơ sở 2; khu B")]
    assert tree.school_lines(tree.written(lines)) == lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    assert tree.school_lines(tree.text_of("Hà Nội\tTrường THCS Lê Lợi".encode(encoding))) == [LINE]


def test_a_file_of_the_old_code_page_is_read() -> None:
    old = "Hà Nội".replace("ộ", "ô\u0323").encode("cp1258")
    assert tree.clean(tree.text_of(old)) == "Hà Nội"


def test_only_what_is_new_is_added() -> None:
    known = {"Hà Nội": ["Trường A"], "Huế": []}
    lines = [("Hà Nội", "Trường A"), ("Hà Nội", "Trường B"), ("Đà Nẵng", "Trường A"), ("Đà Nẵng", "Trường A")]
    new = tree.additions(lines, known=known)
    assert (new.provinces, new.schools) == (["Đà Nẵng"], [("Hà Nội", "Trường B"), ("Đà Nẵng", "Trường A")])
    assert new.there == 2


def test_capitals_make_no_other_province_and_no_other_school() -> None:
    new = tree.additions([("HÀ NỘI", "TRƯỜNG A"), ("HÀ NỘI", "Trường B")], known={"Hà Nội": ["Trường A"]})
    assert (new.provinces, new.schools) == ([], [("Hà Nội", "Trường B")])


def test_accents_make_another_school() -> None:
    new = tree.additions([("Hà Nội", "Trường Hoa")], known={"Hà Nội": ["Trường Hòa"]})
    assert new.schools == [("Hà Nội", "Trường Hoa")]


def test_names_stand_in_the_order_of_the_vietnamese_alphabet() -> None:
    names = ["An Giang", "Ăng", "Âu", "Bắc Ninh", "Đà Nẵng", "Điện Biên", "Gia Lai", "Huế", "Tây Ninh", "Vĩnh Long"]
    assert sorted([*names[5:], *names[:5]], key=tree.alphabetical) == names


def test_tones_decide_only_between_names_of_the_same_letters() -> None:
    names = ["Ma A", "Má A", "Ma Z", "Má Z"]
    assert sorted([*names[2:], *names[:2]], key=tree.alphabetical) == names


def test_digits_come_before_letters() -> None:
    assert sorted(["Trường An", "Trường 2"], key=tree.alphabetical) == ["Trường 2", "Trường An"]


def test_schools_are_shown_under_their_provinces() -> None:
    lines = [("Huế", "B"), ("Đà Nẵng", "A"), ("Huế", "A")]
    assert tree.by_province(lines) == [("Đà Nẵng", ["A"]), ("Huế", ["A", "B"])]
