"""The jury's copy of a text: the child's name and school covered by a bar. Pure.

The bar has one length whatever it covers. Comparison ignores accents and needs whole words. The full name and
the school are covered wherever and however they stand. What may be a word of the language (`hòa bình` is peace,
`An` is quiet) is covered where it is written as a name, and a given name alone only where children say who they
are: signing, introducing themselves, on a line of its own.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from archive.text import fold

BAR = "▇▇▇▇"
SIGNING_LINES = 4
# Longer lines are paragraphs: there only what is written with capitals is taken for a name.
LONGEST_SIGNATURE = 60
SHORTEST_SCHOOL = 4
# Signs nobody sees: accents written apart, blanks without width.
UNSEEN = ("Mn", "Cf")
BETWEEN = r"[\W_]"
SCHOOL_WORDS = re.compile(
    r"\b(?:trường|tiểu học|trung học cơ sở|trung học phổ thông|phổ thông|nội trú|THCS|THPT|PTDT|TH|school|école)\b",
    re.I,
)
POSTSCRIPT = re.compile(r"\W*(?:p\.?\s?s|t\.?\s?b|n\.?\s?b|tai but|vi tai but)\b")
INTRODUCTION = (
    r"\b(?:ten (?:cua )?(?:toi |minh |em |con |chau |to )?la|(?:toi|minh|em|con|chau|to) (?:ten )?(?:la )?|"
    r"my name is|call me|i am|i['’]m|je m['’]appelle|je suis|mon (?:pre)?nom est)[\s:]*"
)
Span = tuple[int, int]


def blind(text: str, *, full_name: str, given_name: str, school: str) -> str:
    """The text with what tells the child's name or school covered."""
    names = [given_name, *_neighbours(full_name)]
    whole = _covered(unicodedata.normalize("NFC", text), [full_name, _turned(full_name), *_whole(school)])
    named = _covered(whole, [*_short_ways(full_name), _bare(school)], as_name=True)
    introduced = _covered(named, names, before=INTRODUCTION, as_name=True)
    lines = introduced.split("\n")
    signing = _signing(lines)
    return "\n".join(_signed(line, names, signs=place in signing) for place, line in enumerate(lines))


def _covered(text: str, names: Iterable[str], *, before: str = "", as_name: bool = False) -> str:
    """Cover names. `before`: only behind this; `as_name`: only where every word has a capital."""
    folded, origin = _aligned(text)
    found = [span for name in names for span in _found(folded, name, before)]
    spans = [(origin[start], origin[end - 1] + 1) for start, end in found]
    return _barred(text, [span for span in spans if not as_name or _is_name(text[slice(*span)])])


def _found(folded: str, name: str, before: str) -> Iterator[Span]:
    """Where a name stands in a folded text, as whole words parted by anything that is no word."""
    words = fold(name).split()
    if not words:
        return
    # Nobody means two short words run together: `Lê An` is not in `lean`.
    parted = f"{BETWEEN}{'*' if len(words) > 2 else '+'}"
    pattern = rf"{before}(?<![^\W\d_])(?P<name>{parted.join(map(re.escape, words))})(?![^\W\d_])"
    yield from (match.span("name") for match in re.finditer(pattern, folded))


def _aligned(text: str) -> tuple[str, list[int]]:
    """The text folded sign by sign, and for each place in it the place in the text; unseen signs are left out."""
    folded, origin = [], []
    for place, sign in enumerate(text):
        plain = _plain(sign)
        folded.append(plain)
        origin += [place] * len(plain)
    return "".join(folded), origin


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    return "" if unicodedata.category(sign) in UNSEEN else fold(sign)


def _is_name(found: str) -> bool:
    return not any(word[0].islower() for word in re.split(rf"{BETWEEN}+", found) if word)


def _barred(text: str, spans: Iterable[Span]) -> str:
    """Replace spans of the text, joined where they overlap."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            parts += [text[at:start], BAR]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _signing(lines: list[str]) -> set[int]:
    """The lines in which people sign: the last ones, and those before a postscript."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    ends = [len(filled)] + [at for at, place in enumerate(filled) if POSTSCRIPT.match(fold(lines[place]))]
    return {place for end in ends for place in filled[max(end - SIGNING_LINES, 0) : end]}


def _signed(line: str, names: list[str], *, signs: bool) -> str:
    """A line with names covered where it signs, or where it holds nothing else."""
    if signs:
        return _covered(line, names, as_name=len(line) > LONGEST_SIGNATURE)
    alone = _covered(line, names)
    return alone if not re.sub(BETWEEN, "", alone.replace(BAR, "")) else line


def _turned(full_name: str) -> str:
    """The name as others write it, given name first."""
    words = full_name.split()
    return " ".join([words[-1], *words[:-1]]) if words else ""


def _short_ways(full_name: str) -> list[str]:
    """Family and given name only, and the name without the family's."""
    words = full_name.split()
    if len(words) < 3:
        return []
    return [f"{words[0]} {words[-1]}", " ".join(words[-2:]), " ".join(words[1:])]


def _neighbours(full_name: str) -> list[str]:
    """Two neighbouring words of a name: how children sign who leave the family name out."""
    return [f"{first} {second}" for first, second in pairwise(full_name.split())]


def _whole(school: str) -> list[str]:
    """The school as registered, unless that is a single word, like “school”."""
    return [school] if len(school.split()) > 1 else []


def _bare(school: str) -> str:
    """A school's name without the words for school; nothing if too little is left."""
    bare = " ".join(SCHOOL_WORDS.sub(" ", unicodedata.normalize("NFC", school)).split())
    return bare if len(bare) >= SHORTEST_SCHOOL else ""
