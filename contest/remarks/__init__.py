"""What a judge says beside marks: remarks to the child and to the jury, and the concern that a child is in distress."""

from flask import Flask


def register(app: Flask) -> None:
    """Add pages, permissions, and what is shown on the desk, the organiser's pages and the child's."""
    from contest.remarks import places, rules, views  # noqa: PLC0415 - a table alone must not need the pages
    from core import permissions, sections  # noqa: PLC0415

    permissions.register(rules.PERMISSIONS)
    app.register_blueprint(views.blueprint)
    sections.fill("judging.letter", places.words_on_desk)
    sections.fill("judging.pair", places.concerns_on_pair)
    sections.fill("stage.manage", places.words_of_stage)
    sections.fill("results.award", places.remarks_on_letter)
    sections.fill("letters.tracking", places.remarks_to_child)
