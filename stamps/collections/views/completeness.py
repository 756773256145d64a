"""How complete a collection is, as a chart: by country, year, series, topic, and the sets begun."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from core.countries import country_name, known
from core.pages import page
from core.permissions import asks
from stamps import words as stamps_words
from stamps.collections import charts, queries, words
from stamps.collections.rules import By
from stamps.collections.views import blueprint


@blueprint.get("/my-stamps/completeness")
@asks("collection.own")
def completeness() -> ResponseReturnValue:
    """Bars of what one has begun, most first."""
    by = next((one for one in By if one == request.args.get("by")), By.COUNTRY)
    country = request.args.get("country", "")
    within = queries.Within(country if known(country) else "")
    number = min(max(request.args.get("page", 1, type=int), 1), 1000)
    chart = charts.chart(current_user.id, by, within=within, number=number)
    return page(
        "stamps/collections/completeness.html",
        by=by,
        tabs=[
            (
                words.by(one),
                url_for("collections.completeness", by=one.value, country=within.country or None),
                one is by,
            )
            for one in By
        ],
        country=country_name(within.country) if within.country else "",
        chart=chart,
        number=number,
        url_of=lambda at: url_for(
            "collections.completeness", by=by.value, country=within.country or None, page=at if at > 1 else None
        ),
        words=words,
        stamps_words=stamps_words,
    )
