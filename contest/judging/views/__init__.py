"""Pages of judging: the judge's desk, and the organiser's judges and rounds."""

from flask import Blueprint

blueprint = Blueprint("judging", __name__)

from contest.judging.views import decisions, desk, judges, pairs, planner, ranking, rounds, screening  # noqa: E402

__all__ = ["blueprint", "decisions", "desk", "judges", "pairs", "planner", "ranking", "rounds", "screening"]
