"""Open data: the catalogue for programs, libraries and whoever wants a copy. Everything here is public and only read.

The API and its description, linked data, OAI-PMH, IIIF, the nightly dump. What a collector owns is not here.
"""

from flask import Flask


def register(app: Flask) -> None:
    """Add the addresses, and the links on pages of stamps."""
    from core.sections import fill  # noqa: PLC0415
    from stamps.opendata import dump, places, views  # noqa: F401, PLC0415 - the dump declares its nightly job

    app.register_blueprint(views.blueprint)
    app.extensions["csrf"].exempt(views.harvesting.oai)
    fill("stamps.issue", places.of_issue)
    fill("stamps.stamp", places.of_stamp)
    fill("stamps.issue.head", places.head_of_issue)
    fill("stamps.stamp.head", places.head_of_stamp)
    fill("stamps.series.head", places.head_of_series)
    fill("stamps.joint_issue.head", places.head_of_joint_issue)
    fill("stamps.maker.head", places.head_of_maker)
    fill("stamps.topic.head", places.head_of_topic)
