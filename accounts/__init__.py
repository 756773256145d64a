"""People before any contest: persons and their roles, signing in, guardians' consent. Knows no letter."""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages, permissions and sessions."""
    from accounts import rules, sessions, views  # noqa: PLC0415 - a table of people alone must not need the pages
    from core import permissions  # noqa: PLC0415

    sessions.register(app)
    permissions.register(rules.PERMISSIONS)
    app.register_blueprint(views.blueprint)
