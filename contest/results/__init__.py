"""Results: the ranking with its ties, prizes with the jury's words, and the hour at which they become public."""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages, permissions, what results show on other pages, and the job of the hour."""
    from contest.letters import tracking  # noqa: PLC0415 - a table alone must not need the pages
    from contest.results import places, rules, services, views  # noqa: F401, PLC0415 - services declare the job
    from core import permissions, sections  # noqa: PLC0415

    permissions.register(rules.PERMISSIONS)
    app.register_blueprint(views.blueprint)
    sections.fill("stage.manage", places.results_of_stage)
    sections.fill("winners.edition", places.stage_of_edition)
    sections.fill("letters.tracking", places.prize_of_letter)
    tracking.add(places.stations)
