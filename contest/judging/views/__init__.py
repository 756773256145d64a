"""Pages of judging: the judge's desk, and the organiser's judges and rounds."""

from flask import Blueprint

blueprint = Blueprint("judging", __name__)

from contest.judging.views import (  # noqa: E402
    ahead,
    decisions,
    desk,
    judges,
    pairs,
    panel,
    planner,
    ranking,
    rounds,
    screening,
    trusting,
)

__all__ = [
    "ahead",
    "blueprint",
    "decisions",
    "desk",
    "judges",
    "pairs",
    "panel",
    "planner",
    "ranking",
    "rounds",
    "screening",
    "trusting",
]
