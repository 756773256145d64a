"""What a visitor typed, understood; and whatever else is typed, searched as words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.index import Query
from archive.query import MOST_WORDS, parse, range_of, take_apart
from archive.text import typed_words

KINDS = frozenset({"laureate", "stamp", "stamp_issue"})


def typed(text: str) -> Query:
    return parse(text, kinds=KINDS)


def test_words_are_kept_as_typed() -> None:
    assert typed("Đào Anh  Thư") == Query(words=("Đào", "Anh", "Thư"))


def test_quotes_make_a_phrase() -> None:
    assert typed('"viết thư" 2021') == Query(words=("2021",), phrases=("viết thư",))


def test_one_word_in_quotes_is_a_word() -> None:
    assert typed('"thư"') == Query(words=("thư",))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("kind:stamp", Query(kind="stamp")),
        ("KIND:Stamp_Issue", Query(kind="stamp_issue")),
        ('kind:"stamp issue"', Query(kind="stamp_issue")),
        ("country:vn", Query(country="VN")),
        ("prize:gold", Query(prize="gold")),
        ("1990..1999", Query(years=(1990, 1999))),
        ("1999..1990", Query(years=(1990, 1999))),
        ("1990..", Query(years=(1990, 9999))),
        ("year:..1999", Query(years=(0, 1999))),
        ("year:2021", Query(years=(2021, 2021))),
        ("year:9999..0", Query(years=(0, 9999))),
    ],
)
def test_filters_are_understood(text: str, query: Query) -> None:
    assert typed(text) == query


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021", ("2021",)),
        ("kind:poem", ("kind", "poem")),
        ("country:XX1", ("country", "XX", "1")),
        ('country:"Viet Nam"', ("country", "Viet", "Nam")),
        ("color:red", ("color", "red")),
        ("1971-2021", ("1971", "2021")),
        ("VN2910", ("VN", "2910")),
        ("kind: stamp", ("kind", "stamp")),
    ],
)
def test_what_is_not_understood_is_words(text: str, words: tuple[str, ...]) -> None:
    assert typed(text) == Query(words=words)


def test_a_star_at_the_end_asks_for_beginnings() -> None:
    assert typed("viet let*") == Query(words=("viet", "let"), prefix=True)


def test_the_same_filter_twice_is_a_filter_and_words() -> None:
    assert typed("kind:stamp kind:laureate") == Query(words=("kind", "laureate"), kind="stamp")


def test_the_text_is_what_was_typed_without_the_filters() -> None:
    assert take_apart('thư kind:stamp "Việt Nam" 1990..', kinds=KINDS).text == 'thư "Việt Nam"'


def test_ten_thousand_words_are_cut() -> None:
    assert len(typed("a b c " * 3333).words) == MOST_WORDS


@given(st.text(max_size=2000))
@example('"')
@example("* ** :: .. … kind: :stamp")
@example("\0\x1f\u202e😀")
@example("'; DROP TABLE letter; --")
def test_nothing_typed_is_ever_refused(text: str) -> None:
    query = typed(text)
    assert len(query.words) + sum(len(typed_words(phrase)) for phrase in query.phrases) <= MOST_WORDS


@given(st.text(max_size=200))
def test_the_remaining_text_asks_for_the_same_words(text: str) -> None:
    apart = take_apart(text, kinds=KINDS)
    assert typed(apart.text).words == tuple(apart.words)


@given(st.text(max_size=12))
def test_a_range_is_in_order_or_none(text: str) -> None:
    years = range_of(text)
    assert years is None or years[0] <= years[1]
