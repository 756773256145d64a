"""What went wrong, said to programs: JSON as RFC 9457 has it. Pages for people are in `website/errors.py`."""

from http import HTTPStatus

from flask import Response, json, request

# Addresses below this one are for programs: nothing there answers with a page.
PROGRAMS = "/api/"
# What is for everybody may be read by scripts of other sites, too; so may what went wrong.
FOR_ANY_SITE = {"Access-Control-Allow-Origin": "*"}


def is_for_programs() -> bool:
    """Whether the request at hand comes from a program."""
    return request.path.startswith(PROGRAMS)


def problem(status: int, detail: str = "", **more: object) -> Response:
    """An answer of type application/problem+json: `title` names the status, `detail` says what to do about it."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    given = {name: value for name, value in said.items() if value != ""}
    return Response(json.dumps(given) + "\n", status, headers=FOR_ANY_SITE, mimetype="application/problem+json")
