"""Pictures of stamps: added and withdrawn, kept in sizes, and found again by a photograph. `register` wires it in."""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages, permissions, jobs, and the pictures on the pages of issues and items."""
    from core import permissions  # noqa: PLC0415 - a table of pictures alone must not need the pages
    from core.sections import fill  # noqa: PLC0415
    from stamps.pictures import places, rules, views, words  # noqa: PLC0415

    app.register_blueprint(views.blueprint)
    app.jinja_env.filters["licence"] = words.licence
    permissions.register(rules.PERMISSIONS)
    fill("archive.ways", places.way_to_ask)
    fill("stamps.stamp", places.to_look_after)
    fill("stamps.issue", places.to_look_after)
