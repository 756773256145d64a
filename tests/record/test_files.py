"""The data files themselves: what every row must have, whatever the program does with it."""

import csv
from collections import Counter

import pytest

from contest.winners.rules import folded_words
from contest.winners.services import read_record
from tests.make import RECORD


def rows(name: str) -> list[dict[str, str]]:
    with (RECORD / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_record_can_be_read_and_is_whole() -> None:
    record = read_record(RECORD)

    sizes = len(record.editions), len(record.awards), len(record.stamps.issues), len(record.stamps.stamps)

    assert sizes == (55, 174, 78, 79)


@pytest.mark.parametrize("name", ["awards.csv", "tallies.csv", "stamp-issues.csv", "stamps.csv", "claims.csv"])
def test_every_row_has_a_source(name: str) -> None:
    assert [row for row in rows(name) if not row["sources"]] == []


def test_an_edition_without_a_source_is_marked_as_derived_and_says_nothing_else() -> None:
    bare = [row for row in rows("editions.csv") if not row["sources"]]

    assert {row["derived"] for row in bare} == {"yes"}
    assert {row["theme_vi"] + row["theme_en"] + row["theme_fr"] + row["partners"] for row in bare} == {""}


def test_editions_are_numbered_from_1972_without_a_gap() -> None:
    assert [(int(row["number"]), int(row["year"])) for row in rows("editions.csv")] == [
        (number, 1971 + number) for number in range(1, 56)
    ]


def test_a_vietnamese_given_name_is_the_last_word() -> None:
    vietnamese = [row for row in rows("laureates.csv") if row["country"] == "VN" and "'" not in row["full_name"]]

    assert [row for row in vietnamese if row["given_name"] != row["full_name"].split()[-1]] == []


def test_a_chinese_given_name_is_not_the_family_name() -> None:
    given = {row["full_name"]: row["given_name"] for row in rows("laureates.csv") if row["country"] == "CN"}

    assert given == {
        "Wang Zhongqun": "Zhongqun",
        "Liao Xiaoqing": "Xiaoqing",
        "Xinyi Chen": "Xinyi",
        "Wang Sa": "Sa",
        "Zou Canyan": "Canyan",
    }


def test_a_given_name_is_a_part_of_the_full_name() -> None:
    assert [row for row in rows("laureates.csv") if row["given_name"] not in row["full_name"]] == []


def test_no_key_tells_a_name() -> None:
    names = {word for row in rows("laureates.csv") for word in folded_words(row["full_name"]) if len(word) > 3}
    keys = [row["key"] for row in rows("laureates.csv") + rows("awards.csv")]

    assert [key for key in keys if names.intersection(folded_words(key))] == []


def test_every_person_has_an_award() -> None:
    awarded = Counter(row["laureate"] for row in rows("awards.csv"))

    assert [row["key"] for row in rows("laureates.csv") if not awarded[row["key"]]] == []


def test_the_stamp_of_the_contest_has_both_ends_of_sale() -> None:
    about = [row for row in rows("claims.csv") if row["key"] == "vn-2021-10-09-upu-letter-writing-50"]

    assert {row["value"]: row["chosen"] for row in about if row["field"] == "sales_end"} == {
        "2023-06-30": "yes",
        "2022-06-30": "",
    }
