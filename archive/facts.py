"""Facts of a document from which its hits are worded in the reader's language: texts by language, and back."""

from collections.abc import Mapping

from archive.index import Hit
from core.countries import LANGUAGES
from core.pages import reading_order


def in_languages(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Facts `name_vi`, `name_en`, … of the texts by language, without those that are empty."""
    return {f"{name}_{code}": text for code, text in texts.items() if text}


def columns_of(thing: object, name: str) -> dict[str, str]:
    """A text kept in three columns (`name_vi`, `name_en`, `name_fr`) by language."""
    return {code: getattr(thing, f"{name}_{code}") for code in LANGUAGES}


def fact_of(hit: Hit, name: str) -> str:
    """A fact in the reader's language, else in the first one that is there, else the plain one of that name, or ""."""
    names = (*(f"{name}_{code}" for code in reading_order()), name)
    return next((hit.facts[one] for one in names if one in hit.facts), "")


def title_of(hit: Hit) -> str:
    """The title in the reader's language where the document has the fact `title`, else the main one."""
    return fact_of(hit, "title") or hit.title


def joined(*parts: str) -> str:
    """What stands below a title: the parts that are there, in a row."""
    return " · ".join(filter(None, parts))
