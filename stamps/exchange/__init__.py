"""Stamps in and out: files collectors bring and take away, and what is printed. `register` wires it into the application."""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages, permissions and the work done in the background."""
    from core import permissions  # noqa: PLC0415 - a table of imports alone must not need the pages
    from core.sections import fill  # noqa: PLC0415
    from stamps.collections import services as collecting  # noqa: PLC0415
    from stamps.exchange import places, rules, services, views, working  # noqa: PLC0415, F401

    app.register_blueprint(views.blueprint)
    permissions.register(rules.PERMISSIONS)
    fill("stamps.issue", places.on_paper)
    fill("stamps.list.end", places.files_for_the_catalogue)
    fill("collections.mine", places.files_and_paper)
    collecting.erases_too(services.erase_imports)
