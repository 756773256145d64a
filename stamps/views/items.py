"""One item: a stamp, a variety, a sheet, a cover: everything known of it, what it is made of and what it is part of."""

from flask.typing import ResponseReturnValue

from core.pages import page
from core.permissions import public
from stamps import around, picturing, queries, words
from stamps.views import blueprint
from stamps.views.missing import missing


@blueprint.get("/<key:key>")
@public
def stamp(key: str) -> ResponseReturnValue:
    """One item."""
    found = queries.stamp(key)
    if found is None:
        return missing("stamp", key)
    before, after = around.in_the_set(found)
    return page(
        "stamps/stamp.html",
        stamp=found,
        before=before,
        after=after,
        earlier=queries.neighbour(found.issue, later=False),
        later=queries.neighbour(found.issue, later=True),
        tree=around.tree_of(found),
        contained_in=queries.containers_of(found),
        pictures=picturing.shown(found.pictures),
        doubts=around.doubts_of(found),
        facts_of=around.with_makers(words.stamp_facts(found), words.credits_of(found)),
        picturing=picturing,
        **around.told_of("stamp", found),
        words=words,
    )
