"""What a visitor typed, understood: words, "phrases", `kind:stamp`, `nước:Pháp`, `has:picture`, `1990–1999`, `43x32`.

There is no grammar to learn: what is not understood is searched as words. Pure; never raises.
"""

import re
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile

from archive.index import Query
from archive.terms import LAST_YEAR
from archive.text import fold, typed_words
from archive.vocabulary import FILTER_CALLED, NUMBER_SIGNS, country_called, language_called, picture_called, plain

# More is not read: nobody means it, and a search must stay quick whatever is pasted into the box.
MOST_CHARACTERS = 300
MOST_WORDS = 16
# So many words after a filter may belong to the name of its value.
MOST_FOLLOWING = 2
# Gives the value of a filter (`topic`) that has this plain name in some language, or "".
ValueCalled = Callable[[str, str], str]

_LENGTH = r"\d{1,3}(?:[.,]\d{1,2})?"
_SIZE = re.compile(rf"({_LENGTH})\s?[x×X]\s?({_LENGTH})(?:\s?mm)?")
_TOKEN = re.compile(rf'\s*({_SIZE.pattern}(?=\s|$)|(?:[^\s":]{{1,20}}:)?"[^"]*"|[^\s"]+|")')
_RANGE = re.compile(r"(\d{1,4})?(?:\.\.+|…)(\d{1,4})?")
# With a dash only years that stamps and letters can be of, so that the number of a set (`3-1`, `2910-2912`) is none.
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d|21\d\d")
_DASHED = re.compile(rf"({_YEAR.pattern})[-‐-―]({_YEAR.pattern})")
_DECADE = re.compile(r"(1[5-9]\d|20\d)0s")
# A place in a set (`3-1`): its figures stand together.
_PLACE = re.compile(r"\d{1,3}-\d{1,3}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Unicode draws the first 32 of them, in their order.
_PICTURES, _FIRST_READABLE = 0x2400, 0x20
PRIZE = re.compile(r"[a-z_]{2,32}")


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
    def is_empty(self) -> bool:
        """Whether there was nothing in it that can be searched."""
        return not (self.rest or self.filters or self.years)

    @property
    def room(self) -> int:
        """How many more words are read."""
        return MOST_WORDS - len(self.words) - sum(len(typed_words(phrase)) for phrase in self.phrases)

    @property
    def ends_in_a_word(self) -> bool:
        """Whether the last thing typed is a word, which may be only its beginning."""
        last = self.rest[-1] if self.rest else ""
        return bool(typed_words(last)) and not last.startswith('"') and not _SIZE.fullmatch(last)


def readable(text: str) -> str:
    """A text as it came, blanks for what nobody can type: control characters, which databases refuse."""
    return _CONTROL.sub(" ", text)


def drawn(text: str) -> str:
    """The control characters of a text as signs that can be seen; blanks and new lines are none."""
    return "".join(
        chr(_PICTURES + ord(sign)) if ord(sign) < _FIRST_READABLE else "\ufffd"
        for sign in text
        if _CONTROL.match(sign) and sign not in "\t\n\v\f\r"
    )


def nothing_called(_filter: str, _name: str) -> str:
    """A vocabulary that knows no name."""
    return ""


def parse(text: str, *, kinds: Collection[str] = (), called: ValueCalled = nothing_called) -> Query:
    """The query somebody typed. A filter of a kind that is not in `kinds` is words like any others."""
    return query_of(take_apart(text, kinds=kinds, called=called))


def take_apart(text: str, *, kinds: Collection[str] = (), called: ValueCalled = nothing_called) -> Typed:
    """Filters and the rest. `called` knows what features call the values of filters."""
    typed = Typed()
    tokens = deque(_tokens(readable(text)[:MOST_CHARACTERS]))
    while tokens:
        token = tokens.popleft()
        following = list(takewhile(_is_plain, islice(tokens, MOST_FOLLOWING)))
        if _take_years(typed, token):
            continue
        taken = _take_filter(typed, token, following, kinds, called)
        if taken is None:
            _take_text(typed, token)
        for _word in range(taken or 0):
            tokens.popleft()
    return typed


def query_of(typed: Typed) -> Query:
    """The query of what was taken apart."""
    query = Query(
        words=_without_signs(typed.words),
        phrases=tuple(typed.phrases),
        prefix=typed.ends_in_a_word and typed.rest[-1].endswith("*"),
        years=typed.years,
    )
    return replace(query, **typed.filters)  # type: ignore[arg-type]  # only names of filters are put there


def range_of(text: str) -> tuple[int, int] | None:
    """`2021`, `1990..1999`, `1990–1999`, `1990s`, `1990..` or `..1999` as an inclusive range; else None.

    Backwards is turned round, where both can be years of stamps and letters.
    """
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text), int(text)
    if decade := _DECADE.fullmatch(text):
        return int(decade[1]) * 10, int(decade[1]) * 10 + 9
    found = _RANGE.fullmatch(text) or _DASHED.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    first, last = int(found[1] or 0), int(found[2] or LAST_YEAR)
    if first > last and not all(_YEAR.fullmatch(year) for year in found.groups()):
        return None
    return min(first, last), max(first, last)


def decade_of(text: str) -> tuple[int, int] | None:
    """The years of the decade that begins with this one, as the facet names it (`1990`), or is written `1990s`; else None."""
    year = text.removesuffix("s")
    is_first = len(year) == 4 and year.isascii() and year.isdigit() and year[-1] == "0"
    return (int(year), int(year) + 9) if is_first else None


def is_backwards(text: str) -> bool:
    """Whether a range of years begins with its later one: a person has it turned round, a program is told."""
    found = _RANGE.fullmatch(text) or _DASHED.fullmatch(text)
    return bool(found and all(found.groups()) and int(found[1]) > int(found[2]))


def _tokens(text: str) -> Iterator[str]:
    """What stands between blanks, quotes kept together; names of filters of two words, and their values (`chủ đề: chim`)."""
    before = ""
    for found in _TOKEN.finditer(text):
        token = found[1]
        name, colon, _value = token.partition(":")
        if before and colon and plain(f"{before} {name}") in FILTER_CALLED:
            before = f"{before} {token}"
            continue
        if before.endswith(":") and not colon and plain(before) in FILTER_CALLED:  # `country: VN`
            before += token
            continue
        if before:
            yield before
        before = token
    if before:
        yield before


def _take_years(typed: Typed, token: str) -> bool:
    name, colon, value = token.rpartition(":")
    # A year alone is a word: it finds years, and numbers too.
    called = FILTER_CALLED.get(plain(name)) if colon else "" if value.isdigit() else "years"
    read = {"years": range_of, "decade": decade_of}.get(called or "")
    years = read(value.strip('"')) if read and not typed.years else None
    typed.years = typed.years or years
    return years is not None


def _is_plain(token: str) -> bool:
    """Whether a token may be one more word of a name."""
    return ":" not in token and '"' not in token


def _take_filter(
    typed: Typed, token: str, following: Sequence[str], kinds: Collection[str], called: ValueCalled
) -> int | None:
    """Take a filter, and as many of the words after it as belong to the name (`nước:Việt Nam`): how many those are."""
    name, _, value = token.partition(":")
    filter_ = FILTER_CALLED.get(plain(name), "")
    if not filter_ or filter_ in typed.filters:
        return None
    for more in range(len(following) if value and _is_plain(value) else 0, 0, -1):
        if found := _value_named(filter_, " ".join((value, *following[:more])), called):
            typed.filters[filter_] = found
            return more
    if found := _value(filter_, value.strip('"'), kinds, called):
        typed.filters[filter_] = found
        return 0
    return None


def _value_named(filter_: str, given: str, called: ValueCalled) -> str:
    """The value of this name of several words."""
    if filter_ == "country":
        return country_called(given)
    return called(filter_, plain(given)) if filter_ in ("kind", "prize", "topic") else ""


def _value(filter_: str, given: str, kinds: Collection[str], called: ValueCalled) -> str:
    match filter_:
        case "country":
            return country_called(given)
        case "language":
            return language_called(given)
        case "picture":
            return picture_called(given)
        case "kind" | "prize" | "topic":
            return called(filter_, plain(given)) or _key(filter_, given, kinds)
    return ""


def _key(filter_: str, given: str, kinds: Collection[str]) -> str:
    """The key of a kind or a prize, written out."""
    key = fold(given).replace(" ", "_")
    is_one = key in kinds if filter_ == "kind" else filter_ == "prize" and PRIZE.fullmatch(key)
    return key if is_one else ""


def _take_text(typed: Typed, token: str) -> None:
    size = _SIZE.fullmatch(token)
    found = typed_words(f"{size[1]} x {size[2]}" if size else token)[: typed.room]
    if not found:
        return
    typed.rest.append(token)
    if (size or token.startswith('"') or _PLACE.fullmatch(token)) and len(found) > 1:
        typed.phrases.append(" ".join(found))
    else:
        typed.words += found


def _without_signs(words: list[str]) -> tuple[str, ...]:
    """The words without those that only say that a number follows."""
    after = [*words, ""][1:]
    return tuple(
        word for word, next_ in zip(words, after, strict=True) if not (next_.isdigit() and fold(word) in NUMBER_SIGNS)
    )
