"""The part of a long text that shows why it was found, and texts cut into what is marked and what is not. Pure."""

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterator
from html import unescape

from markupsafe import Markup

from archive.text import MARKS, fold, marked, typed_words

# As much of a text as two lines of a list hold, and how much of it stands before the first word found.
LENGTH = 30
BEFORE = 8
# What stands between blanks; text without any (an address, Chinese) is cut after so many signs, marks kept to theirs.
_PIECE = re.compile(rf"\S{{1,64}}[{MARKS}]*")
_MARK = re.compile(r"</?mark>")
Wanted = Callable[[str], bool]


def passage(text: str, is_wanted: Wanted, *, length: int = LENGTH) -> Markup:
    """About `length` words of one line of the text with the most of the wanted words, marked; nothing without any.

    Cut between words, with … where something is left out; letters and accents stay as they are.
    """
    lines = (unicodedata.normalize("NFC", line) for line in text.splitlines())
    found = [best for line in lines if (best := _best_part(line, is_wanted, length))]
    if not found:
        return Markup()
    _worth, part = max(found, key=lambda one: one[0])
    return marked(part, is_wanted)


def pieces(text: str, is_wanted: Wanted) -> list[tuple[str, bool]]:
    """The text in order, each piece with whether it is one of the wanted words."""
    # In text made safe for a page only the marks are tags: what lies between them alternates.
    parts = _MARK.split(str(marked(text, is_wanted)))
    return [(unescape(part), bool(at % 2)) for at, part in enumerate(parts) if part]


def _best_part(line: str, is_wanted: Wanted, length: int) -> tuple[int, str] | None:
    """How many different wanted words the best part of a line has, and that part."""
    spans = [found.span() for found in _PIECE.finditer(line)]
    places = [(at, said) for at, (start, end) in enumerate(spans) if (said := _said(line[start:end], is_wanted))]
    if not places:
        return None
    begins = list(_begins(places, len(spans), length))
    worth, begin = max(begins, key=lambda one: one[0])
    return worth, _cut(line, spans, begin, min(begin + length, len(spans)))


def _said(piece: str, is_wanted: Wanted) -> frozenset[str]:
    return frozenset(fold(word) for word in typed_words(piece) if is_wanted(word))


def _begins(places: list[tuple[int, frozenset[str]]], count: int, length: int) -> Iterator[tuple[int, int]]:
    """For each place found: how many different words a part beginning a little before it has, and its beginning."""
    last = max(count - length, 0)
    ahead = deque(places)
    inside: deque[tuple[int, frozenset[str]]] = deque()
    counted: Counter[str] = Counter()
    for at, _said_here in places:
        begin = min(max(at - min(BEFORE, length - 1), 0), last)
        while ahead and ahead[0][0] < begin + length:
            inside.append(ahead.popleft())
            counted.update(inside[-1][1])
        while inside[0][0] < begin:
            counted -= Counter(inside.popleft()[1])
        yield len(counted), begin


def _cut(line: str, spans: list[tuple[int, int]], begin: int, end: int) -> str:
    before = "… " if begin else ""
    after = " …" if end < len(spans) else ""
    return before + " ".join(line[spans[begin][0] : spans[end - 1][1]].split()) + after
