"""The jury's copy of a text: the child's name and school covered by a bar. Pure.

The bar has one length whatever it covers. Comparison ignores case and accents and needs whole words. A given name alone is
covered only where it signs: `An` is also the word for peace.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from archive.text import fold

BAR = "▇▇▇▇"
SIGNING_LINES = 4
SHORTEST_SCHOOL = 4
SCHOOL_WORDS = re.compile(
    r"\b(?:trường|tiểu học|trung học cơ sở|trung học phổ thông|phổ thông|nội trú|THCS|THPT|PTDT|TH|school|école)\b",
    re.I,
)


def blind(text: str, *, full_name: str, given_name: str, school: str) -> str:
    """The text with the child's name and school covered everywhere, and the given name alone in its last lines."""
    covered = _cover(unicodedata.normalize("NFC", text), [full_name, *_other_ways(full_name), *_schools(school)])
    lines = covered.split("\n")
    filled = [index for index, line in enumerate(lines) if line.strip()]
    start = filled[-SIGNING_LINES] if len(filled) >= SIGNING_LINES else 0
    head, foot = "\n".join(lines[:start]), "\n".join(lines[start:])
    signed = _cover(foot, [given_name, *_parts(full_name)])
    return f"{head}\n{signed}" if start else signed


def _cover(text: str, names: Iterable[str]) -> str:
    folded, origin = _aligned(text)
    spans: list[tuple[int, int]] = []
    for name in names:
        words = fold(name).split()
        if words:
            pattern = r"(?<!\w)" + r"[\s.,\-]+".join(map(re.escape, words)) + r"(?!\w)"
            spans += [match.span() for match in re.finditer(pattern, folded)]
    return _barred(text, [(origin[start], origin[end]) for start, end in spans])


def _aligned(text: str) -> tuple[str, list[int]]:
    """The text folded sign by sign, and for each place in it (and its end) the place in the text."""
    folded, origin = [], []
    for place, sign in enumerate(text):
        plain = fold(sign) or " "
        folded.append(plain)
        origin += [place] * len(plain)
    return "".join(folded), [*origin, len(text)]


def _barred(text: str, spans: list[tuple[int, int]]) -> str:
    """Replace spans of the text, joined where they touch."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            parts += [text[at:start], BAR]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _other_ways(full_name: str) -> list[str]:
    """The same name as others write it: given name first, family and given name only, without the family name."""
    words = full_name.split()
    if len(words) < 2:
        return []
    without_family = [" ".join(words[-2:])] if len(words) > 2 else []
    return [" ".join([words[-1], *words[:-1]]), f"{words[0]} {words[-1]}", *without_family]


def _parts(full_name: str) -> list[str]:
    """Two neighbouring words of a name: how children sign who leave the family name out."""
    words = full_name.split()
    return [f"{first} {second}" for first, second in pairwise(words)]


def _schools(school: str) -> list[str]:
    """The school's name, and what is left of it without the words for school."""
    bare = " ".join(SCHOOL_WORDS.sub(" ", school).split())
    return [name for name in (school, bare) if len(name) >= SHORTEST_SCHOOL]
