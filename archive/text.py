"""How text is read: folded, cut into words, found again on a page. Shared by every engine, knows none of them."""

import re
import unicodedata
from collections.abc import Callable, Collection

from markupsafe import Markup, escape

# Longer words are cut: nobody types them, and engines limit what they keep.
LONGEST_WORD = 64
# Letters with a stroke and the like, which Unicode does not take apart into letter and mark.
STROKES = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ƀ": "b", "ŋ": "n", "ɨ": "i", "ı": "i"}
    | {"œ": "oe", "æ": "ae", "þ": "th", "ʼ": None, "ʻ": None}
)
# Scripts written without blanks: every sign is a word, and a phrase of them is what a reader calls a word.
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Letters and digits part, so that `VN2910`, `VN 2910` and `VN-2910` are the same two words.
_WORD = re.compile(rf"\d+|[{_SIGNS}]|(?:[^\W\d_{_SIGNS}]|[\u0300-\u036f])+")


class _Folding(dict[int, str]):
    """What becomes of each character, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        text, folded = "", chr(code)
        while folded != text:
            text, folded = folded, _fold_once(folded)
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text without case, diacritics and other ways of writing the same letters: `Đào` becomes `dao`."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text.translate(_FOLDING))


def _fold_once(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFC", letters.translate(STROKES))


def words(text: str) -> tuple[str, ...]:
    """The words of a text as engines keep them: folded, in order."""
    return tuple(word[:LONGEST_WORD] for word in _WORD.findall(fold(text)))


def typed_words(text: str) -> tuple[str, ...]:
    """The words of a text as written."""
    return tuple(word[:LONGEST_WORD] for word in _WORD.findall(unicodedata.normalize("NFC", text)))


def exact_words(text: str) -> tuple[str, ...]:
    """Those words that are written with diacritics, case aside: `Đào Anh Thư` has `đào` and `thư`."""
    lower = (word.lower() for word in typed_words(text) if not word.isascii())
    return tuple(word for word in lower if fold(word) != word)


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
