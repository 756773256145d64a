"""How text is read: one property for every rule, examples for the languages of the platform."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from archive.text import LONGEST_WORD, exact_words, fold, marked, typed_words, wanted, words


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_words_are_folded_and_never_too_long(text: str) -> None:
    assert all(fold(word) == word and 0 < len(word) <= LONGEST_WORD for word in words(text))


@given(st.text())
def test_marking_changes_no_letter(text: str) -> None:
    shown = Markup(marked(text, wanted(words(text)))).striptags()
    assert "".join(shown.split()) == "".join(Markup.escape(unicodedata.normalize("NFC", text)).striptags().split())


# Letters and marks of Latin, Greek, Hebrew, Arabic, Hindi, Thai, Burmese, Khmer, Tibetan, Japanese; what stands between.
WRITTEN = "".join(
    sign
    for first, end in ((0x300, 0x315), (0x5B0, 0x5EB), (0x621, 0x660), (0x904, 0x94E), (0xE01, 0xE4F), (0xF40, 0xF70))
    for sign in map(chr, range(first, end))
) + "".join(map(chr, [*range(0x1000, 0x103F), *range(0x1780, 0x17D4), *range(0x3041, 0x30FA), *range(0x3B1, 0x3CA)]))
BETWEEN = " ,.-'\n0159aZđ王"


@given(st.text(st.sampled_from(WRITTEN + BETWEEN)))
def test_words_as_written_are_the_words_of_the_index_when_they_are_folded(text: str) -> None:
    assert tuple(fold(word) for word in typed_words(text)) == words(text)


@pytest.mark.parametrize("text", ["ゟ", "ヿ", "aゟb1ヿ"])
def test_two_signs_drawn_as_one_are_two_words(text: str) -> None:
    assert tuple(fold(word) for word in typed_words(text)) == words(text)


@pytest.mark.parametrize("word", ["สวัสดี", "हिन्दी", "مُحَمَّد", "שָׁלוֹם", "ខ្មែរ", "မြန်မာ", "বাংলা", "தமிழ்"])
def test_marks_of_any_script_stand_in_their_word(word: str) -> None:
    word = unicodedata.normalize("NFC", word)
    assert (typed_words(f"({word})"), words(word), marked(word, wanted(words(word)))) == (
        (word,),
        (fold(word),),
        Markup("<mark>{}</mark>").format(word),
    )


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đào Anh Thư", "dao anh thu"),
        ("ĐƯỜNG", "duong"),
        ("Œuvre, Ærø, Łódź", "oeuvre, aero, lodz"),
        ("Straße", "strasse"),
        ("İstanbul ı", "istanbul i"),
        ("２０２１", "2021"),
    ],
)
def test_letters_of_many_languages_fold_to_plain_ones(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["VN 2910", "vn2910", "VN-2910", "vn.2910"])
def test_a_number_is_the_same_words_however_it_is_joined(text: str) -> None:
    assert words(text) == ("vn", "2910")


def test_signs_of_scripts_without_blanks_are_words() -> None:
    assert words("王忠群, 2021年") == ("王", "忠", "群", "2021", "年")


def test_typed_words_keep_their_spelling() -> None:
    assert typed_words("Đào  (Anh) thư!") == ("Đào", "Anh", "thư")


def test_exact_words_are_those_with_diacritics() -> None:
    assert exact_words("Đào Anh THƯ") == ("đào", "thư")


def test_marks_show_words_as_they_are_written() -> None:
    assert marked("Cuộc thi viết thư", wanted(["viet", "thu"])) == Markup("Cuộc thi <mark>viết</mark> <mark>thư</mark>")


def test_marks_show_beginnings_too() -> None:
    assert marked("letters, let", wanted([], prefix="lette")) == Markup("<mark>letters</mark>, let")


def test_marked_text_is_safe_for_a_page() -> None:
    assert marked("<b>Thư</b> & <i>", wanted(["thu"])) == Markup("&lt;b&gt;<mark>Thư</mark>&lt;/b&gt; &amp; &lt;i&gt;")
