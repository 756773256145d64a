"""A small catalogue of its own: two issues of Viet Nam in a series, one of France, a variety, a sheet, a cover, topics."""

from decimal import Decimal

from core.db import Base, transaction
from core.db import db as database
from stamps.collections.rules import Condition, CopyFormat, Noted
from stamps.kinds import StampKind
from stamps.models import Series, Stamp, StampIssue, Topic

# A copy of which everything is noted.
NOTED_IN_FULL = Noted(
    condition=Condition.MNH,
    format=CopyFormat.BLOCK_OF_FOUR,
    grade="XF, short perforation above",
    place="blue album, page 12",
    acquired_on="2019-05",
    acquired_from="a fair in Huế",
    price=Decimal("12.5"),
    price_currency="EUR",
    certificate_expert="BPP",
    certificate_number="1234",
    certificate_date="2018",
    public_note="fine margins",
    private_note="paid too much",
    to_swap=True,
)


def small() -> dict[str, int]:
    """Make it; ids of the items by their keys.

    `vn-a` has stamps 1, 2, 3, a variety of 1, a sheet and a first day cover; `vn-b` two stamps; `fr-a` one.
    """
    with transaction():
        birds = Topic(key="birds", name_vi="Chim", name_en="Birds", name_fr="Oiseaux")
        birds.parent = Topic(key="fauna", name_vi="Động vật", name_en="Fauna", name_fr="Faune")
        series = Series(key="animals-of-vn", name_en="Animals of Viet Nam", country="VN")
        first = _issue("vn-a", "VN", 1998, "Herons", series=series, topics=[birds])
        second = _issue("vn-b", "VN", 1999, "Storks", series=series)
        third = _issue("fr-a", "FR", 1999, "Letters")
        items = [
            *(_stamp(first, n, 3) for n in (1, 2, 3)),
            *(_stamp(second, n, 2) for n in (1, 2)),
            _stamp(third, 1, 1),
        ]
        items[3].topics = [birds]
        variety = Stamp(key="vn-a-1-imperf", issue=first, parent=items[0], variety="imperforate", rank=1)
        sheet = Stamp(key="vn-a-sheet", issue=first, kind=StampKind.SOUVENIR_SHEET, rank=1000)
        cover = Stamp(key="vn-a-fdc", issue=first, kind=StampKind.FIRST_DAY_COVER, rank=1001)
        every: list[Base] = [*items, variety, sheet, cover]
        database.session.add_all(every)
        database.session.flush()
        return {item.key: item.id for item in [*items, variety, sheet, cover]}


def _issue(key: str, country: str, year: int, name: str, **given: object) -> StampIssue:
    return StampIssue(key=key, country=country, year=year, date=f"{year}-06-10", name_en=name, **given)


def _stamp(issue: StampIssue, number: int, of: int) -> Stamp:
    return Stamp(
        key=f"{issue.key}-{number}",
        issue=issue,
        name_en=f"{issue.name_en} {number}",
        position=f"{of}-{number}",
        rank=number,
        face_value=str(400 * number),
        currency="VND" if issue.country == "VN" else "FRF",
    )
