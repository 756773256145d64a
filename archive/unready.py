"""What is answered while there is no index that can be used: a kind word, and a rebuild in the background."""

from flask import Response
from flask_babel import gettext as _

from archive import services
from core import clock
from core.db import transaction
from core.problems import problem

AGAIN_IN = {"Retry-After": "30"}


def heal() -> None:
    """Have the worker rebuild the index, if nobody has asked for that yet."""
    with transaction():
        services.heal(now=clock.now())


def for_people() -> Response:
    """Instead of a file."""
    heal()
    return Response(_("The search is being made ready") + "\n", 503, AGAIN_IN, mimetype="text/plain")


def for_programs() -> Response:
    """Instead of an answer of the API."""
    heal()
    answer = problem(503, "The search is being made ready; please ask again shortly.")
    answer.headers.update(AGAIN_IN)
    return answer
