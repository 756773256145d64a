"""Names of countries in the languages of the platform: from Unicode's CLDR, and ours for those that are no more.

Knows codes and names; which country a thing belongs to is the thing's own business.
"""

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from flask_babel import get_locale

LANGUAGES = ("vi", "en", "fr")
# ISO 3166-3 codes that CLDR no longer names; stamps and laureates outlive states.
FORMER = {
    "SU": ("Liên Xô", "Soviet Union", "Union soviétique"),
    "YU": ("Nam Tư", "Yugoslavia", "Yougoslavie"),
    "DD": ("Cộng hòa Dân chủ Đức", "East Germany", "Allemagne de l’Est"),
    "CS": ("Tiệp Khắc", "Czechoslovakia", "Tchécoslovaquie"),
}
# What CLDR names as territories and no stamp is of: unions, placeholders, parts of countries that have no post of their own.
NO_COUNTRIES = frozenset(("EU", "EZ", "QO", "XA", "XB", "ZZ", "CP", "CQ", "DG", "EA", "IC"))


@lru_cache
def _territories(language: str) -> dict[str, str]:
    names = dict(Locale.parse(language).territories.items())
    former = zip(FORMER, (trio[LANGUAGES.index(language)] for trio in FORMER.values()), strict=True)
    return {**dict(former), **names}


def country_name(code: str, language: str = "") -> str:
    """What a country is called, in the reader's language unless told; an unknown code stands for itself."""
    wanted = language or str(get_locale() or "vi").split("_", maxsplit=1)[0]
    return _territories(wanted if wanted in LANGUAGES else "en").get(code, code)


def country_names(code: str) -> tuple[str, ...]:
    """Its name in every language of the platform; nothing for no code."""
    return tuple(dict.fromkeys(country_name(code, language) for language in LANGUAGES)) if code else ()


def known(code: str) -> bool:
    """Whether this is the code of a country, past or present: two capital letters that have a name."""
    return len(code) == 2 and code.isalpha() and code in _territories("en") and code not in NO_COUNTRIES


def by_name(codes: Iterable[str]) -> list[tuple[str, str]]:
    """(code, name) in the order of the names, for lists to choose from."""
    return sorted(((code, country_name(code)) for code in codes if code), key=lambda pair: pair[1])
