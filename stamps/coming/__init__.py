"""Issues to come: a calendar with feeds, reserving sets and first day covers, standing orders, the clerk's list.

The rest of the stamps does not know of it. `register` wires it into the application.
"""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages, permissions, and what an issue's page says of its first day and of reserving."""
    from core import permissions  # noqa: PLC0415 - a table of reservations alone must not need the pages
    from core.sections import fill  # noqa: PLC0415
    from stamps.collections import queries as collections  # noqa: PLC0415
    from stamps.coming import places, queries, rules, views  # noqa: PLC0415

    permissions.register(rules.PERMISSIONS)
    app.register_blueprint(views.blueprint)
    fill("stamps.issue", places.of_issue)
    collections.leaves_out(queries.called_off)
