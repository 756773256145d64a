"""What filters and their values may be called in the search box: names in every language, folded. Pure; no feature.

Names of what belongs to a feature (kinds, prizes, topics) come from its source (`archive.sources.values_called`).
"""

from functools import lru_cache

from babel import Locale

from archive.index import PICTURED
from archive.text import words
from core.countries import LANGUAGES, country_name, known

# The filter of a query that each name stands for; names of several words stand together (`chủ đề:`).
_FILTER_NAMES = {
    "kind": ("kind", "type", "loai", "sorte", "genre"),
    "country": ("country", "nuoc", "quoc gia", "pays"),
    "years": ("year", "years", "nam", "annee", "annees"),
    "decade": ("decade", "thap nien", "thap ky", "decennie"),
    "prize": ("prize", "award", "giai", "giai thuong", "prix"),
    "topic": ("topic", "theme", "chu de", "de tai", "sujet"),
    "language": ("language", "lang", "ngon ngu", "tieng", "langue"),
    "picture": ("has", "with", "co", "avec"),
}
FILTER_CALLED = {name: filter_ for filter_, names in _FILTER_NAMES.items() for name in names}
_PICTURES = frozenset({"picture", "pictures", "image", "images", "photo", "anh", "hinh", "hinh anh"})
# Said before a number, and saying nothing: `No. 2910`, `n° 2910`, `số 2910`, `Nr. 2910`.
NUMBER_SIGNS = frozenset({"no", "n", "nr", "num", "number", "numero", "so", "номер"})


def plain(name: str) -> str:
    """A name as it is compared: its folded words (`Letter-writing` and `letter  writing` are the same)."""
    return " ".join(words(name))


def country_called(name: str) -> str:
    """The code of the country of this code or of this name in one of our languages, folded; "" when there is none."""
    code = name.upper()
    return code if code.isascii() and known(code) else _countries().get(plain(name), "")


def language_called(name: str) -> str:
    """The code of a language, from the code or from its name in one of our languages; "" when there is none."""
    return _languages().get(plain(name), "")


def picture_called(name: str) -> str:
    """PICTURED, when this asks for a picture."""
    return PICTURED if plain(name) in _PICTURES else ""


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Codes by folded name; of two countries of one name the code that comes first in the alphabet."""
    codes = sorted(filter(known, map(str, Locale.parse("en").territories)))
    names = ((plain(country_name(code, language)), code) for language in LANGUAGES for code in reversed(codes))
    # "Viet Nam" is how the post and the UPU write it.
    return {**dict(names), "viet nam": "VN"}


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        of_locale = ((str(code), str(name)) for code, name in Locale.parse(language).languages.items())
        named = {plain(name): code for code, name in of_locale if code.isalpha()}
        # Who writes `tiếng:Việt` has said already that it is a language.
        bare = {name.removeprefix("tieng "): code for name, code in named.items()}
        found = bare | named | found
    return found | {code: code for code in found.values()}
