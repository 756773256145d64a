"""Invented stamps of the demonstration: two issues to come and one that was cancelled, an offer, reservations, a suggestion.

Their names say that they are for demonstration; whoever looks at the calendar sees it at once.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from accounts.models import Person
from accounts.rules import Role
from core.evidence import Confidence
from core.localtime import local_day
from stamps.coming import services as coming
from stamps.coming.rules import Allotment, Certainty, Goods
from stamps.coming.services import Limits
from stamps.curating import services as curating
from stamps.curating.services import RowSaid, SetSaid
from stamps.models import StampIssue

SOURCE = "Minh họa (invented for the demonstration)"
FIRST_DAY_IN, CANCELLED_IN, MONTH_IN = 45, 30, 100
COLLECTORS = 6


def fill(people: Mapping[Role, Person], collectors: list[Person], now: datetime) -> None:
    """Enter them as curators, clerks and collectors do."""
    curator, clerk, today = people[Role.CURATOR], people[Role.CLERK], local_day(now)
    lotus = _enter(_lotus(today + timedelta(days=FIRST_DAY_IN)), curator, now)
    coming.announce(issue=lotus, certainty=Certainty.CONFIRMED, note="", by=curator, now=now)
    month = (today + timedelta(days=MONTH_IN)).isoformat()[:7]
    _enter(_one("Cầu tre (minh họa)", "Bamboo bridge (for demonstration)", month), curator, now)
    day = (today + timedelta(days=CANCELLED_IN)).isoformat()
    boat = _enter(_one("Thuyền giấy (minh họa)", "Paper boat (for demonstration)", day), curator, now)
    coming.announce(
        issue=boat, certainty=Certainty.CANCELLED, note="Minh họa: đợt phát hành bị hủy.", by=curator, now=now
    )
    offer = coming.open_offer(
        issue=lotus,
        last_day=today + timedelta(days=FIRST_DAY_IN - 15),
        rule=Allotment.ROUNDS,
        parts={Goods.SET: Limits(10, 4), Goods.SHEET: Limits(5, 1), Goods.FIRST_DAY_COVER: Limits(None, None)},
        pickup="Quầy minh họa số 1, từ ngày phát hành.",
        by=clerk,
        now=now,
        today=today,
    )
    for number, person in enumerate(collectors[:COLLECTORS]):
        for part in offer.parts:
            quantity = 1 + (number + part.id) % (part.most_each or 2)
            coming.reserve(part=part, person=person, quantity=quantity, now=now, today=today)
    curating.suggest(
        person=collectors[0],
        thing=lotus.stamps[0],
        field="perforation",
        value="13",
        source="Minh họa: đếm trên mẫu tem",
        now=now,
    )


def _enter(said: SetSaid, curator: Person, now: datetime) -> StampIssue:
    return curating.enter_set(said=said, by=curator, now=now)


def _lotus(day: date) -> SetSaid:
    facts = {
        "country": "VN",
        "date": day.isoformat(),
        "name_vi": "Hoa sen (minh họa)",
        "name_en": "Lotus (for demonstration)",
        "name_fr": "Lotus (pour la démonstration)",
        "currency": "VND",
        "size": "32 x 43",
        "designer": "Nguyễn Ví Dụ",
        "topics": "flora",
        "fdc_size": "190x110",
    }
    stamp = {"kind": "stamp", "size": "32 x 43"}
    rows = [
        stamp | {"position": "2-1", "face_value": "4000", "name_vi": "Sen hồng (minh họa)"},
        stamp | {"position": "2-2", "face_value": "12000", "name_vi": "Sen trắng (minh họa)"},
        {"kind": "souvenir_sheet", "face_value": "20000", "members": "*"},
        {"kind": "first_day_cover", "size": "190 x 110"},
    ]
    return _said(facts, rows)


def _one(name_vi: str, name_en: str, day: str) -> SetSaid:
    facts = {"country": "VN", "date": day, "name_vi": name_vi, "name_en": name_en, "currency": "VND"}
    return _said(facts, [{"kind": "stamp", "position": "1-1", "face_value": "4000"}])


def _said(facts: dict[str, str], rows: list[dict[str, str]]) -> SetSaid:
    return SetSaid(facts=facts, rows=[RowSaid("", row) for row in rows], source=SOURCE, confidence=Confidence.LOW)
