"""The desk without network: what a browser fetches ahead for an hour, the script that serves it, the page for the rest.

What is fetched are the pages of the desk themselves, so that nothing more is told than there.
"""

from collections.abc import Sequence

from flask import current_app, jsonify, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from contest.judging import queries, rules
from contest.judging.models import Assignment, Comparison
from contest.judging.queries import Desk
from contest.judging.terms import RoundMethod
from contest.judging.views import blueprint
from contest.judging.views.pairs import SIDES
from contest.letters import queries as letters
from core.pages import page
from core.permissions import asks

# Where letters lie in rounds that are no rounds of marks.
DESKS = {RoundMethod.SCREENING: "judging.screening", RoundMethod.RANKING: "judging.reading"}


@blueprint.get("/judging/ahead")
@asks("desk.open")
def ahead() -> ResponseReturnValue:
    """What waits first on my desks, for a browser to keep until the network is back."""
    desks = [(desk, queries.waiting_on(desk, most=_an_hour_on(desk))) for desk in queries.open_desks(current_user)]
    return _manifest([], desks)


@blueprint.get("/judging/desk/<int:assignment_id>/ahead")
@asks("assignment.mark", of=queries.assignment)
def ahead_of(assignment: Assignment) -> ResponseReturnValue:
    """This letter and those that wait after it."""
    return _after(assignment)


@blueprint.get("/judging/pairs/<int:pair_id>/ahead")
@asks("pair.choose", of=queries.comparison)
def ahead_of_pair(pair: Comparison) -> ResponseReturnValue:
    """This pair and those that wait after it."""
    return _after(pair)


def _after(dealt: Assignment | Comparison) -> ResponseReturnValue:
    desk = queries.desk_at(dealt)
    following = queries.waiting_after(dealt, most=_an_hour_on(desk))
    return _manifest(_pages(desk, [dealt.id]), [(desk, [dealt.id, *following])])


def _an_hour_on(desk: Desk) -> int:
    return rules.reads_in_an_hour(desk.round.method, spent=queries.paces_on(desk))


def _manifest(fresh: list[str], desks: Sequence[tuple[Desk, list[int]]]) -> ResponseReturnValue:
    """Addresses: of pages that change and are fetched each time, of those that wait unchanged, and of their sheets."""
    whole = [(desk, _whole(desk, dealt)) for desk, dealt in desks]
    orders = [_order(reads) for desk, reads in whole if desk.round.method is RoundMethod.RANKING and reads]
    pages = [address for desk, dealt in whole for address in _pages(desk, dealt) if address not in fresh]
    sheets = [address for desk, dealt in whole for address in _sheets(desk, dealt)]
    return jsonify(
        fresh=[url_for("judging.desk"), url_for("judging.offline"), *fresh, *orders], pages=pages, sheets=sheets
    )


def _whole(desk: Desk, dealt: list[int]) -> list[int]:
    """A shortlist is fetched as a whole: whoever puts letters in order looks at all of them again."""
    if desk.round.method is not RoundMethod.RANKING:
        return dealt
    return [read.id for read in queries.desk_of(current_user, desk.round)]


def _order(reads: list[int]) -> str:
    return url_for("judging.order", assignment_id=reads[0])


def _pages(desk: Desk, dealt: list[int]) -> list[str]:
    if desk.round.method is RoundMethod.PAIRS:
        return [url_for("judging.pair", pair_id=pair_id) for pair_id in dealt]
    endpoint = DESKS.get(desk.round.method, "judging.letter")
    return [url_for(endpoint, assignment_id=read_id) for read_id in dealt]


def _sheets(desk: Desk, dealt: list[int]) -> list[str]:
    if desk.round.method is RoundMethod.PAIRS:
        return _sheets_of_pairs(dealt)
    letter_of = queries.letters_of_reads(dealt)
    sheets = letters.blind_sheets(set(letter_of.values()))
    return [
        url_for("judging.sheet", assignment_id=read_id, place=place)
        for read_id, letter_id in letter_of.items()
        for place in range(1, sheets[letter_id] + 1)
    ]


def _sheets_of_pairs(pairs: list[int]) -> list[str]:
    letters_of = queries.letters_of_pairs(pairs)
    sheets = letters.blind_sheets({letter_id for both in letters_of.values() for letter_id in both})
    return [
        url_for("judging.pair_sheet", pair_id=pair_id, side=side, place=place)
        for pair_id, both in letters_of.items()
        for side, letter_id in zip(SIDES, both, strict=True)
        for place in range(1, sheets[letter_id] + 1)
    ]


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
