"""Pages of one's own collection: copies, wants, marking, lists, how complete it is. Nobody sees another's."""

from flask import Blueprint

blueprint = Blueprint("collections", __name__)

from stamps.collections.views import completeness, copies, lists, marking, wants  # noqa: E402

__all__ = ["blueprint", "completeness", "copies", "lists", "marking", "wants"]
