"""Passages of long texts: the right place, whole words, no letter changed."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from archive.passages import LENGTH, passage, pieces
from archive.text import wanted, words

# Words as letters hold them, accents and all; few of them, so that one is often found.
WORDS = st.sampled_from(["thư", "Đào", "nhà", "bưu", "điện,", "—", "e\u0301te", "<b>", "&", "2021.", "lettre", "信"])
TEXTS = st.lists(st.lists(WORDS, max_size=90).map(" ".join), max_size=3).map("\n".join)
# On a busy machine; comparing every place with every other takes a minute.
MOST_SECONDS = 3.0


def said(shown: Markup) -> str:
    """What a reader sees, without the signs that something is left out."""
    return shown.unescape().replace("<mark>", "").replace("</mark>", "").removeprefix("… ").removesuffix(" …")


def normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@given(TEXTS, st.sampled_from(["thu", "dao", "ete", "b"]))
def test_a_passage_stands_in_its_text_from_word_to_word(text: str, word: str) -> None:
    shown = said(passage(text, wanted([word])))
    assert f" {shown} " in f" {normal(text)} " or shown == ""


@given(TEXTS, st.sampled_from(["thu", "dao", "ete", "b"]))
def test_a_passage_is_there_exactly_when_a_word_is(text: str, word: str) -> None:
    assert bool(passage(text, wanted([word]))) == ("<mark>" in passage(text, wanted([word]))) == (word in words(text))


@given(TEXTS, st.integers(1, 50))
def test_a_passage_is_no_longer_than_asked(text: str, length: int) -> None:
    assert len(said(passage(text, wanted(["thu", "lettre"]), length=length)).split()) <= length


@given(st.text(), st.text(max_size=3))
def test_any_text_has_a_passage_that_is_safe_for_a_page(text: str, word: str) -> None:
    shown = passage(text, wanted(words(word)))
    assert "<" not in shown.replace("<mark>", "").replace("</mark>", "")


@given(st.text(), st.text(max_size=3))
def test_pieces_make_the_text(text: str, word: str) -> None:
    cut = pieces(text, wanted(words(word)))
    assert "".join(piece for piece, _marked in cut) == unicodedata.normalize("NFC", text)


def test_the_place_with_the_most_words_is_shown() -> None:
    text = "thư " + "x " * 60 + "lá thư của bưu điện " + "y " * 60
    assert "lá <mark>thư</mark> của <mark>bưu</mark>" in passage(text, wanted(["thu", "buu"]))


def test_a_passage_says_where_it_is_cut() -> None:
    text = " ".join(f"a{number}" for number in range(100))
    shown = passage(text, wanted(["50"]))
    assert (shown[:2], shown[-2:], len(said(shown).split())) == ("… ", " …", LENGTH)


def test_a_text_that_says_a_word_again_and_again_takes_no_longer_than_another() -> None:
    begun = time.process_time()
    assert passage("thư lá " * 20_000, wanted(["thu"])).count("<mark>") == LENGTH // 2
    assert time.process_time() - begun < MOST_SECONDS


def test_a_short_text_is_shown_whole() -> None:
    assert passage("Một lá thư.", wanted(["thu"])) == Markup("Một lá <mark>thư</mark>.")


def test_a_passage_does_not_run_from_one_line_into_the_next() -> None:
    assert passage("eins\nzwei drei\nvier", wanted(["drei"])) == Markup("zwei <mark>drei</mark>")


@pytest.mark.parametrize(("word", "shown"), [("dao", "Đào"), ("hoa", "hoa"), ("thu", "thư")])
def test_marks_keep_accents(word: str, shown: str) -> None:
    assert f"<mark>{shown}</mark>" in passage("Hái hoa Đào gửi thư", wanted([word]))


def test_pieces_tell_what_is_marked() -> None:
    assert pieces("Lá thư & <b>", wanted(["thu"])) == [("Lá ", False), ("thư", True), (" & <b>", False)]
