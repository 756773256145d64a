"""Stamps: issues, their stamps, what is known of them and from where. Knows no contest.

`register` wires the feature into the application.
"""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages, permissions and search documents of the stamps."""
    from archive import sources  # noqa: PLC0415 - importing a table of stamps alone must not need the pages
    from core import keys, permissions  # noqa: PLC0415
    from core.countries import country_name  # noqa: PLC0415
    from core.sections import fill  # noqa: PLC0415
    from stamps import (  # noqa: PLC0415
        collections,
        coming,
        curating,
        documents,
        exchange,
        opendata,
        pictures,
        places,
        rules,
        views,
        words,
    )

    keys.register(app)
    app.register_blueprint(views.blueprint)
    app.jinja_env.filters.update(partial_date=words.partial_date, country=country_name)
    permissions.register(rules.PERMISSIONS)
    for source in documents.SOURCES:
        sources.register(source)
    fill("archive.ways", places.makers_named)
    collections.register(app)
    curating.register(app)
    pictures.register(app)
    coming.register(app)
    exchange.register(app)
    opendata.register(app)
