"""The list of the catalogue: issues or items, narrowed by any combination, as a wall or a table."""

from flask import request
from flask.typing import ResponseReturnValue

from core.pages import left_out, page
from core.permissions import public
from stamps import listing, queries, words
from stamps.browsing import Browsed, browsed
from stamps.kinds import Emission, Process, StampKind
from stamps.views import blueprint


@blueprint.get("")
@public
def issues() -> ResponseReturnValue:
    """Every issue or every item, narrowed by any combination of what is known of them."""
    asked, meaningless = _understood(browsed(request.args))
    return page("stamps/issues.html", listed=listing.listed(asked), left_out=meaningless, words=words)


def _understood(asked: Browsed) -> tuple[Browsed, tuple[str, ...]]:
    """The list without values that nothing here has, and what was asked in vain."""
    typed, given = asked.typed, request.args
    understood = {
        "country": typed.country,
        "year": typed.years,
        "years": typed.years,
        "decade": typed.years,
        "topic": typed.topic if typed.topic and queries.topic(typed.topic) else "",
        "maker": typed.maker if typed.maker and queries.maker(typed.maker) else "",
        "series": typed.series if typed.series and queries.series(typed.series) else "",
        "item": _one_of(StampKind, typed.item),
        "emission": _one_of(Emission, typed.emission),
        "process": _one_of(Process, typed.process),
    }
    kept = {name: understood[name] for name in ("topic", "maker", "series", "item", "emission", "process")}
    return asked.narrowed(**kept), left_out(given, understood)


def _one_of(kind: type[StampKind] | type[Emission] | type[Process], text: str) -> str:
    return text if text in {member.value for member in kind} else ""
