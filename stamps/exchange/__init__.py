"""Stamps in and out: files collectors bring and take away, and what is printed. `register` wires it into the application."""

from flask import Flask


def register(_app: Flask) -> None:
    """Add pages, permissions and the work done in the background."""
    from core import permissions  # noqa: PLC0415 - a table of imports alone must not need the pages
    from stamps.exchange import models, rules  # noqa: PLC0415, F401

    permissions.register(rules.PERMISSIONS)
