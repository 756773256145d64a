"""What is answered while there is no index that can be used: a kind word, and a rebuild in the background.

Whichever page searched, the rebuild is asked for once it has been answered.
"""

import logging

from flask import Response
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from archive import services
from archive.engines import was_unready
from core import clock
from core.db import db, transaction
from core.problems import problem

log = logging.getLogger(__name__)
AGAIN_IN = {"Retry-After": "30"}


def heal(_error: BaseException | None = None) -> None:
    """After a request that met no index: have the worker rebuild it, if nobody has asked for that yet.

    Nearly always somebody has: to see that, nothing is locked. A database that is busy keeps nobody.
    """
    if not was_unready():
        return
    try:
        if services.is_to_be_healed(now=clock.now()):
            with transaction():
                services.heal(now=clock.now())
    except SQLAlchemyError:
        log.warning("the search index could not be asked for", exc_info=True)
        db.session.rollback()


def for_people() -> Response:
    """Instead of a file."""
    return Response(_("The search is being made ready") + "\n", 503, AGAIN_IN, mimetype="text/plain")


def for_programs() -> Response:
    """Instead of an answer of the API."""
    answer = problem(503, "The search is being made ready; please ask again shortly.")
    answer.headers.update(AGAIN_IN)
    return answer
