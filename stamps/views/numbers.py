"""Our own permanent numbers: an address that leads to the thing for ever, or says that it was taken out."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from core.pages import page
from core.permissions import public
from stamps import queries
from stamps.views import blueprint

ENDPOINTS = {
    "stamp_issue": "stamps.issue",
    "stamp": "stamps.stamp",
    "stamp_series": "stamps.series",
    "stamp_maker": "stamps.maker",
    "stamp_joint_issue": "stamps.joint_issue",
}


@blueprint.get("/no/<int:number>")
@public
def permanent(number: int) -> ResponseReturnValue:
    """To the thing of this number; that of a record taken out is gone."""
    found = queries.permanent_number(number)
    if found is None or found.kind not in ENDPOINTS:
        abort(404)
    if not found.key:
        answer, _status = page("stamps/gone.html", number=number)
        return answer, 410
    return redirect(url_for(ENDPOINTS[found.kind], key=found.key), 301)
