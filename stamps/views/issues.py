"""One issue: everything known of it and of what belongs to it, from where, and what stands beside it."""

from flask.typing import ResponseReturnValue

from core.pages import page
from core.permissions import public
from stamps import around, picturing, queries, words
from stamps.kinds import StampKind
from stamps.rules import CONTAINERS, PRODUCTS
from stamps.views import blueprint
from stamps.views.missing import missing


@blueprint.get("/issues/<key:key>")
@public
def issue(key: str) -> ResponseReturnValue:
    """One issue."""
    found = queries.issue(key)
    if found is None:
        return missing("stamp_issue", key)
    return page(
        "stamps/issue.html",
        issue=found,
        stamps=[item for item in found.stamps if item.kind is StampKind.STAMP],
        containers=[item for item in found.stamps if item.kind in CONTAINERS],
        products=[item for item in found.stamps if item.kind in PRODUCTS],
        pictures=around.pictures_of_issue(found),
        picture_of=lambda item: picturing.in_list(picturing.face_of(item.pictures)),
        earlier=queries.neighbour(found, later=False),
        later=queries.neighbour(found, later=True),
        facts_of=around.with_makers(words.issue_facts(found), found.credits),
        doubts=around.doubts_of(found),
        picturing=picturing,
        **around.told_of("stamp_issue", found),
        words=words,
    )
