"""In which language the names of a list are: as it says itself, row by row or in a heading; never guessed. Pure."""

import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from archive.text import fold
from core.countries import LANGUAGES
from stamps.exchange.columns import Header, is_plain, named_in

# Colnect writes its lists in one language throughout: that of the heading over the names.
_OF_COLNECTS_HEADINGS = {"Name": "en", "Nom": "fr", "Tên": "vi"}


def language_of(header: Header) -> str:
    """The language that the heading over the names tells; "" where it tells none."""
    heading = header.names[header.places.get("Name", 0)]
    if header.is_colnects and not is_plain(header):
        return _OF_COLNECTS_HEADINGS.get(heading, "")
    return named_in(heading)


@lru_cache(maxsize=1024)
def language_named(printed: str) -> str:
    """The code of a language given as a code or by its name in a language of ours; "" for one we do not know."""
    if not printed:
        return ""
    folded = fold(printed)
    code = folded.replace("_", "-").partition("-")[0]
    if len(code) in (2, 3) and code.isascii() and code.isalpha() and code in _names():
        return code
    return _by_name().get(folded, "")


def names_in(language: str, name: str) -> dict[str, str]:
    """A name by its column: one of ours where the language is known and the script is its own, else as the post printed it."""
    if language in LANGUAGES and _is_latin(name):
        return {f"name_{language}": name}
    return {"name_local": name, "local_language": "" if language in LANGUAGES else language}


def _is_latin(name: str) -> bool:
    return name.isascii() or all("LATIN" in unicodedata.name(sign, "") for sign in name if sign.isalpha())


@lru_cache
def _names() -> frozenset[str]:
    return frozenset(str(code) for code in Locale.parse("en").languages)


@lru_cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in (*LANGUAGES, *sorted(_names())):
        try:
            locale = Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            continue
        names = locale.languages.items() if language in LANGUAGES else [(language, locale.languages.get(language, ""))]
        for code, name in names:
            if name and len(str(code)) <= 3:
                found.setdefault(fold(name), str(code))
    return found
