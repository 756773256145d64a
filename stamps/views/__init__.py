"""Pages of the stamps, by noun: lists, issues, items, and what gathers them. All of them are for everybody."""

from flask import Blueprint

blueprint = Blueprint("stamps", __name__, url_prefix="/stamps")

from stamps.views import gathering, issues, items, lists, numbers, paths, pictures  # noqa: E402

__all__ = ["blueprint", "gathering", "issues", "items", "lists", "numbers", "paths", "pictures"]
