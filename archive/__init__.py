"""One search over everything that can be found. Features register sources; the engine is behind a port.

Knows no letter and no stamp. `register` wires the feature into the application.
"""

from flask import Flask


def register(app: Flask) -> None:
    """Add the search page and the jobs that keep the index."""
    from archive import services, views  # noqa: PLC0415, F401 - a source alone must not need the pages; jobs register

    if app.config["SEARCH_ENGINE"] == "postgres" and "postgresql" not in app.config["SQLALCHEMY_DATABASE_URI"]:
        raise SystemExit("TEMTHU_SEARCH_ENGINE: postgres needs a PostgreSQL database (TEMTHU_DATABASE_URL).")
    app.register_blueprint(views.blueprint)
