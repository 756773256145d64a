"""What is asked for by its address and is not here: never was, or was taken out, which its history tells."""

from flask import abort
from flask.typing import ResponseReturnValue

from core.pages import page
from core.sections import sections


def missing(kind: str, key: str) -> ResponseReturnValue:
    """404; for a record that was here (`stamp_issue` or `stamp`), 410 with the way to its history."""
    told = sections("stamps.gone", (kind, key))
    if not told:
        abort(404)
    answer, _status = page("stamps/taken_out.html", told=told)
    return answer, 410
