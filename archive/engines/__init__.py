"""Engines behind the port `archive.index.Index`, and which of them this application uses."""

from pathlib import Path

from flask import current_app

from archive.engines.postgres import PostgresIndex
from archive.engines.whoosh import WhooshIndex
from archive.index import Index
from core.db import db


def current_index() -> Index:
    """The engine of the setting; without one PostgreSQL where the database is PostgreSQL, else Whoosh."""
    setting = current_app.config["SEARCH_ENGINE"]
    if setting == "postgres" or (not setting and db.engine.dialect.name == "postgresql"):
        return PostgresIndex(db.engine)
    return WhooshIndex(Path(current_app.config["DATA"]) / "index")
