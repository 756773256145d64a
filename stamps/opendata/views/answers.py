"""How the API answers: as JSON with a tag, so that what has not changed is not sent again, readable from any site."""

from datetime import datetime
from typing import Any

from flask import Response, jsonify, request

from core.problems import FOR_ANY_SITE


def answer(said: dict[str, Any], changed_at: datetime | None = None) -> Response:
    """What is said as JSON; with the moment of its last change, where that is known."""
    made = jsonify(said)
    if changed_at:
        made.last_modified = changed_at
    return kept(made)


def kept(made: Response) -> Response:
    """The same with a tag; nothing but that where the client has it."""
    made.add_etag()
    made.headers.update(FOR_ANY_SITE)
    made.make_conditional(request)
    return made
