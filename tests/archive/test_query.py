"""What a visitor typed, understood; and whatever else is typed, searched as words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.index import PICTURED, Query
from archive.query import MOST_WORDS, parse, query_of, range_of, take_apart
from archive.text import typed_words

KINDS = frozenset({"laureate", "stamp", "stamp_issue"})
CALLED = {
    ("kind", "tem"): "stamp",
    ("prize", "huy chuong vang"): "gold",
    ("topic", "letter writing"): "letter-writing",
    ("topic", "viet thu"): "letter-writing",
    ("topic", "chim"): "birds",
}


def called(filter_: str, name: str) -> str:
    return CALLED.get((filter_, name), "")


def typed(text: str) -> Query:
    return parse(text, kinds=KINDS, called=called)


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
        ("year:9999..0", Query(words=("year", "9999", "0"))),
        ("1990–1999", Query(years=(1990, 1999))),
        ("1990-1999", Query(years=(1990, 1999))),
        ("1990s", Query(years=(1990, 1999))),
        ('country:"Viet Nam"', Query(country="VN")),
        ("country:germany", Query(country="DE")),
        ('nước:"Việt Nam"', Query(country="VN")),
        ("quốc gia:Pháp", Query(country="FR")),
        ("pays:Allemagne", Query(country="DE")),
        ("năm:1990..1999", Query(years=(1990, 1999))),
        ("année:2021", Query(years=(2021, 2021))),
        ("loại:tem", Query(kind="stamp")),
        ('giải:"Huy chương vàng"', Query(prize="gold")),
        ("topic:letter-writing", Query(topic="letter-writing")),
        ('theme:"Letter writing"', Query(topic="letter-writing")),
        ("chủ đề:chim", Query(topic="birds")),
        ("language:vi", Query(language="vi")),
        ("lang:French", Query(language="fr")),
        ('ngôn ngữ:"tiếng Việt"', Query(language="vi")),
        ("tiếng:Việt", Query(language="vi")),
        ("langue:français", Query(language="fr")),
        ("has:picture", Query(picture=PICTURED)),
        ("có:ảnh", Query(picture=PICTURED)),
        ("avec:image", Query(picture=PICTURED)),
        ("kind: stamp", Query(kind="stamp")),
        ("country: VN", Query(country="VN")),
        ("quốc gia: Pháp", Query(country="FR")),
        ("year: 1990..1999", Query(years=(1990, 1999))),
        ('nước: "Việt Nam"', Query(country="VN")),
        ("nước:Việt Nam", Query(country="VN")),
        ("nước: Việt Nam thư", Query(country="VN", words=("thư",))),
        ("country:south africa birds", Query(country="ZA", words=("birds",))),
        ("country:Việt Nam kind:stamp", Query(country="VN", kind="stamp")),
        ("giải:huy chương vàng", Query(prize="gold")),
        ("prize:gold medal", Query(prize="gold", words=("medal",))),
        ("topic:letter writing thư", Query(topic="letter-writing", words=("thư",))),
        ("decade:1990", Query(years=(1990, 1999))),
        ("decade: 1990s", Query(years=(1990, 1999))),
        ("thập niên:1990", Query(years=(1990, 1999))),
        ("décennie:1990", Query(years=(1990, 1999))),
        ("decade:1994", Query(words=("decade", "1994"))),
        ('country:VN "Nam" 1990s', Query(country="VN", words=("Nam",), years=(1990, 1999))),
    ],
)
def test_filters_are_understood(text: str, query: Query) -> None:
    assert typed(text) == query


def test_a_place_in_a_set_stands_together() -> None:
    assert (parse("3-1").phrases, parse("779 3-1")) == (("3 1",), Query(words=("779",), phrases=("3 1",)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021", ("2021",)),
        ("kind:poem", ("kind", "poem")),
        ("country:XX1", ("country", "XX", "1")),
        ("country: xanadu south", ("country", "xanadu", "south")),
        ("note: thư", ("note", "thư")),
        ("country:", ("country",)),
        ('country:"Xanadu"', ("country", "Xanadu")),
        ("topic:dragons", ("topic", "dragons")),
        ("language:elvish", ("language", "elvish")),
        ("has:wings", ("has", "wings")),
        ("color:red", ("color", "red")),
        ("2910-2912", ("2910", "2912")),
        ("4000 đ", ("4000", "đ")),
        ("4.000đ", ("4", "000", "đ")),
        ("Mi:VN 2953", ("Mi", "VN", "2953")),
        ("VN2910", ("VN", "2910")),
    ],
)
def test_what_is_not_understood_is_words(text: str, words: tuple[str, ...]) -> None:
    assert typed(text) == Query(words=words)


@pytest.mark.parametrize("text", ["43x32", "43 x 32", "43×32 mm", "43 × 32mm", "43X32"])
def test_a_size_is_a_phrase_however_it_is_written(text: str) -> None:
    assert typed(text) == Query(phrases=("43 x 32",))


def test_a_size_has_decimals_and_stands_among_words() -> None:
    assert typed("thư 37,5x43 2021") == Query(words=("thư", "2021"), phrases=("37 5 x 43",))


@pytest.mark.parametrize("text", ["No. 2910", "n° 2910", "số 2910", "#2910", "№2910", "Nr 2910"])
def test_what_only_says_that_a_number_follows_is_no_word(text: str) -> None:
    assert typed(text).words == ("2910",)


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
    assert typed(apart.text).words == query_of(apart).words


@given(st.text(max_size=12))
def test_a_range_is_in_order_or_none(text: str) -> None:
    years = range_of(text)
    assert years is None or years[0] <= years[1]
