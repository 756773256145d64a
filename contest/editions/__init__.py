"""One year of the contest: the edition of the record, and our country's stage of it with all its settings."""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages and permissions."""
    from contest.editions import rules, views, words  # noqa: PLC0415 - a table alone must not need the pages
    from core import permissions  # noqa: PLC0415

    permissions.register(rules.PERMISSIONS)
    app.register_blueprint(views.blueprint)
    app.jinja_env.filters["setting_label"] = words.label
    app.jinja_env.filters["setting_value"] = words.value
