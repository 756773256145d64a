"""What gathers issues and items: series, makers, joint issues, topics as a tree, countries."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from archive import queries as archive
from archive.index import Query
from core.countries import by_name
from core.pages import page
from core.permissions import public
from stamps import around, kindwords, listing, queries, words
from stamps.browsing import ISSUES, ITEMS, narrowed_to
from stamps.views import blueprint

MOST_MAKERS = 300


@blueprint.get("/topics")
@public
def topics() -> ResponseReturnValue:
    """Every topic as a tree, with how many issues are about it."""
    return page("stamps/topics.html", tree=listing.tree_of_topics(), counts=_counts("topic"))


@blueprint.get("/topics/<key:key>")
@public
def topic(key: str) -> ResponseReturnValue:
    """A topic: where it stands in the tree, what is narrower, and its issues."""
    found = queries.topic(key) or abort(404)
    return page(
        "stamps/topic.html",
        topic=found,
        above=listing.above(found),
        counts=_counts("topic"),
        listed=listing.listed(narrowed_to(ISSUES, topic=found.key)),
        words=words,
    )


@blueprint.get("/series")
@public
def series_list() -> ResponseReturnValue:
    """Every series."""
    return page("stamps/series_list.html", all_series=queries.series_all(), counts=_counts("series"), words=words)


@blueprint.get("/series/<key:key>")
@public
def series(key: str) -> ResponseReturnValue:
    """A series over the years."""
    found = queries.series(key) or abort(404)
    return page(
        "stamps/series.html",
        series=found,
        listed=listing.listed(narrowed_to(ISSUES, series=found.key)),
        **around.told_of("stamp_series", found),
        words=words,
    )


@blueprint.get("/makers")
@public
def makers() -> ResponseReturnValue:
    """People and firms by name, those that begin with some letters."""
    country, beginning = request.args.get("country", ""), request.args.get("name", "")
    found = queries.makers_like(country[:2], words.key_beginning(beginning), most=MOST_MAKERS)
    return page("stamps/makers.html", makers=found, beginning=beginning, most=MOST_MAKERS, word=kindwords.word)


@blueprint.get("/makers/<key:key>")
@public
def maker(key: str) -> ResponseReturnValue:
    """A designer, engraver, printer: their part, and everything they had a part in."""
    found = queries.maker(key) or abort(404)
    return page(
        "stamps/maker.html",
        maker=found,
        parts=queries.parts_of(found),
        listed=listing.listed(narrowed_to(ITEMS, maker=found.key)),
        **around.told_of("stamp_maker", found),
        word=kindwords.word,
        words=words,
    )


@blueprint.get("/joint-issues/<key:key>")
@public
def joint_issue(key: str) -> ResponseReturnValue:
    """One subject, several posts: their issues side by side."""
    found = queries.joint_issue(key) or abort(404)
    return page(
        "stamps/joint_issue.html",
        joint=found,
        word=kindwords.word,
        **around.told_of("stamp_joint_issue", found),
        words=words,
    )


@blueprint.get("/countries")
@public
def countries() -> ResponseReturnValue:
    """Every country that has stamps here."""
    counts = _counts("country")
    codes = list(counts) or queries.countries()
    return page("stamps/countries.html", countries=by_name(codes), counts=counts)


def _counts(facet: str) -> dict[str, int]:
    """How many issues have each value; nothing while there is no index."""
    return dict(archive.find(Query(kind=ISSUES, limit=0, facets=(facet,))).facets.get(facet, {}))
