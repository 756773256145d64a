"""How text is read: folded, cut into words, found again on a page. Shared by every engine, knows none of them."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

# Longer words are cut: nobody types them, and engines limit what they keep.
LONGEST_WORD = 64
# Letters with a stroke and the like, which Unicode does not take apart into letter and mark.
STROKES = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ƀ": "b", "ŋ": "n", "ɨ": "i", "ı": "i"}
    | {"œ": "oe", "æ": "ae", "þ": "th", "ʼ": None, "ʻ": None}
)
# Scripts written without blanks: every sign is a word, and a phrase of them is what a reader calls a word.
_SIGNS = "\u3041-\u3096\u309d-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TWO_IN_ONE = str.maketrans({"\u309f": "\u3088\u308a", "\u30ff": "\u30b3\u30c8"})


def _marks() -> str:
    """All signs that are written above, below or beside a letter, as a regular expression lists them."""
    planes = (range(0x300, 0x20000), range(0xE0100, 0xE01F0))
    found = [code for plane in planes for code in plane if unicodedata.category(chr(code)) in ("Mn", "Mc")]
    runs = ([code for _, code in run] for _, run in groupby(enumerate(found), lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


# What stands in a word besides letters: accents, vowels of Thai, Hebrew, Arabic, Hindi, Khmer, Burmese.
MARKS = _marks()
_LETTER = rf"[^\W\d_{_SIGNS}]"
# Letters and digits part, so that `VN2910`, `VN 2910` and `VN-2910` are the same two words.
# Never going back (`++`), it is as quick as without marks.
_MARKED = rf"{_LETTER}++(?:[{MARKS}]++{_LETTER}*+)*+"
_WORD = re.compile(rf"{_MARKED}|\d++|[{_SIGNS}]|[{MARKS}]++{_MARKED}")
_MARK = re.compile(f"[{MARKS}]")
_SIGN = re.compile(f"[{_SIGNS}]")
# Stands between texts that are read together.
_BETWEEN = "\0"


class _Folding(dict[int, str]):
    """What becomes of each character, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        text, folded = "", chr(code)
        while folded != text:
            text, folded = folded, _fold_once(folded)
        self[code] = folded
        return folded


_FOLDING = _Folding()


class _Cutting(dict[int, str]):
    """The same with blanks for whatever is in no word, so that words may be split off."""

    def __missing__(self, code: int) -> str:
        self[code] = cut = "".join(map(_cut_sign, _FOLDING[code]))
        return cut


def _cut_sign(sign: str) -> str:
    if _SIGN.match(sign) or sign == _BETWEEN:
        return f" {sign} "
    return sign if _WORD.match(sign) or _MARK.match(sign) else " "


_CUTTING = _Cutting()


def fold(text: str) -> str:
    """The text without case, diacritics and other ways of writing the same letters: `Đào` becomes `dao`."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text.translate(_FOLDING))


def _fold_once(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFC", letters.translate(STROKES))


def words(text: str) -> tuple[str, ...]:
    """The words of a text as engines keep them: folded, in order."""
    return words_of_each((text,))[0]


def words_of_each(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The words of several texts, read in one go, which is much quicker than one text after the other."""
    rows: list[list[str]] = [[]]
    together = _BETWEEN.join([text.replace(_BETWEEN, " ") for text in texts])
    for word in unicodedata.normalize("NFC", together.translate(_CUTTING)).split():
        if word.isalpha():
            rows[-1].append(word[:LONGEST_WORD])
        elif word == _BETWEEN:
            rows.append([])
        else:  # letters and digits in one
            rows[-1] += [part[:LONGEST_WORD] for part in _WORD.findall(word)]
    return [tuple(row) for row in rows]


def typed_words(text: str) -> tuple[str, ...]:
    """The words of a text as written; two signs that are drawn as one are two."""
    apart = unicodedata.normalize("NFC", text).translate(_TWO_IN_ONE)
    return tuple(word[:LONGEST_WORD] for word in _WORD.findall(apart))


def exact_words(text: str) -> tuple[str, ...]:
    """Those words that are written with diacritics, case aside: `Đào Anh Thư` has `đào` and `thư`."""
    if text.isascii():
        return ()
    pieces = [piece for piece in unicodedata.normalize("NFC", text).split() if not piece.isascii()]
    lower = [word.lower() for word in typed_words(" ".join(pieces)) if not word.isascii()]
    return tuple([word for word in lower if _has_diacritics(word)])


@lru_cache(maxsize=65_536)
def _has_diacritics(word: str) -> bool:
    return fold(word) != word


def wanted(searched: Collection[str], *, prefix: str = "") -> Callable[[str], bool]:
    """Whether a word of a text is one of the folded words searched, or begins with `prefix`."""
    folded = frozenset(searched)
    return lambda word: (found := fold(word)) in folded or bool(prefix and found.startswith(prefix))


def marked(text: str, is_wanted: Callable[[str], bool]) -> Markup:
    """The text, safe for a page, with the wanted words marked as they are written there."""
    text = unicodedata.normalize("NFC", text)
    parts, end = [], 0
    for word in _WORD.finditer(text):
        if is_wanted(word.group()[:LONGEST_WORD]):
            parts += [escape(text[end : word.start()]), Markup("<mark>{}</mark>").format(word.group())]
            end = word.end()
    return Markup("").join([*parts, escape(text[end:])])
