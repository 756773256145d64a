"""Pages of letters: entering and writing, sheets, handing in, tracking, and the organiser's clearing desk."""

from flask import Blueprint

blueprint = Blueprint("letters", __name__)

from contest.letters.views import clearing, entering, leaving, sheets, writing  # noqa: E402

__all__ = ["blueprint", "clearing", "entering", "leaving", "sheets", "writing"]
