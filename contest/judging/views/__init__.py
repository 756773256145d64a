"""Pages of judging: the judge's desk, and the organiser's judges and rounds."""

from flask import Blueprint

blueprint = Blueprint("judging", __name__)

from contest.judging.views import ahead, desk, judges, rounds  # noqa: E402

__all__ = ["ahead", "blueprint", "desk", "judges", "rounds"]
