"""Catalogue numbers in the forms that people and files write."""

import pytest

from stamps.reading.numbers import Number, likely, read_number, read_numbers, ways_to_write


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Mi:VN 2910a", "Mi:VN 2910a"),
        ("Mi VN 2910", "Mi:VN 2910"),
        ("michel 12", "Mi:12"),
        ("Gz :AR Ae177", "Gz:AR Ae177"),
        ("Sg:AL MS 2912", "Sg:AL MS2912"),
        ("NZ 840 C", ":NZ 840C"),
        ("Mi:AD-ES 207", "Mi:AD-ES 207"),
        ("VN001.02", "WNS:VN001.2002"),
        ("wad:VN001.2002", "WNS:VN001.2002"),
        ("WAD:AR023MS.2021", "WNS:AR023MS.2021"),
        ("XG006.2002", "WNS:XG006.2002"),
        ("VN bộ 779", "VN-set:779"),
        ("Sakura:C2151-C2154", "Sakura:C2151-C2154"),
    ],
)
def test_a_number_has_one_form_however_it_is_written(written: str, normal: str) -> None:
    read = read_number(written)
    assert read is not None
    assert read.normal == normal


def test_several_codes_in_one_cell_are_several_numbers() -> None:
    cell = "Mi:AR BL176, Sn:AR 2949, Yt:AR BF174, Gz :AR BL164, WAD:AR023MS.2021"
    assert [number.normal for number in read_numbers(cell)] == [
        *("Mi:AR BL176", "Sn:AR 2949", "Yt:AR BF174", "Gz:AR BL164", "WNS:AR023MS.2021")
    ]


@pytest.mark.parametrize("text", ["", "  ", "no digits here", "…"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_numbers_sort_by_their_size_not_their_signs() -> None:
    read = [read_number(text, catalogue="Mi") for text in ("VN 1000", "VN 9a", "VN 9", "VN BL2", "VN 100")]
    in_order = sorted((number for number in read if number), key=lambda number: number.sort)
    assert [number.code for number in in_order] == ["VN 9", "VN 9a", "VN 100", "VN 1000", "VN BL2"]


def test_a_careless_number_may_be_a_stamp_number_or_a_catalogues() -> None:
    assert list(likely("vn2910"))[:3] == ["VN:2910", "VN-set:2910", "Mi:VN 2910"]


def test_a_wns_number_can_be_typed_with_either_year_and_mark() -> None:
    read = read_number("VN001.2002")
    assert read is not None
    assert ways_to_write(read) == ("WNS VN001.2002", "wad VN001.2002", "wad VN001.02", "wns VN001.02")


@pytest.mark.parametrize(("written", "latest"), [("VN001.98", 2068), ("WAD:VN001.31", 2026), ("wns VN001.01", 2026)])
def test_a_year_that_wns_cannot_have_had_is_no_number_and_kept_as_printed(written: str, latest: int) -> None:
    read = read_number(written, latest=latest)
    assert read == Number("WNS", "", "", None, "", written.rpartition(":")[2].removeprefix("wns "))


def test_two_digits_are_a_year_up_to_this_one() -> None:
    assert [number.normal for number in read_numbers("WAD:VN001.26", latest=2026)] == ["WNS:VN001.2026"]
