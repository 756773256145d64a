"""Pages for what went wrong: a kind sentence, a way onward, never a stack trace.

A refusal outside a form is 422, a broken UNIQUE that no service expected 409; everything unexpected
gets a reference number that also stands in the log.
"""

import logging
import secrets

from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException

from core.db import Busy, db
from core.errors import Refused
from core.pages import sentence
from core.problems import is_for_programs, problem

log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(CSRFError, on_expired)
    app.register_error_handler(Refused, on_refused)
    app.register_error_handler(IntegrityError, on_conflict)
    app.register_error_handler(Busy, on_busy)
    app.register_error_handler(Exception, on_bug)


def on_http(error: HTTPException) -> ResponseReturnValue:
    """Not found, not allowed, too large and their kin."""
    if error.code is None or error.code < 400:  # a redirect of the router
        return error
    answer = error_page(error.code)
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return (*answer, headers)


def on_expired(_error: CSRFError) -> ResponseReturnValue:
    """The page was open for too long or comes from elsewhere."""
    return error_page(400)


def on_refused(refused: Refused) -> ResponseReturnValue:
    """A rule says no and no form is there to say it on."""
    return error_page(422, message=sentence(refused))


def on_conflict(error: IntegrityError) -> ResponseReturnValue:
    """Two people, or one person twice, wanted what only one can have."""
    db.session.rollback()
    log.warning("conflict at %s: %s", request.path, error.orig)
    return error_page(409)


def on_busy(_error: Busy) -> ResponseReturnValue:
    """Others have been writing for too long; nothing was saved."""
    db.session.rollback()
    log.warning("busy at %s %s", request.method, request.path)
    return (*error_page(503), {"Retry-After": "5"})


def on_bug(error: Exception) -> ResponseReturnValue:
    """A mistake of ours: the page gives a number, the log has the rest."""
    db.session.rollback()
    reference = secrets.token_hex(4)
    log.error("bug %s at %s %s", reference, request.method, request.path, exc_info=error)
    return error_page(500, reference=reference)


def error_page(code: int, *, message: str = "", reference: str = "") -> tuple[str | Response, int]:
    """The page of an HTTP status; for a program the same as JSON."""
    if is_for_programs():
        return problem(code, message, reference=reference), code
    return render_template("errors/error.html", code=code, message=message, reference=reference), code
