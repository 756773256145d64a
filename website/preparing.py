"""The program ready to work: its data folder there, its database of the newest version."""

from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy import inspect, text

from core.db import db
from website.application import create_app


def prepared() -> Flask:
    """The program, with all that it needs."""
    app = create_app()
    with app.app_context(), app.test_request_context():
        _prepare(app)
    return app


def _prepare(app: Flask) -> None:
    """Create what is missing."""
    settings = app.config["SETTINGS"]
    (settings.data / "uploads").mkdir(parents=True, exist_ok=True)
    if not _is_current():
        upgrade()


def _is_current() -> bool:
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    if not inspect(db.engine).has_table("alembic_version"):
        return False
    with db.engine.connect() as connection:
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return bool(version == scripts.get_current_head())
