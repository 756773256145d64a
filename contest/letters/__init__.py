"""Entrants (who) and letters (what), kept apart: from entering the contest to handing a letter in and following it."""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages, permissions, and the card on the organiser's desk."""
    from contest.letters import places, rules, views  # noqa: PLC0415 - a table alone must not need the pages
    from core import permissions, sections  # noqa: PLC0415

    permissions.register(rules.PERMISSIONS)
    app.register_blueprint(views.blueprint)
    sections.fill("stage.manage", places.counts_of_stage)
