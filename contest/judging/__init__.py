"""Judging: who judges, rounds, dealing letters, the blind desk, marks and the ranking computed from them."""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages, permissions, the card on the organiser's desk and the stations of a letter's way."""
    from contest.judging import places, rules, views, worker  # noqa: F401, PLC0415 - a table alone must not need the pages
    from contest.letters import tracking  # noqa: PLC0415
    from core import permissions, sections  # noqa: PLC0415

    permissions.register(rules.PERMISSIONS)
    app.register_blueprint(views.blueprint)
    sections.fill("stage.manage", places.rounds_of_stage)
    sections.fill("editions.rules", places.terms_of_rounds)
    tracking.add(places.stations)
