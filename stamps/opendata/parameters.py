"""The parameters of the API as OpenAPI describes them. Pure."""

from typing import Any

from archive.asked import DECADE, FILTERS, LAST_PAGE, MOST_PER_PAGE, PER_PAGE
from archive.index import PICTURED, SORTS
from stamps.kinds import Emission, Process, StampKind

Shape_ = dict[str, Any]
TEXT: Shape_ = {"type": "string"}


def one_of(kind: Any) -> Shape_:
    """One of the values of an enumeration."""
    return {"type": "string", "enum": [member.value for member in kind]}


KEY: Shape_ = {"type": "string", "pattern": "^[a-z0-9_-]{1,64}$"}
_FILTERS: dict[str, tuple[str, Shape_]] = {
    "country": ("ISO 3166-1 alpha-2.", {"type": "string", "pattern": "^[A-Z]{2}$"}),
    "years": ("A year or a range: `1990..1999`, `1990s`.", TEXT),
    "prize": ("Kind of prize, for laureates.", TEXT),
    "topic": ("Key of a topic; narrower ones are included.", KEY),
    "item": ("What it is, or what an issue contains.", one_of(StampKind)),
    "emission": ("What it was issued for.", one_of(Emission)),
    "process": ("A method it was printed by.", one_of(Process)),
    "maker": ("Key of a designer, engraver, printer.", KEY),
    "series": ("Key of a series.", KEY),
    "language": ("A language of its names.", TEXT),
    "picture": ("`yes`: only what has a picture.", {"type": "string", "enum": [PICTURED]}),
}
# The search's own filters, in its order: none can be forgotten here.
PARAMETERS: dict[str, tuple[str, Shape_]] = {
    "q": ("Words, numbers of any catalogue, years; as typed into the search box.", TEXT),
    **{name: _FILTERS[name] for name in FILTERS},
    DECADE: (
        "The first year of a decade, as the facet counts them; its years.",
        {"type": "string", "pattern": r"^\d{3}0s?$"},
    ),
    "sort": ("", {"type": "string", "enum": list(SORTS)}),
    "exact": ("`1`: words as they stand; no slip of the fingers is put right.", {"type": "string", "enum": ["0", "1"]}),
    "page": (
        "From 1. The pages of a list hold its first ten thousand things.",
        {"type": "integer", "minimum": 1, "maximum": LAST_PAGE},
    ),
    "per_page": ("", {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE}),
}
WALKED = (
    "A cursor: opaque, taken from `links.next`. A list without `q`, `maker`, `language`, `sort` and `page` is walked from its "
    "beginning to its end in the order in which things came into the catalogue, however long it is; `page` and `pages` are "
    "null then. Every other list has pages. `facets` is null while the search is being made ready."
)
