"""The program assembled: every feature registered, pages around them, the command line.

Imports everything; nothing imports it.
"""

from website.application import create_app

__all__ = ["create_app"]
