"""The parts of the reader that are pure: sets of numbers, arrays in a file, slips, columns of few values."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.engines.whoosh import arrays, sets
from archive.engines.whoosh.coded import Coded, coded_arrays, coded_in
from archive.engines.whoosh.searching import first_of
from archive.engines.whoosh.slips import a_letter_away, slip_arrays
from archive.engines.whoosh.words import Vocabulary, vocabulary_arrays
from archive.index import Unusable
from archive.spelling import is_a_letter_away, shortened

SIZE = 5_000
documents = st.sets(st.integers(0, SIZE - 1), max_size=60)
slips = st.text("abđ", min_size=4, max_size=7)


AS_WRITTEN = {
    "one": np.arange(3, dtype=np.uint8),
    "none": np.zeros(0, np.int64),
    "two": np.arange(SIZE, dtype=np.uint32),
}


def array(numbers: set[int]) -> arrays.Array:
    return np.array(sorted(numbers), np.uint32)


def spread(step: int) -> arrays.Array:
    return np.arange(0, SIZE, step, dtype=np.uint32)


@given(some=documents, others=documents)
def test_both_is_what_stands_in_either_set(some: set[int], others: set[int]) -> None:
    assert set(sets.both(array(some), array(others), SIZE).tolist()) == some & others


@pytest.mark.parametrize(
    ("one", "other", "count"), [(1, 2, 2_500), (2, 1, 2_500), (1, 1, 5_000), (700, 1, 8), (3, 2, 834)]
)
def test_both_of_large_sets(one: int, other: int, count: int) -> None:
    found = sets.both(spread(one), spread(other), SIZE)
    assert (len(found), set((found % (one * other // np.gcd(one, other))).tolist())) == (count, {0})


@given(numbers=st.lists(st.integers(0, SIZE - 1), max_size=60))
def test_a_union_has_each_number_once_and_in_order(numbers: list[int]) -> None:
    assert sets.union(np.array(numbers, np.uint32), SIZE).tolist() == sorted(set(numbers))


def test_a_union_of_many_numbers_has_each_once_and_in_order() -> None:
    assert sets.union(np.concatenate([spread(2)[::-1], spread(3)]), SIZE).tolist() == sorted(
        set(range(0, SIZE, 2)) | set(range(0, SIZE, 3))
    )


@given(values=st.lists(st.one_of(st.integers(0, 5), st.integers(0, 2**32 - 1)), max_size=60))
def test_the_order_is_stable(values: list[int]) -> None:
    order = sets.stable_order(np.array(values, np.uint32)).tolist()
    assert order == sorted(range(len(values)), key=values.__getitem__)


@given(numbers=st.lists(st.integers(-4, 4), max_size=40), end=st.integers(1, 45))
def test_the_first_are_the_greatest_and_of_equals_the_first(numbers: list[int], end: int) -> None:
    order = np.array(numbers, np.int64)
    assert first_of(order, end).tolist() == sorted(range(len(numbers)), key=lambda at: -numbers[at])[:end]


def test_arrays_come_back_as_they_were_written(tmp_path: Path) -> None:
    arrays.write(tmp_path / "a", AS_WRITTEN.items())
    found = arrays.read(tmp_path / "a")
    assert {name: (values.dtype.name, values.tolist()) for name, values in found.items()} == {
        "one": ("uint8", [0, 1, 2]),
        "none": ("int64", []),
        "two": ("uint32", list(range(SIZE))),
    }


@pytest.mark.parametrize("kept", [0, 5, 24, 60, 200, -1])
def test_a_file_of_arrays_that_is_not_whole_is_not_read(tmp_path: Path, kept: int) -> None:
    arrays.write(tmp_path / "a", AS_WRITTEN.items())
    (tmp_path / "a").write_bytes((tmp_path / "a").read_bytes()[:kept])
    with pytest.raises(Unusable):
        arrays.read(tmp_path / "a")


def test_a_file_that_is_missing_is_another_matter(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        arrays.read(tmp_path / "a")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("thư", "thưa", True),
        ("viet", "veit", True),
        ("viet", "vit", True),
        ("viet", "biet", True),
        ("viet", "viet", False),
        ("viet", "vtie", False),
        ("ab", "ba", True),
        ("abcd", "badc", False),
        ("", "a", True),
    ],
)
def test_one_slip_is_a_letter_more_less_other_or_two_changed_places(one: str, other: str, near: bool) -> None:
    assert (is_a_letter_away(one, other), is_a_letter_away(other, one)) == (near, near)


@given(one=slips, other=slips)
def test_words_a_letter_away_share_a_shortened_form(one: str, other: str) -> None:
    if is_a_letter_away(one, other):
        assert set(shortened(one)) & set(shortened(other))


@given(words=st.sets(slips, max_size=40), typed=slips)
def test_the_words_a_letter_away_are_found_by_their_forms(words: set[str], typed: str) -> None:
    vocabulary = [word.encode() for word in sorted(words)]
    made = vocabulary_arrays("text", vocabulary) | slip_arrays(vocabulary)
    found = a_letter_away(made, Vocabulary(made["text.letters"], made["text.letter_ends"]), typed)
    assert {word for _number, word in found} == {word for word in words if is_a_letter_away(typed, word)}


@given(words=st.sets(st.text(max_size=6), max_size=40), typed=st.text(max_size=6))
def test_words_are_found_whole_and_by_their_beginning(words: set[str], typed: str) -> None:
    known = sorted(word.encode(errors="replace") for word in words)
    made = vocabulary_arrays("text", known)
    vocabulary = Vocabulary(made["text.letters"], made["text.letter_ends"])
    sought = typed.encode(errors="replace")
    first, end = vocabulary.beginning(typed)
    assert (vocabulary.find(typed) is not None) == (sought in known)
    assert vocabulary[first:end] == [word for word in known if word.startswith(sought)]


def column() -> Coded:
    values = [("VN", "FR"), (), ("VN",)]
    return coded_in(coded_arrays("place", values, np.array([2, 0, 1, 2], np.uint32)), "place")


def test_values_are_counted_among_documents() -> None:
    assert (column().counts(np.array([0, 1, 2])), column().counts(np.array([2]))) == ({"VN": 2, "FR": 1}, {})


@pytest.mark.parametrize(
    ("value", "held"), [("VN", [True, True, False, True]), ("FR", [False, True, False, False]), ("US", [False] * 4)]
)
def test_documents_are_filtered_by_a_value(value: str, held: list[bool]) -> None:
    assert column().holding(value)[column().codes].tolist() == held


def test_documents_are_filtered_by_a_range_of_numbers() -> None:
    years = coded_in(coded_arrays("years", [("1990", "2005"), ("2001",)], np.array([0, 1], np.uint32)), "years")
    assert [years.between(*between).tolist() for between in ((1995, 2001), (2005, 2010), (1991, 2000))] == [
        [False, True],
        [True, False],
        [False, False],
    ]
