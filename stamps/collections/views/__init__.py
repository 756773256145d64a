"""Pages of one's own collection: copies, wants, marking, lists, how complete it is; what one shows, and swapping."""

from flask import Blueprint

blueprint = Blueprint("collections", __name__)

from stamps.collections.views import (  # noqa: E402
    collectors,
    completeness,
    copies,
    lists,
    marking,
    messages,
    wants,
)

__all__ = ["blueprint", "collectors", "completeness", "copies", "lists", "marking", "messages", "wants"]
