"""The pictures themselves."""

from flask import abort, send_file
from flask.typing import ResponseReturnValue

from core import files
from core.permissions import public
from stamps import queries
from stamps.views import blueprint

KEPT = 86_400


@blueprint.get("/pictures/<key:key>")
@public
def picture(key: str) -> ResponseReturnValue:
    """One picture as it was handed in; a withdrawn one is not there."""
    found = queries.picture(key) or abort(404)
    path = files.path_of(found.file_id)
    return send_file(path, max_age=KEPT) if path.is_file() else abort(404)
