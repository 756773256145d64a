"""Keys in addresses: `<key:…>` in a route takes what keys of records are made of, and nothing else."""

from flask import Flask
from werkzeug.routing import BaseConverter


class KeyConverter(BaseConverter):
    """Small letters, digits and dashes: signs that no database stumbles over."""

    regex = "[a-z0-9][a-z0-9-]{0,63}"


def register(app: Flask) -> None:
    """Teach the application's routes this kind of key."""
    app.url_map.converters["key"] = KeyConverter
