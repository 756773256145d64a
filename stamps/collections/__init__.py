"""What people keep and look for: their copies of stamps and their wants. Each sees only their own.

The rest of the stamps does not know of it but for the badge in the search (`stamps/documents.py`). `register` wires it
into the application.
"""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages and permissions, and the own copies on the page of a stamp."""
    from core import permissions  # noqa: PLC0415 - a table of copies alone must not need the pages
    from core.sections import fill  # noqa: PLC0415
    from stamps.collections import places, rules, views  # noqa: PLC0415

    app.register_blueprint(views.blueprint)
    permissions.register(rules.PERMISSIONS)
    fill("stamps.stamp", places.own_copies)
    fill("stamps.issue", places.marking_of_issue)
    fill("stamps.list", places.marking_of_list)
