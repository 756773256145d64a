"""The record: laureates of every year, tallies counted from them, what sources claim, and how a person is shown.

`register` wires the feature into the application.
"""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages, permissions, search documents, and the contest's part of a stamp's page."""
    from archive import sources  # noqa: PLC0415 - importing a table of the record must not need the pages
    from contest.winners import documents, places, rules, views  # noqa: PLC0415
    from core import keys, permissions  # noqa: PLC0415
    from core.sections import fill  # noqa: PLC0415

    keys.register(app)
    app.register_blueprint(views.blueprint)
    permissions.register(rules.PERMISSIONS)
    fill("stamps.issue", places.contest_of_the_year)
    fill("stamps.year", places.contest_beside_a_year)
    for source in documents.SOURCES:
        sources.register(source)
