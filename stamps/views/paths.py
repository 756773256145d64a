"""Paths: curated ways through the catalogue and the years, such as letter writing and the UPU."""

from flask import abort
from flask.typing import ResponseReturnValue

from core.pages import page
from core.permissions import public
from stamps import listing, queries, words
from stamps.rules import PATHS
from stamps.views import blueprint

LONGEST_PATH = 400


@blueprint.get("/paths/<key:key>")
@public
def path(key: str) -> ResponseReturnValue:
    """The issues of a path by year, what else happened in those years beside them."""
    topics = PATHS.get(key) or abort(404)
    by_year: dict[int, list[object]] = {}
    issues = queries.issues_on(topics, LONGEST_PATH)
    for issue in issues:
        if issue.year:
            by_year.setdefault(issue.year, []).append(issue)
    return page(
        "stamps/path.html",
        key=key,
        topics=[topic for topic in queries.topics() if topic.key in topics],
        by_year=by_year,
        picture_of=listing.pictures_of(issues),
        words=words,
    )
