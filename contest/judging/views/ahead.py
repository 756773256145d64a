"""The desk without network: which letters a browser fetches ahead, the script that serves them, the page for the rest.

What is fetched are the pages of the desk themselves, so that nothing more is told than there.
"""

from flask import current_app, jsonify, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from contest.judging import queries
from contest.judging.models import Assignment
from contest.judging.terms import RoundMethod
from contest.judging.views import blueprint
from core.pages import page
from core.permissions import asks

# What a judge reads in an hour without network, at a brisk pace.
FETCHED_AHEAD = 10
# Where letters lie in rounds that are read without network and are no rounds of marks.
DESKS = {RoundMethod.SCREENING: "judging.screening"}


@blueprint.get("/judging/ahead")
@asks("desk.open")
def ahead() -> ResponseReturnValue:
    """The first letters that wait on my desk, for a browser to keep until the network is back."""
    return _manifest(queries.first_waiting(current_user, most=FETCHED_AHEAD))


@blueprint.get("/judging/desk/<int:assignment_id>/ahead")
@asks("assignment.mark", of=queries.assignment)
def ahead_of(assignment: Assignment) -> ResponseReturnValue:
    """The letters that wait after this one."""
    return _manifest([assignment.id, *queries.waiting_after(assignment, most=FETCHED_AHEAD)])


def _manifest(reads: list[int]) -> ResponseReturnValue:
    """Addresses of pages, and of the sheets that they show."""
    methods = queries.methods_of(reads)
    pages = [url_for(DESKS.get(methods[read], "judging.letter"), assignment_id=read) for read in reads]
    sheets = [
        url_for("judging.sheet", assignment_id=read, sheet_id=sheet_id)
        for read, sheet_ids in queries.sheets_of_reads(reads)
        for sheet_id in sheet_ids
    ]
    return jsonify(pages=[url_for("judging.desk"), url_for("judging.offline"), *pages], sheets=sheets)


@blueprint.get("/judging/offline")
@asks("desk.open")
def offline() -> ResponseReturnValue:
    """What is shown without network in place of a letter that was not fetched ahead."""
    return page("contest/judging/offline.html")


@blueprint.get("/judging/worker.js")
@asks("desk.open")
def worker() -> ResponseReturnValue:
    """The service worker of the desk, allowed there and nowhere else; browsers ask for it anew each time."""
    answer = send_from_directory(str(current_app.static_folder), "js/desk-worker.js")
    for name in ("Cache-Control", "Expires"):  # those of static files, whose addresses carry their version; not so this
        answer.headers.pop(name, None)
    answer.headers["Service-Worker-Allowed"] = url_for("judging.desk")
    return answer
