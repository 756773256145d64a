"""Curators at work: a whole set on one screen, every change with author, source and undo; suggestions of anybody.

The rest of the stamps does not know of it, but for loading the record, which leaves what curators decided. `register`
wires it into the application.
"""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages and permissions, and the ways to correct a record on its page."""
    from core import permissions  # noqa: PLC0415 - a table of changes alone must not need the pages
    from core.sections import fill  # noqa: PLC0415
    from stamps.curating import places, rules, views  # noqa: PLC0415

    permissions.register(rules.PERMISSIONS)
    app.register_blueprint(views.blueprint)
    fill("stamps.issue", places.below_issue)
    fill("stamps.stamp", places.below_stamp)
    fill("stamps.gone", places.gone)
