"""Curators at work: a whole set on one screen, every change with author, source and undo; suggestions of anybody.

The rest of the stamps does not know of it. `register` wires it into the application.
"""

from flask import Flask


def register(app: Flask) -> None:  # noqa: ARG001 - its pages follow
    """Add permissions."""
    from core import permissions  # noqa: PLC0415 - a table of changes alone must not need the pages
    from stamps.curating import models, rules  # noqa: F401, PLC0415 - its tables are known from the start

    permissions.register(rules.PERMISSIONS)
