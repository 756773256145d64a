"""What a visitor typed, understood: words, "phrases", `kind:stamp`, `country:VN`, `prize:gold`, `1990..1999`.

There is no grammar to learn: what is not understood is searched as words. Pure; never raises.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from archive.index import Query
from archive.text import fold, typed_words
from core.countries import known

# More is not read: nobody means it, and a search must stay quick whatever is pasted into the box.
MOST_CHARACTERS = 300
MOST_WORDS = 16
_TOKEN = re.compile(r'\s*((?:[^\s":]{1,20}:)?"[^"]*"|[^\s"]+|")')
_RANGE = re.compile(r"(\d{1,4})?(?:\.\.+|…)(\d{1,4})?")
_PRIZE = re.compile(r"[a-z_]{2,32}")
LAST_YEAR = 9999


@dataclass
class Typed:
    """What was typed, taken apart: the filters understood, and the rest, which is searched as words."""

    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    filters: dict[str, str] = field(default_factory=dict)
    years: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """What was typed, without the filters."""
        return " ".join(self.rest)

    @property
    def room(self) -> int:
        """How many more words are read."""
        return MOST_WORDS - len(self.words) - sum(len(typed_words(phrase)) for phrase in self.phrases)


def parse(text: str, *, kinds: Collection[str] = ()) -> Query:
    """The query somebody typed. A filter of a kind that is not in `kinds` is words like any others."""
    return query_of(take_apart(text, kinds=kinds))


def take_apart(text: str, *, kinds: Collection[str] = ()) -> Typed:
    """Filters and the rest."""
    typed = Typed()
    for token in _TOKEN.findall(text[:MOST_CHARACTERS]):
        if not (_take_years(typed, token) or _take_filter(typed, token, kinds)):
            _take_text(typed, token)
    return typed


def query_of(typed: Typed) -> Query:
    """The query of what was taken apart."""
    last = typed.rest[-1] if typed.rest else ""
    query = Query(
        words=tuple(typed.words),
        phrases=tuple(typed.phrases),
        prefix=last.endswith("*") and bool(typed_words(last)),
        years=typed.years,
    )
    return replace(query, **typed.filters)  # type: ignore[arg-type]  # only kind, country and prize are put there


def range_of(text: str) -> tuple[int, int] | None:
    """`2021`, `1990..1999`, `1990..` or `..1999` as an inclusive range; backwards is turned round; else None."""
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text), int(text)
    found = _RANGE.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    first, last = int(found[1] or 0), int(found[2] or LAST_YEAR)
    return min(first, last), max(first, last)


def _take_years(typed: Typed, token: str) -> bool:
    name, _, value = token.rpartition(":")
    years = range_of(value) if fold(name) in ("", "year", "years") else None
    # A year alone is a word: it finds years, and numbers too.
    if years is None or typed.years or (not name and ".." not in value and "…" not in value):
        return False
    typed.years = years
    return True


def _take_filter(typed: Typed, token: str, kinds: Collection[str]) -> bool:
    name, _, value = token.partition(":")
    name, value = fold(name), value.strip('"')
    if name in typed.filters:
        return False
    understood = {"kind": _kind, "country": _country, "prize": _prize}.get(name)
    found = understood(value, kinds) if understood else ""
    if found:
        typed.filters[name] = found
    return bool(found)


def _kind(value: str, kinds: Collection[str]) -> str:
    folded = fold(value).replace(" ", "_")
    return folded if folded in kinds else ""


def _country(value: str, _kinds: Collection[str]) -> str:
    code = value.upper()
    return code if code.isascii() and known(code) else ""


def _prize(value: str, _kinds: Collection[str]) -> str:
    folded = fold(value).replace(" ", "_")
    return folded if _PRIZE.fullmatch(folded) else ""


def _take_text(typed: Typed, token: str) -> None:
    found = typed_words(token)[: typed.room]
    if not found:
        return
    typed.rest.append(token)
    if token.startswith('"') and len(found) > 1:
        typed.phrases.append(" ".join(found))
    else:
        typed.words += found
