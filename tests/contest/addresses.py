"""Every address of the platform that answers a GET, filled in with everything there is: what somebody could try."""

import re
from collections.abc import Iterable
from itertools import product

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from accounts.models import Consent
from contest.editions.models import Criterion, Edition, Prize, Unit
from contest.judging.models import Assignment, Comparison, Judge, JudgeExclusion, Round
from contest.letters.models import Letter, Sheet
from contest.remarks.models import Concern, Remark
from contest.results.models import StageAward
from contest.winners.models import Award, Laureate
from core.db import db
from stamps.collections.models import Collector, CollectorList, Conversation, Copy, ListEntry, Want
from stamps.coming.models import Offer, Reservation, StandingOrder
from stamps.curating.models import Change, Revision, Suggestion
from stamps.exchange.models import StampImport

# Tokens, and the second at which a harvester is answered or a file is written.
TOKEN = re.compile(
    rb'(name="csrf_token" value|name="csrf-token" content)="[^"]*"|<responseDate>[^<]*</responseDate>'
    rb'|"written": "[^"]*"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT'
)
NOT_PAGES = ("static", "bootstrap.static")
# What changes with every answer, whatever is in it.
OF_THE_MOMENT = ("Date", "Set-Cookie")
Answer = tuple[int, list[tuple[str, str]], bytes]
SEARCHED = ("", "mai", "tran ngoc mai", "le hoang minh phuc", "thu", "giai nhat", "hue", "55")


def ids_of(table: type) -> list[int]:
    return list(db.session.scalars(select(table.id)))


def examples() -> dict[str, list[object]]:
    """What an argument of a route may be. A route with an argument that is not here fails the tests: add it."""
    keys = [*db.session.scalars(select(Award.key)), *db.session.scalars(select(Laureate.key))]
    return {
        "number": [edition.number for edition in db.session.scalars(select(Edition))],
        "letter_id": ids_of(Letter),
        "sheet_id": ids_of(Sheet),
        "assignment_id": ids_of(Assignment),
        "pair_id": ids_of(Comparison),
        "side": ["left", "right"],
        "place": [1, 2],
        "round_id": ids_of(Round),
        "concern_id": ids_of(Concern),
        "remark_id": ids_of(Remark),
        "judge_id": ids_of(Judge),
        "exclusion_id": ids_of(JudgeExclusion),
        "award_id": ids_of(StageAward),
        "criterion_id": ids_of(Criterion),
        "prize_id": ids_of(Prize),
        "unit_id": ids_of(Unit),
        "consent_id": ids_of(Consent),
        "key": [*keys, "nothing"],
        "copy_id": ids_of(Copy),
        "revision_id": ids_of(Revision),
        "change_id": ids_of(Change),
        "suggestion_id": ids_of(Suggestion),
        "offer_id": ids_of(Offer),
        "reservation_id": ids_of(Reservation),
        "order_id": ids_of(StandingOrder),
        "year": [2026],
        "month": [12],
        "want_id": ids_of(Want),
        "address": [*db.session.scalars(select(Collector.address)), "nothing"],
        "conversation_id": ids_of(Conversation),
        "list_id": ids_of(CollectorList),
        "stamp_id": list(db.session.scalars(select(ListEntry.stamp_id).distinct())),
        "code": ["VN"],
        "kept_size": ["thumbnail"],
        "language": ["en"],
        "import_id": ids_of(StampImport),
        "form": ["colnect", "json", "nothing"],
        "what": ["checklist", "album", "nothing"],
        "kind": ["issues", "stamps"],
        "name": ["record-0"],
        "region": ["full"],
        "size": ["max"],
        "rotation": ["0"],
        "quality": ["default"],
        "format_": ["jpg"],
    }


def every_address(app: Flask) -> list[str]:
    """All of them, with look-ups of the words and numbers somebody would try."""
    known = examples()
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint not in NOT_PAGES]
    addresses = [address for rule in rules for address in _filled(rule, known)]
    numbers = db.session.scalars(select(Letter.number).where(Letter.number.is_not(None)))
    lookups = [f"/track?number={number}" for number in numbers]
    provinces = [f"/stages/55/enter/child?province={unit}" for unit in known["unit_id"]]
    return [*addresses, *lookups, *provinces, *(f"/search?q={words}" for words in SEARCHED)]


def _filled(rule: Rule, known: dict[str, list[object]]) -> Iterable[str]:
    names = sorted(rule.arguments)
    for values in product(*(known[name] for name in names)):
        built = rule.build(dict(zip(names, values, strict=True)))
        assert built is not None, rule
        yield built[1]


def everything(browser: FlaskClient, addresses: Iterable[str]) -> dict[str, Answer]:
    """What a browser gets at each address."""
    return {address: answered(browser, address) for address in addresses}


def answered(browser: FlaskClient, address: str) -> Answer:
    """Status, headers and bytes, but for tokens and the time of day."""
    with browser.get(address, headers={"Accept-Language": "en"}) as answer:
        headers = [(name, value) for name, value in answer.headers if name not in OF_THE_MOMENT]
        return answer.status_code, headers, TOKEN.sub(b"", answer.data)
