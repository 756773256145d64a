"""What stands for a record in addresses: `<key:…>` takes what keys are made of, `<int:…>` what an id can be."""

from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map

LARGEST_ID = 2**31 - 1


class KeyConverter(BaseConverter):
    """Small letters, digits and dashes: signs that no database stumbles over."""

    regex = "[a-z0-9][a-z0-9-]{0,63}"


class IdConverter(IntegerConverter):
    """A whole number that a database can hold; what is larger is nobody's id, hence not found."""

    def __init__(self, url_map: Map, *args: Any, **given: Any) -> None:
        super().__init__(url_map, *args, **({"max": LARGEST_ID} | given))


def register(app: Flask) -> None:
    """Teach the application's routes these kinds."""
    app.url_map.converters["key"] = KeyConverter
    app.url_map.converters["int"] = IdConverter
